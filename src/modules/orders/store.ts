// Owns the SQL of orders and their lines. Whose an order is stands in the WHERE, not in a check afterwards.
import {
  type Expression,
  type Insertable,
  type Selectable,
  sql,
  type SqlBool,
  type Updateable,
} from 'kysely'
import { cutPage, decodeCursor } from '../../lib/cursor.ts'
import { alsoEquals } from '../../platform/db/also-equals.ts'
import { insertAll } from '../../platform/db/insert.ts'
import type { Db, Reader, Store, Trx } from '../../platform/db/store.ts'
import type { Database } from '../../tables.ts'
import { type Changes, digestChange, lineDigest, orderDigest } from './digest-rules.ts'
import { OPEN_STATUSES } from './rules.ts'
import type { OrderQuery } from './schema.ts'

export type OrderRow = Selectable<Database['orders']>
export type LineRow = Selectable<Database['order_items']>
export type NewOrderRow = Insertable<Database['orders']>
export type NewLineRow = Insertable<Database['order_items']>

/** Whose orders may be seen: everybody's, or one person's. */
export type Scope = { readonly user_id: number | null }

export async function insertOrders(
  store: Store,
  trx: Trx,
  orders: readonly NewOrderRow[],
  lines: readonly NewLineRow[],
): Promise<void> {
  const marked = orders.map((row) => ({ ...row, digest: orderDigest(row) }))
  await insertAll(store, trx, 'orders', marked)
  const markedLines = lines.map((row) => ({ ...row, digest: lineDigest(row) }))
  await insertAll(store, trx, 'order_items', markedLines)
}

/** Which placement made each of these orders; those that don't exist are missing. */
export async function readRequestIds(
  reader: Reader,
  orderIds: readonly number[],
): Promise<Map<number, string>> {
  if (orderIds.length === 0) return new Map()
  const rows = await reader
    .selectFrom('orders')
    .select(['order_id', 'request_id'])
    .where('order_id', 'in', orderIds)
    .execute()
  return new Map(rows.map((row) => [row.order_id, row.request_id]))
}

export async function findOrder(
  reader: Reader,
  order_id: number,
  scope: Scope,
): Promise<OrderRow | null> {
  return (await selectOrder(reader, order_id, scope).executeTakeFirst()) ?? null
}

export function selectOrder(reader: Reader, order_id: number, { user_id }: Scope) {
  const query = reader.selectFrom('orders').selectAll().where('order_id', '=', order_id)
  return user_id === null ? query : query.where('user_id', '=', user_id)
}

/** One order, locked until the transaction ends. */
export async function lockOrder(
  store: Store,
  trx: Trx,
  order_id: number,
  scope: Scope,
): Promise<OrderRow | null> {
  const query = selectOrder(trx, order_id, scope)
  return (await store.dialect.forUpdate(query).executeTakeFirst()) ?? null
}

/** @param before the order, locked */
export async function updateOrder(
  trx: Trx,
  before: Pick<OrderRow, 'order_id'> & Changes,
  changes: Changes & Updateable<Database['orders']>,
): Promise<void> {
  await trx
    .updateTable('orders')
    .set(changes)
    .set((eb) => ({ digest: eb('digest', '+', digestChange(before, changes)) }))
    .where('order_id', '=', before.order_id)
    .execute()
}

/** The lines of several orders, by order and line. */
export function listLines(reader: Reader, orderIds: readonly number[]): Promise<LineRow[]> {
  return orderIds.length === 0 ? Promise.resolve([]) : selectLines(reader, orderIds).execute()
}

export function selectLines(reader: Reader, orderIds: readonly number[]) {
  return reader
    .selectFrom('order_items')
    .selectAll()
    .where('order_id', 'in', orderIds)
    .orderBy('order_id')
    .orderBy('line')
}

/** Those of the given orders that are still pending, locked in order. */
export function lockPending(
  store: Store,
  trx: Trx,
  orderIds: readonly number[],
): Promise<Pick<OrderRow, 'order_id' | 'order_number' | 'user_id' | 'total_cents'>[]> {
  const query = trx
    .selectFrom('orders')
    .select(['order_id', 'order_number', 'user_id', 'total_cents'])
    .where(store.dialect.among('order_id', orderIds))
    .where(alsoEquals('status', 'pending'))
    .orderBy('order_id')
  return store.dialect.forUpdate(query).execute()
}

export async function confirmPending(
  store: Store,
  trx: Trx,
  orderIds: readonly number[],
  confirmed_at: number,
): Promise<void> {
  const changes = { status: 'confirmed', confirmed_at }
  const difference = digestChange({ status: 'pending' }, changes)
  await trx
    .updateTable('orders')
    .set(changes)
    .set((eb) => ({ digest: eb('digest', '+', difference) }))
    .where(store.dialect.among('order_id', orderIds))
    .where(alsoEquals('status', 'pending'))
    .execute()
}

/** Which orders are meant, whatever their time. */
export interface OrderFilters extends Pick<
  OrderQuery,
  'status' | 'payment_status' | 'user_id' | 'search'
> {
  /** The person whose username `search` is, if there is one. */
  readonly searchUserId?: number | undefined
}

export interface OrderListQuery extends OrderFilters {
  readonly limit: number
  readonly cursor?: string | undefined
  readonly from?: number
  readonly to?: number
}

/** Newest first. */
export async function listOrders(
  db: Db,
  query: OrderListQuery,
): Promise<{ items: OrderRow[]; next_cursor: string | null }> {
  let select = db
    .selectFrom('orders')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('order_id', 'desc')
    .limit(query.limit + 1)
  if (query.user_id !== undefined) select = select.where('user_id', '=', query.user_id)
  select = select.where(hasState(query))
  if (query.from !== undefined) select = select.where('created_at', '>=', query.from)
  if (query.to !== undefined) select = select.where('created_at', '<', query.to)
  if (query.search !== undefined) select = select.where(isFoundBy(query.search, query.searchUserId))
  if (query.cursor !== undefined) {
    const [created_at, order_id] = decodeCursor(query.cursor, ['number', 'number'])
    // The first condition is implied by the second, and lets the index find the place.
    select = select
      .where('created_at', '<=', created_at)
      .where((eb) => eb.or([eb('created_at', '<', created_at), eb('order_id', '<', order_id)]))
  }
  return cutPage(await select.execute(), query.limit, (row) => [row.created_at, row.order_id])
}

/**
 * By status and payment. With both, one index can lead: the rarer value's. What is completed is mostly paid,
 * so unpaid and refunded orders are rare among them; everywhere else the status is the rarer one.
 */
export function hasState({ status, payment_status }: OrderFilters): Expression<SqlBool> {
  const byStatus = sql<SqlBool>`status = ${status}`
  const byPayment = sql<SqlBool>`payment_status = ${payment_status}`
  if (status === undefined) return payment_status === undefined ? sql<SqlBool>`1 = 1` : byPayment
  if (payment_status === undefined) return byStatus
  // coalesce() keeps an engine from choosing that column's index.
  if (status === 'completed' && payment_status !== 'paid') {
    return sql<SqlBool>`coalesce(status, '') = ${status} and ${byPayment}`
  }
  return sql<SqlBool>`${byStatus} and coalesce(payment_status, '') = ${payment_status}`
}

/** Year, month and day: a shorter beginning would find half the shop. */
const SHORTEST_NUMBER = 8

/** By the beginning of the order number, the id, the tracking number, or whose it is: each an index search. */
export function isFoundBy(search: string, userId: number | undefined): Expression<SqlBool> {
  const text = search.trim()
  const id = /^\d{1,15}$/.test(text) ? Number(text) : 0
  const others = sql<SqlBool>`tracking_number = ${text} or order_id = ${id} or user_id = ${userId ?? 0}`
  if (text.length < SHORTEST_NUMBER) return sql<SqlBool>`(${others})`
  const end = `${text}\u{10FFFF}`
  return sql<SqlBool>`((order_number >= ${text} and order_number < ${end}) or ${others})`
}

export async function hasOpenOrders(reader: Reader, user_id: number): Promise<boolean> {
  const row = await reader
    .selectFrom('orders')
    .select('order_id')
    .where('user_id', '=', user_id)
    .where('status', 'in', [...OPEN_STATUSES, 'shipped'])
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export async function orderExists(reader: Reader, order_id: number): Promise<boolean> {
  const row = await reader
    .selectFrom('orders')
    .select('order_id')
    .where('order_id', '=', order_id)
    .executeTakeFirst()
  return row !== undefined
}

export async function hasAnyOrder(reader: Reader): Promise<boolean> {
  return (
    (await reader.selectFrom('orders').select('order_id').limit(1).executeTakeFirst()) !== undefined
  )
}

const TOLD = ['address', 'recipient', 'phone', 'note', 'cancellation_reason'] as const
const NOBODY = Object.fromEntries(TOLD.map((column) => [column, null]))

/** Erases what an order tells of a person: whom and where it went to, note, and the reason they may have written. */
export async function erasePersonalData(trx: Trx, user_id: number): Promise<void> {
  const orders = await trx
    .selectFrom('orders')
    .select(['order_id', ...TOLD])
    .where('user_id', '=', user_id)
    .where((eb) => eb.or(TOLD.map((column) => eb(column, 'is not', null))))
    .execute()
  for (const order of orders) {
    await updateOrder(trx, order, NOBODY)
  }
}

const OPEN = ['pending', 'confirmed', 'ready', 'shipped'] as const
/** Along an index; a shop with more under way has other worries than their number. */
const MOST_COUNTED = 100_000

/** Orders that are under way, by status; each status up to 100,000. */
export async function countOpenOrders(
  reader: Reader,
): Promise<{ readonly status: string; readonly orders: number }[]> {
  const counts = []
  for (const status of OPEN) {
    const found = reader
      .selectFrom('orders')
      .select('status')
      .where('status', '=', status)
      .limit(MOST_COUNTED)
      .as('found')
    const row = await reader
      .selectFrom(found)
      .select((eb) => eb.fn.countAll().as('orders'))
      .executeTakeFirstOrThrow()
    counts.push({ status, orders: Number(row.orders) })
  }
  return counts
}
