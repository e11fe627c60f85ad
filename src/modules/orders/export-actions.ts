// Owns the export of orders as text, a page at a time: whoever reads slowly makes the shop read slowly too.
import { BYTE_ORDER_MARK, csvLines } from '../../lib/csv-write.ts'
import type { Text } from '../../lib/errors.ts'
import type { Reader, Store } from '../../platform/db/store.ts'
import { decimalsOf, formatMoney, skusOf } from '../inventory/index.ts'
import { orderHeader, orderLineRow } from './export-rules.ts'
import { type ExportPage, listForExport } from './export-store.ts'
import { listLines, type OrderFilters } from './store.ts'

export interface ExportNeeds {
  readonly currency: () => Promise<string>
  readonly timeZone: () => Promise<string>
  readonly usernames: (
    reader: Reader,
    ids: readonly number[],
  ) => Promise<ReadonlyMap<number, string>>
  readonly findUserId: (reader: Reader, username: string) => Promise<number | null>
}

export interface ExportOptions extends Omit<OrderFilters, 'searchUserId'> {
  readonly language: keyof Text
  /** Epoch milliseconds: orders made from this time on, before that one. */
  readonly from?: number | undefined
  readonly to?: number | undefined
}

const PAGE = 150

/** A row for each line of each order, oldest order first. */
export async function* exportOrders(
  { db }: Store,
  needs: ExportNeeds,
  { language, from = 0, to = Number.MAX_SAFE_INTEGER, ...filters }: ExportOptions,
): AsyncGenerator<string> {
  const currency = await needs.currency()
  const digits = decimalsOf(currency)
  const money = (cents: number) => formatMoney(cents, digits)
  const context = { language, currency, timeZone: await needs.timeZone(), money }
  const searched = filters.search && (await needs.findUserId(db, filters.search))
  const page = { ...filters, from, to, ...(searched && { searchUserId: searched }) }
  yield BYTE_ORDER_MARK + csvLines([orderHeader(language)])
  for (let after: ExportPage['after'] = null; ;) {
    const orders = await listForExport(db, { ...page, after, limit: PAGE })
    const last = orders.at(-1)
    if (!last) return
    after = last
    const lines = await listLines(
      db,
      orders.map((order) => order.order_id),
    )
    const skus = await skusOf(
      db,
      lines.map((line) => line.product_id),
    )
    const names = await needs.usernames(
      db,
      orders.map((order) => order.user_id),
    )
    const linesOf = Map.groupBy(lines, (line) => line.order_id)
    const rows = orders.flatMap((order) => {
      const customer = names.get(order.user_id) ?? ''
      return (linesOf.get(order.order_id) ?? []).map((line) =>
        orderLineRow(
          { ...order, customer },
          { ...line, sku: skus.get(line.product_id) ?? '' },
          context,
        ),
      )
    })
    yield csvLines(rows)
  }
}
