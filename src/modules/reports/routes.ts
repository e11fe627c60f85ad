// Owns the HTTP side of reports: what was sold, for those who run the shop.
import { dayAt, listDays } from '../../lib/days.ts'
import { itemList, ref } from '../../lib/wire.ts'
import type { Reader } from '../../platform/db/store.ts'
import { answers } from '../../platform/http/openapi.ts'
import type { HttpServer } from '../../platform/http/server.ts'
import type { Core } from '../../platform/module.ts'
import { describeProducts } from '../inventory/index.ts'
import { refuseField } from '../users/index.ts'
import { type Period, periodOf } from './period-rules.ts'
import { NOTHING } from './rules.ts'
import { SalesItem, SalesQuery } from './schema.ts'
import { listCategorySums, listDaySums, listProductSums } from './store.ts'

export interface ReportRoutesOptions {
  readonly core: Core
  readonly timeZone: (reader: Reader) => Promise<string>
}

export function reportRoutes(app: HttpServer, { core, timeZone }: ReportRoutesOptions): void {
  const { db } = core.store
  app.addSchema(SalesItem)
  app.get(
    '/api/reports/sales',
    {
      config: { access: 'manager' },
      schema: {
        tags: ['reports'],
        summary: 'What was sold, by day, product or category',
        description:
          'Days are the shop’s, `YYYY-MM-DD`, both counted in, at most 400; the last 30 unless asked otherwise. `revenue_cents` is what the orders placed on these days come to, without those cancelled since; `refunded_cents` was given back on these days. Days are all there, in order; products and categories come best-selling first, `limit` of them.',
        querystring: SalesQuery,
        response: answers(200, itemList(ref(SalesItem))),
      },
    },
    async (request) => {
      const period = periodOf(request.query, dayAt(request.now, await timeZone(db)))
      if ('field' in period) throw refuseField(period)
      const items = await readSales(db, period, request.query)
      return { status: 'success' as const, items, next_cursor: null }
    },
  )
}

function readSales(db: Reader, period: Period, query: SalesQuery): Promise<SalesItem[]> {
  const { group_by = 'day', limit = 20 } = query
  switch (group_by) {
    case 'day':
      return byDay(db, period)
    case 'product':
      return byProduct(db, period, limit)
    case 'category':
      return byCategory(db, period, limit)
  }
}

async function byDay(db: Reader, period: Period): Promise<SalesItem[]> {
  const known = new Map((await listDaySums(db, period)).map((row) => [row.day, row]))
  return listDays(period.from, period.to).map((day) => known.get(day) ?? { day, ...NOTHING })
}

async function byProduct(db: Reader, period: Period, limit: number): Promise<SalesItem[]> {
  const rows = await listProductSums(db, period, limit)
  const products = await describeProducts(
    db,
    rows.map((row) => row.product_id),
  )
  return rows.map((row) => ({ ...products.get(row.product_id), ...row }))
}

/** An order may have products of several categories: how many orders there were isn't known then. */
async function byCategory(db: Reader, period: Period, limit: number): Promise<SalesItem[]> {
  const rows = await listCategorySums(db, period, limit)
  return rows.map((row) => ({ ...row, orders: null, cancelled_orders: null }))
}
