// Owns reading the program's state for people and for Prometheus.
import { setTimeout as pause } from 'node:timers/promises'
import { toTimestamp } from '../../lib/wire.ts'
import type { Counted } from '../../platform/background/metrics.ts'
import type { BrokerState, EventLog, GroupName } from '../../platform/events/log.ts'
import { countUnshipped } from '../../platform/events/shipping.ts'
import { countUnsent, listGroupStates } from '../../platform/events/undone.ts'
import type { Core } from '../../platform/module.ts'
import { readRedis } from './redis-state.ts'
import type { SystemState } from './schema.ts'

/** A broker that hangs must not keep Prometheus from all the other numbers. */
const BROKER_PATIENCE_MS = 1000
const SILENT: BrokerState = { up: false, streams: [], groups: [] }

export interface StateSources {
  readonly version: string
  /** Epoch milliseconds. */
  readonly startedAt: number
  readonly listeners: () => number
  /** How long the background thread hasn't answered. */
  readonly threadSilentMs: () => Promise<number>
  /** What other threads of the process have counted. */
  readonly countedElsewhere: () => Promise<Counted[]>
  readonly orderQueue: { waiting(): number; oldestMs(): number }
  /** Other modules' numbers of the business. */
  readonly gauges: readonly (() => Promise<void>)[]
}

export async function readState(core: Core, sources: StateSources): Promise<SystemState> {
  const { store, events } = core
  const unnumbered = [...(await countUnsent(store.db)).values()].reduce((sum, n) => sum + n, 0)
  const unsent = unnumbered + (await countUnshipped(store.db, events))
  const groupStates = await listGroupStates(store.db)
  const [broker, redis] = await Promise.all([
    readBroker(events, groupStates),
    readRedis(core.redis),
  ])
  return {
    version: sources.version,
    started_at: toTimestamp(sources.startedAt),
    store: { engine: store.dialect.name, ...(await store.size()) },
    event_log: { engine: events.name, unsent, broker },
    redis,
    caches: core.caches.counts(),
    groups: groupStates,
    sse_clients: sources.listeners(),
    order_queue: {
      waiting: sources.orderQueue.waiting(),
      oldest_ms: Math.round(sources.orderQueue.oldestMs()),
    },
  }
}

async function readBroker(
  { broker }: EventLog,
  names: readonly GroupName[],
): Promise<SystemState['event_log']['broker']> {
  if (!broker) return null
  const { up, streams, groups } = await Promise.race([
    broker.state(names),
    pause(BROKER_PATIENCE_MS, SILENT, { ref: false }),
  ])
  return { up, streams: [...streams], groups: [...groups] }
}

/** Brings the gauges up to date; counters and histograms count by themselves. */
export function createGauges(core: Core, sources: StateSources): () => Promise<void> {
  return async () => {
    setOwnGauges(core, sources)
    setStateGauges(core, await readState(core, sources))
    for (const gauge of sources.gauges) await gauge()
    core.metrics.storeUp.set(1)
  }
}

/** What this process knows without asking anybody. */
function setOwnGauges({ metrics }: Core, { orderQueue }: StateSources): void {
  metrics.orderQueueWaiting.set(orderQueue.waiting())
  metrics.orderQueueAge.set(orderQueue.oldestMs() / 1000)
}

function setStateGauges(core: Core, state: SystemState): void {
  const { metrics } = core
  for (const { group, stream, backlog, dead } of state.groups) {
    metrics.backlog.set({ group, stream }, backlog)
    metrics.deadLetters.set({ group }, dead)
  }
  metrics.outboxUnsent.set(state.event_log.unsent)
  setBrokerGauges(core, state.event_log.broker)
  core.redis?.setGauges(state.redis?.server ?? null)
  if (core.store.dialect.name !== 'sqlite') return
  metrics.storeBytes.set(state.store.bytes)
  metrics.walBytes.set(state.store.wal_bytes)
}

function setBrokerGauges({ metrics }: Core, broker: SystemState['event_log']['broker']): void {
  if (!broker) return
  metrics.brokerUp.set(broker.up ? 1 : 0)
  for (const { stream, length, dead } of broker.streams) {
    metrics.streamLength.set({ stream }, length)
    metrics.streamDead.set({ stream }, dead)
  }
  for (const { group, lag, pending } of broker.groups) {
    if (pending !== null) metrics.groupPending.set({ group }, pending)
    if (lag !== null) metrics.groupLag.set({ group }, lag)
  }
}
