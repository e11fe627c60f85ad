// Owns the orders module's public face.
import type { Reader, Trx } from '../../platform/db/store.ts'
import type { Core, Module } from '../../platform/module.ts'
import {
  discountsArePossible,
  ordersMatchEvents,
  reservedMatchesOpenOrders,
  statusesMatchEvents,
  totalsMatchLines,
} from './checks-store.ts'
import { confirmOrderOnPlaced } from './consumers.ts'
import { exportOrders } from './export-actions.ts'
import { exportRoutes } from './export-routes.ts'
import { countOrders, type OrderCounts } from './counts-actions.ts'
import { ordersAreAsWritten } from './digests-store.ts'
import { createPlacements, type Placements, type PlacingElsewhere } from './placement-actions.ts'
import { createPlacing, type PlaceAll } from './placing-actions.ts'
import { orderRoutes } from './routes.ts'
import * as schema from './schema.ts'

export type { OrderCounts } from './counts-actions.ts'
export { type CounterOrder, writeCounterOrder } from './counter-actions.ts'
export { forgetCustomer, moveOrder, type Transition } from './actions.ts'
export { buyersOf, orderNumbers } from './export-store.ts'
export { orderDay, orderNumber } from './rules.ts'
export { listSales, type Sale, salesOf } from './sales-store.ts'
export * from './schema.ts'
export type { Placed, Placement } from './placed-actions.ts'
export type { PlacingElsewhere } from './placement-actions.ts'
export { isAnyOrderPlaced, lockFirstOrder, ORDER_SEQUENCE } from './first-order-actions.ts'
export { countOpenOrders, orderExists } from './store.ts'
export { type SalesSum, sumSales } from './today-store.ts'

export interface Orders extends Module {
  readonly placements: Placements
  /** For whoever writes orders by other ways. */
  readonly counts: OrderCounts
  /** Places a batch in this very thread. */
  readonly placeAll: PlaceAll
  /** Before the program ends. */
  stop(): Promise<void>
  /** As CSV, a piece at a time. */
  exportOrders(options: Parameters<typeof exportOrders>[2]): AsyncIterable<string>
}

export interface OrdersNeeds {
  /** Places the batches instead of this thread. */
  readonly elsewhere: PlacingElsewhere | null
  readonly timeZone: () => Promise<string>
  readonly currency: () => Promise<string>
  /** Read inside the confirming consumer's transaction. */
  readonly autoConfirm: (trx: Trx) => Promise<boolean>
  readonly activeUsers: (trx: Trx, ids: readonly number[]) => Promise<ReadonlySet<number>>
  readonly usernames: (
    reader: Reader,
    ids: readonly number[],
  ) => Promise<ReadonlyMap<number, string>>
  readonly findUserId: (reader: Reader, username: string) => Promise<number | null>
}

export function createOrders(core: Core, needs: OrdersNeeds): Orders {
  const placing = createPlacing(core, needs)
  const counts = countOrders(core, needs.currency)
  const placements = createPlacements(core, placing.placeAll, counts, needs.elsewhere)
  return {
    name: 'orders',
    placements,
    counts,
    gauges: counts.gauges,
    placeAll: placing.placeAll,
    stop: placing.stop,
    exportOrders: (options) => exportOrders(core.store, needs, options),
    routes(app) {
      orderRoutes(app, { core, placements, counts, ...needs })
      exportRoutes(app, core, needs)
    },
    events: [
      schema.OrderPlaced,
      schema.OrderConfirmed,
      schema.OrderReady,
      schema.OrderShipped,
      schema.OrderCompleted,
      schema.OrderCancelled,
      schema.OrderPaid,
      schema.OrderRefunded,
    ],
    consumers: [confirmOrderOnPlaced(core.store, { ...needs, now: () => core.clock.now() })],
    checks: [
      ordersAreAsWritten,
      totalsMatchLines,
      discountsArePossible,
      reservedMatchesOpenOrders,
      statusesMatchEvents,
      ordersMatchEvents(core.config.eventRetentionDays * 24 * 3600 * 1000),
    ],
    upkeep: [],
  }
}
