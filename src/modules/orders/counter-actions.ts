// Owns writing an order that was sold and paid at the counter: done at once, with all its events.
import type { Cause } from '../../lib/cause.ts'
import { makeEvent } from '../../lib/events.ts'
import type { Store, Trx } from '../../platform/db/store.ts'
import { appendEvents } from '../../platform/events/outbox.ts'
import type { PricedLine } from './rules.ts'
import { OrderCompleted, OrderPaid, OrderPlaced } from './schema.ts'
import { insertOrders } from './store.ts'

export interface CounterOrder {
  readonly order_id: number
  readonly order_number: string
  readonly sale_id: string
  readonly user_id: number
  readonly placed_by: number
  readonly lines: readonly (PricedLine & { readonly discount_cents: number })[]
  readonly total_cents: number
  /** Epoch milliseconds: when it was sold, perhaps some time ago. */
  readonly taken_at: number
}

/** In the sale's transaction; its stock is the caller's to move. */
export async function writeCounterOrder(
  store: Store,
  trx: Trx,
  cause: Cause,
  order: CounterOrder,
): Promise<void> {
  const { order_id, order_number, sale_id, user_id, placed_by, total_cents, taken_at } = order
  const row = {
    order_id,
    order_number,
    request_id: sale_id,
    user_id,
    placed_by,
    channel: 'counter',
    fulfilment: 'pickup',
    status: 'completed',
    payment_status: 'paid',
    total_cents,
    note: null,
    address: null,
    created_at: taken_at,
    completed_at: taken_at,
    paid_at: taken_at,
  }
  const lines = order.lines.map((line, i) => ({ order_id, line: i + 1, ...line }))
  await insertOrders(store, trx, [row], lines)
  const facts = { order_id, order_number, user_id, total_cents }
  const change = { ...facts, actor_id: cause.actor_id }
  await appendEvents(store, trx, cause, [
    makeEvent(OrderPlaced, order_id, {
      ...facts,
      channel: 'counter',
      fulfilment: 'pickup',
      placed_by,
      sale_id,
      lines: order.lines.map(({ product_id, quantity, unit_price_cents, discount_cents }) => ({
        product_id,
        quantity,
        unit_price_cents,
        ...(discount_cents > 0 && { discount_cents }),
      })),
    }),
    makeEvent(OrderPaid, order_id, change),
    makeEvent(OrderCompleted, order_id, change),
  ])
}
