// Owns exports as text, a page at a time: whoever reads slowly makes the shop read slowly too.
import { BYTE_ORDER_MARK, csvLines } from '../../lib/csv-write.ts'
import type { Text } from '../../lib/errors.ts'
import type { Reader, Store } from '../../platform/db/store.ts'
import { movementHeader, movementRow, productHeader, productRow } from './export-rules.ts'
import {
  ledgerBounds,
  listForExport,
  listMovementsBetween,
  listMovementsOf,
  type MovementFilters,
} from './export-store.ts'
import { decimalsOf } from './import-values-rules.ts'
import { listProducts } from './list-store.ts'
import type { InventoryQuery } from './schema.ts'

type NamesOf = (reader: Reader, ids: readonly number[]) => Promise<ReadonlyMap<number, string>>

export interface ExportNeeds {
  readonly currency: () => Promise<string>
  readonly timeZone: () => Promise<string>
  readonly usernames: NamesOf
  readonly orderNumbers: NamesOf
}

const PAGE = 250
/** Ids of the ledger that are looked through at once; most of them exist. */
const LEDGER_PAGE = 500

/** All products, or those on sale, or the archived ones; import reads it back. */
export async function* exportProducts(
  { db }: Store,
  { currency }: Pick<ExportNeeds, 'currency'>,
  options: { readonly language: keyof Text; readonly active?: boolean | undefined },
): AsyncGenerator<string> {
  const { language, active } = options
  const digits = decimalsOf(await currency())
  yield BYTE_ORDER_MARK + csvLines([productHeader(language)])
  for (let after = 0; ;) {
    const rows = await listForExport(db, { after, limit: PAGE, active })
    if (rows.length === 0) return
    yield csvLines(rows.map((row) => productRow(row, language, digits)))
    after = rows.at(-1)?.product_id ?? Infinity
  }
}

const LIST_PAGE = 100

/** What the list of products shows with these filters, in its order. */
export async function* exportListed(
  store: Store,
  { currency }: Pick<ExportNeeds, 'currency'>,
  query: Omit<InventoryQuery, 'limit' | 'cursor'> & { readonly active: boolean },
  language: keyof Text,
): AsyncGenerator<string> {
  const digits = decimalsOf(await currency())
  yield BYTE_ORDER_MARK + csvLines([productHeader(language)])
  for (let cursor: string | null = null; ;) {
    const page = { ...query, limit: LIST_PAGE, ...(cursor !== null && { cursor }) }
    const { items, next_cursor } = await listProducts(store, page)
    yield csvLines(items.map((row) => productRow(row, language, digits)))
    if (next_cursor === null) return
    cursor = next_cursor
  }
}

export interface Period {
  /** Epoch milliseconds: from this time on, before that one. */
  readonly from?: number | undefined
  readonly to?: number | undefined
}

export interface MovementExport extends Period {
  readonly language: keyof Text
  readonly product_id?: number | undefined
  readonly kind?: string | undefined
}

/** The ledger in the order in which it was written. */
export async function* exportMovements(
  { db }: Store,
  needs: Omit<ExportNeeds, 'currency'>,
  { language, ...wanted }: MovementExport,
): AsyncGenerator<string> {
  const timeZone = await needs.timeZone()
  yield BYTE_ORDER_MARK + csvLines([movementHeader(language)])
  for await (const rows of movementPages(db, wanted)) {
    const orders = await needs.orderNumbers(db, idsOf(rows.map((row) => row.order_id)))
    const actors = await needs.usernames(db, idsOf(rows.map((row) => row.actor_id)))
    const lines = rows.map(({ order_id, actor_id, ...row }) => ({
      ...row,
      order_number: order_id === null ? null : (orders.get(order_id) ?? null),
      actor: actor_id === null ? null : (actors.get(actor_id) ?? null),
    }))
    yield csvLines(lines.map((line) => movementRow(line, language, timeZone)))
  }
}

async function* movementPages(
  db: Reader,
  { product_id, ...wanted }: Omit<MovementExport, 'language'>,
) {
  const { from = 0, to = Number.MAX_SAFE_INTEGER, kind } = wanted
  const filters: MovementFilters = { from, to, kind }
  if (product_id !== undefined) {
    for (let after = 0; ;) {
      const rows = await listMovementsOf(db, product_id, { ...filters, after, limit: PAGE })
      const last = rows.at(-1)
      if (!last) return
      yield rows
      after = last.movement_id
    }
  }
  const bounds = await ledgerBounds(db)
  if (!bounds) return
  for (let after = bounds.first - 1; after < bounds.last; after += LEDGER_PAGE) {
    const end = Math.min(after + LEDGER_PAGE, bounds.last)
    const rows = await listMovementsBetween(db, { ...filters, after, end })
    if (rows.length > 0) yield rows
  }
}

function idsOf(ids: readonly (number | null)[]): number[] {
  return [...new Set(ids.filter((id) => id !== null))]
}
