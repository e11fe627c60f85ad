// Owns the SQL of stock: on hand, reserved, and the ledger that explains every change of them.
import { type Insertable, type RawBuilder, type Selectable, sql } from 'kysely'
import { cutPage, decodeCursor } from '../../lib/cursor.ts'
import { insertAll } from '../../platform/db/insert.ts'
import type { Db, Store, Trx } from '../../platform/db/store.ts'
import { updateEach } from '../../platform/db/update-each.ts'
import type { Database } from '../../tables.ts'
import type { StockLine, StockStatus } from './schema.ts'

export type NewMovementRow = Insertable<Database['stock_movements']>
export type MovementRow = Selectable<Database['stock_movements']>

const STOCK_COLUMNS = [
  'product_id',
  'sku',
  'product_name',
  'name_en',
  'price_cents',
  'active',
  'on_hand',
  'reserved',
  'low_stock_threshold',
  'stock_status',
  'alerted_status',
] as const
export type StockRow = Pick<Selectable<Database['inventory']>, (typeof STOCK_COLUMNS)[number]>

/** Products with their stock, locked in product order, so that two transactions can't wait in a circle. */
export function lockStock(
  store: Store,
  trx: Trx,
  productIds: readonly number[],
): Promise<StockRow[]> {
  const query = trx
    .selectFrom('inventory')
    .select(STOCK_COLUMNS)
    .where('product_id', 'in', productIds)
    .orderBy('product_id')
  return store.dialect.forUpdate(query).execute()
}

/**
 * Promises units of each product (each stands in `lines` once), if all of them are there.
 * @returns false when any is not: the caller must roll back
 */
export function addReserved(store: Store, trx: Trx, lines: readonly StockLine[]): Promise<boolean> {
  return changeEach(store, trx, lines, {
    set: sql`reserved = inventory.reserved + list.units`,
    // With `= 1` SQLite begins with all active products, and looks each up in the list.
    guard: sql`inventory.active <> 0 and inventory.on_hand - inventory.reserved >= list.units`,
  })
}

/** Gives promised units back. @returns false when fewer were promised: the books are wrong, roll back */
export function subtractReserved(
  store: Store,
  trx: Trx,
  lines: readonly StockLine[],
): Promise<boolean> {
  return changeEach(store, trx, lines, {
    set: sql`reserved = inventory.reserved - list.units`,
    guard: sql`inventory.reserved >= list.units`,
  })
}

/** Promised units leave the shop. @returns false when fewer are there than were promised: roll back */
export function subtractSold(
  store: Store,
  trx: Trx,
  lines: readonly StockLine[],
): Promise<boolean> {
  return changeEach(store, trx, lines, {
    set: sql`on_hand = inventory.on_hand - list.units, reserved = inventory.reserved - list.units`,
    guard: sql`inventory.on_hand >= list.units and inventory.reserved >= list.units`,
  })
}

/** @returns whether every line's product passed the guard */
async function changeEach(
  store: Store,
  trx: Trx,
  lines: readonly StockLine[],
  { set, guard }: { readonly set: RawBuilder<unknown>; readonly guard: RawBuilder<unknown> },
): Promise<boolean> {
  const changed = await updateEach(store, trx, {
    table: 'inventory',
    columns: { id: 'integer', units: 'integer' },
    rows: lines.map((line) => [line.product_id, line.quantity]),
    set,
    where: sql`inventory.product_id = list.id and ${guard}`,
  })
  return changed === lines.length
}

/** Changes what is physically there. @returns false when it would fall below 0 */
export async function addOnHand(trx: Trx, product_id: number, delta: number): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('inventory')
    .set({ on_hand: sql<number>`on_hand + ${delta}` })
    .where('product_id', '=', product_id)
    .where(sql<number>`on_hand + ${delta}`, '>=', 0)
    .executeTakeFirst()
  return Number(numUpdatedRows) === 1
}

/** Stores a new status, if nobody stored another one meanwhile. */
export async function moveStatus(
  trx: Trx,
  row: StockRow,
  next: { stock_status: StockStatus; alerted_status: StockStatus },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('inventory')
    .set(next)
    .where('product_id', '=', row.product_id)
    .where('stock_status', '=', row.stock_status)
    .where('alerted_status', '=', row.alerted_status)
    .executeTakeFirst()
  return Number(numUpdatedRows) === 1
}

/** Appends to the ledger; its rows never change. */
export function insertMovements(
  store: Store,
  trx: Trx,
  rows: readonly NewMovementRow[],
): Promise<void> {
  return insertAll(store, trx, 'stock_movements', rows)
}

/** The ledger row that was written last in this transaction for a product. */
export function lastMovement(trx: Trx, product_id: number): Promise<MovementRow> {
  return trx
    .selectFrom('stock_movements')
    .selectAll()
    .where('product_id', '=', product_id)
    .orderBy('movement_id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
}

/** A product's ledger, newest first. */
export async function listMovements(
  db: Db,
  product_id: number,
  page: { limit: number; cursor?: string },
): Promise<{ items: MovementRow[]; next_cursor: string | null }> {
  let select = db
    .selectFrom('stock_movements')
    .selectAll()
    .where('product_id', '=', product_id)
    .orderBy('movement_id', 'desc')
    .limit(page.limit + 1)
  if (page.cursor !== undefined) {
    select = select.where('movement_id', '<', decodeCursor(page.cursor, ['number'])[0])
  }
  return cutPage(await select.execute(), page.limit, (row) => [row.movement_id])
}
