// Owns the SQL of counts and their lines. A line keeps what should have been there when it was counted.
import { type Selectable, sql } from 'kysely'
import { cutPage, decodeCursor } from '../../lib/cursor.ts'
import type { Reader, Store, Trx } from '../../platform/db/store.ts'
import type { Database } from '../../tables.ts'
import type { CountLineQuery, CountState } from './stock-counts-schema.ts'

export type CountRow = Selectable<Database['stock_counts']>
export type CountLineRow = Selectable<Database['stock_count_lines']>

export async function insertCount(trx: Trx, row: CountRow): Promise<void> {
  await trx.insertInto('stock_counts').values(row).execute()
}

/** A line for each product on sale, and for those that aren't but lie there all the same. */
export async function insertCountLines(trx: Trx, { count_id, category }: CountRow): Promise<void> {
  await trx
    .insertInto('stock_count_lines')
    .columns(['count_id', 'product_id'])
    .expression((eb) => {
      const products = eb
        .selectFrom('inventory')
        .innerJoin('stock', 'stock.product_id', 'inventory.product_id')
        .select([sql<number>`${sql.lit(count_id)}`.as('count_id'), 'inventory.product_id'])
        .where((either) => either.or([either('active', '=', 1), either('on_hand', '<>', 0)]))
      return category === null ? products : products.where('category', '=', category)
    })
    .execute()
}

export async function findCount(reader: Reader, count_id: number): Promise<CountRow | null> {
  return (await selectCount(reader, count_id).executeTakeFirst()) ?? null
}

/** Locked until the transaction ends: nobody enters what is being posted. */
export async function lockCount(
  store: Store,
  trx: Trx,
  count_id: number,
): Promise<CountRow | null> {
  const query = store.dialect.forUpdate(selectCount(trx, count_id))
  return (await query.executeTakeFirst()) ?? null
}

function selectCount(reader: Reader, count_id: number) {
  return reader.selectFrom('stock_counts').selectAll().where('count_id', '=', count_id)
}

export async function closeCount(
  trx: Trx,
  {
    count_id,
    ...changes
  }: Pick<CountRow, 'count_id' | 'state' | 'closed_by' | 'closed_at' | 'document_id'>,
): Promise<void> {
  await trx.updateTable('stock_counts').set(changes).where('count_id', '=', count_id).execute()
}

/** Newest first. */
export async function listCounts(
  reader: Reader,
  query: {
    readonly state?: CountState | undefined
    readonly limit: number
    readonly cursor?: string | undefined
  },
): Promise<{ items: CountRow[]; next_cursor: string | null }> {
  let select = reader
    .selectFrom('stock_counts')
    .selectAll()
    .orderBy('count_id', 'desc')
    .limit(query.limit + 1)
  if (query.state !== undefined) select = select.where('state', '=', query.state)
  if (query.cursor !== undefined) {
    select = select.where('count_id', '<', decodeCursor(query.cursor, ['number'])[0])
  }
  return cutPage(await select.execute(), query.limit, (row) => [row.count_id])
}

export interface CountSums {
  readonly lines: number
  readonly counted: number
  readonly different: number
}

/** How far each of these counts is, by id; an empty one is missing. */
export async function countSums(
  reader: Reader,
  countIds: readonly number[],
): Promise<Map<number, CountSums>> {
  if (countIds.length === 0) return new Map()
  const rows = await reader
    .selectFrom('stock_count_lines')
    .select((eb) => [
      'count_id',
      eb.fn.countAll().as('lines'),
      eb.fn.count('counted').as('counted'),
      sql<number>`sum(case when counted <> expected then 1 else 0 end)`.as('different'),
    ])
    .where('count_id', 'in', countIds)
    .groupBy('count_id')
    .execute()
  return new Map(
    rows.map(({ count_id, ...sums }) => [
      count_id,
      {
        lines: Number(sums.lines),
        counted: Number(sums.counted),
        different: Number(sums.different),
      },
    ]),
  )
}

/** In the order in which the products were made. */
export async function listCountLines(
  reader: Reader,
  count_id: number,
  { only, limit, cursor }: CountLineQuery & { readonly limit: number },
) {
  let select = reader
    .selectFrom('stock_count_lines as line')
    .innerJoin('inventory', 'inventory.product_id', 'line.product_id')
    .select(['line.product_id', 'sku', 'barcode', 'product_name', 'name_en', 'unit'])
    .select(['counted', 'expected', 'counted_by', 'counted_at'])
    .where('count_id', '=', count_id)
    .orderBy('line.product_id')
    .limit(limit + 1)
  if (only === 'open') select = select.where('counted', 'is', null)
  if (only === 'counted') select = select.where('counted', 'is not', null)
  if (only === 'different') select = select.whereRef('counted', '<>', 'expected')
  if (cursor !== undefined) {
    select = select.where('line.product_id', '>', decodeCursor(cursor, ['number'])[0])
  }
  return cutPage(await select.execute(), limit, (row) => [row.product_id])
}

export async function findCountLine(
  reader: Reader,
  count_id: number,
  product_id: number,
): Promise<CountLineRow | null> {
  const row = await reader
    .selectFrom('stock_count_lines')
    .selectAll()
    .where('count_id', '=', count_id)
    .where('product_id', '=', product_id)
    .executeTakeFirst()
  return row ?? null
}

export async function updateCountLine(
  trx: Trx,
  { count_id, product_id, ...entry }: CountLineRow,
): Promise<void> {
  await trx
    .updateTable('stock_count_lines')
    .set(entry)
    .where('count_id', '=', count_id)
    .where('product_id', '=', product_id)
    .execute()
}

/** Those that were counted and aren't as they should be, by product. */
export async function listDifferences(
  reader: Reader,
  count_id: number,
): Promise<{ product_id: number; delta: number }[]> {
  const rows = await reader
    .selectFrom('stock_count_lines')
    .select(['product_id', sql<number>`counted - expected`.as('delta')])
    .where('count_id', '=', count_id)
    .whereRef('counted', '<>', 'expected')
    .orderBy('product_id')
    .execute()
  return rows.map(({ product_id, delta }) => ({ product_id, delta: Number(delta) }))
}

/** How much on_hand of a product has changed since then. */
export async function movedSince(
  reader: Reader,
  product_id: number,
  since: number,
): Promise<number> {
  const row = await reader
    .selectFrom('stock_movements')
    .select((eb) => eb.fn.sum('delta_on_hand').as('units'))
    .where('product_id', '=', product_id)
    .where('created_at', '>', since)
    .executeTakeFirst()
  return Number(row?.units ?? 0)
}
