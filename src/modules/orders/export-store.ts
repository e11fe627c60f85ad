// Owns the SQL of exported orders: a page after a page along the time, each by an index.
import type { Reader } from '../../platform/db/store.ts'
import { hasState, isFoundBy, type OrderFilters } from './store.ts'

export interface ExportPage extends OrderFilters {
  /** The last row of the page before. */
  readonly after: { readonly created_at: number; readonly order_id: number } | null
  readonly from: number
  readonly to: number
  readonly limit: number
}

/** Oldest first. */
export function listForExport(reader: Reader, page: ExportPage) {
  const { after, from, to, limit, user_id, search, searchUserId } = page
  let select = reader
    .selectFrom('orders')
    .select([
      'order_id',
      'order_number',
      'user_id',
      'created_at',
      'status',
      'payment_status',
      'channel',
      'fulfilment',
      'total_cents',
      'carrier',
      'tracking_number',
      'recipient',
      'phone',
      'address',
      'note',
    ])
    .where('created_at', '>=', after?.created_at ?? from)
    .where('created_at', '<', to)
    .orderBy('created_at')
    .orderBy('order_id')
    .limit(limit)
  select = select.where(hasState(page))
  if (user_id !== undefined) select = select.where('user_id', '=', user_id)
  if (search !== undefined) select = select.where(isFoundBy(search, searchUserId))
  if (after) {
    select = select.where((eb) =>
      eb.or([eb('created_at', '>', after.created_at), eb('order_id', '>', after.order_id)]),
    )
  }
  return select.execute()
}

/** What people call these orders, by id. */
export async function orderNumbers(
  reader: Reader,
  orderIds: readonly number[],
): Promise<Map<number, string>> {
  if (orderIds.length === 0) return new Map()
  const rows = await reader
    .selectFrom('orders')
    .select(['order_id', 'order_number'])
    .where('order_id', 'in', orderIds)
    .execute()
  return new Map(rows.map((row) => [row.order_id, row.order_number]))
}

const MOST_IDS = 1000

/** Whose these orders are, by id. */
export async function buyersOf(
  reader: Reader,
  orderIds: readonly number[],
): Promise<Map<number, number>> {
  const buyers = new Map<number, number>()
  for (let i = 0; i < orderIds.length; i += MOST_IDS) {
    const rows = await reader
      .selectFrom('orders')
      .select(['order_id', 'user_id'])
      .where('order_id', 'in', orderIds.slice(i, i + MOST_IDS))
      .execute()
    for (const { order_id, user_id } of rows) buyers.set(order_id, user_id)
  }
  return buyers
}
