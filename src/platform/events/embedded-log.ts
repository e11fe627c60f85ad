// Owns the event log that lives in the shop's own database: a group reads the outbox from its place on.
import type { Store } from '../db/store.ts'
import type { Consumer } from './consumer.ts'
import type { Lease } from './leases.ts'
import type { EventLog, GroupReader } from './log.ts'
import { placeOf, notDoneOutOfTurn } from './progress.ts'
import { toEvent } from './recorded.ts'

export function createEmbeddedLog(store: Store): EventLog {
  return {
    name: 'embedded',
    broker: null,
    reader: (consumer, lease) => createReader(store, consumer, lease),
    close: () => Promise.resolve(),
  }
}

function createReader(store: Store, consumer: Consumer, lease: Lease): GroupReader {
  return {
    async read(limit) {
      if (!(await lease.hold())) return []
      const rows = await store.db
        .selectFrom('outbox')
        .selectAll()
        .where('stream', '=', consumer.stream)
        .where('position', '>', await placeOf(store.db, consumer.name))
        .where(notDoneOutOfTurn(consumer.name))
        .orderBy('position')
        .limit(limit)
        .execute()
      return rows.map((row) => ({ ...toEvent(row), deliveries: 1 }))
    },
    // The place has moved with the effect: there is nothing left to say.
    acknowledge: () => Promise.resolve(),
    close: () => Promise.resolve(),
  }
}
