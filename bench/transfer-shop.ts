// Owns making a shop with any number of orders, through the shop's own actions: valid, whatever its tables look like.
import { sql } from 'kysely'
import { type App, openCore } from '../src/app.ts'
import { bulkProducts } from '../src/demo/bulk.ts'
import { createRandom, type Random } from '../src/demo/random.ts'
import type { Caller, Cause } from '../src/lib/cause.ts'
import { readConfig } from '../src/platform/config.ts'
import { drain } from '../src/platform/events/drain.ts'
import { createLog } from '../src/platform/logging.ts'

export interface LargeShop {
  readonly dataDir: string
  readonly orders: number
  readonly customers: number
  readonly products: number
  readonly onProgress?: (done: number, total: number) => void
}

/** Orders that are placed before their events are applied: the order queue holds no more. */
const WAVE = 1000

/** Made in the folder, as its SQLite database; nothing may be there yet. The owner is user 1. */
export async function makeLargeShop(shop: LargeShop): Promise<void> {
  const config = readConfig({ PETSHOP_DATA_DIR: shop.dataDir })
  const app = await openCore({ config, log: createLog('silent') })
  // Whoever pulls the plug begins again: waiting for the disk would be most of the time.
  await sql`pragma synchronous = off`.execute(app.core.store.db)
  try {
    const now = app.core.clock.now()
    const customers = await makePeople(app, shop.customers, now)
    const products = await makeProducts(app, shop.products, now)
    const random = createRandom(1)
    for (let done = 0; done < shop.orders;) {
      const count = Math.min(WAVE, shop.orders - done)
      await Promise.all(
        Array.from({ length: count }, () => place(app, customers, products, random)),
      )
      await settle(app)
      done += count
      shop.onProgress?.(done, shop.orders)
    }
    await app.core.store.checkpoint()
  } finally {
    await app.close()
  }
}

async function makePeople(app: App, count: number, now: number): Promise<Caller[]> {
  const names = ['owner', ...Array.from({ length: count }, (_, i) => `u${i + 1}`)]
  const people = names.map((username) => ({
    username,
    email: `${username}@petshop.example`,
    password: null,
    role: username === 'owner' ? ('owner' as const) : ('customer' as const),
  }))
  const ids = await app.users.createUsersBulk(people, now)
  await app.shop.changeSettings({ shop_name: '毛球 🐈', currency: 'CNY' }, now)
  const callers = people.map(({ username, role }, i) => {
    return { user_id: ids[i] ?? 0, username, role, session_id: 0 }
  })
  return callers.slice(1)
}

async function makeProducts(app: App, count: number, now: number): Promise<number[]> {
  const cause: Cause = { actor_id: null, request_id: null, now }
  const products = bulkProducts(count).map(({ on_hand, ...product }) => ({
    ...product,
    quantity: on_hand,
  }))
  const ids = await app.inventory.createProducts(cause, products)
  await settle(app)
  return ids
}

async function place(
  app: App,
  customers: readonly Caller[],
  products: readonly number[],
  random: Random,
): Promise<void> {
  const customer = random.pick(customers)
  const items = Array.from({ length: random.int(1, 3) }, () => ({
    product_id: random.pick(products),
    quantity: random.int(1, 3),
  }))
  const cause = { actor_id: customer.user_id, request_id: null, now: app.core.clock.now() }
  const order = { user_id: customer.user_id, items, note: '麻烦轻放 🐾' }
  await app.orders.placements.place(customer, cause, null, order)
}

function settle(app: App): Promise<void> {
  return drain(
    app.core,
    app.modules.flatMap((module) => module.consumers),
  )
}
