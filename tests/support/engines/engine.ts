// Owns what all servers that tests start have in common: a folder, a port, a process, and an end of all three.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, closeSync, mkdirSync, mkdtempSync, openSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isFree } from './ports.ts'
import { type Account, end, hasEnded, kill, startWatchdog } from './processes.ts'

/** A real server on this machine, for tests. It ends with the process that started it at the latest. */
export interface Engine {
  /** With everything that a client needs: account, password, port. */
  readonly url: string
  /** Another one after `restart`. */
  readonly pid: number
  readonly port: number
  readonly dir: string
  /** Asks it to stop, waits until it is gone, and removes its folder unless it was given. */
  stop(): Promise<void>
  /** SIGKILL: its folder stays as it is. */
  kill(): Promise<void>
  /** Stops it if it runs; then it starts again, on the same port and folder. */
  restart(): Promise<void>
  /** The end of what it has printed. */
  log(): string
}

export interface StartOptions {
  /** Kept when the server stops; left out, an empty one is made. */
  readonly dir?: string
  readonly port?: number
}

/** How a server is run in its folder. */
export interface EngineSpec {
  readonly port: number
  readonly url: string
  readonly command: string
  readonly args: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  /** Asks it to stop at once, but in good order; SIGTERM unless told. */
  readonly stopSignal?: NodeJS.Signals
  /** Fails until the server answers a query. */
  ping(): Promise<void>
}

/** A folder with one process at a time in it; both are gone when we are. */
export interface Home {
  readonly dir: string
  spawn(command: string, args: readonly string[], options?: SpawnOptions): ChildProcess
  /** Runs a program to its end; fails when the program does. */
  run(command: string, args: readonly string[]): Promise<void>
  log(): string
  close(): Promise<void>
}

interface SpawnOptions {
  readonly env?: NodeJS.ProcessEnv | undefined
  readonly stopSignal?: NodeJS.Signals | undefined
}

const START_MS = 60_000
const STOP_MS = 30_000
const LOG_CHARACTERS = 4_000

/** Makes the folder, lets `prepare` fill it, starts the server, and waits until it answers. */
export async function startEngine(
  name: string,
  dir: string | undefined,
  account: Account | undefined,
  prepare: (home: Home) => Promise<EngineSpec>,
): Promise<Engine> {
  const home = openHome(name, dir, account)
  try {
    return await launch(home, await prepare(home))
  } catch (error) {
    const log = home.log()
    await home.close()
    throw new Error(`${name}: ${(error as Error).message}; its last words:\n${log}`, {
      cause: error,
    })
  }
}

async function launch(home: Home, spec: EngineSpec): Promise<Engine> {
  const { command, args, env, stopSignal = 'SIGTERM' } = spec
  const start = async () => {
    if (!(await isFree(spec.port))) throw new Error(`port ${spec.port} is in use`)
    const child = home.spawn(command, args, { env, stopSignal })
    await untilReady(child, () => spec.ping())
    return child
  }
  let child = await start()
  return {
    url: spec.url,
    port: spec.port,
    dir: home.dir,
    get pid() {
      return child.pid!
    },
    async stop() {
      await end(child, stopSignal, STOP_MS)
      await home.close()
    },
    kill: () => kill(child),
    async restart() {
      await end(child, stopSignal, STOP_MS)
      child = await start()
    },
    log: home.log,
  }
}

async function untilReady(child: ChildProcess, ping: () => Promise<void>): Promise<void> {
  const deadline = performance.now() + START_MS
  for (;;) {
    if (hasEnded(child)) throw new Error(`it ended (${child.signalCode ?? child.exitCode})`)
    try {
      return await ping()
    } catch (error) {
      if (performance.now() > deadline) {
        await kill(child)
        throw new Error(`no answer in ${START_MS / 1000} s`, { cause: error })
      }
    }
    await sleep(50)
  }
}

function openHome(name: string, given: string | undefined, account: Account | undefined): Home {
  const dir = given ?? mkdtempSync(join(tmpdir(), `petshop-${name.toLowerCase()}-`))
  mkdirSync(dir, { recursive: true })
  if (account) chownSync(dir, account.uid, account.gid)
  const watchdog = startWatchdog(given === undefined ? dir : null)
  const logFile = join(dir, 'server.log')

  const start: Home['spawn'] = (command, args, { env, stopSignal = 'SIGTERM' } = {}) => {
    const out = openSync(logFile, 'a')
    const child = spawn(command, args, {
      ...account,
      cwd: dir,
      detached: true, // ^C at the terminal is for the tests: they stop their servers
      env: { ...plainEnvironment(), TMPDIR: dir, ...env },
      stdio: ['ignore', out, out],
    })
    closeSync(out)
    child.on('error', () => {}) // it has ended before it began: whoever waits for it sees that
    if (child.pid) watchdog.guard(child.pid, stopSignal)
    child.once('exit', () => watchdog.release())
    child.unref()
    return child
  }
  return {
    dir,
    spawn: start,
    async run(command, args) {
      const child = start(command, args)
      child.ref()
      const [code] = (await once(child, 'exit')) as [number | null]
      if (code !== 0) throw new Error(`${command} failed`)
    },
    log: () => readTail(logFile),
    async close() {
      if (given === undefined) await rm(dir, { recursive: true, force: true, maxRetries: 5 })
      await watchdog.dismiss()
    },
  }
}

/** Only what every program needs: servers and their tools listen to a lot of variables. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env
  return { PATH, HOME, LANG: 'C.UTF-8' }
}

function readTail(file: string): string {
  try {
    return readFileSync(file, 'utf8').slice(-LOG_CHARACTERS)
  } catch {
    return ''
  }
}
