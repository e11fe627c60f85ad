// Owns giving memory back: V8 keeps what starting, or a busy hour, has taken until it needs it again, and nobody else on
// the machine has it.
import { performance } from 'node:perf_hooks'
import { getHeapStatistics, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

const LOOK_MS = 2000
/** Share of the time between two looks. */
const IDLE = 0.02
const SPARE_BYTES = 8 * 2 ** 20
/** Collecting takes up to some tenths of a second. */
const PAUSE_MS = 30 * 60_000

type Collect = (options: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void

/**
 * Of this thread, when it has nothing to do: soon after its start, and every half hour at most. Goes on for as long
 * as the thread lives, and doesn't keep it alive.
 */
export function giveBackWhenIdle(lookMs = LOOK_MS): void {
  let last = performance.eventLoopUtilization()
  let collectedAt = -Infinity
  setInterval(() => {
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, last)
    last = now
    if (utilization > IDLE || performance.now() - collectedAt < PAUSE_MS) return
    if (spareBytes() < SPARE_BYTES) return
    collectedAt = performance.now()
    collect()
  }, lookMs).unref()
}

/** What this thread's heap holds beyond what it uses. */
function spareBytes(): number {
  const { total_heap_size, used_heap_size } = getHeapStatistics()
  return total_heap_size - used_heap_size
}

/** Only this kind of collection gives the pages themselves back, and Node offers it to nobody unasked. */
function collect(): void {
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as Collect
  gc({ type: 'major', execution: 'sync', flavor: 'last-resort' })
}
