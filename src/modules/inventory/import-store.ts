// Owns the SQL of imports: what the shop has of a file's products, and changing many of them at once.
import { type Selectable, sql } from 'kysely'
import { insertAll } from '../../platform/db/insert.ts'
import type { Reader, Store, Trx } from '../../platform/db/store.ts'
import { updateEach } from '../../platform/db/update-each.ts'
import type { Database } from '../../tables.ts'

const COLUMNS = [
  'product_id',
  'sku',
  'sku_key',
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
  'search_text',
  'version',
] as const
export type ImportedRow = Pick<Selectable<Database['inventory']>, (typeof COLUMNS)[number]>

export function listBySkuKeys(reader: Reader, keys: readonly string[]): Promise<ImportedRow[]> {
  if (keys.length === 0) return Promise.resolve([])
  return reader.selectFrom('inventory').select(COLUMNS).where('sku_key', 'in', keys).execute()
}

export async function listByBarcodes(
  reader: Reader,
  barcodes: readonly string[],
): Promise<{ product_id: number; sku: string; barcode: string | null }[]> {
  if (barcodes.length === 0) return []
  return reader
    .selectFrom('inventory')
    .select(['product_id', 'sku', 'barcode'])
    .where('barcode', 'in', barcodes)
    .execute()
}

/** The products that are known by these keys of files. */
export function listByImportKeys(
  reader: Reader,
  keys: readonly string[],
): Promise<(ImportedRow & { import_key: string })[]> {
  if (keys.length === 0) return Promise.resolve([])
  return reader
    .selectFrom('imported_products')
    .innerJoin('inventory', 'inventory.product_id', 'imported_products.product_id')
    .select('import_key')
    .select(COLUMNS.map((column) => `inventory.${column}` as const))
    .where('import_key', 'in', keys)
    .execute()
}

/** Products as they are at this moment, locked in product order until the transaction ends. */
export async function lockImported(
  store: Store,
  trx: Trx,
  ids: readonly number[],
): Promise<ImportedRow[]> {
  if (ids.length === 0) return []
  const query = trx
    .selectFrom('inventory')
    .select(COLUMNS)
    .where('product_id', 'in', ids)
    .orderBy('product_id')
  return store.dialect.forUpdate(query).execute()
}

/** Stands for none in a list of values; no cost is negative. */
const NO_COST = -1

/** Gives locked products all their descriptive values anew, and the next version. */
export async function updateImported(
  store: Store,
  trx: Trx,
  products: readonly ImportedRow[],
  now: number,
): Promise<void> {
  await updateEach(store, trx, {
    table: 'inventory',
    columns: {
      id: 'integer',
      new_sku: 'text',
      new_sku_key: 'text',
      new_barcode: 'text',
      new_name: 'text',
      new_name_en: 'text',
      new_search_text: 'text',
      new_category: 'text',
      new_unit: 'text',
      new_price: 'integer',
      new_cost: 'integer',
      new_description: 'text',
      new_image: 'text',
      new_threshold: 'integer',
      new_active: 'integer',
      new_version: 'integer',
    },
    rows: products.map(valuesOf),
    set: sql`sku = list.new_sku, sku_key = list.new_sku_key,
      barcode = nullif(list.new_barcode, ''), product_name = list.new_name,
      name_en = list.new_name_en, search_text = list.new_search_text,
      category = list.new_category, unit = list.new_unit, price_cents = list.new_price,
      cost_cents = nullif(list.new_cost, ${sql.lit(NO_COST)}),
      description = list.new_description, image_url = nullif(list.new_image, ''),
      low_stock_threshold = list.new_threshold, active = list.new_active,
      version = list.new_version, updated_at = ${now}`,
    where: sql`inventory.product_id = list.id`,
  })
}

/** In the order of the columns above. */
function valuesOf(product: ImportedRow): (string | number)[] {
  return [
    product.product_id,
    product.sku,
    product.sku_key,
    product.barcode ?? '',
    product.product_name,
    product.name_en,
    product.search_text,
    product.category,
    product.unit,
    product.price_cents,
    product.cost_cents ?? NO_COST,
    product.description,
    product.image_url ?? '',
    product.low_stock_threshold,
    product.active,
    product.version,
  ]
}

/** From now on these keys of files mean these products. */
export async function rememberKeys(
  store: Store,
  trx: Trx,
  rows: readonly Selectable<Database['imported_products']>[],
): Promise<void> {
  if (rows.length === 0) return
  await trx
    .deleteFrom('imported_products')
    .where(
      'import_key',
      'in',
      rows.map((row) => row.import_key),
    )
    .execute()
  await insertAll(store, trx, 'imported_products', rows)
}

/** The version of one product; null when there is none. */
export async function findVersion(reader: Reader, product_id: number): Promise<number | null> {
  const row = await reader
    .selectFrom('inventory')
    .select('version')
    .where('product_id', '=', product_id)
    .executeTakeFirst()
  return row?.version ?? null
}
