// Owns the real program as a process of its own, for tests and scripts: started on a free port, watched, stopped or killed.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { startWatchdog } from './engines/processes.ts'

export interface ProgramOptions {
  /** Kept when the server stops. */
  readonly dataDir: string
  readonly env?: Readonly<Record<string, string>>
  /** `worker` answers for its health only: that is its `url`. */
  readonly command?: 'serve' | 'demo' | 'worker'
  readonly args?: readonly string[]
  /** ^C at the terminal isn't for it: whoever started it stops it, and a watchdog does when they are gone. */
  readonly detached?: boolean
}

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export interface Server {
  /** Without a slash at the end. */
  readonly url: string
  readonly dataDir: string
  readonly pid: number
  readonly process: ChildProcess
  /** What the first run's page asks for; null when the shop has an owner. */
  readonly setupCode: string | null
  /** Asks it to stop, and waits until it has. */
  stop(signal?: NodeJS.Signals): Promise<Ended>
  /** As if somebody pulled the plug of the process. */
  kill9(): Promise<void>
  /** Resolves when it ends by itself or otherwise. */
  readonly ended: Promise<Ended>
  /** Everything it has printed, on both streams. */
  output(): string
}

export interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

const MAIN = join(import.meta.dirname, '../../src/main.js')
/** Generous: the machine may have a lot else to do. */
const START_MS = 60_000

const running = new Set<ChildProcess>()
const killAll = () => running.forEach((child) => child.kill('SIGKILL'))
process.once('exit', killAll)

/** Every program that still runs is killed, and gone when this resolves. */
export async function killPrograms(): Promise<void> {
  const ends = [...running].map((child) => once(child, 'exit'))
  killAll()
  await Promise.all(ends)
}

/** Starts it and waits until it says that it is open. Killed with this process at the latest. */
export async function startProgram(options: ProgramOptions): Promise<Server> {
  const { command = 'serve', args = [], dataDir, detached = false } = options
  const env = { PETSHOP_DATA_DIR: dataDir, ...options.env }
  const child = spawnProgram([command, ...args], env, detached)
  let output = ''
  const keep = (chunk: string) => (output += chunk)
  child.stdout?.setEncoding('utf8').on('data', keep)
  child.stderr?.setEncoding('utf8').on('data', keep)
  const ended = new Promise<Ended>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal })),
  )
  await opened(child, ended, () => output)
  // It prints the name that people type; it listens on IPv4, and every look-up costs.
  const url =
    /(?:Petshop is open|Health and metrics): (\S+)/
      .exec(output)?.[1]
      ?.replace('localhost', '127.0.0.1') ?? ''
  return {
    url,
    dataDir,
    pid: child.pid ?? 0,
    process: child,
    setupCode: /enter this code: (\S+)/.exec(output)?.[1] ?? null,
    ended,
    async stop(signal = 'SIGTERM') {
      child.kill(signal)
      return ended
    },
    async kill9() {
      child.kill('SIGKILL')
      await ended
    },
    output: () => output,
  }
}

/** Runs the program to its end, as a script would. */
export async function petshop(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  detached = false,
): Promise<Finished> {
  const child = spawnProgram(args, env, detached)
  const ended = once(child, 'close')
  const [stdout, stderr] = await Promise.all([text(child.stdout!), text(child.stderr!)])
  const [code] = (await ended) as [number | null]
  return { code, stdout, stderr }
}

function spawnProgram(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  detached: boolean,
) {
  const child = spawn(process.execPath, [MAIN, ...args], {
    detached,
    env: { ...plainEnvironment(), PETSHOP_PORT: '0', PETSHOP_WORKER_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  child.once('exit', () => running.delete(child))
  if (detached) guard(child)
  return child
}

function guard(child: ChildProcess): void {
  const watchdog = startWatchdog(null)
  if (child.pid) watchdog.guard(child.pid, 'SIGKILL')
  child.once('exit', () => void watchdog.dismiss())
}

/** Neither the settings of a shop on this machine nor the test runner's reach the program. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^(PETSHOP_|OTEL_|VITEST|NODE_OPTIONS$|NODE_ENV$|FORCE_COLOR$)/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)))
}

/** `serve` prints the code of the first run after its address, in the same moment. */
async function opened(
  child: ChildProcess,
  ended: Promise<Ended>,
  output: () => string,
): Promise<void> {
  const timer = setTimeout(() => child.kill('SIGKILL'), START_MS)
  const printed = new Promise<'open'>((resolve) => {
    child.stdout?.on('data', () => {
      if (/(Petshop is open: .*|The worker is running\.)\n/.test(output())) resolve('open')
    })
  })
  const outcome = await Promise.race([printed, ended])
  clearTimeout(timer)
  if (outcome !== 'open') throw new Error(`it didn't start (${outcome.code}): ${output()}`)
}
