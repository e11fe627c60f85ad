// Owns what is done when nobody knows whether a batch was committed: its orders are looked for, never placed twice.
import type { Settled } from '../../lib/batching.ts'
import type { Reader, Trx } from '../../platform/db/store.ts'
import type { IdentifiedPlacement, Placed } from './placed-actions.ts'
import { readRequestIds } from './store.ts'

/**
 * A commit that was lost may come through late. It held the products until then: now that they are locked, its
 * orders are there or never will be. Deciding without them would refuse what they have taken.
 */
export async function refuseTwice(
  trx: Trx,
  placements: readonly IdentifiedPlacement[],
): Promise<void> {
  const ids = placements.map((placement) => placement.order_id)
  if ((await readRequestIds(trx, ids)).size > 0) throw new Error('these orders are placed already')
}

/**
 * After a lost commit: were they placed after all? Their numbers and request ids tell.
 * @returns the outcomes, if they hold; undefined when there is nothing of them
 */
export async function findOutcomes(
  reader: Reader,
  batch: readonly IdentifiedPlacement[],
  outcomes: Settled<Placed>[],
): Promise<Settled<Placed>[] | undefined> {
  const placed = batch.filter(({ order_id }, i) => {
    const outcome = outcomes[i]
    return outcome?.ok && outcome.value.order_id === order_id
  })
  const ids = placed.map((placement) => placement.order_id)
  const found = await readRequestIds(reader, ids)
  const holds = placed.every(({ order_id, request_id }) => found.get(order_id) === request_id)
  return holds && placed.length > 0 ? outcomes : undefined
}
