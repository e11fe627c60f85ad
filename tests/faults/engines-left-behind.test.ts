// Shows that no server for the tests stays behind: not when a run is killed, not when suites share it.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { afterEach, describe, expect, onTestFailed, test, vi } from 'vitest'
import { isFree } from '../support/engines/ports.ts'
import { isAlive } from '../support/engines/processes.ts'
import type setupRedis from '../support/engines/setup-redis.ts'
import { tempDir } from '../support/temp-dir.ts'
import { kinds } from './engines.ts'

const ENGINES = new URL('../support/engines/', pathToFileURL(import.meta.filename))
const WAIT = { timeout: 30_000, interval: 50 }

const children: ChildProcess[] = []
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

/** A folder that the servers' own accounts may enter, too. */
function roomForServers(): string {
  const folder = tempDir()
  chmodSync(folder, 0o755)
  return folder
}

/** A process that starts one of each, prints their pids, and does nothing to stop them. */
function startAll(folder: string, { andStay }: { andStay: boolean }) {
  const imports = kinds.map(
    ({ start, file }) => `import { ${start.name} } from '${new URL(file, ENGINES).href}'`,
  )
  const program = `${imports.join('\n')}
    const engines = await Promise.all([${kinds.map(({ start }) => `${start.name}()`).join()}])
    console.log(JSON.stringify(engines.map(({ pid }) => pid)))
    ${andStay ? 'setInterval(() => {}, 60_000)' : ''}`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  return { child, printed: () => output }
}

function processesIn(folder: string): string[] {
  return globSync('/proc/[0-9]*/cmdline').filter((file) => {
    try {
      return readFileSync(file, 'utf8').includes(folder)
    } catch {
      return false // it has ended meanwhile
    }
  })
}

describe('whoever starts servers and is killed', () => {
  test('leaves none of them, and no folder', async () => {
    const folder = roomForServers()
    const { child, printed } = startAll(folder, { andStay: true })
    await vi.waitFor(() => expect(printed()).toMatch(/\n/), WAIT)
    const pids = JSON.parse(printed()) as number[]
    onTestFailed(() => pids.filter(isAlive).forEach((pid) => process.kill(pid, 'SIGKILL')))
    expect(pids.map(isAlive)).toEqual([true, true, true])
    expect(readdirSync(folder)).toHaveLength(3)

    child.kill('SIGKILL')
    await vi.waitFor(() => {
      expect(pids.map(isAlive)).toEqual([false, false, false])
      expect(readdirSync(folder)).toEqual([])
      expect(processesIn(folder)).toEqual([])
    }, WAIT)
  })

  test.each([100, 300, 500, 700])('leaves nothing after %d ms either', async (ms) => {
    const folder = roomForServers()
    const { child } = startAll(folder, { andStay: true })
    await vi.waitFor(() => expect(readdirSync(folder)).toHaveLength(3), WAIT)
    await sleep(ms)
    child.kill('SIGKILL')
    await vi.waitFor(() => {
      expect(readdirSync(folder)).toEqual([])
      expect(processesIn(folder)).toEqual([])
    }, WAIT)
  })

  test('may also just end', async () => {
    const folder = roomForServers()
    const { child, printed } = startAll(folder, { andStay: false })
    const [code] = (await once(child, 'exit')) as [number | null]
    expect([code, printed()]).toEqual([0, expect.stringMatching(/^\[\d+,\d+,\d+\]\n$/)])
    await vi.waitFor(() => expect(readdirSync(folder)).toEqual([]), WAIT)
  })
})

describe('the servers that the suites of a run share', () => {
  const files = ['setup-redis.ts', 'setup-mariadb.ts', 'setup-postgres.ts']

  /** As Vitest does it for every project. */
  async function setUp(file: string) {
    vi.resetModules()
    const { href } = new URL(file, ENGINES)
    const module = (await import(href)) as { default: typeof setupRedis }
    const provided: Record<string, unknown> = {}
    const provide = (key: string, value: unknown) => void (provided[key] = value)
    const tearDown = await module.default({ provide })
    return { provided, tearDown }
  }

  test.each(files)('stop with the last suite: %s', async (file) => {
    const first = await setUp(file)
    const second = await setUp(file)
    const [url, reason] = Object.values(first.provided)
    expect(second.provided).toEqual(first.provided)
    expect(reason).toBeNull()
    const { port } = new URL(url as string)

    await first.tearDown()
    expect(await isFree(Number(port))).toBe(false)
    await second.tearDown()
    expect(await isFree(Number(port))).toBe(true)

    const later = await setUp(file)
    expect(later.provided).not.toEqual(first.provided)
    await later.tearDown()
  })

  test('that cannot run give the reason instead', async () => {
    vi.stubEnv('PATH', '')
    vi.spyOn(process, 'getuid').mockReturnValue(1000)
    const { provided, tearDown } = await setUp('setup-redis.ts')
    const why = existsSync('/usr/bin/apt-get')
      ? 'redis-server is missing: run as root: apt-get install -y redis-server'
      : 'redis-server is missing: install it'
    expect(provided).toEqual({ redisUrl: null, redisMissing: `Redis: not run – ${why}` })
    await tearDown()
  })
})
