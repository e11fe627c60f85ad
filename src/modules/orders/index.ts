// Owns the orders module's public face.
import type { Reader, Trx } from '../../platform/db/store.ts'
import type { Core, Module } from '../../platform/module.ts'
import {
  ordersMatchEvents,
  reservedMatchesOpenOrders,
  statusesMatchEvents,
  totalsMatchLines,
} from './checks-store.ts'
import { confirmOrderOnPlaced } from './consumers.ts'
import { exportOrders } from './export-actions.ts'
import { exportRoutes } from './export-routes.ts'
import { createPlacements, type Placements } from './placement-actions.ts'
import { orderRoutes } from './routes.ts'
import * as schema from './schema.ts'

export { forgetCustomer, moveOrder, type Transition } from './actions.ts'
export { orderNumbers } from './export-store.ts'
export { orderDay } from './rules.ts'
export { listSales, type Sale, salesOf } from './sales-store.ts'
export * from './schema.ts'
export { isAnyOrderPlaced } from './first-order-actions.ts'
export { orderExists } from './store.ts'

export interface Orders extends Module {
  readonly placements: Placements
  /** As CSV, a piece at a time. */
  exportOrders(options: Parameters<typeof exportOrders>[2]): AsyncIterable<string>
}

export interface OrdersNeeds {
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
  const placements = createPlacements(core, needs)
  return {
    name: 'orders',
    placements,
    exportOrders: (options) => exportOrders(core.store, needs, options),
    routes(app) {
      orderRoutes(app, { core, placements, ...needs })
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
      totalsMatchLines,
      reservedMatchesOpenOrders,
      statusesMatchEvents,
      ordersMatchEvents(core.config.eventRetentionDays * 24 * 3600 * 1000),
    ],
    upkeep: [],
  }
}
