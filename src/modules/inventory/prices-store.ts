// Owns the history of prices: a row for each change, written with it and never changed.
import type { Selectable } from 'kysely'
import { cutPage, decodeCursor } from '../../lib/cursor.ts'
import { insertAll } from '../../platform/db/insert.ts'
import type { Db, Reader, Store, Trx } from '../../platform/db/store.ts'
import type { Database } from '../../tables.ts'

export type PriceChangeRow = Selectable<Database['price_changes']>

export function insertPriceChanges(
  store: Store,
  trx: Trx,
  rows: readonly PriceChangeRow[],
): Promise<void> {
  return insertAll(store, trx, 'price_changes', rows)
}

/** A product's prices, newest first: versions only rise. */
export async function listPriceChanges(
  db: Db,
  product_id: number,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ items: PriceChangeRow[]; next_cursor: string | null }> {
  let select = db
    .selectFrom('price_changes')
    .selectAll()
    .where('product_id', '=', product_id)
    .orderBy('version', 'desc')
    .limit(limit + 1)
  if (cursor !== undefined) {
    select = select.where('version', '<', decodeCursor(cursor, ['number'])[0])
  }
  return cutPage(await select.execute(), limit, (row) => [row.version])
}

/** The lowest price that each of these products has had since then, besides its price of now. */
export async function lowestPricesSince(
  reader: Reader,
  productIds: readonly number[],
  since: number,
): Promise<Map<number, number>> {
  if (productIds.length === 0) return new Map()
  const rows = await reader
    .selectFrom('price_changes')
    .select((eb) => ['product_id', eb.fn.min('from_cents').as('cents')])
    .where('product_id', 'in', productIds)
    .where('changed_at', '>=', since)
    .groupBy('product_id')
    .execute()
  return new Map(rows.map((row) => [row.product_id, Number(row.cents)]))
}
