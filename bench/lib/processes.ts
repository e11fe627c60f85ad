// Owns the processes and folders that a run makes: all of them are gone when it ends, however it ends.
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { end, hasEnded, startWatchdog } from '../../tests/support/engines/processes.ts'

export interface Owned {
  readonly child: ChildProcess
  readonly pid: number
  /** The end of what it printed. */
  log(): string
  stop(): Promise<void>
}

const STOP_MS = 20_000
const LOG_BYTES = 4000

const running = new Set<ChildProcess>()
const folders = new Set<string>()

process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  process.once(signal, () => {
    const ends = [...running].map((child) => end(child, 'SIGTERM', 5000))
    void Promise.allSettled(ends).then(() => process.exit(code))
  })
}

export interface Folder {
  readonly path: string
  remove(): void
  /** It has become something that outlives the run. */
  keep(): void
}

/** A new folder, gone at the end of the run at the latest. */
export function temporaryFolder(): Folder {
  return guardFolder(mkdtempSync(join(tmpdir(), 'petshop-bench-')))
}

/** A folder that goes with the run, unless it is kept first. */
export function guardFolder(path: string): Folder {
  const watchdog = startWatchdog(path)
  folders.add(path)
  const letGo = () => {
    folders.delete(path)
    void watchdog.dismiss()
  }
  return {
    path,
    remove() {
      rmSync(path, { recursive: true, force: true, maxRetries: 5 })
      letGo()
    },
    keep: letGo,
  }
}

export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  readonly logFile: string
}

/** Starts a program whose output goes to a file. */
export function startProcess(
  command: string,
  args: readonly string[],
  { env = {}, cwd, logFile }: StartOptions,
): Owned {
  const out = openSync(logFile, 'a')
  const watchdog = startWatchdog(null)
  const child = spawn(command, args, {
    cwd,
    detached: true, // ^C at the terminal is for us: we stop it
    env: { ...plainEnvironment(), ...env },
    stdio: ['ignore', out, out],
  })
  closeSync(out)
  child.on('error', () => {}) // it has ended before it began: whoever waits for it sees that
  if (child.pid) {
    running.add(child)
    watchdog.guard(child.pid, 'SIGTERM')
  }
  child.once('exit', () => {
    running.delete(child)
    void watchdog.dismiss()
  })
  return {
    child,
    pid: child.pid ?? 0,
    log: () => readFileSync(logFile, 'utf8').slice(-LOG_BYTES),
    stop: () => end(child, 'SIGTERM', STOP_MS),
  }
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  /** It is ended after so long. */
  readonly seconds: number
}

/** Runs a program to its end. @returns what it printed @throws what it complained of */
export async function runProcess(
  command: string,
  args: readonly string[],
  { env = {}, cwd, seconds }: RunOptions,
): Promise<string> {
  const child = spawn(command, args, {
    cwd,
    detached: true,
    env: { ...plainEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const watchdog = startWatchdog(null)
  if (child.pid) watchdog.guard(child.pid, 'SIGKILL')
  running.add(child)
  const timer = setTimeout(() => child.kill('SIGKILL'), seconds * 1000)
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
  const failure = await new Promise<string | null>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('close', (code, signal) => resolve(code === 0 ? null : `${signal ?? code}`))
  })
  clearTimeout(timer)
  running.delete(child)
  void watchdog.dismiss()
  const output = Buffer.concat(chunks).toString()
  if (failure !== null) throw new Error(`${command}: ${failure}\n${output.slice(-LOG_BYTES)}`)
  return output
}

/** Waits for a condition of a process. @throws when the process ends, or time is up */
export async function waitFor(
  owned: Owned,
  what: string,
  seconds: number,
  isTrue: () => Promise<boolean>,
): Promise<void> {
  const deadline = performance.now() + seconds * 1000
  while (!(await isTrue())) {
    if (hasEnded(owned.child)) throw new Error(`${what}: the process ended\n${owned.log()}`)
    if (performance.now() > deadline)
      throw new Error(`${what}: not in ${seconds} s\n${owned.log()}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** Whether somebody answers there, and well. */
export async function isAnswering(url: string): Promise<boolean> {
  try {
    const response = await fetch(url)
    await response.arrayBuffer()
    return response.ok
  } catch {
    return false
  }
}

/** Neither the settings of a shop on this machine nor those of a package manager reach what we measure. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const foreign =
    /^(PETSHOP_|npm_|DATABASE_URL$|REDIS_URL$|KAFKA_|NODE_OPTIONS$|NODE_ENV$|FORCE_COLOR$)/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)))
}
