// Owns the SQL of the daily sums: a row is made when something of its day is first heard, and then added to.
import { type RawBuilder, sql } from 'kysely'
import { insertAll } from '../../platform/db/insert.ts'
import type { Reader, Store, Trx } from '../../platform/db/store.ts'
import { updateEach } from '../../platform/db/update-each.ts'
import { describeProducts } from '../inventory/index.ts'
import type { Period } from './period-rules.ts'
import {
  type DayFigures,
  daysOf,
  FIGURES,
  type Figures,
  NOTHING,
  type ProductFigures,
  productsOf,
  type Tally,
} from './rules.ts'

/** Of one statement. */
const ROWS = 1000

/** Two statements for each table, however much there is in an ordinary batch. */
export async function addTally(store: Store, trx: Trx, tally: Tally): Promise<void> {
  for (const rows of parts(daysOf(tally))) await addToDays(store, trx, rows)
  for (const rows of parts(productsOf(tally))) await addToProducts(store, trx, rows)
}

async function addToDays(store: Store, trx: Trx, rows: readonly DayFigures[]): Promise<void> {
  const empty = rows.map(({ day }) => ({ day, ...NOTHING }))
  await store.dialect.ignoreConflicts(trx.insertInto('daily_orders').values(empty)).execute()
  await updateEach(store, trx, {
    table: 'daily_orders',
    columns: { of_day: 'text', ...DIFFERENCES },
    rows: rows.map((row) => [row.day, ...numbersOf(row)]),
    set: additions('daily_orders'),
    where: sql`daily_orders.day = list.of_day`,
  })
}

/** What a product belongs to is remembered from its first sale of the day. */
async function addToProducts(
  store: Store,
  trx: Trx,
  rows: readonly ProductFigures[],
): Promise<void> {
  const empty = await withCategories(
    trx,
    rows.map(({ day, product_id }) => ({ day, product_id, ...NOTHING })),
  )
  await store.dialect.ignoreConflicts(trx.insertInto('daily_sales').values(empty)).execute()
  await updateEach(store, trx, {
    table: 'daily_sales',
    columns: { of_day: 'text', of_product: 'integer', ...DIFFERENCES },
    rows: rows.map((row) => [row.day, row.product_id, ...numbersOf(row)]),
    set: additions('daily_sales'),
    where: sql`daily_sales.day = list.of_day and daily_sales.product_id = list.of_product`,
  })
}

async function withCategories(reader: Reader, rows: readonly ProductFigures[]) {
  const ids = new Set(rows.map((row) => row.product_id))
  const products = await describeProducts(reader, [...ids])
  return rows.map((row) => ({ ...row, category: products.get(row.product_id)?.category ?? '' }))
}

/** Begins anew with these sums. */
export async function replaceSums(store: Store, trx: Trx, tally: Tally): Promise<void> {
  await trx.deleteFrom('daily_orders').execute()
  await trx.deleteFrom('daily_sales').execute()
  await insertAll(store, trx, 'daily_orders', daysOf(tally))
  for (const rows of parts(productsOf(tally))) {
    await insertAll(store, trx, 'daily_sales', await withCategories(trx, rows))
  }
}

const DIFFERENCES = Object.fromEntries(FIGURES.map((name) => [`more_${name}`, 'integer' as const]))

function additions(table: 'daily_orders' | 'daily_sales'): RawBuilder<unknown> {
  const added = FIGURES.map(
    (name) =>
      sql`${sql.ref(name)} = ${sql.ref(`${table}.${name}`)} + ${sql.ref(`list.more_${name}`)}`,
  )
  return sql.join(added)
}

function numbersOf(figures: Figures): number[] {
  return FIGURES.map((name) => figures[name])
}

function* parts<T>(rows: readonly T[]): Generator<T[]> {
  for (let i = 0; i < rows.length; i += ROWS) yield rows.slice(i, i + ROWS)
}

/** The days of a period of which something is known, in order. */
export function listDaySums(reader: Reader, period?: Period): Promise<DayFigures[]> {
  let query = reader.selectFrom('daily_orders').selectAll().orderBy('day')
  if (period) query = query.where('day', '>=', period.from).where('day', '<=', period.to)
  return query.execute()
}

/** Every day of every product, in order, a page at a time. */
export async function* eachProductDay(reader: Reader): AsyncGenerator<ProductFigures> {
  const PAGE = 5000
  for (let last: ProductFigures | null = null; ;) {
    let query = reader
      .selectFrom('daily_sales')
      .select(['day', 'product_id', ...FIGURES])
      .orderBy('day')
      .orderBy('product_id')
      .limit(PAGE)
    if (last) {
      const { day, product_id } = last
      query = query
        .where('day', '>=', day)
        .where((eb) => eb.or([eb('day', '>', day), eb('product_id', '>', product_id)]))
    }
    const rows: ProductFigures[] = await query.execute()
    yield* rows
    last = rows.at(-1) ?? null
    if (rows.length < PAGE) return
  }
}

/** The best-selling products of a period, each with its sums over it. */
export async function listProductSums(
  reader: Reader,
  period: Period,
  limit: number,
): Promise<(Figures & { readonly product_id: number })[]> {
  const rows = await bestSelling(reader, period, limit)
    .select('product_id')
    .groupBy('product_id')
    .orderBy('product_id')
    .execute()
  return rows.map((row) => ({ product_id: row.product_id, ...toFigures(row) }))
}

export async function listCategorySums(
  reader: Reader,
  period: Period,
  limit: number,
): Promise<(Figures & { readonly category: string })[]> {
  const rows = await bestSelling(reader, period, limit)
    .select('category')
    .groupBy('category')
    .orderBy('category')
    .execute()
  return rows.map((row) => ({ category: row.category, ...toFigures(row) }))
}

/** What was all cancelled is not among them. */
function bestSelling(reader: Reader, { from, to }: Period, limit: number) {
  return reader
    .selectFrom('daily_sales')
    .select((eb) => FIGURES.map((name) => eb.fn.sum<number>(name).as(name)))
    .where('day', '>=', from)
    .where('day', '<=', to)
    .having((eb) => eb(eb.fn.sum(sql`units + refunded_cents`), '>', 0))
    .orderBy((eb) => eb.fn.sum('revenue_cents'), 'desc')
    .orderBy((eb) => eb.fn.sum('units'), 'desc')
    .limit(limit)
}

function toFigures(row: Figures): Figures {
  return {
    orders: Number(row.orders),
    cancelled_orders: Number(row.cancelled_orders),
    units: Number(row.units),
    revenue_cents: Number(row.revenue_cents),
    refunded_cents: Number(row.refunded_cents),
  }
}
