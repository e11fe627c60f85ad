// Owns the composition: which modules there are, and what each is given of the others.
import { readFileSync } from 'node:fs'
import { migrations } from '../migrations/index.ts'
import { systemClock, type Clock } from './lib/clock.ts'
import { createAudit } from './modules/audit/index.ts'
import { type Counter, createCounter, eraseNotes, keepWalkIn } from './modules/counter/index.ts'
import { createInventory, type Inventory, namedImages } from './modules/inventory/index.ts'
import {
  createNotifications,
  forgetReader,
  type Notice,
  type Notifications,
  notificationText,
} from './modules/notifications/index.ts'
import {
  buyersOf,
  createOrders,
  forgetCustomer,
  isAnyOrderPlaced,
  orderExists,
  orderNumbers,
  type Orders,
} from './modules/orders/index.ts'
import { createMail, deleteMailsFor, type MailModule } from './modules/mail/index.ts'
import { createPictures, type Pictures } from './modules/pictures/index.ts'
import { createReports } from './modules/reports/index.ts'
import { createShop, namedLogo, readSettings, type Shop } from './modules/shop/index.ts'
import { createSystem, type System } from './modules/system/index.ts'
import {
  activeAmong,
  createUsers,
  keepActiveUsers,
  findUserIdByUsername,
  isSessionLive,
  listStaffIds,
  namesOf,
  type Users,
} from './modules/users/index.ts'
import { createViews, deleteViews } from './modules/views/index.ts'
import { createWebhooks, type Webhooks } from './modules/webhooks/index.ts'
import { mailChannel, noticeMailKind } from './notice-mails.ts'
import { openCaches } from './platform/cache/open.ts'
import { type Config, readConfig } from './platform/config.ts'
import { migrateOrRunBeside } from './platform/db/migrate.ts'
import { openStore, type Reader, type Trx } from './platform/db/store.ts'
import { refuseUnfinished } from './platform/db/transfer/marker.ts'
import { openEventLog } from './platform/events/open-log.ts'
import { forgetInParkedEvents } from './platform/events/personal-data.ts'
import { createLog, type Log, logOf } from './platform/logging.ts'
import { createMetrics } from './platform/metrics.ts'
import type { Core, Module } from './platform/module.ts'
import { watchQueries, watchStore } from './platform/monitoring/queries.ts'
import type { Redis } from './platform/redis/connection.ts'
import { openTracing } from './platform/telemetry/tracing.ts'
import {
  type BackgroundThread,
  closeThread,
  newThreadData,
  paceOf,
  placeInThread,
  startThread,
  type ThreadData,
} from './thread.ts'

export interface App {
  readonly core: Core
  readonly users: Users
  readonly shop: Shop
  readonly inventory: Inventory
  readonly pictures: Pictures
  readonly orders: Orders
  readonly counter: Counter
  readonly notifications: Notifications
  readonly mail: MailModule
  readonly webhooks: Webhooks
  readonly system: System
  readonly modules: readonly Module[]
  close(): Promise<void>
}

export interface AppOverrides {
  readonly config?: Config
  readonly clock?: Clock
  readonly log?: Log
  /** On SQLite, a thread of its own places the orders and does the background work. */
  readonly withThread?: boolean
  /** This is that thread: the file is up to date, and is written in turns. */
  readonly thread?: ThreadData
}

/** Opens the shop's data, brings its tables up to date, and wires the modules. @throws StartupError */
export async function openCore(overrides: AppOverrides = {}): Promise<App> {
  const config = overrides.config ?? readConfig()
  const clock = overrides.clock ?? systemClock
  const log = overrides.log ?? createLog(config.logLevel ?? 'info')
  const metrics = createMetrics()
  const threaded = overrides.withThread === true && config.store.address.engine === 'sqlite'
  const thread = overrides.thread ?? (threaded ? newThreadData(config, log) : null)
  const { engine } = config.store.address
  const opened = await openStore({
    store: config.store,
    onLockWait: (ms) => metrics.lockWait.observe(ms / 1000),
    onQuery: watchQueries(metrics, engine, logOf(log, config, 'database')),
    ...(thread && { turns: thread.turns }),
  })
  const store = watchStore(opened, metrics)
  let redis: Redis | null = null
  let background: BackgroundThread | null = null
  try {
    if (!overrides.thread) {
      await refuseUnfinished(store)
      const step = await migrateOrRunBeside(store, migrations(store.dialect))
      if (step)
        log.warn({ step }, 'a newer version has added to the database: this is the one before')
    }
    if (threaded && thread) background = startThread(thread, store, log)
    if (config.redis) {
      // A driver is loaded when it is chosen: this one is a quarter of all that the program would read.
      const { openRedis } = await import('./platform/redis/connection.ts')
      // Of two threads the serving one says that Redis is away, once.
      redis = openRedis({
        config: config.redis,
        log: thread && !threaded ? failuresOf(log) : log,
        metrics,
      })
    }
  } catch (error) {
    await closeThread(background)
    await store.close()
    throw error
  }
  // Whatever is done next, even by a short command, is told to Redis if it is there.
  await redis?.settled()
  const events = await openEventLog({ config, store, redis, log })
  const caches = openCaches(redis, metrics, logOf(log, config, 'cache'))
  const pace = paceOf(store, thread)
  const tracing = await openTracing(config.tracing)
  return wire({
    config,
    store,
    events,
    redis,
    caches,
    clock,
    log,
    metrics,
    tracing,
    pace,
    background,
  })
}

/** The same log, for failures only. */
function failuresOf(log: Log): Log {
  return log.child({}, { level: log.isLevelEnabled('error') ? 'error' : 'silent' })
}

/** The modules over an open store. */
export function wire(core: Core): App {
  const mail = createMail(core, {
    kinds: () => [
      ...(users.mails ?? []),
      noticeMailKind(core.store.db, async ({ kind, data }, language) => {
        const { currency } = await shop.settings()
        return notificationText(kind as Notice['kind'], data as Record<string, unknown>, {
          language,
          currency,
        })
      }),
    ],
    shop: async () => {
      const { shop_name, languages } = await shop.settings()
      return { name: shop_name, language: languages[0] === 'en' ? 'en' : 'zh' }
    },
  })
  const users: Users = createUsers(core, {
    beforeDelete: forgetPerson,
    beforeChange: keepWalkIn,
    mails: mail.queue,
    shopName: async () => (await shop.settings()).shop_name,
    secondFactorRequired: async () => (await shop.settings()).staff_second_factor,
  })
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
  const { background } = core
  const orders = createOrders(core, {
    elsewhere: background && placeInThread(background),
    timeZone: async () => (await shop.settings()).time_zone,
    autoConfirm: async (trx) => (await readSettings(trx)).auto_confirm,
    activeUsers: async (trx, ids) => new Set((await keepActiveUsers(core.store, trx, ids)).keys()),
    currency: async () => (await shop.settings()).currency,
    usernames: namesOf,
    findUserId: findUserIdByUsername,
  })
  const counter = createCounter(core, {
    users,
    counts: orders.counts,
    timeZone: async () => (await shop.settings()).time_zone,
    staffIds: (reader) => listStaffIds(reader, 'clerk'),
    activeUsers: async (trx, ids) => new Set((await keepActiveUsers(core.store, trx, ids)).keys()),
    usernames: namesOf,
  })
  const notifications = createNotifications(core, {
    currency: async () => (await shop.settings()).currency,
    activeUsers: async (trx, ids) => new Set((await keepActiveUsers(core.store, trx, ids)).keys()),
    staffIds: (trx, least) =>
      least === 'customer' ? Promise.resolve([]) : listStaffIds(trx, least),
    isSessionLive: (session_id) => isSessionLive(core.store.db, session_id, core.clock.now()),
    reachable: ordersOfActive,
    mail: mailChannel(mail.queue, () => core.clock.now()),
  })
  const webhooks = createWebhooks(core)
  const audit = createAudit(core, { usernames: namesOf })
  const reports = createReports(core, {
    timeZone: async (reader) => (await readSettings(reader)).time_zone,
  })
  const system = createSystem(core, {
    version: version(),
    startedAt: core.clock.now(),
    listeners: notifications.live.count,
    threadSilentMs: async () => (await background?.started)?.silentMs() ?? 0,
    countedElsewhere: async () => (await background?.started)?.call('metrics') ?? [],
    orderQueue: orders.placements,
    gauges: [orders, inventory].flatMap((module) => module.gauges ?? []),
  })
  return {
    core,
    users,
    shop,
    inventory,
    pictures,
    orders,
    counter,
    notifications,
    mail,
    webhooks,
    system,
    modules: [
      audit,
      webhooks,
      users,
      shop,
      inventory,
      pictures,
      orders,
      counter,
      notifications,
      mail,
      reports,
      system,
      createViews(core),
    ],
    async close() {
      await closeThread(core.background)
      await orders.stop()
      await counter.stop()
      await core.events.close()
      await core.tracing?.close()
      await core.redis?.close()
      await core.store.close()
    },
  }
}

/** Those of the orders whose customers' accounts may be used, each with its customer. */
async function ordersOfActive(
  reader: Reader,
  orderIds: readonly number[],
): Promise<Map<number, number>> {
  const buyers = await buyersOf(reader, orderIds)
  const active = await activeAmong(reader, [...new Set(buyers.values())])
  return new Map([...buyers].filter(([, user_id]) => active.has(user_id)))
}

/** @throws USER_HAS_OPEN_ORDERS */
async function forgetPerson(trx: Trx, user_id: number): Promise<void> {
  await keepWalkIn(trx, user_id)
  await forgetCustomer(trx, user_id)
  await eraseNotes(trx, user_id)
  await deleteViews(trx, user_id)
  // What they were told may name where and with what they logged in.
  await forgetReader(trx, user_id)
  await forgetInParkedEvents(trx, user_id)
  await deleteMailsFor(trx, user_id)
}

function version(): string {
  const file = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  return (JSON.parse(file) as { version: string }).version
}
