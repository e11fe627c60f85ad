// Owns the moment of the shop's first order: whoever changes what is fixed from then on never meets it half-way.
import { advanceSequence } from '../../platform/db/sequences.ts'
import type { Store, Trx } from '../../platform/db/store.ts'
import { hasAnyOrder } from './store.ts'

/** Of the orders' ids. */
export const ORDER_SEQUENCE = 'orders'

/** Is there an order? Where there is none, none will be placed before the transaction ends. */
export async function isAnyOrderPlaced(store: Store, trx: Trx): Promise<boolean> {
  await lockFirstOrder(store, trx)
  return hasAnyOrder(trx)
}

/** For the transaction that may place the first one; later ones need no such lock. */
export async function lockFirstOrder(store: Store, trx: Trx): Promise<void> {
  await advanceSequence(store, trx, ORDER_SEQUENCE, 0)
}
