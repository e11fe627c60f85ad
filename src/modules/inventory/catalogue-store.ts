// Owns the narrow look at products whose description is known already: what changes with every order.
import { type Ask, askTogether } from '../../lib/together.ts'
import { prepareByLength } from '../../platform/db/prepared.ts'
import type { Db, Store } from '../../platform/db/store.ts'
import { type ProductRow, selectProducts } from './store.ts'

/** The version tells whether the description that is known is still the right one. */
export type StockNow = Pick<ProductRow, 'product_id' | 'on_hand' | 'reserved' | 'version'>

/** A few pages. */
const MOST_AT_ONCE = 200

/** By id. Runs for every look at products: those of one turn of the event loop look together. */
export function stockFinder(store: Store): Ask<number, StockNow> {
  const find = prepareByLength((length) => {
    const ids = Array<number>(length).fill(0)
    return store.prepare(selectStock(store.db).where('inventory.product_id', 'in', ids).compile())
  })
  return askTogether(async (ids) => {
    const rows = ids.length === 0 ? [] : await find(...ids)
    return new Map(rows.map((row) => [row.product_id, row]))
  }, MOST_AT_ONCE)
}

/** Looks up one product whole. Runs about once a second for each that is looked at. */
export function productFinder(store: Store): (product_id: number) => Promise<ProductRow | null> {
  const query = selectProducts(store.db).where('inventory.product_id', '=', 0)
  const find = store.prepare(query.compile())
  return async (product_id) => (await find(product_id))[0] ?? null
}

/** Whole products, by id. */
export async function listByIds(db: Db, ids: readonly number[]): Promise<Map<number, ProductRow>> {
  if (ids.length === 0) return new Map()
  const rows = await selectProducts(db).where('inventory.product_id', 'in', ids).execute()
  return new Map(rows.map((row) => [row.product_id, row]))
}

function selectStock(db: Db) {
  return db
    .selectFrom('inventory')
    .innerJoin('stock', 'stock.product_id', 'inventory.product_id')
    .select(['inventory.product_id', 'on_hand', 'reserved', 'version'])
}
