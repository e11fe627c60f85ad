// Owns the SQL of exported orders: a page after a page along the time, each by an index.
import type { Reader } from '../../platform/db/store.ts'
import type { OrderStatus } from './schema.ts'

export interface ExportPage {
  /** The last row of the page before. */
  readonly after: { readonly created_at: number; readonly order_id: number } | null
  readonly from: number
  readonly to: number
  readonly status?: OrderStatus | undefined
  readonly limit: number
}

/** Oldest first. */
export function listForExport(reader: Reader, { after, from, to, status, limit }: ExportPage) {
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
      'address',
      'note',
    ])
    .where('created_at', '>=', after?.created_at ?? from)
    .where('created_at', '<', to)
    .orderBy('created_at')
    .orderBy('order_id')
    .limit(limit)
  if (status !== undefined) select = select.where('status', '=', status)
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
