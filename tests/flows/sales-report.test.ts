// Shows the daily sales: what counts on which day, whatever order the events come in, and that doctor proves it.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { claimDue } from '../../src/platform/events/failed-deliveries.ts'
import { redeliver } from '../../src/platform/events/delivery.ts'
import { drain } from '../../src/platform/events/drain.ts'
import { remakeGroup } from '../../src/platform/events/progress.ts'
import type { SalesItem } from '../../src/modules/reports/schema.ts'
import type { Person } from '../support/people.ts'
import { openShop, type Shop } from '../support/shop.ts'

const GROUP = 'project-sales-on-order-change'
const HOUR = 3600 * 1000
const DAY = 24 * HOUR

let shop: Shop
/** Logged in anew whenever much time has passed. */
let manager: Person
beforeEach(async () => {
  shop = await openShop()
  manager = shop.people.manager
})
afterEach(() => shop.close())

async function sales(query = ''): Promise<SalesItem[]> {
  const { status, body, text } = await shop.as(manager).get(`/api/reports/sales${query}`)
  expect(status, text).toBe(200)
  return body.items
}

/** Days on which something happened, in few words. */
async function days(): Promise<Record<string, number[]>> {
  const items = (await sales()).filter(
    (item) => item.orders !== 0 || item.cancelled_orders !== 0 || item.refunded_cents > 0,
  )
  return Object.fromEntries(
    items.map((item) => [
      item.day,
      [item.orders!, item.cancelled_orders!, item.units, item.revenue_cents, item.refunded_cents],
    ]),
  )
}

async function act(order_id: number, action: string, body?: object): Promise<void> {
  const { status, text } = await shop.as(manager).put(`/api/orders/${order_id}/${action}`, body)
  expect(status, text).toBe(200)
}

const cancel = (order_id: number) => act(order_id, 'cancellation', { reason: '测试' })

async function wait(ms: number): Promise<void> {
  shop.clock.advance(ms)
  manager = await shop.addPerson('manager')
}

/** What a worker does with parked deliveries whose time has come. */
async function retryDue(): Promise<number> {
  const due = await claimDue(shop.core.store, [GROUP], shop.clock.now(), 100)
  for (const row of due) await redeliver(shop.core, consumer(), row)
  return due.length
}

const consumer = () => shop.consumers.find(({ name }) => name === GROUP)!

const others = () => shop.consumers.filter(({ name }) => name !== GROUP)

describe('the daily sales', () => {
  test('count an order on its day; a cancelled one no longer; a refund on its own day', async () => {
    const [food, toy] = [await shop.addProduct(), await shop.addProduct({ price_cents: 250 })]
    const kept = await shop.order('customer', {
      lines: [
        [food, 1],
        [toy, 2],
      ],
    })
    const gone = await shop.order('other', { lines: [[toy, 4]] })
    await shop.settle()
    expect(await days()).toEqual({ '2026-01-15': [2, 0, 7, 2500, 0] })

    await wait(DAY)
    await cancel(gone)
    await act(kept, 'payment')
    await act(kept, 'refund')
    await shop.settle()
    expect(await days()).toEqual({
      '2026-01-15': [1, 1, 3, 1500, 0],
      '2026-01-16': [0, 0, 0, 0, 1500],
    })
    expect(await shop.findings()).toEqual([])
  })

  test('do not take an order off twice that is cancelled and refunded', async () => {
    const product_id = await shop.addProduct()
    const ids = [1, 2].map(() => shop.order('customer', { lines: [[product_id, 1]] }))
    const [first, second] = (await Promise.all(ids)) as [number, number]
    for (const id of [first, second]) await act(id, 'payment')
    await shop.settle()
    await cancel(first)
    await shop.settle()
    await act(first, 'refund')
    await act(second, 'refund')
    await shop.settle()
    expect(await days()).toEqual({ '2026-01-15': [1, 1, 1, 1000, 1000] })
    await cancel(second)
    await shop.settle()
    expect(await days()).toEqual({ '2026-01-15': [0, 2, 0, 0, 0] })
    expect(await shop.findings()).toEqual([])
  })

  test('go by the shop’s midnight', async () => {
    const product_id = await shop.addProduct()
    // It is noon in Shanghai.
    await wait(12 * HOUR - 1)
    await shop.order('customer', { lines: [[product_id, 1]] })
    await wait(1)
    await shop.order('customer', { lines: [[product_id, 2]] })
    await shop.settle()
    expect(await days()).toEqual({
      '2026-01-15': [1, 0, 1, 1000, 0],
      '2026-01-16': [1, 0, 2, 2000, 0],
    })
  })

  test('keep the day of an order when the shop moves to another zone', async () => {
    const product_id = await shop.addProduct()
    await wait(14 * HOUR)
    const order_id = await shop.order('customer', { lines: [[product_id, 1]] })
    await act(order_id, 'payment')
    await act(order_id, 'refund')
    await shop.settle()
    expect(await days()).toEqual({ '2026-01-16': [1, 0, 1, 1000, 1000] })
    await shop.set({ time_zone: 'America/Los_Angeles' })
    await wait(DAY)
    await cancel(order_id)
    await shop.settle()
    expect(await days()).toEqual({ '2026-01-16': [0, 1, 0, 0, 0] })
    expect(await shop.findings()).toEqual([])
  })

  test('are the same when the placement comes after what undid it', async () => {
    const product_id = await shop.addProduct()
    const [gone, kept] = [
      await shop.order('customer', { lines: [[product_id, 3]] }),
      await shop.order('customer', { lines: [[product_id, 2]] }),
    ]
    const { db } = shop.core.store
    const damaged = db.updateTable('outbox').where('type', '=', 'order.placed')
    const placed = await db
      .selectFrom('outbox')
      .select(['event_key', 'payload'])
      .where('type', '=', 'order.placed')
      .execute()
    await damaged.set({ payload: '{}' }).execute()
    await cancel(gone)
    await act(kept, 'payment')
    await act(kept, 'refund')
    await shop.settle()
    expect(await days()).toEqual({ '2026-01-15': [-1, 1, -3, -3000, 2000] })
    expect(await shop.findings()).toEqual([])

    // Somebody mends the events, and replays them.
    for (const { event_key, payload } of placed) {
      const rows = await db
        .selectFrom('failed_deliveries')
        .selectAll()
        .where('group_name', '=', GROUP)
        .execute()
      const row = rows.find(({ event }) => JSON.parse(event).key === event_key)!
      const event = { ...JSON.parse(row.event), payload: JSON.parse(payload) }
      const url = `/api/system/dead-letters/${row.failed_delivery_id}/replay`
      await db
        .updateTable('failed_deliveries')
        .set({ event: JSON.stringify(event) })
        .where('failed_delivery_id', '=', row.failed_delivery_id)
        .execute()
      expect((await shop.as('owner').post(url)).status).toBe(200)
    }
    expect(await retryDue()).toBe(2)
    expect(await days()).toEqual({ '2026-01-15': [1, 1, 2, 2000, 2000] })
    expect(await shop.findings()).toEqual([])
  })

  test('take many events at once, and lose none', async () => {
    const ids = await Promise.all(
      Array.from({ length: 5 }, (_, i) => shop.addProduct({ price_cents: i + 1, quantity: 1000 })),
    )
    const count = 250
    for (let i = 0; i < count; i++) {
      const lines = ids.slice(0, 1 + (i % 5)).map((id) => [id, 1] as const)
      await shop.order('customer', { lines })
      if (i % 50 === 0) await wait(5 * HOUR)
    }
    await shop.settle()
    const items = await sales()
    expect(items.reduce((sum, item) => sum + item.orders!, 0)).toBe(count)
    expect(items.reduce((sum, item) => sum + item.units, 0)).toBe(count * 3)
    expect(items.filter((item) => item.units > 0)).toHaveLength(2)
    expect(await shop.findings()).toEqual([])
  })
})

describe('a shop that has a past', () => {
  test('finds it in the daily sales, and nothing of it twice', async () => {
    const product_id = await shop.addProduct({ quantity: 1000 })
    const order = (quantity: number) => shop.order('customer', { lines: [[product_id, quantity]] })
    const [a, b, c] = [await order(1), await order(2), await order(4)]
    await act(b, 'payment')
    await drain(shop.core, others())
    await wait(DAY)
    await cancel(a)
    await act(b, 'refund')
    await drain(shop.core, others())

    // These are facts already, but their events have no place yet: they will come.
    await order(8)
    await cancel(c)
    expect(await days()).toEqual({})
    await shop.settle()
    expect(await days()).toEqual({
      '2026-01-15': [1, 2, 2, 2000, 0],
      '2026-01-16': [1, 0, 8, 8000, 2000],
    })
    expect(await shop.findings()).toEqual([])

    await cancel(b)
    await order(16)
    await shop.settle()
    expect(await days()).toEqual({
      '2026-01-15': [0, 3, 0, 0, 0],
      '2026-01-16': [2, 0, 24, 24_000, 0],
    })
    expect(await shop.findings()).toEqual([])
  })

  test('of which the events are forgotten has it all the same', async () => {
    const product_id = await shop.addProduct()
    await shop.order('customer', { lines: [[product_id, 3]] })
    await drain(shop.core, others())
    await shop.core.store.db.deleteFrom('outbox').execute()
    await shop.settle()
    expect(await days()).toEqual({ '2026-01-15': [1, 0, 3, 3000, 0] })
  })

  test('has it counted anew, with the orders whose events were given up', async () => {
    const product_id = await shop.addProduct()
    const order_id = await shop.order('customer', { lines: [[product_id, 3]] })
    const { db } = shop.core.store
    const damaged = db.updateTable('outbox').where('type', '=', 'order.placed')
    await damaged.set({ payload: '{}' }).execute()
    await shop.settle()
    await db.updateTable('daily_orders').set({ units: 99 }).execute()
    expect(await days()).toEqual({})
    await remakeGroup(shop.core.store, consumer())
    expect(await days()).toEqual({ '2026-01-15': [1, 0, 3, 3000, 0] })
    expect(await retryDue()).toBe(0)
    await cancel(order_id)
    await shop.settle()
    expect(await days()).toEqual({ '2026-01-15': [0, 1, 0, 0, 0] })
    expect(await shop.findings()).toEqual([])
  })

  test('promises nothing before a worker has taken it in', async () => {
    await shop.order('customer', { lines: [[await shop.addProduct(), 1]] })
    await drain(shop.core, others())
    expect(await shop.findings()).toEqual([])
  })
})

describe('GET /api/reports/sales', () => {
  test('gives every day of the period, the last thirty unless told otherwise', async () => {
    const usual = await sales()
    expect(usual).toHaveLength(30)
    expect([usual[0]?.day, usual.at(-1)?.day]).toEqual(['2025-12-17', '2026-01-15'])
    expect(await sales('?from=2026-01-14&to=2026-01-15&group_by=day')).toEqual(
      ['2026-01-14', '2026-01-15'].map((day) => ({
        day,
        orders: 0,
        cancelled_orders: 0,
        units: 0,
        revenue_cents: 0,
        refunded_cents: 0,
      })),
    )
  })

  test('gives products by their names, the best-selling first', async () => {
    const [low, high, none] = [
      await shop.addProduct({ price_cents: 100 }),
      await shop.addProduct({ price_cents: 900, category: '玩具' }),
      await shop.addProduct(),
    ]
    await shop.order('customer', {
      lines: [
        [low, 3],
        [high, 1],
      ],
    })
    await shop.order('customer', { lines: [[low, 1]] })
    await cancel(await shop.order('customer', { lines: [[none, 1]] }))
    await shop.settle()
    const products = await sales('?group_by=product')
    expect(products).toEqual([
      {
        product_id: high,
        product_name: '商品2',
        name_en: 'Product 2',
        category: '玩具',
        orders: 1,
        cancelled_orders: 0,
        units: 1,
        revenue_cents: 900,
        refunded_cents: 0,
      },
      expect.objectContaining({ product_id: low, orders: 2, units: 4, revenue_cents: 400 }),
    ])
    expect(await sales('?group_by=product&limit=1')).toEqual(products.slice(0, 1))
    expect(await sales('?group_by=product&from=2026-01-16&to=2026-01-16')).toEqual([])
  })

  test('gives categories as they were on the day of the sale', async () => {
    const product_id = await shop.addProduct({ category: '零食', quantity: 100 })
    await shop.order('customer', { lines: [[product_id, 1]] })
    await shop.settle()
    await wait(DAY)
    await shop.as(manager).patch(`/api/inventory/${product_id}`, { category: '主粮' })
    await shop.order('customer', { lines: [[product_id, 2]] })
    await shop.settle()
    expect(await sales('?group_by=category')).toEqual([
      {
        category: '主粮',
        orders: null,
        cancelled_orders: null,
        units: 2,
        revenue_cents: 2000,
        refunded_cents: 0,
      },
      expect.objectContaining({ category: '零食', units: 1, revenue_cents: 1000 }),
    ])
  })

  test('is for managers and the owner', async () => {
    const statuses = await Promise.all(
      (['customer', 'clerk', 'manager', 'owner'] as const).map(
        async (who) => (await shop.as(who).get('/api/reports/sales')).status,
      ),
    )
    expect(statuses).toEqual([403, 403, 200, 200])
    expect((await shop.guest.get('/api/reports/sales')).status).toBe(401)
  })

  test.each([
    ['from=2026-02-30', 'from'],
    ['to=tomorrow', 'to'],
    ['from=2026-01-02&to=2026-01-01', 'to'],
    ['from=2024-01-01&to=2026-01-01', 'from'],
    ['group_by=customer', 'group_by'],
    ['limit=0', 'limit'],
    ['since=2026-01-01', 'since'],
  ])('names the field that is wrong: %s', async (query, field) => {
    const { status, body } = await shop.as('owner').get(`/api/reports/sales?${query}`)
    expect([status, body.error.code]).toEqual([400, 'VALIDATION'])
    expect(body.error.message).toMatch(new RegExp(`^${field}：`))
    expect(body.error.details).toMatchObject([{ field }])
  })
})

describe('the doctor', () => {
  const NAME = 'the daily sales are what the orders say'

  beforeEach(async () => {
    const product_id = await shop.addProduct()
    const [kept, gone] = [
      await shop.order('customer', { lines: [[product_id, 2]] }),
      await shop.order('customer', { lines: [[product_id, 1]] }),
    ]
    await act(kept, 'payment')
    await act(kept, 'refund')
    await cancel(gone)
    await shop.settle()
    expect(await shop.findings()).toEqual([])
  })

  const { daily_orders, daily_sales, reversed_orders } = {
    daily_orders: (change: object) => () =>
      shop.core.store.db.updateTable('daily_orders').set(change).execute(),
    daily_sales: (change: object) => () =>
      shop.core.store.db.updateTable('daily_sales').set(change).execute(),
    reversed_orders: (change: object) => () =>
      shop.core.store.db
        .updateTable('reversed_orders')
        .set(change)
        .where('order_id', '=', 1)
        .execute(),
  }

  test.each([
    ['a day', daily_orders({ orders: 2 }), '2026-01-15: orders 2, the orders say 1'],
    [
      'a day’s money',
      daily_orders({ revenue_cents: 1 }),
      '2026-01-15: revenue_cents 1, the orders say 2000',
    ],
    [
      'a product',
      daily_sales({ units: 3, refunded_cents: 0 }),
      '2026-01-15, product 1: units 3, the orders say 2; refunded_cents 0, the orders say 2000',
    ],
    [
      'a product’s day',
      daily_sales({ day: '2026-01-14' }),
      '2026-01-15, product 1: orders 0, the orders say 1',
    ],
    [
      'a row that is gone',
      () => shop.core.store.db.deleteFrom('daily_orders').execute(),
      '2026-01-15: orders 0, the orders say 1',
    ],
    [
      'a reversal',
      reversed_orders({ cancelled: 1 }),
      'order 1 is cancelled in the sales, but it is not',
    ],
    [
      'a refund’s day',
      reversed_orders({ refunded_on: '2026-01-18' }),
      'order 1: refunded 2026-01-18 in the sales, it was 2026-01-15T04:00:00.000Z',
    ],
  ])('names %s that is wrong', async (_what, damage, finding) => {
    await damage()
    expect(await shop.findings()).toContainEqual(expect.stringContaining(`${NAME}: ${finding}`))
  })
})
