// Owns how stock events become ledger rows; the doctor reckons with the same.
import type { RecordedEvent } from '../../lib/events.ts'
import { readPayload } from '../../platform/events/payload.ts'
import { StockReleased, StockReserved } from './schema.ts'

/** The consumer that posts them. */
export const UPDATE_STOCK = 'update-stock-on-stock-change'

/** The ledger rows of what an order was promised or gave back; none for other events. */
export function promiseRows(event: RecordedEvent) {
  const reserved = event.type === StockReserved.type
  if (!reserved && event.type !== StockReleased.type) return []
  const { order_id, lines } = readPayload(reserved ? StockReserved : StockReleased, event)
  return lines.map(({ product_id, quantity }) => ({
    product_id,
    kind: reserved ? 'allocation' : 'release',
    delta_on_hand: 0,
    delta_reserved: reserved ? quantity : -quantity,
    reason: null,
    note: null,
    order_id,
    actor_id: null,
    created_at: event.occurred_at,
  }))
}
