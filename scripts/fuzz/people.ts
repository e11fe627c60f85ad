// Owns who sends the requests and what they are about: sessions of each role, and the ids that exist by now.
import { randomUUID } from 'node:crypto'
import type { App } from '../../src/app.ts'
import type { Role } from './api.ts'
import type { KnownIds } from './values.ts'

const SESSIONS_AT_ONCE = 20
const MOST_IDS = 30

/** New accounts of a role, logged in. */
export async function hirePeople(app: App, role: Role): Promise<string[]> {
  const { store, clock } = app.core
  const now = clock.now()
  const people = Array.from({ length: SESSIONS_AT_ONCE }, () => {
    const username = `fuzz-${randomUUID()}`
    return { username, email: `${username}@example.com`, password: null, role }
  })
  const ids = await app.users.createUsersBulk(people, now)
  const device = { user_agent: 'fuzz', address: '127.0.0.1' }
  return store.transaction(async (trx) => {
    const tokens: string[] = []
    for (const user_id of ids) {
      const cause = { actor_id: user_id, request_id: null, now }
      tokens.push((await app.users.openSession(trx, { user_id, role }, device, cause)).token)
    }
    return tokens
  })
}

/** The newest of everything, by the names that the API gives them. */
export async function knownIds(app: App): Promise<KnownIds> {
  const { db } = app.core.store
  const newest = async (
    table: 'inventory' | 'orders' | 'users' | 'addresses' | 'sessions',
    id: string,
  ) => {
    const rows = await db
      .selectFrom(table)
      .select((eb) => eb.ref(id as never).as('id'))
      .orderBy(id as never, 'desc')
      .limit(MOST_IDS)
      .execute()
    return rows.map((row) => Number(row.id))
  }
  const users = await newest('users', 'user_id')
  return {
    product_id: await newest('inventory', 'product_id'),
    order_id: await newest('orders', 'order_id'),
    address_id: await newest('addresses', 'address_id'),
    session_id: await newest('sessions', 'session_id'),
    user_id: users,
    customer_id: users,
    sold_by: users,
    notification_id: [1, 2, 3],
  }
}

/** Enough stock that selling it out takes a while. */
export async function fillShelves(app: App): Promise<void> {
  const cause = { actor_id: null, request_id: null, now: app.core.clock.now() }
  await app.inventory.createProducts(
    cause,
    Array.from({ length: 20 }, (_, i) => ({
      sku: `FUZZ-${i}`,
      product_name: `商品${i}`,
      price_cents: 1000 + i,
      quantity: 1_000_000,
    })),
  )
}
