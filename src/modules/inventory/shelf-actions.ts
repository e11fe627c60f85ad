// Owns what leaves the shelf without having been promised: goods sold at the counter, in the sale's transaction.
import type { Cause } from '../../lib/cause.ts'
import { makeEvent } from '../../lib/events.ts'
import type { Store, Trx } from '../../platform/db/store.ts'
import { appendEvents } from '../../platform/events/outbox.ts'
import { type MOVEMENT_REASONS, type StockLine, StockMoved } from './schema.ts'
import { applyMovement } from './stock-actions.ts'
import { insertMovements, type StockRow, subtractFromShelf } from './stock-store.ts'

/**
 * Takes goods off the stock, with a ledger row for each product.
 * @param products locked, with what is there now
 * @param lines each product once
 * @param least `on_hand`: what was booked in for this sale is sold, although orders wait for the product
 */
export async function sellFromShelf(
  store: Store,
  trx: Trx,
  cause: Cause,
  order_id: number,
  products: ReadonlyMap<number, StockRow>,
  lines: readonly StockLine[],
  least: 'available' | 'on_hand',
): Promise<void> {
  // The rows are locked and were just decided on: only a mistake of ours can make the guard fail.
  if (!(await subtractFromShelf(store, trx, lines, least))) {
    throw new Error('the stock guard refused what the decision had accepted')
  }
  await insertMovements(
    store,
    trx,
    lines.map(({ product_id, quantity }) => ({
      product_id,
      kind: 'sale',
      delta_on_hand: -quantity,
      delta_reserved: 0,
      reason: null,
      note: null,
      order_id,
      actor_id: cause.actor_id,
      created_at: cause.now,
    })),
  )
  const events = lines.flatMap(({ product_id, quantity }) => {
    const product = products.get(product_id)
    if (!product) return []
    const { on_hand, reserved } = product
    return makeEvent(StockMoved, product_id, {
      product_id,
      kind: 'sale',
      delta_on_hand: -quantity,
      on_hand: on_hand - quantity,
      reserved,
    })
  })
  await appendEvents(store, trx, cause, events)
}

/**
 * Books in what was sold although the books had none, as an adjustment with its reason.
 * @returns the products as they are then
 */
export async function addMissing(
  store: Store,
  trx: Trx,
  cause: Cause,
  order_id: number,
  products: ReadonlyMap<number, StockRow>,
  missing: readonly StockLine[],
  why: {
    readonly reason: (typeof MOVEMENT_REASONS)[number]
    readonly note?: string | undefined
  },
): Promise<Map<number, StockRow>> {
  const after = new Map(products)
  for (const { product_id, quantity } of missing) {
    const product = after.get(product_id)
    if (!product) continue
    const { reason, note } = why
    const kind = 'adjustment' as const
    const movement = { kind, quantity, reason, order_id, ...(note && { note }) }
    await applyMovement(store, trx, cause, product, movement, quantity)
    after.set(product_id, { ...product, on_hand: product.on_hand + quantity })
  }
  return after
}
