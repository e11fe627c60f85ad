// Owns what a store that was set back in time must forget of brokers and workers: they have gone on without it.
import { randomInt } from 'node:crypto'
import { type Stream, STREAMS } from '../../lib/events.ts'
import { advanceSequence } from '../db/sequences.ts'
import type { Store, Trx } from '../db/store.ts'
import { lowestPlace } from './progress.ts'
import { headOf, sequenceName } from './relay.ts'

/** More places than a shop can have given out since the backup. */
const LEAST_STEP = 100_000_000

/**
 * All places move up together, behind every place that was ever given: what a broker still has of the events that
 * were lost lies before every group's place, and is passed over as done. What a group has yet to do is sent again.
 * The new places come from the clock, in microseconds, so that restoring twice gives no place
 * twice either; only when the clock has been ahead are they somewhere by chance.
 */
export async function beginAgain(store: Store, trx: Trx, now: number): Promise<void> {
  for (const stream of STREAMS) await moveUp(store, trx, stream, now)
  await trx.deleteFrom('shipments').execute()
  await trx.deleteFrom('leases').execute()
}

async function moveUp(store: Store, trx: Trx, stream: Stream, now: number): Promise<void> {
  const least = (await lowestPlace(trx, stream)) ?? (await headOf(trx, stream))
  const byClock = now * 1000 - least
  const by = byClock >= LEAST_STEP ? byClock : LEAST_STEP * 10 + randomInt(LEAST_STEP * 10)
  await advanceSequence(store, trx, sequenceName(stream), by)
  const groups = trx.selectFrom('consumer_groups').select('group_name').where('stream', '=', stream)
  await trx
    .updateTable('applied_events')
    .set((eb) => ({ position: eb('position', '+', by) }))
    .where('group_name', 'in', groups)
    .execute()
  await trx
    .updateTable('consumer_groups')
    .set((eb) => ({ position: eb('position', '+', by) }))
    .where('stream', '=', stream)
    .execute()
  await trx
    .updateTable('outbox')
    .set((eb) => ({ position: eb('position', '+', by) }))
    .where('stream', '=', stream)
    .where('position', 'is not', null)
    .execute()
}
