// Owns the composition: which modules there are, and what each is given of the others.
import { readFileSync } from 'node:fs'
import { migrations } from '../migrations/index.ts'
import { systemClock, type Clock } from './lib/clock.ts'
import { createInventory, type Inventory, namedImages } from './modules/inventory/index.ts'
import {
  createNotifications,
  deleteNotifications,
  type Notifications,
} from './modules/notifications/index.ts'
import {
  createOrders,
  forgetCustomer,
  isAnyOrderPlaced,
  orderExists,
  orderNumbers,
  type Orders,
} from './modules/orders/index.ts'
import { createPictures, type Pictures } from './modules/pictures/index.ts'
import { createReports } from './modules/reports/index.ts'
import { createShop, namedLogo, readSettings, type Shop } from './modules/shop/index.ts'
import { createSystem, type System } from './modules/system/index.ts'
import {
  createUsers,
  keepActiveUsers,
  findUserIdByUsername,
  isSessionLive,
  listStaffIds,
  namesOf,
  type Users,
} from './modules/users/index.ts'
import { openCaches } from './platform/cache/open.ts'
import { type Config, readConfig } from './platform/config.ts'
import { migrate } from './platform/db/migrate.ts'
import { openStore, type Trx } from './platform/db/store.ts'
import { refuseUnfinished } from './platform/db/transfer/marker.ts'
import { openEventLog } from './platform/events/open-log.ts'
import { forgetInParkedEvents } from './platform/events/personal-data.ts'
import { createLog, type Log } from './platform/logging.ts'
import { createMetrics } from './platform/metrics.ts'
import type { Core, Module } from './platform/module.ts'
import { openRedis, type Redis } from './platform/redis/connection.ts'

export interface App {
  readonly core: Core
  readonly users: Users
  readonly shop: Shop
  readonly inventory: Inventory
  readonly pictures: Pictures
  readonly orders: Orders
  readonly notifications: Notifications
  readonly system: System
  readonly modules: readonly Module[]
  close(): Promise<void>
}

export interface AppOverrides {
  readonly config?: Config
  readonly clock?: Clock
  readonly log?: Log
}

/** Opens the shop's data, brings its tables up to date, and wires the modules. @throws StartupError */
export async function openCore(overrides: AppOverrides = {}): Promise<App> {
  const config = overrides.config ?? readConfig()
  const clock = overrides.clock ?? systemClock
  const log = overrides.log ?? createLog(config.logLevel ?? 'info')
  const metrics = createMetrics()
  const store = await openStore({
    store: config.store,
    onLockWait: (ms) => metrics.lockWait.observe(ms / 1000),
  })
  let redis: Redis | null
  try {
    await refuseUnfinished(store)
    await migrate(store, migrations(store.dialect))
    redis = config.redis && openRedis({ config: config.redis, log, metrics })
  } catch (error) {
    await store.close()
    throw error
  }
  // Whatever is done next, even by a short command, is told to Redis if it is there.
  await redis?.settled()
  const events = await openEventLog({ config, store, redis, log })
  const caches = openCaches(redis, metrics)
  return wire({ config, store, events, redis, caches, clock, log, metrics })
}

/** The modules over an open store. */
export function wire(core: Core): App {
  const users = createUsers(core, { beforeDelete: forgetPerson })
  const shop = createShop(core, { users, hasOrders: (trx) => isAnyOrderPlaced(core.store, trx) })
  const inventory = createInventory(core, {
    showStock: async () => (await shop.settings()).show_stock,
    lowStockThreshold: async () => (await shop.settings()).low_stock_threshold,
    orderExists,
    currency: async () => (await shop.settings()).currency,
    timeZone: async () => (await shop.settings()).time_zone,
    usernames: namesOf,
    orderNumbers,
  })
  const pictures = createPictures(core, { namedBy: [namedImages, namedLogo] })
  const orders = createOrders(core, {
    timeZone: async () => (await shop.settings()).time_zone,
    autoConfirm: async (trx) => (await readSettings(trx)).auto_confirm,
    activeUsers: async (trx, ids) => new Set((await keepActiveUsers(core.store, trx, ids)).keys()),
    currency: async () => (await shop.settings()).currency,
    usernames: namesOf,
    findUserId: findUserIdByUsername,
  })
  const notifications = createNotifications(core, {
    currency: async () => (await shop.settings()).currency,
    activeUsers: async (trx, ids) => new Set((await keepActiveUsers(core.store, trx, ids)).keys()),
    staffIds: (trx, least) =>
      least === 'customer' ? Promise.resolve([]) : listStaffIds(trx, least),
    isSessionLive: (session_id) => isSessionLive(core.store.db, session_id, core.clock.now()),
  })
  const reports = createReports(core, {
    timeZone: async (reader) => (await readSettings(reader)).time_zone,
  })
  const system = createSystem(core, {
    version: version(),
    startedAt: core.clock.now(),
    listeners: notifications.live.count,
    orderQueue: orders.placements,
  })
  return {
    core,
    users,
    shop,
    inventory,
    pictures,
    orders,
    notifications,
    system,
    modules: [users, shop, inventory, pictures, orders, notifications, reports, system],
    async close() {
      await orders.placements.stop()
      await core.events.close()
      await core.redis?.close()
      await core.store.close()
    },
  }
}

/** @throws USER_HAS_OPEN_ORDERS */
async function forgetPerson(trx: Trx, user_id: number): Promise<void> {
  await forgetCustomer(trx, user_id)
  // What they were told may name where and with what they logged in.
  await deleteNotifications(trx, user_id)
  await forgetInParkedEvents(trx, user_id)
}

function version(): string {
  const file = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  return (JSON.parse(file) as { version: string }).version
}
