// Owns the background work of a process: the relay, one loop per consumer group, retries, and upkeep.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { createSignal, type Signal } from '../../lib/signal.ts'
import type { Core, Upkeep } from '../module.ts'
import type { Consumer } from './consumer.ts'
import { NotNow, redeliver } from './delivery.ts'
import { closeDrained } from './drain.ts'
import { claimDue } from './failed-deliveries.ts'
import { closeGroup, deliverOnce, openGroup, relay } from './groups.ts'
import { createLease, type Lease, LostLease } from './leases.ts'
import { LogAway } from './log.ts'
import { registerGroups } from './progress.ts'
import { createShare } from './share.ts'

export interface Worker {
  /** Finishes what is under way, gives up its leases, and resolves. */
  stop(): Promise<void>
}

const POLL_MS = 500
const UPKEEP_POLL_MS = 1000
const RETRY_BATCH = 20

interface Loops {
  readonly core: Core
  /** For what only one process may do: the relay and the upkeep. */
  readonly lease: Lease
  readonly stopped: () => boolean
}

export interface WorkerOptions {
  /** False leaves relay and upkeep to a worker beside this one, and never takes its lease. */
  readonly relay: boolean
}

export async function startWorker(
  core: Core,
  consumers: readonly Consumer[],
  upkeep: readonly Upkeep[],
  { relay: relays }: WorkerOptions = { relay: true },
): Promise<Worker> {
  await closeDrained(core.events)
  await registerGroups(core.store, consumers)
  const lease = createLease(core.store, core.clock, 'worker')
  const share = createShare(
    core.store,
    core.clock,
    consumers.map((consumer) => consumer.name),
  )
  const groups = consumers.map((consumer) =>
    openGroup(core, relays ? lease : null, consumer, share),
  )
  let stopped = false
  const loops: Loops = { core, lease, stopped: () => stopped }

  const [outboxSignal, retrySignal, upkeepSignal] = [createSignal(), createSignal(), createSignal()]
  const wakeGroups = () => groups.forEach(({ signal }) => signal.notify())
  const offCommit = core.store.onCommit(() => outboxSignal.notify())
  const offArrival = core.events.broker?.onArrival(wakeGroups)

  const running = groups.map((group) =>
    repeat(loops, group.signal, POLL_MS, () => deliverOnce(core, group)),
  )
  running.push(repeat(loops, retrySignal, POLL_MS, () => retryOnce(loops, consumers)))
  if (relays) {
    running.push(
      repeat(loops, outboxSignal, POLL_MS, relayRound(loops, wakeGroups)),
      repeat(loops, upkeepSignal, UPKEEP_POLL_MS, upkeepRound(loops, upkeep)),
    )
  }

  return {
    async stop() {
      stopped = true
      offCommit()
      offArrival?.()
      outboxSignal.notify()
      wakeGroups()
      retrySignal.notify()
      upkeepSignal.notify()
      await Promise.all(running)
      await Promise.all(groups.map(closeGroup))
      await share.leave()
      await lease.release()
    },
  }
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

/** The broker's own connection says when it is away, once. */
function isOrdinary(error: unknown): boolean {
  return error instanceof LogAway || error instanceof LostLease
}

function relayRound({ core, lease }: Loops, wakeGroups: () => void): () => Promise<boolean> {
  const unsent = { events: 0 }
  return async () => {
    if (!(await lease.hold())) return false
    const moved = await relay(core, lease, unsent)
    if (moved > 0) wakeGroups()
    return moved > 0
  }
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
