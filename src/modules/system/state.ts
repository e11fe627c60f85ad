// Owns reading the program's state for people and for Prometheus.
import { toTimestamp } from '../../lib/wire.ts'
import { countUnsent, listGroupStates } from '../../platform/events/undone.ts'
import type { Core } from '../../platform/module.ts'
import type { SystemState } from './schema.ts'

export interface StateSources {
  readonly version: string
  /** Epoch milliseconds. */
  readonly startedAt: number
  readonly listeners: () => number
  readonly orderQueue: { waiting(): number; oldestMs(): number }
}

export async function readState(core: Core, sources: StateSources): Promise<SystemState> {
  const { store } = core
  const unsent = [...(await countUnsent(store.db)).values()].reduce((sum, n) => sum + n, 0)
  return {
    version: sources.version,
    started_at: toTimestamp(sources.startedAt),
    store: { engine: store.dialect.name, ...store.size() },
    event_log: { engine: 'embedded', unsent },
    groups: await listGroupStates(store.db),
    sse_clients: sources.listeners(),
    order_queue: {
      waiting: sources.orderQueue.waiting(),
      oldest_ms: Math.round(sources.orderQueue.oldestMs()),
    },
  }
}

/** Brings the gauges up to date; counters and histograms count by themselves. */
export async function refreshGauges(core: Core, sources: StateSources): Promise<void> {
  const state = await readState(core, sources)
  const { metrics } = core
  for (const { group, stream, backlog, dead } of state.groups) {
    metrics.backlog.set({ group, stream }, backlog)
    metrics.deadLetters.set({ group }, dead)
  }
  metrics.outboxUnsent.set(state.event_log.unsent)
  metrics.storeBytes.set(state.store.bytes)
  metrics.walBytes.set(state.store.wal_bytes)
  metrics.orderQueueWaiting.set(state.order_queue.waiting)
  metrics.orderQueueAge.set(state.order_queue.oldest_ms / 1000)
}
