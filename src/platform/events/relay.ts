// Owns the way from the outbox to the log: one relay at a time gives events their gap-free positions.
import { sql } from 'kysely'
import { STREAMS, type Stream } from '../../lib/events.ts'
import { advanceSequence, lastTaken } from '../db/sequences.ts'
import type { Reader, Store, Trx } from '../db/store.ts'
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
    })
  }
  return moved
}

/** The highest position given in a stream; 0 before the first. */
export function headOf(reader: Pick<Reader, 'selectFrom'>, stream: Stream): Promise<number> {
  return lastTaken(reader, sequenceName(stream))
}

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

async function numberEvents(store: Store, trx: Trx, stream: Stream): Promise<number> {
  const head = await headOf(trx, stream)
  const { numAffectedRows = 0n } = await sql`
    update outbox set position = numbered.position
    from (
      select outbox_id, ${head} + row_number() over (order by outbox_id) as position
      from outbox where stream = ${stream} and position is null
      order by outbox_id limit ${BATCH}
    ) as numbered
    where outbox.outbox_id = numbered.outbox_id`.execute(trx)
  await advanceSequence(store, trx, sequenceName(stream), Number(numAffectedRows))
  return Number(numAffectedRows)
}

function sequenceName(stream: Stream): string {
  return `stream ${stream}`
}
