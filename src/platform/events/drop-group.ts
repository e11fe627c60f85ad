// Owns forgetting a group for good, of a consumer that no version has any more: while it is known, its stream's
// events are kept for it.
import type { Store } from '../db/store.ts'
import { runAgain } from '../db/transactions.ts'

/** @returns how many events it had parked; null when there is no such group */
export function dropGroup(store: Store, group: string): Promise<number | null> {
  return store.transaction(async (trx) => {
    // First of all: waits for a batch that is under way, which may park something.
    const gone = await trx
      .deleteFrom('consumer_groups')
      .where('group_name', '=', group)
      .executeTakeFirstOrThrow()
    const parked = await trx
      .deleteFrom('failed_deliveries')
      .where('group_name', '=', group)
      .executeTakeFirstOrThrow()
    await trx.deleteFrom('applied_events').where('group_name', '=', group).execute()
    await trx.deleteFrom('leases').where('name', '=', `group ${group}`).execute()
    return gone.numDeletedRows === 0n ? null : Number(parked.numDeletedRows)
  }, runAgain)
}
