// Owns the history of prices: a row for each change, written with it and never changed.
import type { Selectable } from 'kysely'
import { cutPage, decodeCursor } from '../../lib/cursor.ts'
import { insertAll } from '../../platform/db/insert.ts'
import type { Db, Store, Trx } from '../../platform/db/store.ts'
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
