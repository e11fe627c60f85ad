// Owns the order of events: one relay at a time gives them their gap-free positions, on every log alike.
import { sql } from 'kysely'
import { STREAMS, type Stream } from '../../lib/events.ts'
import { advanceSequence, lastTaken } from '../db/sequences.ts'
import type { Reader, Store, Trx } from '../db/store.ts'
import { runAgain } from '../db/transactions.ts'
import type { Lease } from './leases.ts'

const BATCH = 500

/**
 * Numbers the events that have no position yet, in the order in which they were written.
 * @returns how many; 0 when there was nothing to do
 */
export async function relayEvents(store: Store, lease: Lease): Promise<number> {
  let moved = 0
  for (const stream of STREAMS) {
    if (!(await hasUnsent(store, stream))) continue
    moved += await store.transaction(async (trx) => {
      await lease.guard(trx)
      return numberEvents(store, trx, stream)
    }, runAgain)
  }
  return moved
}

/** The highest position given in a stream; 0 before the first. */
export function headOf(reader: Pick<Reader, 'selectFrom'>, stream: Stream): Promise<number> {
  return lastTaken(reader, sequenceName(stream))
}

/** About how many events have no position yet; exact for a stream that has all events to itself. */
export async function unsentEvents(store: Store): Promise<number> {
  let most = 0
  for (const stream of STREAMS) {
    const first = await firstUnsent(store, stream)
    if (first !== undefined) most = Math.max(most, await eventsAfter(store, first))
  }
  return most
}

/** How many were written after this one, of all streams; ids that were never used count too. */
export async function eventsAfter({ db }: Store, outbox_id: number): Promise<number> {
  const row = await db
    .selectFrom('outbox')
    .select((eb) => eb.fn.max('outbox_id').as('newest'))
    .executeTakeFirst()
  return Math.max(0, Number(row?.newest ?? 0) - outbox_id)
}

/** Without an order: PostgreSQL would walk the primary key through all that were ever sent. */
async function hasUnsent(store: Store, stream: Stream): Promise<boolean> {
  const row = await store.db
    .selectFrom('outbox')
    .select('outbox_id')
    .where('stream', '=', stream)
    .where('position', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

async function firstUnsent(store: Store, stream: Stream): Promise<number | undefined> {
  const row = await store.db
    .selectFrom('outbox')
    .select('outbox_id')
    .where('stream', '=', stream)
    .where('position', 'is', null)
    .orderBy('outbox_id')
    .limit(1)
    .executeTakeFirst()
  return row?.outbox_id
}

async function numberEvents(store: Store, trx: Trx, stream: Stream): Promise<number> {
  const rows = await trx
    .selectFrom('outbox')
    .select('outbox_id')
    .where('stream', '=', stream)
    .where('position', 'is', null)
    .orderBy('outbox_id')
    .limit(BATCH)
    .execute()
  if (rows.length === 0) return 0
  const first = await advanceSequence(store, trx, sequenceName(stream), rows.length)
  const columns = { event: 'integer', place: 'integer' } as const
  const places = rows.map((row, i) => [row.outbox_id, first + i])
  await store.dialect
    .joinedUpdate({
      table: 'outbox',
      list: store.dialect.list(columns, places),
      set: sql`position = list.place`,
      where: sql`outbox.outbox_id = list.event`,
    })
    .execute(trx)
  return rows.length
}

export function sequenceName(stream: Stream): string {
  return `stream ${stream}`
}
