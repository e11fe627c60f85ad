// Owns the background work of a process: the relay, one loop per consumer group, retries, and upkeep.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { createSignal, type Signal } from '../../lib/signal.ts'
import type { Core, Upkeep } from '../module.ts'
import type { Consumer } from './consumer.ts'
import { deliver, NotNow, redeliver } from './delivery.ts'
import { createEmbeddedLog, registerGroups } from './embedded-log.ts'
import { claimDue } from './failed-deliveries.ts'
import { createLease, type Lease, LostLease } from './leases.ts'
import { type EventLog, LostPlace } from './log.ts'
import { relayEvents } from './relay.ts'

export interface Worker {
  /** Finishes what is under way, gives up the lease, and resolves. */
  stop(): Promise<void>
}

const BATCH = 200
const POLL_MS = 500
const UPKEEP_POLL_MS = 1000
const RETRY_BATCH = 20

interface Loops {
  readonly core: Core
  readonly lease: Lease
  readonly log: EventLog
  readonly stopped: () => boolean
}

export async function startWorker(
  core: Core,
  consumers: readonly Consumer[],
  upkeep: readonly Upkeep[],
): Promise<Worker> {
  await registerGroups(core.store, consumers)
  const lease = createLease(core.store, core.clock, 'worker')
  const log = createEmbeddedLog(core.store, lease)
  let stopped = false
  const loops: Loops = { core, lease, log, stopped: () => stopped }

  const outboxSignal = createSignal()
  const groupSignals = consumers.map(createSignal)
  const wakeGroups = () => groupSignals.forEach((signal) => signal.notify())
  const retrySignal = createSignal()
  const upkeepSignal = createSignal()
  const offCommit = core.store.onCommit(() => outboxSignal.notify())

  const running = [
    repeat(loops, outboxSignal, POLL_MS, () => relayOnce(loops, wakeGroups)),
    ...consumers.map((consumer, i) => {
      const reader = log.reader(consumer)
      const signal = groupSignals[i] ?? createSignal()
      return repeat(loops, signal, POLL_MS, async () => {
        const events = await reader.read(BATCH)
        if (events.length > 0) await deliver(core, consumer, reader, events)
        return events.length > 0
      })
    }),
    repeat(loops, retrySignal, POLL_MS, () => retryOnce(loops, consumers)),
    repeat(loops, upkeepSignal, UPKEEP_POLL_MS, upkeepRound(loops, upkeep)),
  ]

  return {
    async stop() {
      stopped = true
      offCommit()
      outboxSignal.notify()
      wakeGroups()
      retrySignal.notify()
      upkeepSignal.notify()
      await Promise.all(running)
      await lease.release()
    },
  }
}

/**
 * Relays and applies everything there is, in this very call, and returns. For the demo's past and for tests:
 * the outcome does not depend on when loops happen to run. Deliveries that failed stay parked.
 */
export async function drain(core: Core, consumers: readonly Consumer[]): Promise<void> {
  await registerGroups(core.store, consumers)
  const lease = createLease(core.store, core.clock, 'worker')
  const log = createEmbeddedLog(core.store, lease)
  const groups = consumers.map((consumer) => ({ consumer, reader: log.reader(consumer) }))
  for (let more = true; more;) {
    if (!(await lease.hold())) throw new Error('another process is doing the background work')
    more = (await relayEvents(core.store, lease)) > 0
    for (const { consumer, reader } of groups) {
      const events = await reader.read(BATCH)
      if (events.length === 0) continue
      await deliver(core, consumer, reader, events)
      more = true
    }
  }
  await lease.release()
}

/** Works while there is work, otherwise waits to be woken. `step` says whether there may be more. */
async function repeat(
  loops: Loops,
  signal: Signal,
  pollMs: number,
  step: () => Promise<boolean>,
): Promise<void> {
  let failing = false
  while (!loops.stopped()) {
    try {
      const more = await step()
      if (failing) loops.core.log.info('background work goes on')
      failing = false
      if (!more) await signal.wait(pollMs)
      // Requests come first: background work never takes two turns of the event loop in a row.
      await nextTurn()
    } catch (error) {
      if (!isOrdinary(error) && !failing) {
        failing = true
        loops.core.log.error({ error }, 'background work failed and will be tried again')
      }
      await signal.wait(error instanceof NotNow ? error.ms : pollMs)
    }
  }
}

function isOrdinary(error: unknown): boolean {
  return error instanceof LostPlace || error instanceof LostLease
}

async function relayOnce(loops: Loops, wakeGroups: () => void): Promise<boolean> {
  if (!(await loops.lease.hold())) return false
  const moved = await relayEvents(loops.core.store, loops.lease)
  if (moved > 0) wakeGroups()
  return moved > 0
}

async function retryOnce(loops: Loops, consumers: readonly Consumer[]): Promise<boolean> {
  const { core } = loops
  const names = consumers.map((consumer) => consumer.name)
  const due = await claimDue(core.store, names, core.clock.now(), RETRY_BATCH)
  for (const row of due) {
    const consumer = consumers.find((candidate) => candidate.name === row.group_name)
    if (consumer) await redeliver(core, consumer, row)
  }
  return due.length > 0
}

function upkeepRound(loops: Loops, upkeep: readonly Upkeep[]): () => Promise<boolean> {
  const lastRun = new Map<string, number>()
  return async () => {
    if (!(await loops.lease.hold())) return false
    for (const job of upkeep) {
      const now = loops.core.clock.now()
      const since = now - (lastRun.get(job.name) ?? 0)
      // Less than nothing: the clock was set back.
      if (since >= 0 && since < job.everyMs) continue
      lastRun.set(job.name, now)
      await job.run(now)
    }
    return false
  }
}
