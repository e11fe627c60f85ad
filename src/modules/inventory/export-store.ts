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
    .innerJoin('stock', 'stock.product_id', 'inventory.product_id')
    .select([
      'inventory.product_id',
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
    .where('inventory.product_id', '>', page.after)
    .orderBy('inventory.product_id')
    .limit(page.limit)
  if (page.active !== undefined) select = select.where('active', '=', page.active ? 1 : 0)
  return select.execute()
}

export interface MovementFilters {
  readonly from: number
  readonly to: number
  readonly kind?: string | undefined
}

/** The ledger's rows with ids after `after` up to `end`, with the products as they are called now. */
export function listMovementsBetween(
  reader: Reader,
  { after, end, ...filters }: MovementFilters & { readonly after: number; readonly end: number },
) {
  return selectMovements(reader, filters)
    .where('movement_id', '>', after)
    .where('movement_id', '<=', end)
    .execute()
}

/** The same of one product: the first `limit` after `after`. */
export function listMovementsOf(
  reader: Reader,
  product_id: number,
  page: MovementFilters & { readonly after: number; readonly limit: number },
) {
  return selectMovements(reader, page)
    .where('stock_movements.product_id', '=', product_id)
    .where('movement_id', '>', page.after)
    .limit(page.limit)
    .execute()
}

function selectMovements(reader: Reader, { from, to, kind }: MovementFilters) {
  const select = reader
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
    .where('stock_movements.created_at', '>=', from)
    .where('stock_movements.created_at', '<', to)
    .orderBy('movement_id')
  return kind === undefined ? select : select.where('kind', '=', kind)
}

/** The first and the last id of the ledger; null when it is empty. */
export async function ledgerBounds(
  reader: Reader,
): Promise<{ first: number; last: number } | null> {
  const ids = reader.selectFrom('stock_movements')
  // One for each: asked for both, engines read through the whole index.
  const first = await ids.select((eb) => eb.fn.min('movement_id').as('id')).executeTakeFirst()
  const last = await ids.select((eb) => eb.fn.max('movement_id').as('id')).executeTakeFirst()
  return first?.id == null || last?.id == null
    ? null
    : { first: Number(first.id), last: Number(last.id) }
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
