// Owns the SQL of sales at the counter. A till's sale_id is there once, whoever sends it how often.
import type { Insertable, Selectable } from 'kysely'
import { cutPage, decodeCursor } from '../../lib/cursor.ts'
import { insertAll } from '../../platform/db/insert.ts'
import type { Reader, Store, Trx } from '../../platform/db/store.ts'
import type { Database } from '../../tables.ts'

export type SaleRow = Selectable<Database['counter_sales']>
export type TenderRow = Selectable<Database['counter_tenders']>
export type DiscountRow = Selectable<Database['counter_discounts']>

export async function findSale(reader: Reader, sale_id: string): Promise<SaleRow | null> {
  const query = reader.selectFrom('counter_sales').selectAll().where('sale_id', '=', sale_id)
  return (await query.executeTakeFirst()) ?? null
}

/**
 * Writes the sale, unless it is there; where several may write, this waits for whoever is writing the same one.
 * @returns the sale that is there now
 */
export async function insertSale(
  store: Store,
  trx: Trx,
  sale: Insertable<Database['counter_sales']>,
): Promise<SaleRow> {
  await store.dialect.ignoreConflicts(trx.insertInto('counter_sales').values({ ...sale })).execute()
  const found = await findSale(trx, sale.sale_id)
  if (!found) throw new Error(`the sale ${sale.sale_id} was not written`)
  return found
}

export async function insertParts(
  store: Store,
  trx: Trx,
  tenders: readonly TenderRow[],
  discounts: readonly DiscountRow[],
): Promise<void> {
  await insertAll(store, trx, 'counter_tenders', tenders)
  await insertAll(store, trx, 'counter_discounts', discounts)
}

/** The latest first. */
export async function listSales(
  reader: Reader,
  page: { limit: number; cursor?: string | undefined; order_id?: number | undefined },
): Promise<{ items: SaleRow[]; next_cursor: string | null }> {
  let select = reader
    .selectFrom('counter_sales')
    .selectAll()
    .orderBy('order_id', 'desc')
    .limit(page.limit + 1)
  if (page.order_id !== undefined) select = select.where('order_id', '=', page.order_id)
  if (page.cursor !== undefined) {
    select = select.where('order_id', '<', decodeCursor(page.cursor, ['number'])[0])
  }
  return cutPage(await select.execute(), page.limit, (row) => [row.order_id])
}

export function listTenders(reader: Reader, orderIds: readonly number[]): Promise<TenderRow[]> {
  if (orderIds.length === 0) return Promise.resolve([])
  return reader
    .selectFrom('counter_tenders')
    .selectAll()
    .where('order_id', 'in', orderIds)
    .orderBy('order_id')
    .orderBy('tender')
    .execute()
}

export function listDiscounts(reader: Reader, orderIds: readonly number[]): Promise<DiscountRow[]> {
  if (orderIds.length === 0) return Promise.resolve([])
  return reader
    .selectFrom('counter_discounts')
    .selectAll()
    .where('order_id', 'in', orderIds)
    .orderBy('order_id')
    .orderBy('line')
    .execute()
}

const WALK_IN = 'walk-in'

/** In whose name sales to nobody the shop knows stand. */
export async function findWalkIn(reader: Reader): Promise<number | null> {
  const row = await reader
    .selectFrom('counter_accounts')
    .select('user_id')
    .where('name', '=', WALK_IN)
    .executeTakeFirst()
  return row?.user_id ?? null
}

export async function isCounterAccount(reader: Reader, user_id: number): Promise<boolean> {
  const row = await reader
    .selectFrom('counter_accounts')
    .select('name')
    .where('user_id', '=', user_id)
    .executeTakeFirst()
  return row !== undefined
}

/** The first to name one is right. */
export async function nameWalkIn(store: Store, trx: Trx, user_id: number): Promise<void> {
  await store.dialect
    .ignoreConflicts(trx.insertInto('counter_accounts').values({ name: WALK_IN, user_id }))
    .execute()
}

/** Erases what was written about a customer: notes; the sums stay. */
export async function eraseNotes(trx: Trx, customer_id: number): Promise<void> {
  await trx
    .updateTable('counter_discounts')
    .set({ note: null })
    .where(
      'order_id',
      'in',
      trx.selectFrom('counter_sales').select('order_id').where('customer_id', '=', customer_id),
    )
    .execute()
}
