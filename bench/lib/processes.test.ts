// Shows that a run leaves neither processes nor folders, however it ends.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { isAlive } from '../../tests/support/engines/processes.ts'
import { runProcess, startProcess, temporaryFolder, waitFor } from './processes.ts'

const MODULE = join(import.meta.dirname, 'processes.ts')
/** Deaf to what asks politely, as a server that hangs. */
const DEAF = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('up')`
const POLITE = `setInterval(() => {}, 1000); console.log('up')`

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

interface Running {
  /** @returns its exit code */
  readonly kill: (signal: NodeJS.Signals) => Promise<number | null>
  readonly pid: number
  readonly folder: string
}

/** A run with one folder and one process in it, waiting for its end. */
async function startRun(program: string, after = 'setInterval(() => {}, 1000)'): Promise<Running> {
  const script = `
    import { join } from 'node:path'
    const { startProcess, temporaryFolder, waitFor } = await import(${JSON.stringify(MODULE)})
    const kept = temporaryFolder()
    const folder = kept.path
    const logFile = join(folder, 'log')
    const owned = startProcess(process.execPath, ['-e', ${JSON.stringify(program)}], { logFile })
    await waitFor(owned, 'up', 20, async () => owned.log() === 'up\\n')
    const { pid } = owned
    console.log(JSON.stringify({ pid, folder }))
    ${after}`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script])
  ends.push(() => child.kill('SIGKILL'))
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  return {
    ...(JSON.parse(line) as Pick<Running, 'pid' | 'folder'>),
    async kill(signal) {
      const gone = once(child, 'exit')
      child.kill(signal)
      const [code] = (await gone) as [number | null]
      return code
    },
  }
}

async function gone({ pid, folder }: Running): Promise<boolean> {
  for (let i = 0; i < 150 && (isAlive(pid) || existsSync(folder)); i++) await pause(100)
  return !isAlive(pid) && !existsSync(folder)
}

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGKILL', null],
] as const)('nothing is left after %s', async (signal, code) => {
  const run = await startRun(POLITE)
  expect(isAlive(run.pid) && existsSync(run.folder)).toBe(true)
  expect(await run.kill(signal)).toBe(code)
  expect(await gone(run)).toBe(true)
})

test('a process that does not listen is ended all the same', async () => {
  const run = await startRun(DEAF)
  await run.kill('SIGINT')
  expect(await gone(run)).toBe(true)
})

test('a run that fails leaves nothing', async () => {
  const run = await startRun(DEAF, `setTimeout(() => { throw new Error('broken') }, 50)`)
  expect(await gone(run)).toBe(true)
})

test('a folder that is kept outlives the run', async () => {
  const run = await startRun(POLITE, 'kept.keep(); setInterval(() => {}, 1000)')
  ends.push(() => rmSync(run.folder, { recursive: true }))
  expect(await run.kill('SIGINT')).toBe(130)
  expect(isAlive(run.pid)).toBe(false)
  expect(existsSync(run.folder)).toBe(true)
})

test('a program is run to its end, or to the end of its time', async () => {
  const node = (script: string, seconds: number) =>
    runProcess(process.execPath, ['-e', script], { seconds })
  expect(await node(`console.log('fine')`, 20)).toBe('fine\n')
  await expect(node(`console.error('bad luck'); process.exit(3)`, 20)).rejects.toThrow(
    /3\nbad luck/,
  )
  await expect(node(DEAF, 0.5)).rejects.toThrow('SIGKILL')
})

test('whoever waits for a process hears that it has ended, with its last words', async () => {
  const folder = temporaryFolder()
  ends.push(folder.remove)
  const logFile = join(folder.path, 'log')
  const owned = startProcess(process.execPath, ['-e', `throw new Error('no such shop')`], {
    logFile,
  })
  const waiting = waitFor(owned, 'ready', 20, () => Promise.resolve(false))
  await expect(waiting).rejects.toThrow(/ready: the process ended[^]*no such shop/)
})

test('settings of a shop on this machine do not reach what is measured', async () => {
  process.env['PETSHOP_PORT'] = '1'
  ends.push(() => delete process.env['PETSHOP_PORT'])
  const script = 'console.log(process.env.PETSHOP_PORT, process.env.OWN)'
  const args = ['-e', script]
  expect(await runProcess(process.execPath, args, { seconds: 20 })).toBe('undefined undefined\n')
  const given = { seconds: 20, env: { PETSHOP_PORT: '2', OWN: 'x' } }
  expect(await runProcess(process.execPath, args, given)).toBe('2 x\n')
})
