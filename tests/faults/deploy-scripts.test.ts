// Shows the small programs of deploy/: who waits for a process to be ready asks where it listens, and Supervisor is
// given a pause when what a process needs isn't there.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'

const deploy = fileURLToPath(new URL('../../deploy/', import.meta.url))
const ends: (() => void)[] = []
afterEach(() => ends.splice(0).forEach((end) => end()))

async function run(args: string[], env: Record<string, string>): Promise<number> {
  const child = spawn(process.execPath, args, { env, stdio: 'ignore' })
  ends.push(() => child.kill('SIGKILL'))
  const [code] = (await once(child, 'exit')) as [number]
  return code
}

/** The pages that were asked for. */
async function listen(host: string): Promise<{ port: number; asked: string[] }> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.writeHead(asked.length < 3 ? 503 : 200).end()
  })
  server.listen(0, host)
  await once(server, 'listening')
  ends.push(() => server.close().closeAllConnections())
  return { port: (server.address() as AddressInfo).port, asked }
}

describe('until-ready', () => {
  test.each([
    ['127.0.0.2', '127.0.0.2'],
    ['127.0.0.1', '0.0.0.0'],
    ['::1', '::'],
    ['::1', '::1'],
    ['127.0.0.1', ''],
  ])('asks a process on %s that was told %s, and ends when it is ready', async (host, told) => {
    const { port, asked } = await listen(host)
    const env = { PETSHOP_HOST: told, MAINPID: String(process.pid) }
    expect(await run([`${deploy}systemd/until-ready.ts`, String(port)], env)).toBe(0)
    expect(asked).toEqual(['/readyz', '/readyz', '/readyz'])
  })

  test('ends with the process that it waits for', async () => {
    const script = [`${deploy}systemd/until-ready.ts`, '1']
    // Above the largest number that Linux gives a process.
    expect(await run(script, { MAINPID: String(2 ** 22 + 1) })).toBe(0)
  })
})

test.each([
  [69, true],
  [1, false],
])('with exit code %i Supervisor is given a pause: %s', async (code, pauses) => {
  const began = performance.now()
  const script = `process.exit(${code})`
  const args = ['--import', `${deploy}supervisor/pause.js`, '--eval', script]
  const seconds = pauses ? 1 : 600
  expect(await run(args, { SUPERVISOR_PAUSE_SECONDS: String(seconds) })).toBe(code)
  if (pauses) expect(performance.now() - began).toBeGreaterThan(1000)
})
