// Owns the SQL of exports: a page after a page, each short, so that a table of any length holds nobody up.
import type { Reader } from '../../platform/db/store.ts'
import type { ExportedProduct } from './export-rules.ts'

/** The products after this id, in the order in which they were made. */
export function listForExport(
  reader: Reader,
  page: { readonly after: number; readonly limit: number; readonly active: boolean | undefined },
): Promise<ExportedProduct[]> {
  let select = reader
    .selectFrom('inventory')
    .select([
      'product_id',
      'sku',
      'barcode',
      'product_name',
      'name_en',
      'category',
      'unit',
      'price_cents',
      'cost_cents',
      'description',
      'image_url',
      'low_stock_threshold',
      'active',
      'on_hand',
    ])
    .where('product_id', '>', page.after)
    .orderBy('product_id')
    .limit(page.limit)
  if (page.active !== undefined) select = select.where('active', '=', page.active ? 1 : 0)
  return select.execute()
}

/** The ledger's rows with ids after `after` up to `end`, with the products as they are called now. */
export function listMovementsBetween(
  reader: Reader,
  { after, end, from, to }: { after: number; end: number; from: number; to: number },
) {
  return reader
    .selectFrom('stock_movements')
    .innerJoin('inventory', 'inventory.product_id', 'stock_movements.product_id')
    .select([
      'movement_id',
      'sku',
      'product_name',
      'kind',
      'delta_on_hand',
      'delta_reserved',
      'reason',
      'note',
      'order_id',
      'actor_id',
      'stock_movements.created_at',
    ])
    .where('movement_id', '>', after)
    .where('movement_id', '<=', end)
    .where('stock_movements.created_at', '>=', from)
    .where('stock_movements.created_at', '<', to)
    .orderBy('movement_id')
    .execute()
}

/** The first and the last id of the ledger; null when it is empty. */
export async function ledgerBounds(
  reader: Reader,
): Promise<{ first: number; last: number } | null> {
  const row = await reader
    .selectFrom('stock_movements')
    .select((eb) => [eb.fn.min('movement_id').as('first'), eb.fn.max('movement_id').as('last')])
    .executeTakeFirst()
  return row?.first == null || row.last == null
    ? null
    : { first: Number(row.first), last: Number(row.last) }
}

/** The SKUs of these products, by id. */
export async function skusOf(
  reader: Reader,
  productIds: readonly number[],
): Promise<Map<number, string>> {
  if (productIds.length === 0) return new Map()
  const rows = await reader
    .selectFrom('inventory')
    .select(['product_id', 'sku'])
    .where('product_id', 'in', [...new Set(productIds)])
    .execute()
  return new Map(rows.map((row) => [row.product_id, row.sku]))
}
