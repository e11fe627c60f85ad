// Owns the HTTP side of orders: place, read, list, and one route per transition.
import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import { isStaff } from '../../lib/roles.ts'
import { Id, itemList, oneItem, ref, toTimestamp, toTimestampOrNull } from '../../lib/wire.ts'
import type { Reader } from '../../platform/db/store.ts'
import { callerOf, causeOf } from '../../platform/http/access.ts'
import { notAllowed, notFound } from '../../platform/http/errors.ts'
import { keyOf } from '../../platform/http/idempotency.ts'
import { allowNoBody, NoBody } from '../../platform/http/no-body.ts'
import { answers } from '../../platform/http/openapi.ts'
import type { HttpServer } from '../../platform/http/server.ts'
import type { Core } from '../../platform/module.ts'
import { moveOrder, scopeOf, type Transition } from './actions.ts'
import type { OrderCounts } from './counts-actions.ts'
import type { Placements } from './placement-actions.ts'
import type { OrderAction } from './rules.ts'
import {
  CancellationBody,
  NewOrder,
  Order,
  OrderPlacedAnswer,
  OrderQuery,
  ShipmentBody,
} from './schema.ts'
import { createOrderReads, type OrderReads } from './reads-store.ts'
import { type LineRow, listOrders, type OrderRow } from './store.ts'

const OrderId = Type.Object({ order_id: Id })
const tags = ['orders']

export interface OrderRoutesOptions {
  readonly core: Core
  readonly placements: Placements
  readonly counts: OrderCounts
  readonly usernames: (
    reader: Reader,
    ids: readonly number[],
  ) => Promise<ReadonlyMap<number, string>>
  readonly findUserId: (reader: Reader, username: string) => Promise<number | null>
}

type Options = OrderRoutesOptions & { readonly reads: OrderReads }

export function orderRoutes(app: HttpServer, given: OrderRoutesOptions): void {
  const options = { ...given, reads: createOrderReads(given.core.store) }
  const schemas = [Order, NewOrder, OrderPlacedAnswer, ShipmentBody, CancellationBody]
  for (const schema of schemas) app.addSchema(schema)
  placementRoute(app, options)
  readRoutes(app, options)
  transitionRoutes(app, options)
}

function placementRoute(app: HttpServer, { placements }: OrderRoutesOptions): void {
  app.post(
    '/api/orders',
    {
      config: { access: 'customer', keyed: true },
      // Refusing must cost less than accepting.
      preParsing: (_request, _reply, _payload, done) => {
        placements.refuseWhenFull()
        done()
      },
      schema: {
        tags,
        summary: 'Place an order; the stock is promised to it when this answers',
        description:
          '`user_id` is your own; staff may order for a customer. Send an Idempotency-Key to retry safely.',
        body: ref(NewOrder),
        response: answers(201, ref(OrderPlacedAnswer)),
      },
    },
    async (request, reply) => {
      const caller = callerOf(request)
      const placed = await placements.place(caller, causeOf(request), keyOf(request), request.body)
      return reply.code(201).send(placed)
    },
  )
}

function readRoutes(app: HttpServer, options: Options): void {
  const { db } = options.core.store
  app.get(
    '/api/orders',
    {
      config: { access: 'customer' },
      schema: {
        tags,
        summary: 'Orders, newest first: your own, or everybody’s for staff',
        querystring: OrderQuery,
        response: answers(200, itemList(ref(Order))),
      },
    },
    async (request) => {
      const caller = callerOf(request)
      const { limit = 20, from, to, ...query } = request.query
      const own = scopeOf(caller).user_id
      if (own !== null && query.user_id !== undefined && query.user_id !== own) throw notAllowed()
      const searched =
        query.search && own === null ? await options.findUserId(db, query.search) : null
      const page = await listOrders(db, {
        ...query,
        limit,
        ...(own === null ? {} : { user_id: own }),
        ...(from === undefined ? {} : { from: Date.parse(from) }),
        ...(to === undefined ? {} : { to: Date.parse(to) }),
        ...(searched === null ? {} : { searchUserId: searched }),
      })
      const items = await presentAll(options, page.items, isStaff(caller.role))
      return { status: 'success' as const, items, next_cursor: page.next_cursor }
    },
  )

  app.get(
    '/api/orders/:order_id',
    {
      config: { access: 'customer' },
      schema: {
        tags,
        summary: 'One order',
        params: OrderId,
        response: answers(200, oneItem(ref(Order))),
      },
    },
    async (request) => {
      const caller = callerOf(request)
      const row = await options.reads.find(request.params.order_id, scopeOf(caller))
      if (!row) throw notFound()
      return {
        status: 'success' as const,
        item: await presentOne(options, row, isStaff(caller.role)),
      }
    },
  )
}

const SUMMARIES: Record<Exclude<OrderAction, 'shipment' | 'cancellation'>, string> = {
  confirmation: 'Confirm a pending order',
  readiness: 'A pick-up order is packed and ready',
  completion: 'The customer has the goods',
  payment: 'Mark as paid',
  refund: 'Mark as refunded',
}

function transitionRoutes(app: HttpServer, options: Options): void {
  for (const [action, summary] of Object.entries(SUMMARIES)) {
    const transition = { action } as Transition
    app.put(
      `/api/orders/:order_id/${action}`,
      {
        config: { access: action === 'refund' ? 'manager' : 'clerk' },
        preValidation: allowNoBody,
        schema: {
          body: NoBody,
          tags,
          summary,
          params: OrderId,
          response: answers(200, oneItem(ref(Order))),
        },
      },
      async (request) => {
        const { order_id } = request.params
        const row = await move(options, request, order_id, transition)
        return { status: 'success' as const, item: await presentOne(options, row, true) }
      },
    )
  }

  app.put(
    '/api/orders/:order_id/shipment',
    {
      config: { access: 'clerk' },
      schema: {
        tags,
        summary: 'Ship a delivery: its goods leave the stock',
        params: OrderId,
        body: ref(ShipmentBody),
        response: answers(200, oneItem(ref(Order))),
      },
    },
    async (request) => {
      const { order_id } = request.params
      const row = await move(options, request, order_id, { action: 'shipment', ...request.body })
      return { status: 'success' as const, item: await presentOne(options, row, true) }
    },
  )

  app.put(
    '/api/orders/:order_id/cancellation',
    {
      config: { access: 'customer' },
      schema: {
        tags,
        summary: 'Cancel: the promised stock is free again',
        description: 'Customers until it is ready or shipped, staff until it is shipped.',
        params: OrderId,
        body: ref(CancellationBody),
        response: answers(200, oneItem(ref(Order))),
      },
    },
    async (request) => {
      const { order_id } = request.params
      const cancellation = { action: 'cancellation' as const, ...request.body }
      const row = await move(options, request, order_id, cancellation)
      const forStaff = isStaff(callerOf(request).role)
      return { status: 'success' as const, item: await presentOne(options, row, forStaff) }
    },
  )
}

async function move(
  { core, counts }: Options,
  request: FastifyRequest,
  order_id: number,
  transition: Transition,
): Promise<OrderRow> {
  const row = await moveOrder(core.store, callerOf(request), causeOf(request), order_id, transition)
  counts.moved(transition.action, row, request.now)
  return row
}

async function presentOne(options: Options, row: OrderRow, forStaff: boolean): Promise<Order> {
  const [order] = await presentAll(options, [row], forStaff)
  if (!order) throw notFound()
  return order
}

async function presentAll(
  options: Options,
  rows: readonly OrderRow[],
  forStaff: boolean,
): Promise<Order[]> {
  const { db } = options.core.store
  const found = await options.reads.lines(rows.map((row) => row.order_id))
  const lines = Map.groupBy(found, (line) => line.order_id)
  const people = forStaff
    ? await options.usernames(db, [...new Set(rows.map((r) => r.user_id))])
    : null
  return rows.map((row) =>
    present(row, lines.get(row.order_id) ?? [], people?.get(row.user_id) ?? null),
  )
}

function present(row: OrderRow, lines: readonly LineRow[], username: string | null): Order {
  return {
    order_id: row.order_id,
    order_number: row.order_number,
    user_id: row.user_id,
    username,
    status: row.status as Order['status'],
    payment_status: row.payment_status as Order['payment_status'],
    channel: row.channel as Order['channel'],
    fulfilment: row.fulfilment as Order['fulfilment'],
    items: lines.map(
      ({ product_id, product_name, quantity, unit_price_cents, discount_cents }) => ({
        product_id,
        product_name,
        quantity,
        unit_price_cents,
        ...(discount_cents > 0 && { discount_cents }),
      }),
    ),
    total_cents: row.total_cents,
    note: row.note,
    address: row.address,
    recipient: row.recipient,
    phone: row.phone,
    carrier: row.carrier,
    tracking_number: row.tracking_number,
    cancellation_reason: row.cancellation_reason,
    created_at: toTimestamp(row.created_at),
    confirmed_at: toTimestampOrNull(row.confirmed_at),
    ready_at: toTimestampOrNull(row.ready_at),
    shipped_at: toTimestampOrNull(row.shipped_at),
    completed_at: toTimestampOrNull(row.completed_at),
    cancelled_at: toTimestampOrNull(row.cancelled_at),
  }
}
