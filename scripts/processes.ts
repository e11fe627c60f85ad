// Owns the processes our scripts start: each leads a process group of its own, and every group
// still alive is stopped, by its id, before this program ends.
import { type ChildProcess, spawn } from 'node:child_process'

type Options = { env?: NodeJS.ProcessEnv; show?: boolean }
export type Outcome = { code: number; output: string; ms: number }

const graceMs = 5_000
const running = new Map<number, ChildProcess>()
let listening = false
let stopping = false

/** Runs a program to its end. Its output is collected, or shown as it comes (`show`). Never throws. */
export function run(command: string, args: string[], options: Options = {}): Promise<Outcome> {
  const started = performance.now()
  const child = start(command, args, options)
  let output = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text))
  return new Promise((resolve) => {
    const finish = (code: number) => {
      if (!stopping) resolve({ code, output, ms: performance.now() - started }) // else nobody goes on
    }
    child.once('error', (error) => {
      output += error.message
      finish(127)
    })
    child.once('close', (code) => finish(code ?? 1))
  })
}

/** Starts a program and returns at once; it is stopped with us at the latest. */
export function start(command: string, args: string[], options: Options = {}): ChildProcess {
  stopWithUs()
  const out = options.show ? 'inherit' : 'pipe'
  const child = spawn(command, args, {
    detached: true, // a group of its own, so that its children can be stopped with it
    env: options.env ?? process.env,
    stdio: ['ignore', out, out],
  })
  const { pid } = child
  if (pid !== undefined) {
    running.set(pid, child)
    child.once('exit', () => {
      running.delete(pid)
      signalGroup(pid, 'SIGKILL') // whatever it left behind
    })
  }
  return child
}

/** Asks every group to end, and ends those that don't within five seconds. */
export async function stopAll(): Promise<void> {
  const children = [...running]
  const gone = children.map(([, child]) => new Promise((resolve) => child.once('exit', resolve)))
  for (const [pid] of children) signalGroup(pid, 'SIGTERM')
  const timer = setTimeout(() => {
    for (const [pid] of children) signalGroup(pid, 'SIGKILL')
  }, graceMs)
  await Promise.all(gone)
  clearTimeout(timer)
}

function stopWithUs(): void {
  if (listening) return
  listening = true
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      void stopAll().then(() => process.exit(code))
    })
  }
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
  } catch {
    // The group has ended by itself.
  }
}
