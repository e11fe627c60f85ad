// Shows that orders which arrive together share a transaction, and that none of them pays for another.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Caller } from '../../src/lib/cause.ts'
import { breakTable } from '../support/broken-table.ts'
import { openShop, type Shop } from '../support/shop.ts'
import { isBegin, isFrame, statementsOf } from '../support/statements.ts'

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop.close())

interface Wish {
  readonly product_id: number
  readonly quantity: number
  readonly user_id?: number
  readonly key?: string
}

/** All in one turn of the event loop, as requests that were read together. */
function placeTogether(wishes: readonly Wish[]) {
  const { clerk, customer } = shop.people
  const caller: Caller = { ...clerk, session_id: 1 }
  const cause = { actor_id: clerk.user_id, request_id: null, now: shop.clock.now() }
  return Promise.allSettled(
    wishes.map(({ product_id, quantity, user_id = customer.user_id, key }) =>
      shop.app.orders.placements.place(
        caller,
        cause,
        key ? { keyHash: key, bodyHash: key } : null,
        {
          user_id,
          items: [{ product_id, quantity }],
        },
      ),
    ),
  )
}

/** What was told to each: `placed`, or the code of the refusal. */
async function outcomes(wishes: readonly Wish[]): Promise<string[]> {
  const settled = await placeTogether(wishes)
  return settled.map((end) => (end.status === 'fulfilled' ? 'placed' : codeOf(end.reason)))
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}

describe('[sqlite] orders that arrive together', () => {
  test('share one transaction with two dozen statements, however many they are', async () => {
    const products = [await shop.addProduct({ quantity: 500 }), await shop.addProduct()]
    const wishes = (count: number) =>
      Array.from({ length: count }, (_, i) => ({
        product_id: products[i % 2]!,
        quantity: i % 2 === 0 ? 3 : 1,
        key: `${count}-${i}`,
      }))
    await placeTogether(wishes(1))
    const batch = await statementsOf(() => placeTogether(wishes(64)))
    expect(batch.filter(isBegin)).toHaveLength(1)
    // Inserts of many rows are cut into a few of fixed sizes, whose statements stay prepared.
    expect(batch.filter((statement) => !isFrame(statement)).length).toBeLessThanOrEqual(24)
    expect(await shop.findings()).toEqual([])
  })

  test('are many transactions when they arrive one after another', async () => {
    const product_id = await shop.addProduct({ quantity: 500 })
    await placeTogether([{ product_id, quantity: 1 }])
    const statements = await statementsOf(async () => {
      for (let i = 0; i < 3; i++) await placeTogether([{ product_id, quantity: 1 }])
    })
    expect(statements.filter(isBegin)).toHaveLength(3)
  })

  test('over HTTP share transactions too, and each gets its own answer', async () => {
    const product_id = await shop.addProduct({ quantity: 1000 })
    const { user_id } = shop.people.customer
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, i) =>
        shop
          .as('customer')
          .post('/api/orders', { user_id, items: [{ product_id, quantity: i + 1 }] }),
      ),
    )
    // Who comes first is decided where they are authenticated; what each is told must be true for them.
    const placed = answers.flatMap(({ status, body }, i) => {
      if (status !== 201) expect(body.error.code).toBe('OUT_OF_STOCK')
      else expect(body.total_cents).toBe((i + 1) * 1000)
      return status === 201 ? [i + 1] : []
    })
    const units = placed.reduce((sum, quantity) => sum + quantity, 0)
    expect(placed.length).toBeLessThan(64)
    const { values } = await shop.core.metrics.orderBatchSize.get()
    const batches = values.find(({ metricName }) => metricName?.endsWith('_count'))
    expect(batches?.value).toBeLessThan(32)
    expect(await shop.product(product_id)).toMatchObject({
      reserved: units,
      quantity: 1000 - units,
    })
  })

  test('sell exactly what is there, first come first served', async () => {
    const product_id = await shop.addProduct({ quantity: 100 })
    const told = await outcomes(Array.from({ length: 200 }, () => ({ product_id, quantity: 3 })))
    expect(told).toEqual(
      Array.from({ length: 200 }, (_, i) => (i < 33 ? 'placed' : 'OUT_OF_STOCK')),
    )
    expect(await shop.product(product_id)).toMatchObject({ reserved: 99, quantity: 1 })
    await shop.settle()
    expect(await shop.findings()).toEqual([])
  })

  test('are each judged alone: a bad one refuses itself only', async () => {
    const [plenty, few] = [await shop.addProduct(), await shop.addProduct({ quantity: 1 })]
    const archived = await shop.addProduct()
    await shop.as('manager').patch(`/api/inventory/${archived}`, { active: false })
    expect(
      await outcomes([
        { product_id: plenty, quantity: 1 },
        { product_id: few, quantity: 2 },
        { product_id: archived, quantity: 1 },
        { product_id: 999_999, quantity: 1 },
        { product_id: plenty, quantity: 1, user_id: 999_999 },
        { product_id: few, quantity: 1 },
        { product_id: plenty, quantity: 10_001 },
        { product_id: plenty, quantity: 2 },
      ]),
    ).toEqual([
      'placed',
      'OUT_OF_STOCK',
      'UNKNOWN_PRODUCT',
      'UNKNOWN_PRODUCT',
      'UNKNOWN_USER',
      'placed',
      'VALIDATION',
      'placed',
    ])
    expect(await shop.product(plenty)).toMatchObject({ reserved: 3 })
    expect(await shop.product(few)).toMatchObject({ reserved: 1 })
  })

  test('are placed one by one when one of them breaks the statements', async () => {
    const product_id = await shop.addProduct()
    const { user_id } = shop.people.other
    await breakTable(shop.core.store, 'insert', 'orders', `new.user_id = ${user_id}`)
    const told = await outcomes([
      { product_id, quantity: 1 },
      { product_id, quantity: 1, user_id },
      { product_id, quantity: 2 },
    ])
    expect(told.map((end) => end === 'placed')).toEqual([true, false, true])
    expect(await shop.product(product_id)).toMatchObject({ reserved: 3 })
    await shop.settle()
    expect(await shop.findings()).toEqual([])
  })

  test('fit into one transaction even when each is as large as an order can be', async () => {
    const cause = { actor_id: null, request_id: null, now: shop.clock.now() }
    const ids = await shop.app.inventory.createProducts(
      cause,
      Array.from({ length: 6400 }, (_, i) => ({
        sku: `large-${i}`,
        product_name: '大单',
        price_cents: 1,
        quantity: 1,
      })),
    )
    const { clerk, customer } = shop.people
    const placed = await Promise.all(
      Array.from({ length: 64 }, (_, i) => {
        const lines = ids.slice(i * 100, (i + 1) * 100)
        const items = lines.map((product_id) => ({ product_id, quantity: 1 }))
        const order = { user_id: customer.user_id, items }
        return shop.app.orders.placements.place({ ...clerk, session_id: 1 }, cause, null, order)
      }),
    )
    expect(placed.map((order) => order.total_cents)).toEqual(new Array(64).fill(100))
    expect(await shop.findings()).toEqual([])
  }, 120_000)

  test('with one key are one order', async () => {
    const product_id = await shop.addProduct()
    const wish = { product_id, quantity: 1, key: 'same' }
    const settled = await placeTogether([wish, wish, wish])
    const ids = settled.map((end) => (end.status === 'fulfilled' ? end.value.order_id : null))
    expect(new Set(ids).size).toBe(1)
    expect(await shop.product(product_id)).toMatchObject({ reserved: 1 })
  })
})

describe('[sqlite] more orders than can wait', () => {
  const atMost = async (maxWaiting: number) => {
    await shop.close()
    shop = await openShop({ orderQueue: { maxWaiting, maxAgeMs: 60_000 } })
  }

  test('are told to come back, and none of those who wait is lost', async () => {
    await atMost(100)
    const product_id = await shop.addProduct({ quantity: 1000 })
    const wishes = Array.from({ length: 150 }, () => ({ product_id, quantity: 1 }))
    const settled = await placeTogether(wishes)
    const refused = settled.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []))
    expect(settled.slice(0, 100).every((end) => end.status === 'fulfilled')).toBe(true)
    expect(refused).toHaveLength(50)
    expect(refused[0]).toMatchObject({ code: 'ORDER_QUEUE_FULL', status: 503, retryAfter: 1 })
    expect(await shop.product(product_id)).toMatchObject({ reserved: 100 })
  })

  test('hear it over HTTP as 503 with Retry-After', async () => {
    await atMost(1)
    const product_id = await shop.addProduct({ quantity: 1000 })
    const { user_id } = shop.people.customer
    const body = { user_id, items: [{ product_id, quantity: 1 }] }
    const answers = await Promise.all(
      Array.from({ length: 64 }, () => shop.as('customer').post('/api/orders', body)),
    )
    const refused = answers.filter((answer) => answer.status === 503)
    const placed = answers.filter((answer) => answer.status === 201)
    expect(refused.length).toBeGreaterThan(0)
    expect(placed.length + refused.length).toBe(64)
    expect(refused[0]?.code).toBe('ORDER_QUEUE_FULL')
    expect(refused[0]?.headers['retry-after']).toBe('1')
    expect((await shop.product(product_id)).reserved).toBe(placed.length)
  })
})
