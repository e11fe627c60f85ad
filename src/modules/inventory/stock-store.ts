// Owns the SQL of stock: on hand, reserved, and the ledger that explains every change of them.
import { type Insertable, type RawBuilder, type Selectable, sql } from 'kysely'
import { cutPage, decodeCursor } from '../../lib/cursor.ts'
import { insertAll } from '../../platform/db/insert.ts'
import type { Db, Store, Trx } from '../../platform/db/store.ts'
import { updateEach } from '../../platform/db/update-each.ts'
import type { Database } from '../../tables.ts'
import { movementDigest } from './digest-rules.ts'
import type { StockLine, StockStatus } from './schema.ts'

export type NewMovementRow = Insertable<Database['stock_movements']>
export type MovementRow = Selectable<Database['stock_movements']>

export type StockNumbers = Selectable<Database['stock']>
export type StockRow = StockNumbers &
  Pick<
    Selectable<Database['inventory']>,
    'sku' | 'product_name' | 'name_en' | 'price_cents' | 'active' | 'low_stock_threshold'
  >

/**
 * Products with their stock, in product order. Both rows of each are locked, all descriptions first, then all
 * stock: two transactions can't wait in a circle, and neither a price nor a quantity changes meanwhile. One
 * statement over both tables would lock in an order of the engine's choice.
 */
export async function lockStock(
  store: Store,
  trx: Trx,
  productIds: readonly number[],
): Promise<StockRow[]> {
  const described = trx
    .selectFrom('inventory')
    .select(['product_id', 'sku', 'product_name', 'name_en', 'price_cents', 'active'])
    .select('low_stock_threshold')
    .where(store.dialect.among('product_id', productIds))
    .orderBy('product_id')
  const products = await store.dialect.forUpdate(described).execute()
  const numbers = trx
    .selectFrom('stock')
    .selectAll()
    .where(store.dialect.among('product_id', productIds))
    .orderBy('product_id')
  const stock = await store.dialect.forUpdate(numbers).execute()
  const byId = new Map(stock.map((row) => [row.product_id, row]))
  return products.map((product) => ({ ...product, ...stockOf(byId, product.product_id) }))
}

/** What deciding about orders needs of a product. */
export interface ProductForSale {
  readonly product_id: number
  readonly product_name: string
  readonly price_cents: number
  readonly active: boolean
  readonly available: number
}

/** The same products, locked the same way, with no more than a sale needs to know. */
export async function lockForSale(
  store: Store,
  trx: Trx,
  productIds: readonly number[],
): Promise<Map<number, ProductForSale>> {
  const among = store.dialect.among('product_id', productIds)
  const described = trx
    .selectFrom('inventory')
    .select(['product_id', 'product_name', 'price_cents', 'active'])
    .where(among)
    .orderBy('product_id')
  const products = await store.dialect.forUpdate(described).execute()
  const numbers = trx
    .selectFrom('stock')
    .select(['product_id', 'on_hand', 'reserved'])
    .where(among)
    .orderBy('product_id')
  const available = new Map<number, number>()
  for (const { product_id, on_hand, reserved } of await store.dialect
    .forUpdate(numbers)
    .execute()) {
    available.set(product_id, on_hand - reserved)
  }
  return new Map(
    products.map(({ product_id, product_name, price_cents, active }) => {
      const left = available.get(product_id) ?? noStock(product_id)
      return [
        product_id,
        { product_id, product_name, price_cents, active: active === 1, available: left },
      ]
    }),
  )
}

function noStock(product_id: number): never {
  throw new Error(`product ${product_id} has no row of stock; run petshop doctor`)
}

function stockOf(byId: ReadonlyMap<number, StockNumbers>, product_id: number): StockNumbers {
  const row = byId.get(product_id)
  return row ?? noStock(product_id)
}

/** Of new products. */
export function insertStock(store: Store, trx: Trx, rows: readonly StockNumbers[]): Promise<void> {
  return insertAll(store, trx, 'stock', rows)
}

/**
 * Promises units of each product (each stands in `lines` once), if all of them are there.
 * @returns false when any is not: the caller must roll back
 */
export function addReserved(store: Store, trx: Trx, lines: readonly StockLine[]): Promise<boolean> {
  return changeEach(store, trx, lines, {
    set: sql`reserved = stock.reserved + list.units`,
    guard: sql`stock.on_hand - stock.reserved >= list.units`,
  })
}

/** Gives promised units back. @returns false when fewer were promised: the books are wrong, roll back */
export function subtractReserved(
  store: Store,
  trx: Trx,
  lines: readonly StockLine[],
): Promise<boolean> {
  return changeEach(store, trx, lines, {
    set: sql`reserved = stock.reserved - list.units`,
    guard: sql`stock.reserved >= list.units`,
  })
}

/** Promised units leave the shop. @returns false when fewer are there than were promised: roll back */
export function subtractSold(
  store: Store,
  trx: Trx,
  lines: readonly StockLine[],
): Promise<boolean> {
  return changeEach(store, trx, lines, {
    set: sql`on_hand = stock.on_hand - list.units, reserved = stock.reserved - list.units`,
    guard: sql`stock.on_hand >= list.units and stock.reserved >= list.units`,
  })
}

/**
 * Units leave the shop that no order was promised; with `least: 'on_hand'` perhaps some that were.
 * @returns false when fewer are there: roll back
 */
export function subtractFromShelf(
  store: Store,
  trx: Trx,
  lines: readonly StockLine[],
  least: 'available' | 'on_hand',
): Promise<boolean> {
  const there = least === 'available' ? sql`stock.on_hand - stock.reserved` : sql`stock.on_hand`
  return changeEach(store, trx, lines, {
    set: sql`on_hand = stock.on_hand - list.units`,
    guard: sql`${there} >= list.units`,
  })
}

/** Changes what is physically there, of each product. @returns false when any would fall below 0: roll back */
export function addOnHandEach(
  store: Store,
  trx: Trx,
  changes: readonly { readonly product_id: number; readonly delta: number }[],
): Promise<boolean> {
  return changeEach(
    store,
    trx,
    changes.map(({ product_id, delta }) => ({ product_id, quantity: delta })),
    {
      set: sql`on_hand = stock.on_hand + list.units`,
      guard: sql`stock.on_hand + list.units >= 0`,
    },
  )
}

/** @returns whether every line's product passed the guard */
async function changeEach(
  store: Store,
  trx: Trx,
  lines: readonly StockLine[],
  { set, guard }: { readonly set: RawBuilder<unknown>; readonly guard: RawBuilder<unknown> },
): Promise<boolean> {
  const changed = await updateEach(store, trx, {
    table: 'stock',
    columns: { id: 'integer', units: 'integer' },
    rows: lines.map((line) => [line.product_id, line.quantity]),
    set,
    where: sql`stock.product_id = list.id and ${guard}`,
  })
  return changed === lines.length
}

/** Changes what is physically there. @returns false when it would fall below 0 */
export async function addOnHand(trx: Trx, product_id: number, delta: number): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('stock')
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
    .updateTable('stock')
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
  const marked = rows.map((row) => ({ ...row, digest: movementDigest(row) }))
  return insertAll(store, trx, 'stock_movements', marked)
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
