// Owns reading orders as sales: what was sold, and whether it was taken back.
import type { Reader } from '../../platform/db/store.ts'
import { orderDay } from './rules.ts'

export interface Sale {
  readonly order_id: number
  /** The shop-local day of the order, `YYYY-MM-DD`. */
  readonly day: string
  readonly cancelled: boolean
  /** Epoch milliseconds; null unless the money was given back. */
  readonly refunded_at: number | null
  /** Each product once. */
  readonly lines: readonly SaleLine[]
}

interface SaleLine {
  readonly product_id: number
  readonly quantity: number
  readonly unit_price_cents: number
  readonly discount_cents: number
}

/** The orders after this id, by id: the first `limit` of them. */
export async function listSales(reader: Reader, after: number, limit: number): Promise<Sale[]> {
  return withLines(
    reader,
    await headers(reader).where('order_id', '>', after).orderBy('order_id').limit(limit).execute(),
  )
}

/** These orders, by id. */
export async function salesOf(reader: Reader, orderIds: readonly number[]): Promise<Sale[]> {
  if (orderIds.length === 0) return []
  return withLines(
    reader,
    await headers(reader).where('order_id', 'in', orderIds).orderBy('order_id').execute(),
  )
}

function headers(reader: Reader) {
  return reader.selectFrom('orders').select(['order_id', 'order_number', 'status', 'refunded_at'])
}

interface Header {
  readonly order_id: number
  readonly order_number: string
  readonly status: string
  readonly refunded_at: number | null
}

/** Lines never change: read after their orders, they are what they were. */
async function withLines(reader: Reader, orders: readonly Header[]): Promise<Sale[]> {
  if (orders.length === 0) return []
  const rows = await reader
    .selectFrom('order_items')
    .select(['order_id', 'product_id', 'quantity', 'unit_price_cents', 'discount_cents'])
    .where(
      'order_id',
      'in',
      orders.map((order) => order.order_id),
    )
    .execute()
  const lines = Map.groupBy(rows, (row) => row.order_id)
  return orders.map(({ order_id, order_number, status, refunded_at }) => ({
    order_id,
    day: orderDay(order_number),
    cancelled: status === 'cancelled',
    refunded_at,
    lines: lines.get(order_id) ?? [],
  }))
}
