// Owns the proofs about orders: totals, promised stock, and that every order told of itself.
import type { Reader } from '../../platform/db/store.ts'
import type { Check } from '../../platform/doctor.ts'
import { eventKeys, eventsOf } from '../../platform/events/undone.ts'
import { readReserved } from '../inventory/index.ts'
import { OPEN_STATUSES } from './rules.ts'
import {
  OrderCancelled,
  OrderCompleted,
  OrderConfirmed,
  OrderPlaced,
  OrderReady,
  OrderShipped,
} from './schema.ts'

const HOUR_MS = 3600 * 1000

export const totalsMatchLines: Check = {
  name: "an order's total is the sum of its lines",
  async *run(reader) {
    const rows = await reader
      .selectFrom('orders')
      .leftJoin(lineSums(reader), 'lines.order_id', 'orders.order_id')
      .select((eb) => [
        'orders.order_id',
        'orders.order_number',
        'orders.total_cents',
        eb.fn.coalesce('lines.total', eb.lit(-1)).as('lines_total'),
      ])
      .where((eb) => eb('orders.total_cents', '!=', eb.fn.coalesce('lines.total', eb.lit(-1))))
      .limit(1000)
      .execute()
    for (const row of rows) {
      const sum = Number(row.lines_total)
      const lines = sum === -1 ? 'it has no lines' : `its lines make ${sum}`
      yield {
        message: `order ${row.order_number} (${row.order_id}): total ${row.total_cents}, ${lines}`,
      }
    }
  },
}

export const discountsArePossible: Check = {
  name: 'no line gives off more than it costs',
  async *run(reader) {
    const rows = await reader
      .selectFrom('order_items')
      .select(['order_id', 'line', 'discount_cents'])
      .where((eb) =>
        eb.or([
          eb('discount_cents', '<', 0),
          eb('discount_cents', '>', eb('quantity', '*', eb.ref('unit_price_cents'))),
        ]),
      )
      .limit(1000)
      .execute()
    for (const { order_id, line, discount_cents } of rows) {
      yield { message: `order ${order_id}, line ${line}: a discount of ${discount_cents}` }
    }
  },
}

export const reservedMatchesOpenOrders: Check = {
  name: 'reserved stock is what open orders hold',
  async *run(reader) {
    const open = await openUnits(reader)
    for (const [product_id, { reserved }] of await readReserved(reader)) {
      const units = open.get(product_id) ?? 0
      if (units !== reserved) {
        yield { message: `product ${product_id}: reserved ${reserved}, open orders hold ${units}` }
      }
    }
  },
}

/** Both ways; events older than the retention have been pruned with every group's consent. */
export function ordersMatchEvents(retentionMs: number): Check {
  return {
    name: 'every order has its order.placed event, and every such event its order',
    async *run(reader, now) {
      const told = await eventKeys(reader, OrderPlaced.type)
      // Pruning goes by the event's time, which is the order's; the margin is for a pruning under way.
      const since = now - retentionMs + HOUR_MS
      const orders = await reader
        .selectFrom('orders')
        .select(['order_id', 'order_number', 'created_at'])
        .execute()
      for (const { order_id, order_number, created_at } of orders) {
        const isTold = told.delete(String(order_id))
        if (!isTold && created_at >= since) {
          yield { message: `order ${order_number} (${order_id}) has no event` }
        }
      }
      for (const order_id of told) yield { message: `the event of order ${order_id} has no order` }
    },
  }
}

/** What the last event of each order says its status is. */
export const statusesMatchEvents: Check = {
  name: "an order's status is what its last event says",
  async *run(reader) {
    const told = new Map<number, string>()
    for await (const event of eventsOf(reader, 'orders')) {
      const status = statusAfter(event.type)
      if (status) told.set(Number(event.key), status)
    }
    const orders = await reader
      .selectFrom('orders')
      .select(['order_id', 'order_number', 'status'])
      .execute()
    for (const { order_id, order_number, status } of orders) {
      const expected = told.get(order_id)
      if (expected !== undefined && expected !== status) {
        yield {
          message: `order ${order_number} (${order_id}) is ${status}, its events say ${expected}`,
        }
      }
    }
  },
}

function statusAfter(type: string): string | null {
  switch (type) {
    case OrderPlaced.type:
      return 'pending'
    case OrderConfirmed.type:
      return 'confirmed'
    case OrderReady.type:
      return 'ready'
    case OrderShipped.type:
      return 'shipped'
    case OrderCompleted.type:
      return 'completed'
    case OrderCancelled.type:
      return 'cancelled'
    default:
      return null
  }
}

async function openUnits(reader: Reader): Promise<Map<number, number>> {
  const rows = await reader
    .selectFrom('order_items')
    .innerJoin('orders', 'orders.order_id', 'order_items.order_id')
    .select((eb) => ['product_id', eb.fn.sum<number>('quantity').as('units')])
    .where('orders.status', 'in', OPEN_STATUSES)
    .groupBy('product_id')
    .execute()
  return new Map(rows.map((row) => [row.product_id, Number(row.units)]))
}

function lineSums(reader: Reader) {
  return reader
    .selectFrom('order_items')
    .select((eb) => [
      'order_id',
      eb.fn
        .sum<number>(
          eb(eb('quantity', '*', eb.ref('unit_price_cents')), '-', eb.ref('discount_cents')),
        )
        .as('total'),
    ])
    .groupBy('order_id')
    .as('lines')
}
