// Owns the SQL of lists of products: a page costs about the same however many products there are.
import { type Expression, sql, type SqlBool } from 'kysely'
import { cutPage, decodeCursor } from '../../lib/cursor.ts'
import type { Db, Store } from '../../platform/db/store.ts'
import type { InventoryQuery, InventorySort, StockFilter } from './schema.ts'
import { findStart } from './search-store.ts'
import { type ProductRow, selectProducts } from './store.ts'
import { wordsOf } from './suggest-rules.ts'

type ListQuery = InventoryQuery & { readonly active: boolean; readonly limit: number }
type Condition = Expression<SqlBool>

/** Products that are looked at in the order of the list, before a page is made in another way. */
const WINDOW = 2000

/** One page of products; without `sort` in the order in which they were made. */
export async function listProducts(
  store: Pick<Store, 'db' | 'dialect'>,
  query: ListQuery,
): Promise<{ items: ProductRow[]; next_cursor: string | null }> {
  const { valueOf } = sortColumn(query.sort)
  return cutPage(await readPage(store, query), query.limit, (row) =>
    query.sort ? [valueOf(row), row.product_id] : [row.product_id],
  )
}

/** Up to one more than the page has. */
async function readPage(
  store: Pick<Store, 'db' | 'dialect'>,
  query: ListQuery,
): Promise<ProductRow[]> {
  const { db } = store
  const words = wordsOf(query.search)
  const few = mayHaveStatus(query.stock_status) ?? mayHavePrice(query)
  const isOrdered = words.length === 0 && query.stock_status === undefined && !few
  // An index has what such a list shows, in its order.
  if (isOrdered || query.barcode !== undefined) return read(db, query, words, [])
  const start = words.length > 0 ? await findStart(store, words) : null
  if (start?.isRare) return read(db, query, words, [], [start.condition])
  if (query.sort !== 'quantity') {
    const edge = await findEdge(db, query)
    const rows = await read(db, query, words, edge ? [edge] : [])
    if (!edge || rows.length > query.limit) return rows
  }
  // Few of those at the beginning are meant: begin with those that may be, or with the category.
  if (few) return read(db, query, words, [], [few])
  return read(db, query, words, [], start && query.category === undefined ? [start.condition] : [])
}

/** @param starts each names few products, and all that are meant */
function read(
  db: Db,
  query: ListQuery,
  words: readonly string[],
  conditions: readonly Condition[],
  starts: readonly Condition[] = [],
): Promise<ProductRow[]> {
  const { column, direction } = sortColumn(query.sort)
  const flag = query.active ? 1 : 0
  let select = selectProducts(db)
    // coalesce() keeps an engine from beginning with all that are on sale.
    .where(
      starts.length > 0
        ? sql<SqlBool>`coalesce(active, 0) = ${flag}`
        : sql<SqlBool>`active = ${flag}`,
    )
    .limit(query.limit + 1)
    .orderBy(column, direction)
  if (query.sort && query.sort !== 'newest') {
    select = select.orderBy('inventory.product_id', direction)
  }
  for (const condition of [...conditions, ...starts]) select = select.where(condition)
  if (query.category !== undefined) select = select.where('category', '=', query.category)
  if (query.barcode !== undefined) select = select.where('barcode', '=', query.barcode)
  if (query.cursor !== undefined) select = select.where(isAfter(query.cursor, query.sort))
  if (query.stock_status !== undefined) select = select.where(hasStatus(query.stock_status))
  for (const bound of priceBounds(query)) select = select.where(bound)
  for (const word of words) {
    select = select.where(sql<SqlBool>`search_text like ${contains(word)} escape '!'`)
  }
  return select.execute()
}

/** Up to which product the window goes; null when it has all that are left. */
async function findEdge(db: Db, query: ListQuery): Promise<Condition | null> {
  const { column, direction } = sortColumn(query.sort)
  let select = db
    .selectFrom('inventory')
    .select([column.as('value'), 'inventory.product_id'])
    .where('active', '=', query.active ? 1 : 0)
    .orderBy(column, direction)
    .orderBy('inventory.product_id', direction)
    .limit(1)
    .offset(WINDOW)
  if (query.category !== undefined) select = select.where('category', '=', query.category)
  if (query.cursor !== undefined) select = select.where(isAfter(query.cursor, query.sort))
  for (const bound of isByPrice(query) ? priceBounds(query) : []) select = select.where(bound)
  const edge = await select.executeTakeFirst()
  if (!edge) return null
  const backwards = direction === 'asc' ? 'desc' : 'asc'
  return isBeyond(column, backwards, edge.value, edge.product_id)
}

interface SortColumn {
  readonly column: ReturnType<typeof sql<string | number>>
  readonly type: 'string' | 'number'
  readonly direction: 'asc' | 'desc'
  readonly valueOf: (row: ProductRow) => string | number
}

const AVAILABLE = sql<number>`on_hand - reserved`

function sortColumn(sort: InventorySort | undefined): SortColumn {
  const direction = sort?.startsWith('-') || sort === 'newest' ? 'desc' : 'asc'
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
    case undefined:
      return {
        column: sql<number>`inventory.product_id`,
        type: 'number',
        direction,
        valueOf: (row) => row.product_id,
      }
  }
}

function contains(word: string): string {
  return `%${word.replaceAll(/[!%_]/g, '!$&')}%`
}

function hasStatus(status: StockFilter): Condition {
  switch (status) {
    case 'out_of_stock':
      return sql<SqlBool>`${AVAILABLE} <= 0`
    case 'low_stock':
      return sql<SqlBool>`${AVAILABLE} > 0 and ${AVAILABLE} <= low_stock_threshold`
    case 'in_stock':
      return sql<SqlBool>`${AVAILABLE} > 0 and ${AVAILABLE} > low_stock_threshold`
    case 'available':
      return sql<SqlBool>`${AVAILABLE} > 0`
  }
}

/** Told by the narrow rows alone; null where most products have it. */
function mayHaveStatus(status: StockFilter | undefined): Condition | null {
  const withAtMost = (most: Expression<unknown>) =>
    sql<SqlBool>`inventory.product_id in (select product_id from stock where ${AVAILABLE} <= ${most})`
  switch (status) {
    case 'out_of_stock':
      return withAtMost(sql.lit(0))
    case 'low_stock':
      return withAtMost(sql`(select max(low_stock_threshold) from inventory)`)
    case 'in_stock':
    case 'available':
    case undefined:
      return null
  }
}

type PriceRange = Pick<InventoryQuery, 'min_price_cents' | 'max_price_cents'>

function priceBounds({ min_price_cents, max_price_cents }: PriceRange): Condition[] {
  return [
    ...(min_price_cents === undefined ? [] : [sql<SqlBool>`price_cents >= ${min_price_cents}`]),
    ...(max_price_cents === undefined ? [] : [sql<SqlBool>`price_cents <= ${max_price_cents}`]),
  ]
}

/** The products of these prices stand together in the list. */
function isByPrice({ sort }: ListQuery): boolean {
  return sort === 'price' || sort === '-price'
}

/** Null where any price will do, or where the list begins with the right ones anyway. */
function mayHavePrice(query: ListQuery): Condition | null {
  const bounds = priceBounds(query)
  if (bounds.length === 0 || isByPrice(query)) return null
  return sql<SqlBool>`inventory.product_id in (select product_id from inventory
    where active = ${query.active ? 1 : 0} and ${sql.join(bounds, sql` and `)})`
}

function isAfter(cursor: string, sort: InventorySort | undefined): Condition {
  const { column, type, direction } = sortColumn(sort)
  if (!sort) {
    const [id] = decodeCursor(cursor, ['number'])
    return sql<SqlBool>`inventory.product_id > ${id}`
  }
  const [value, id] = decodeCursor(cursor, [type, 'number'])
  return isBeyond(column, direction, value, id)
}

/** The first condition is implied by the second, and lets an index find the place. */
function isBeyond(
  column: Expression<string | number>,
  direction: 'asc' | 'desc',
  value: string | number,
  id: number,
): Condition {
  const beyond = sql.raw(direction === 'asc' ? '>' : '<')
  return sql<SqlBool>`(${column} ${beyond}= ${value} and
    (${column} ${beyond} ${value} or inventory.product_id ${beyond} ${id}))`
}
