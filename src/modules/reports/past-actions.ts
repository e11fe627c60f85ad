// Owns taking in the past: what every event before the group's place amounts to, in the group's first transaction.
import { dayAt } from '../../lib/days.ts'
import type { Store, Trx } from '../../platform/db/store.ts'
import { heardOrders, readUnheard } from './heard-store.ts'
import { clearReversals, insertReversals } from './reversals-store.ts'
import { addOrder, emptyTally, NOT_REVERSED, type Reversal } from './rules.ts'
import { replaceSums } from './store.ts'

/**
 * Fills the sums from the orders themselves. Facts whose events are still to come are left out: their events
 * will add them. Products count under the category they have now.
 */
export async function takeInPast(store: Store, trx: Trx, timeZone: string): Promise<void> {
  await clearReversals(trx)
  const tally = emptyTally()
  for await (const orders of heardOrders(trx, () => readUnheard(trx))) {
    const reversals = new Map<number, Reversal>()
    for (const { refunded_at, ...order } of orders) {
      const refunded_on = refunded_at === null ? null : dayAt(refunded_at, timeZone)
      const known = addOrder(tally, { ...order, refunded_on })
      if (known !== NOT_REVERSED) reversals.set(order.order_id, known)
    }
    await insertReversals(store, trx, reversals)
  }
  await replaceSums(store, trx, tally)
}
