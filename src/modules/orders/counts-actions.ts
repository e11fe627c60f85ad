// Owns what is counted of orders for Prometheus: plain sums while orders are placed, metrics when they are read.
import { seldom } from '../../lib/seldom.ts'
import type { Core } from '../../platform/module.ts'
import { ORDER_ACTIONS, type OrderAction } from './rules.ts'
import { type Channel, CHANNELS } from './schema.ts'
import { countOpenOrders, type OrderRow } from './store.ts'

export interface OrderCounts {
  placed(channel: Channel, total_cents: number): void
  /** Placed and paid in one. */
  sold(channel: Channel, total_cents: number): void
  /** @param now when the request was made: an order that was moved before is not counted again */
  moved(action: OrderAction, order: OrderRow, now: number): void
  /** Brings the metrics up to date. */
  gauges(): Promise<void>
}

const MINUTE = 60_000

type Happened = 'placed' | 'paid' | 'refunded' | 'cancelled'

const WORTH: Partial<Record<OrderAction, Happened>> = {
  payment: 'paid',
  refund: 'refunded',
  cancellation: 'cancelled',
}

/** @param currency it is fixed when the first order is placed */
export function countOrders(
  { metrics, store }: Pick<Core, 'metrics' | 'store'>,
  currency: () => Promise<string>,
): OrderCounts {
  // A counter that begins with its first event would show no increase for it.
  for (const channel of CHANNELS) metrics.ordersPlaced.inc({ channel }, 0)
  for (const action of ORDER_ACTIONS) metrics.orderMoves.inc({ action }, 0)
  const worth = { placed: 0, paid: 0, refunded: 0, cancelled: 0 }

  async function tellWorth(): Promise<void> {
    const label = { currency: await currency() }
    metrics.orderValue.reset()
    for (const [happened, cents] of Object.entries(worth))
      metrics.orderValue.inc({ happened, ...label }, cents)
  }

  const tellOpen = seldom(
    MINUTE,
    () => performance.now(),
    async () => {
      for (const { status, orders } of await countOpenOrders(store.db))
        metrics.ordersOpen.set({ status }, orders)
    },
  )

  function placed(channel: Channel, total_cents: number): void {
    metrics.ordersPlaced.inc({ channel })
    worth.placed += total_cents
  }

  return {
    placed,
    sold(channel, total_cents) {
      placed(channel, total_cents)
      metrics.orderMoves.inc({ action: 'payment' })
      worth.paid += total_cents
    },
    moved(action, order, now) {
      if (stampOf(action, order) !== now) return
      metrics.orderMoves.inc({ action })
      const happened = WORTH[action]
      if (happened) worth[happened] += order.total_cents
    },
    async gauges() {
      await tellWorth()
      await tellOpen()
    },
  }
}

function stampOf(action: OrderAction, order: OrderRow): number | null {
  switch (action) {
    case 'confirmation':
      return order.confirmed_at
    case 'readiness':
      return order.ready_at
    case 'shipment':
      return order.shipped_at
    case 'completion':
      return order.completed_at
    case 'cancellation':
      return order.cancelled_at
    case 'payment':
      return order.paid_at
    case 'refund':
      return order.refunded_at
  }
}
