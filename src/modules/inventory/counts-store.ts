// Owns the counts of products by the state of their stock.
import type { Reader } from '../../platform/db/store.ts'

/** Of what is on sale; as stored, which follows the stock within moments. */
export async function countByStockStatus(reader: Reader): Promise<Map<string, number>> {
  const rows = await reader
    .selectFrom('stock')
    .innerJoin('inventory', 'inventory.product_id', 'stock.product_id')
    .select((eb) => ['stock.stock_status', eb.fn.countAll().as('products')])
    .where('inventory.active', '=', 1)
    .groupBy('stock.stock_status')
    .execute()
  return new Map(rows.map((row) => [row.stock_status, Number(row.products)]))
}
