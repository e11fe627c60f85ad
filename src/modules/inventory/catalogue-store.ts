// Owns the narrow look at products whose description is known already: what changes with every order.
import type { InferResult } from 'kysely'
import type { Db } from '../../platform/db/store.ts'
import type { ProductRow } from './store.ts'

/** The version tells whether the description that is known is still the right one. */
export type StockNow = Pick<ProductRow, 'product_id' | 'on_hand' | 'reserved' | 'version'>

/** Runs for every look at a product: compiled once. */
export function stockFinder(db: Db): (product_id: number) => Promise<StockNow | null> {
  const compiled = selectStock(db).where('product_id', '=', 0).compile()
  type Row = InferResult<typeof compiled>[number]
  return async (product_id) => {
    const { rows } = await db.executeQuery<Row>({ ...compiled, parameters: [product_id] })
    return rows[0] ?? null
  }
}

export async function listStock(db: Db, ids: readonly number[]): Promise<Map<number, StockNow>> {
  if (ids.length === 0) return new Map()
  const rows = await selectStock(db).where('product_id', 'in', ids).execute()
  return new Map(rows.map((row) => [row.product_id, row]))
}

/** Whole products, by id. */
export async function listByIds(db: Db, ids: readonly number[]): Promise<Map<number, ProductRow>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('inventory').selectAll().where('product_id', 'in', ids).execute()
  return new Map(rows.map((row) => [row.product_id, row]))
}

function selectStock(db: Db) {
  return db.selectFrom('inventory').select(['product_id', 'on_hand', 'reserved', 'version'])
}
