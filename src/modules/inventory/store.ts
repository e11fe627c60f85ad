// Owns the SQL of products: the descriptive part of `inventory`.
import {
  type Expression,
  type Insertable,
  type Selectable,
  sql,
  type SqlBool,
  type Updateable,
} from 'kysely'
import { cutPage, decodeCursor } from '../../lib/cursor.ts'
import { foldText } from '../../lib/text.ts'
import type { Db, Reader, Store, Trx } from '../../platform/db/store.ts'
import type { Database } from '../../tables.ts'
import type { InventoryQuery, InventorySort, StockStatus } from './schema.ts'

export type ProductRow = Selectable<Database['inventory']>
export type NewProductRow = Insertable<Database['inventory']>

export async function findProduct(reader: Reader, product_id: number): Promise<ProductRow | null> {
  const row = await reader
    .selectFrom('inventory')
    .selectAll()
    .where('product_id', '=', product_id)
    .executeTakeFirst()
  return row ?? null
}

/** One product, locked until the transaction ends. */
export async function lockProduct(
  store: Store,
  trx: Trx,
  product_id: number,
): Promise<ProductRow | null> {
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

/** Which of these addresses of pictures some product shows, archived ones too. */
export async function namedImages(reader: Reader, urls: readonly string[]): Promise<string[]> {
  const rows = await reader
    .selectFrom('inventory')
    .select('image_url')
    .distinct()
    .where('image_url', 'in', urls)
    .execute()
  return rows.flatMap(({ image_url }) => image_url ?? [])
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
  return foldText([product_name, name_en, sku, barcode ?? ''].join(' '))
}

interface SortColumn {
  readonly column: Expression<string | number>
  readonly type: 'string' | 'number'
  readonly direction: 'asc' | 'desc'
  readonly valueOf: (row: ProductRow) => string | number
}

const AVAILABLE = sql<number>`on_hand - reserved`

function sortColumn(sort: InventorySort): SortColumn {
  const direction = sort.startsWith('-') || sort === 'newest' ? 'desc' : 'asc'
  switch (sort) {
    case 'name':
    case '-name':
      return {
        column: sql<string>`product_name`,
        type: 'string',
        direction,
        valueOf: (row) => row.product_name,
      }
    case 'price':
    case '-price':
      return {
        column: sql<number>`price_cents`,
        type: 'number',
        direction,
        valueOf: (row) => row.price_cents,
      }
    case 'quantity':
      return {
        column: AVAILABLE,
        type: 'number',
        direction,
        valueOf: (row) => row.on_hand - row.reserved,
      }
    case 'newest':
      return {
        column: sql<number>`product_id`,
        type: 'number',
        direction,
        valueOf: (row) => row.product_id,
      }
  }
}

/** One page of products; without `sort` in the order in which they were made. */
export async function listProducts(
  db: Db,
  query: InventoryQuery & { readonly active: boolean; readonly limit: number },
): Promise<{ items: ProductRow[]; next_cursor: string | null }> {
  const sort = query.sort ? sortColumn(query.sort) : null
  let select = db
    .selectFrom('inventory')
    .selectAll()
    .where('active', '=', query.active ? 1 : 0)
    .limit(query.limit + 1)
  if (sort) select = select.orderBy(sort.column, sort.direction)
  select = select.orderBy('product_id', sort?.direction ?? 'asc')
  if (query.category !== undefined) select = select.where('category', '=', query.category)
  if (query.barcode !== undefined) select = select.where('barcode', '=', query.barcode)
  if (query.search !== undefined) {
    for (const word of foldText(query.search).split(/\s+/).slice(0, 8)) {
      select = select.where(sql<SqlBool>`search_text like ${contains(word)} escape '!'`)
    }
  }
  if (query.stock_status !== undefined) select = select.where(hasStatus(query.stock_status))
  if (query.cursor !== undefined) select = select.where(isAfter(query.cursor, sort))
  return cutPage(await select.execute(), query.limit, (row) =>
    sort ? [sort.valueOf(row), row.product_id] : [row.product_id],
  )
}

function contains(word: string): string {
  return `%${word.replaceAll(/[!%_]/g, '!$&')}%`
}

function hasStatus(status: StockStatus): Expression<SqlBool> {
  switch (status) {
    case 'out_of_stock':
      return sql<SqlBool>`${AVAILABLE} <= 0`
    case 'low_stock':
      return sql<SqlBool>`${AVAILABLE} > 0 and ${AVAILABLE} <= low_stock_threshold`
    case 'in_stock':
      return sql<SqlBool>`${AVAILABLE} > 0 and ${AVAILABLE} > low_stock_threshold`
  }
}

function isAfter(cursor: string, sort: SortColumn | null): Expression<SqlBool> {
  if (!sort) {
    const [id] = decodeCursor(cursor, ['number'])
    return sql<SqlBool>`product_id > ${id}`
  }
  const [value, id] = decodeCursor(cursor, [sort.type, 'number'])
  const beyond = sql.raw(sort.direction === 'asc' ? '>' : '<')
  return sql<SqlBool>`(${sort.column} ${beyond} ${value} or (${sort.column} = ${value} and product_id ${beyond} ${id}))`
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
