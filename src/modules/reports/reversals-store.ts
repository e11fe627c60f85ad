// Owns which orders were taken back: the second reversal of an order must know of the first.
import { insertAll } from '../../platform/db/insert.ts'
import type { Reader, Store, Trx } from '../../platform/db/store.ts'
import type { Reversal } from './rules.ts'

/** How these orders were taken back so far, each locked until the transaction ends. */
export async function lockReversals(
  store: Store,
  trx: Trx,
  orderIds: readonly number[],
): Promise<Map<number, Reversal>> {
  if (orderIds.length === 0) return new Map()
  // What isn't there cannot be locked.
  const rows = orderIds
    .toSorted((one, other) => one - other)
    .map((order_id) => ({ order_id, cancelled: 0, refunded_on: null }))
  await store.dialect.ignoreConflicts(trx.insertInto('reversed_orders').values(rows)).execute()
  const query = trx
    .selectFrom('reversed_orders')
    .selectAll()
    .where('order_id', 'in', orderIds)
    .orderBy('order_id')
  return new Map((await store.dialect.forUpdate(query).execute()).map(toEntry))
}

/** Writes what is known of locked orders now. */
export async function saveReversals(
  trx: Trx,
  reversals: ReadonlyMap<number, Reversal>,
): Promise<void> {
  const known = [...reversals]
  const cancelled = known.filter(([, reversal]) => reversal.cancelled).map(([id]) => id)
  if (cancelled.length > 0) {
    await trx
      .updateTable('reversed_orders')
      .set({ cancelled: 1 })
      .where('order_id', 'in', cancelled)
      .execute()
  }
  for (const [day, entries] of Map.groupBy(known, ([, { refunded_on }]) => refunded_on)) {
    if (day === null) continue
    await trx
      .updateTable('reversed_orders')
      .set({ refunded_on: day })
      .where(
        'order_id',
        'in',
        entries.map(([id]) => id),
      )
      .execute()
  }
}

/** How the orders of this range of ids were taken back. */
export async function listReversals(
  reader: Reader,
  orderIds: { readonly from: number; readonly to: number },
): Promise<Map<number, Reversal>> {
  const rows = await reader
    .selectFrom('reversed_orders')
    .selectAll()
    .where('order_id', '>=', orderIds.from)
    .where('order_id', '<=', orderIds.to)
    .execute()
  return new Map(rows.map(toEntry))
}

export function insertReversals(
  store: Store,
  trx: Trx,
  reversals: ReadonlyMap<number, Reversal>,
): Promise<void> {
  const rows = [...reversals].map(([order_id, { cancelled, refunded_on }]) => {
    return { order_id, cancelled: cancelled ? 1 : 0, refunded_on }
  })
  return insertAll(store, trx, 'reversed_orders', rows)
}

export async function clearReversals(trx: Trx): Promise<void> {
  await trx.deleteFrom('reversed_orders').execute()
}

function toEntry(row: {
  order_id: number
  cancelled: number
  refunded_on: string | null
}): [number, Reversal] {
  const { order_id, cancelled, refunded_on } = row
  return [order_id, { cancelled: cancelled === 1, refunded_on }]
}
