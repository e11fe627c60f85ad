// Owns what orders of a stretch of time come to, without those that were cancelled since.
import type { Reader } from '../../platform/db/store.ts'

export interface SalesSum {
  readonly orders: number
  readonly revenue_cents: number
}

/** Of orders placed from the first instant on and before the second, epoch milliseconds. */
export async function sumSales(reader: Reader, from: number, to: number): Promise<SalesSum> {
  const row = await reader
    .selectFrom('orders')
    .select((eb) => [eb.fn.countAll().as('orders'), eb.fn.sum('total_cents').as('cents')])
    .where('created_at', '>=', from)
    .where('created_at', '<', to)
    .where('status', '<>', 'cancelled')
    .executeTakeFirstOrThrow()
  return { orders: Number(row.orders), revenue_cents: Number(row.cents ?? 0) }
}
