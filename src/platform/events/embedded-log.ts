// Owns the event log that lives in the shop's own database: a group's place moves in the effect's transaction.
import type { Selectable } from 'kysely'
import type { RecordedEvent, Stream } from '../../lib/events.ts'
import type { Database } from '../../tables.ts'
import type { Reader, Store, Trx } from '../db/store.ts'
import type { Consumer } from './consumer.ts'
import type { Lease } from './leases.ts'
import { type EventLog, type GroupReader, LostPlace } from './log.ts'
import { headOf } from './relay.ts'

/** `lease`: only the worker that holds it reads; the others stand by. */
export function createEmbeddedLog(store: Store, lease: Lease): EventLog {
  return { name: 'embedded', reader: (consumer) => createReader(store, lease, consumer) }
}

/** Makes the groups that are new; they begin with what comes from now on. */
export function registerGroups(store: Store, consumers: readonly Consumer[]): Promise<void> {
  return store.transaction(async (trx) => {
    for (const { name, stream } of consumers) {
      const position = await headOf(trx, stream)
      await store.dialect
        .ignoreConflicts(
          trx.insertInto('consumer_groups').values({ group_name: name, stream, position }),
        )
        .execute()
    }
  })
}

function createReader(store: Store, lease: Lease, consumer: Consumer): GroupReader {
  return {
    async read(limit) {
      if (!(await lease.hold())) return []
      const position = await placeOf(store.db, consumer.name)
      return readAfter(store.db, consumer.stream, position, limit)
    },
    async accept(trx, events) {
      const first = events[0]
      const last = events.at(-1)
      if (!first || !last) return events
      await movePlace(trx, consumer.name, Number(first.at) - 1, Number(last.at))
      return events
    },
    // The place has moved with the effect: there is nothing left to say.
    acknowledge: () => Promise.resolve(),
  }
}

async function placeOf(reader: Reader, group: string): Promise<number> {
  const row = await reader
    .selectFrom('consumer_groups')
    .select('position')
    .where('group_name', '=', group)
    .executeTakeFirstOrThrow()
  return row.position
}

async function movePlace(trx: Trx, group: string, from: number, to: number): Promise<void> {
  const { numUpdatedRows } = await trx
    .updateTable('consumer_groups')
    .set({ position: to })
    .where('group_name', '=', group)
    .where('position', '=', from)
    .executeTakeFirst()
  if (Number(numUpdatedRows) !== 1) throw new LostPlace(`${group} is no longer at ${from}`)
}

async function readAfter(
  reader: Reader,
  stream: Stream,
  position: number,
  limit: number,
): Promise<RecordedEvent[]> {
  const rows = await reader
    .selectFrom('outbox')
    .selectAll()
    .where('stream', '=', stream)
    .where('position', '>', position)
    .orderBy('position')
    .limit(limit)
    .execute()
  return rows.map(toEvent)
}

export function toEvent(row: Selectable<Database['outbox']>): RecordedEvent {
  return {
    event_id: row.event_id,
    at: String(row.position ?? ''),
    type: row.type,
    stream: row.stream as Stream,
    version: row.version,
    key: row.event_key,
    payload: parsed(row.payload),
    request_id: row.request_id,
    occurred_at: row.occurred_at,
  }
}

/**
 * What cannot be read stays the text it is: no payload is a text, so its consumers refuse it as permanently
 * wrong, the others go on, and the dead letters show what was there.
 */
function parsed(payload: string): unknown {
  try {
    return JSON.parse(payload)
  } catch {
    return payload
  }
}
