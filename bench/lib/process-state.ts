// Owns reading a process' CPU time and memory from /proc (Linux).
import { readFileSync, writeFileSync } from 'node:fs'

const TICKS_PER_SECOND = 100

/** User and system time of all threads of a process, in seconds; 0 when it is gone. */
export function cpuSeconds(pid: number): number {
  const fields = fieldsOf(pid)
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / TICKS_PER_SECOND
}

/** The same with the processes that it has started, also those that have ended: some servers have one a connection. */
export function familyCpuSeconds(pid: number): number {
  const ended = fieldsOf(pid)
    .slice(13, 15)
    .reduce((sum, ticks) => sum + Number(ticks), 0)
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number)
  return children.reduce(
    (sum, child) => sum + familyCpuSeconds(child),
    cpuSeconds(pid) + ended / TICKS_PER_SECOND,
  )
}

/** What all processors did so far, in seconds: kernel and hypervisor included, idling and waiting for disks not. */
export function machineBusySeconds(): number {
  const [, user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = read('/proc/stat')
    .split('\n', 1)
    .join()
    .split(/\s+/)
    .map(Number)
  return (user + nice + system + irq + softirq + steal) / TICKS_PER_SECOND
}

/** The same of this process and of its children that have ended. */
export function ownCpuSeconds(): number {
  const fields = fieldsOf('self')
  const ticks = [11, 12, 13, 14].reduce((sum, i) => sum + Number(fields[i] ?? 0), 0)
  return ticks / TICKS_PER_SECOND
}

/** The most memory that it held since the last `resetPeak`, MiB. */
export function peakMib(pid: number): number {
  return memory(pid, 'VmHWM')
}

/** What it holds now, MiB. */
export function residentMib(pid: number): number {
  return memory(pid, 'VmRSS')
}

export function resetPeak(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5')
  } catch {
    // Not ours to reset, or gone: the peak since its start counts.
  }
}

/** Of its line in /proc, what follows its name: that is in brackets and may hold anything. */
function fieldsOf(pid: number | 'self'): string[] {
  const stat = read(`/proc/${pid}/stat`)
  return stat.slice(stat.lastIndexOf(') ') + 2).split(' ')
}

function memory(pid: number, field: string): number {
  const kib = new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(read(`/proc/${pid}/status`))?.[1] ?? 0
  return Math.round((Number(kib) / 1024) * 10) / 10
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
