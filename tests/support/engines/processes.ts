// Owns the processes of the servers that tests start: their account, their end, and that none outlives us.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Account {
  readonly uid: number
  readonly gid: number
}

/** Tells the watchdog whom to end when this process is gone: nobody, or a pid and how to ask it. */
export interface Watchdog {
  guard(pid: number, signal: NodeJS.Signals): void
  release(): void
  /** Ends the watchdog, without any effect. */
  dismiss(): Promise<void>
}

// It reads until we are gone, however we went: the system closes our end of the pipe. Then it asks the server
// to stop, makes it stop after five seconds, and removes the folder, if it is told one.
const WATCHDOG = `
alive() { kill -0 "$pid" && case $(cat "/proc/$pid/stat") in *') Z '*) false ;; esac }
pid=none
while read -r first second; do
  [ "$first" = done ] && exit
  pid=$first signal=$second
done
if [ "$pid" != none ]; then
  kill -CONT "$pid"; kill -"$signal" "$pid"
  n=0; while [ $n -lt 50 ] && alive; do sleep 0.1; n=$((n + 1)); done
  helpers=$(cat "/proc/$pid/task/$pid/children")
  kill -9 "$pid"; sleep 0.2; kill -9 $helpers "-$pid"
fi
n=0; while [ -n "$1" ] && [ $n -lt 50 ] && ! rm -rf "$1"; do sleep 0.1; n=$((n + 1)); done
`

/** @param folder what to remove when this process dies; null removes nothing */
export function startWatchdog(folder: string | null): Watchdog {
  const child = spawn('/bin/sh', ['-c', WATCHDOG, 'watchdog', folder ?? ''], {
    detached: true, // ^C at the terminal is for us, not for it
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  const tell = (line: string) => child.stdin.write(`${line}\n`)
  child.stdin.on('error', () => {}) // it has ended: nothing to guard any more
  child.unref()
  ;(child.stdin as Socket).unref()
  const ended = once(child, 'exit')
  return {
    guard: (pid, signal) => void tell(`${pid} ${signal.replace('SIG', '')}`),
    release: () => void tell('none'),
    async dismiss() {
      tell('done')
      child.ref()
      await ended
    },
  }
}

/** The account a server runs under: its own when we are root, else ours. */
export function accountOf(user: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${user}:`))
  if (!line) throw new Error(`this machine has no account "${user}"`)
  const [uid, gid] = line.split(':').slice(2, 4).map(Number)
  return { uid: uid!, gid: gid! }
}

export function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

/** Signals a server and waits until it is gone; after `graceMs` it is made to. */
export async function end(child: ChildProcess, signal: NodeJS.Signals, graceMs: number) {
  if (hasEnded(child)) return
  child.ref()
  const gone = once(child, 'exit')
  child.kill('SIGCONT') // whoever is frozen hears nothing
  child.kill(signal)
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs)
  await gone
  clearTimeout(timer)
}

/** As if the power of this one server failed: it and its own processes, at once. */
export async function kill(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return
  child.ref()
  const gone = once(child, 'exit')
  const helpers = childrenOf(child.pid!)
  child.kill('SIGKILL')
  for (const pid of helpers) signalPid(pid, 'SIGKILL')
  await gone
  while (helpers.some(isAlive)) await sleep(10)
}

/** Whether a process runs; one that has ended and is only not yet collected does not. */
export function isAlive(pid: number): boolean {
  if (!signalPid(pid, 0)) return false
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return process.platform !== 'linux'
  }
}

/** The processes that it has started itself. */
export function childrenOf(pid: number): number[] {
  try {
    const list = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    return list.split(' ').filter(Boolean).map(Number)
  } catch {
    return [] // Elsewhere than on Linux they notice by themselves.
  }
}

function signalPid(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}
