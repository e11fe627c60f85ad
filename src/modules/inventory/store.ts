// Owns the SQL of products: `inventory`, which describes them, read together with their stock.
import type { Insertable, Selectable, Updateable } from 'kysely'
import { pinyinText } from '../../lib/pinyin.ts'
import { foldText } from '../../lib/text.ts'
import type { Db, Reader, Store, Trx } from '../../platform/db/store.ts'
import type { Database } from '../../tables.ts'

export type DescribedRow = Selectable<Database['inventory']>
export type ProductRow = DescribedRow & Selectable<Database['stock']>
export type NewProductRow = Insertable<Database['inventory']>

/** Every product has its row of stock. */
export function selectProducts(reader: Reader) {
  return reader
    .selectFrom('inventory')
    .innerJoin('stock', 'stock.product_id', 'inventory.product_id')
    .selectAll('inventory')
    .select(['on_hand', 'reserved', 'stock_status', 'alerted_status'])
}

export async function findProduct(reader: Reader, product_id: number): Promise<ProductRow | null> {
  const row = await selectProducts(reader)
    .where('inventory.product_id', '=', product_id)
    .executeTakeFirst()
  return row ?? null
}

/** What describes one product, locked until the transaction ends. */
export async function lockProduct(
  store: Store,
  trx: Trx,
  product_id: number,
): Promise<DescribedRow | null> {
  const query = trx.selectFrom('inventory').selectAll().where('product_id', '=', product_id)
  return (await store.dialect.forUpdate(query).executeTakeFirst()) ?? null
}

export async function updateProduct(
  trx: Trx,
  product_id: number,
  changes: Updateable<Database['inventory']>,
): Promise<void> {
  await trx.updateTable('inventory').set(changes).where('product_id', '=', product_id).execute()
}

export type ProductDescription = Pick<
  ProductRow,
  'product_id' | 'product_name' | 'name_en' | 'category'
>

/** What these products are called now, by id; archived ones too. */
export async function describeProducts(
  reader: Reader,
  productIds: readonly number[],
): Promise<Map<number, ProductDescription>> {
  if (productIds.length === 0) return new Map()
  const rows = await reader
    .selectFrom('inventory')
    .select(['product_id', 'product_name', 'name_en', 'category'])
    .where('product_id', 'in', productIds)
    .execute()
  return new Map(rows.map((row) => [row.product_id, row]))
}

/** Those of the barcodes that some product has. */
export async function takenBarcodes(reader: Reader, codes: readonly string[]): Promise<string[]> {
  const rows = await reader
    .selectFrom('inventory')
    .select('barcode')
    .where('barcode', 'in', codes)
    .execute()
  return rows.flatMap(({ barcode }) => barcode ?? [])
}

/** What `search` looks through. */
export function searchText(product: {
  product_name: string
  name_en: string
  sku: string
  barcode: string | null
}): string {
  const { product_name, name_en, sku, barcode } = product
  const written = foldText([product_name, name_en, sku, barcode ?? ''].join(' '))
  const pinyin = pinyinText(product_name)
  return pinyin === '' ? written : `${written} ${pinyin}`
}

export async function listCategories(db: Db): Promise<{ category: string; products: number }[]> {
  const rows = await db
    .selectFrom('inventory')
    .select((eb) => ['category', eb.fn.countAll().as('products')])
    .where('active', '=', 1)
    .groupBy('category')
    .orderBy('category')
    .execute()
  return rows.map((row) => ({ category: row.category, products: Number(row.products) }))
}
