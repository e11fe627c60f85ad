// Owns the HTTP side of the counter: record a sale, look sales up again.
import { itemList, ref, toTimestamp } from '../../lib/wire.ts'
import type { Reader } from '../../platform/db/store.ts'
import { callerOf, causeOf } from '../../platform/http/access.ts'
import { keyOf } from '../../platform/http/idempotency.ts'
import { answers } from '../../platform/http/openapi.ts'
import type { HttpServer } from '../../platform/http/server.ts'
import type { Core } from '../../platform/module.ts'
import type { RecordSale, SaleNeeds } from './actions.ts'
import type { DiscardSale } from './discard-actions.ts'
import { CounterSale, DiscardAnswer, NewDiscard, NewSale, SaleAnswer, SaleQuery } from './schema.ts'
import { listDiscounts, listSales, listTenders, type SaleRow } from './store.ts'

const tags = ['counter']

export interface CounterActions {
  readonly recordSale: RecordSale
  readonly discardSale: DiscardSale
}

export function counterRoutes(
  app: HttpServer,
  { store }: Core,
  { recordSale, discardSale }: CounterActions,
  { usernames }: Pick<SaleNeeds, 'usernames'>,
): void {
  const schemas = [NewSale, SaleAnswer, CounterSale, NewDiscard, DiscardAnswer]
  for (const schema of schemas) app.addSchema(schema)
  discardRoute(app, discardSale)

  app.post(
    '/api/counter/sales',
    {
      config: { access: 'clerk' },
      schema: {
        tags,
        summary: 'A sale at the counter: paid, handed over, and off the stock',
        description:
          '`sale_id` is the till’s own: sent again, by anybody, it answers what it answered first. Larger discounts and `decision` need a manager.',
        body: ref(NewSale),
        response: answers(201, ref(SaleAnswer)),
      },
    },
    async (request, reply) => {
      const sold = await recordSale(callerOf(request), causeOf(request), request.body)
      return reply.code(201).send(sold)
    },
  )

  app.get(
    '/api/counter/sales',
    {
      config: { access: 'clerk' },
      schema: {
        tags,
        summary: 'Sales at the counter, the latest first, with tenders and discounts',
        querystring: SaleQuery,
        response: answers(200, itemList(ref(CounterSale))),
      },
    },
    async (request) => {
      const { limit = 20, ...query } = request.query
      const { items, next_cursor } = await listSales(store.db, { limit, ...query })
      return {
        status: 'success' as const,
        items: await present(store.db, items, usernames),
        next_cursor,
      }
    },
  )
}

function discardRoute(app: HttpServer, discardSale: DiscardSale): void {
  app.post(
    '/api/counter/discards',
    {
      config: { access: 'manager', keyed: true },
      schema: {
        tags,
        summary: 'A sale that its till has kept is never booked, and why',
        description:
          'Only of a sale that is not booked: 409 `SALE_RECORDED`. With the `sale_id` as its Idempotency-Key it is noted once.',
        body: ref(NewDiscard),
        response: answers(201, ref(DiscardAnswer)),
      },
    },
    async (request, reply) => {
      const { body } = request
      const noted = await discardSale(callerOf(request), causeOf(request), keyOf(request), body)
      return reply.code(201).send(noted)
    },
  )
}

async function present(
  reader: Reader,
  rows: readonly SaleRow[],
  usernames: SaleNeeds['usernames'],
): Promise<CounterSale[]> {
  const ids = rows.map((row) => row.order_id)
  const tenders = Map.groupBy(await listTenders(reader, ids), (row) => row.order_id)
  const discounts = Map.groupBy(await listDiscounts(reader, ids), (row) => row.order_id)
  const names = await usernames(reader, [...new Set(rows.map((row) => row.sold_by))])
  return rows.map((row) => ({
    sale_id: row.sale_id,
    order_id: row.order_id,
    order_number: row.order_number,
    customer_id: row.customer_id,
    sold_by: row.sold_by,
    seller: names.get(row.sold_by) ?? '',
    recorded_by: row.recorded_by,
    total_cents: row.total_cents,
    discount_cents: row.discount_cents,
    change_cents: row.change_cents,
    tenders: (tenders.get(row.order_id) ?? []).map((each) => ({
      tender: each.tender as CounterSale['tenders'][number]['tender'],
      amount_cents: each.amount_cents,
      received_cents: each.received_cents,
    })),
    discounts: (discounts.get(row.order_id) ?? []).map((each) => ({
      line: each.line,
      discount_cents: each.discount_cents,
      reason: each.reason as CounterSale['discounts'][number]['reason'],
      note: each.note,
    })),
    decision: row.decision,
    taken_at: toTimestamp(row.taken_at),
    recorded_at: toTimestamp(row.recorded_at),
  }))
}
