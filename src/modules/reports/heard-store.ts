// Owns what the sales group has heard of each order: the facts whose events it has applied, and no others.
import type { Reader } from '../../platform/db/store.ts'
import { listUndone } from '../../platform/events/undone.ts'
import { listSales, OrderCancelled, OrderPlaced, OrderRefunded } from '../orders/index.ts'
import type { HeardOrder } from './rules.ts'

export const PROJECT_SALES = 'project-sales-on-order-change'

export interface HeardSale extends Omit<HeardOrder, 'refunded_on'> {
  /** Epoch milliseconds. */
  readonly refunded_at: number | null
}

/** Events that the group hasn't applied: not delivered yet, or parked, or dead. */
export type Unheard = ReadonlySet<string>

export async function readUnheard(reader: Reader): Promise<Unheard> {
  const events = await listUndone(reader, PROJECT_SALES)
  return new Set(events.map(({ type, key }) => nameOf(type, key)))
}

const PAGE = 2000

/**
 * All orders, by id, a page at a time. `unheard` is asked after each page: whoever doesn't read from a snapshot
 * must ask anew, so that a fact which comes about meanwhile isn't taken for one whose event was applied.
 */
export async function* heardOrders(
  reader: Reader,
  unheard: () => Promise<Unheard>,
): AsyncGenerator<HeardSale[]> {
  for (let after = 0; ;) {
    const sales = await listSales(reader, after, PAGE)
    const missing = await unheard()
    const isHeard = ({ type }: { type: string }, order_id: number) =>
      missing.size === 0 || !missing.has(nameOf(type, order_id))
    yield sales.map(({ order_id, day, lines, ...sale }) => ({
      order_id,
      day,
      lines,
      placed: isHeard(OrderPlaced, order_id),
      cancelled: sale.cancelled && isHeard(OrderCancelled, order_id),
      refunded_at: isHeard(OrderRefunded, order_id) ? sale.refunded_at : null,
    }))
    // What came after the last page is no past: its events are to come. Under load it would never end.
    const last = sales.at(-1)
    if (!last || sales.length < PAGE) return
    after = last.order_id
  }
}

function nameOf(type: string, key: string | number): string {
  return `${type} ${key}`
}
