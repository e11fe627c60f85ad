// Shows that a connection which breaks at the worst moment neither loses nor doubles what was acknowledged.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type App, wire } from '../../src/app.ts'
import { runCheck } from '../../src/platform/doctor.ts'
import { drain } from '../../src/platform/events/drain.ts'
import { runAgain } from '../../src/platform/db/transactions.ts'
import type { Store } from '../../src/platform/db/store.ts'
import type { HttpServer } from '../../src/platform/http/server.ts'
import { buildHttp } from '../../src/serve.ts'
import { testCore, type TestCore } from '../support/core.ts'
import { describeStores } from '../support/describe-stores.ts'
import { type People, testPeople } from '../support/people.ts'
import type { Stack } from '../support/stack.ts'
import { type CommitProxy, type Loss, startCommitProxy } from './commit-proxy.ts'
import { names, put } from './store-harness.ts'

const LOSSES: Loss[] = ['before', 'after', 'late']

describeStores('a lost commit', (fresh, engine) => {
  // It is in this process: there is no line that could break.
  if (engine === 'sqlite') {
    test('cannot happen', () => undefined)
    return
  }

  let stack: Stack
  let proxy: CommitProxy
  let context: TestCore
  let app: App
  let people: People
  let http: HttpServer
  let store: Store
  beforeAll(async () => {
    stack = await fresh()
    proxy = await startCommitProxy(stack.env['DATABASE_URL']!)
    context = await testCore({ env: { ...stack.env, DATABASE_URL: proxy.url } })
    store = context.core.store
    app = wire(context.core)
    people = await testPeople(context.core, app.users)
    http = await buildHttp(app)
    // From now on the orders' ids come from a block that is here already.
    await place(await addProduct(1), 1)
  })
  afterAll(async () => {
    await http.close()
    await context.close()
    await proxy.close()
    await stack.drop()
  })
  beforeEach(async () => {
    await store.db.deleteFrom('settings').execute()
  })

  const cause = () => ({
    actor_id: people.customer.user_id,
    request_id: null,
    now: context.clock.now(),
  })
  const settle = () =>
    drain(
      context.core,
      app.modules.flatMap((module) => module.consumers),
    )
  const findings = async () => {
    const found: string[] = []
    for (const check of app.modules.flatMap((module) => module.checks)) {
      const result = await runCheck(check, store.db, context.clock.now())
      found.push(...result.findings.map(({ message }) => `${check.name}: ${message}`))
    }
    return found
  }
  let skus = 0
  const addProduct = async (quantity: number) => {
    const product = { sku: `SKU-${++skus}`, product_name: '猫砂', price_cents: 100, quantity }
    const [product_id = 0] = await app.inventory.createProducts(cause(), [product])
    return product_id
  }
  const place = (product_id: number, quantity: number, key?: string) =>
    app.orders.placements.place(
      { ...people.customer, session_id: 1 },
      cause(),
      key ? { keyHash: key, bodyHash: key } : null,
      { user_id: people.customer.user_id, items: [{ product_id, quantity }] },
    )
  const stock = (product_id: number) =>
    store.db
      .selectFrom('stock')
      .select(['on_hand', 'reserved'])
      .where('product_id', '=', product_id)
      .executeTakeFirstOrThrow()

  describe.each(LOSSES)('%s the server had it', (loss) => {
    test('is told as such where nobody can know', async () => {
      proxy.loseCommit(loss)
      const lost = store.transaction((trx) => put(trx, 'a'))
      await expect(lost).rejects.toMatchObject({ code: 'COMMIT_UNKNOWN', status: 503 })
      const reason = await lost.catch((error: unknown) => store.dialect.classify(error))
      expect(reason).toBe('away')
    })

    test('of an order is looked into: placed once, and acknowledged', async () => {
      const product_id = await addProduct(10)
      proxy.loseCommit(loss)
      const before = proxy.losses()
      const placed = await place(product_id, 3)
      expect(proxy.losses()).toBe(before + 1)
      const orders = await store.db
        .selectFrom('order_items')
        .select(['order_id', 'quantity'])
        .where('product_id', '=', product_id)
        .execute()
      expect(orders).toEqual([{ order_id: placed.order_id, quantity: 3 }])
      expect(await stock(product_id)).toEqual({ on_hand: 10, reserved: 3 })
    })

    test('of the last units is no reason to refuse whoever has got them', async () => {
      const product_id = await addProduct(3)
      proxy.loseCommit(loss)
      const outcomes = await Promise.allSettled([place(product_id, 3), place(product_id, 3)])
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
      expect(await stock(product_id)).toEqual({ on_hand: 3, reserved: 3 })
    })

    test('of an order with a key gives it the one answer, now and later', async () => {
      const product_id = await addProduct(10)
      proxy.loseCommit(loss)
      const key = `${loss} ${product_id}`.padEnd(64, '0')
      const placed = await place(product_id, 2, key)
      expect(await place(product_id, 2, key)).toEqual(placed)
      expect(await stock(product_id)).toEqual({ on_hand: 10, reserved: 2 })
    })

    test('of a new product, a new account, a password and a deletion has its effect once', async () => {
      const before = proxy.losses()
      // Its id is taken in a transaction of its own.
      proxy.loseCommit(loss, 1)
      const product_id = await addProduct(5)
      expect(await stock(product_id)).toEqual({ on_hand: 5, reserved: 0 })
      const username = `anna-${loss}`
      proxy.loseCommit(loss, 1)
      const user = await app.users.createUser(
        {
          username,
          email: `${username}@example.com`,
          password: 'four blue parrots',
          role: 'customer',
        },
        cause(),
      )
      proxy.loseCommit(loss)
      await app.users.resetPassword(user.user_id, 'four green parrots', cause())
      proxy.loseCommit(loss)
      await app.users.changeUser({ role: 'owner' }, user.user_id, { active: false }, cause())
      proxy.loseCommit(loss)
      const { statusCode } = await http.inject({
        method: 'DELETE',
        url: `/api/users/${user.user_id}`,
        headers: people.owner.headers,
      })
      expect(statusCode).toBe(200)
      expect(proxy.losses()).toBe(before + 5)
      const rows = await store.db
        .selectFrom('users')
        .select(['user_id', 'active', 'username'])
        .where('user_id', '>=', user.user_id)
        .execute()
      const { user_id } = user
      expect(rows).toEqual([{ user_id, active: 0, username: `deleted-${user_id}` }])
    })

    test('of what may run again leaves one effect', async () => {
      proxy.loseCommit(loss)
      let runs = 0
      await store.transaction(async (trx) => {
        runs++
        await store.dialect
          .ignoreConflicts(
            trx.insertInto('settings').values({ name: 'x', value: '', updated_at: 0 }),
          )
          .execute()
      }, runAgain)
      // A serializable transaction may need another one.
      expect(runs).toBeGreaterThan(1)
      expect(await names(store)).toEqual(['x'])
    })

    test('of an event’s effect leaves it applied once', async () => {
      const product_id = await addProduct(10)
      await place(product_id, 1)
      proxy.loseCommit(loss)
      await settle()
      expect(await findings()).toEqual([])
    })
  })

  test('a connection that breaks before the COMMIT only costs another try', async () => {
    proxy.loseStatement('broken line')
    let runs = 0
    await store.transaction(async (trx) => {
      runs++
      await put(trx, 'broken line')
    })
    expect([runs, await names(store)]).toEqual([2, ['broken line']])
  })

  test('a server that is away is told within seconds, and is used again when it is back', async () => {
    proxy.setDown(true)
    const start = performance.now()
    const reason = await store
      .transaction((trx) => put(trx, 'a'))
      .catch((error: unknown) => store.dialect.classify(error))
    expect(reason).toBe('away')
    expect(performance.now() - start).toBeLessThan(8000)
    const write = store.transaction((trx) => put(trx, 'b'))
    setTimeout(() => proxy.setDown(false), 500)
    await write
    expect(await names(store)).toEqual(['b'])
  })

  test('of all these orders and events nothing was lost or doubled', async () => {
    await settle()
    expect(await findings()).toEqual([])
  })
})
