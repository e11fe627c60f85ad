// Shows what placing an order means: prices as they were, stock promised, and every refusal with its reason.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { NewOrder } from '../../src/modules/orders/index.ts'
import { openShop, type Shop, type Who } from '../support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

type Items = NewOrder['items']

function place(who: Who, items: Items, more: object = {}) {
  const user_id = typeof who === 'string' ? shop.people[who].user_id : who.user_id
  return shop.as(who).post('/api/orders', { user_id, items, ...more })
}

async function reservedOf(product_id: number) {
  return (await shop.product(product_id)).reserved
}

describe('[sqlite] [embedded] placing an order', () => {
  test('answers with the id, and the order can be read at once', async () => {
    const product_id = await shop.addProduct({ price_cents: 1250 })
    const placed = await place('customer', [{ product_id, quantity: 2 }], {
      fulfilment: 'pickup',
      note: '门口放着就行',
      address: '上海市静安区',
    })
    expect(placed.status).toBe(201)
    expect(placed.body).toEqual({
      status: 'success',
      order_id: expect.any(Number),
      order_number: expect.any(String),
      total_cents: 2500,
    })
    const { order_id, order_number } = placed.body
    const read = await shop.as('customer').get(`/api/orders/${order_id}`)
    expect(read.body.item).toEqual({
      order_id,
      order_number,
      user_id: shop.people.customer.user_id,
      username: null,
      status: 'pending',
      payment_status: 'unpaid',
      channel: 'web',
      fulfilment: 'pickup',
      items: [
        { product_id, product_name: expect.any(String), quantity: 2, unit_price_cents: 1250 },
      ],
      total_cents: 2500,
      note: '门口放着就行',
      address: '上海市静安区',
      recipient: null,
      phone: null,
      carrier: null,
      tracking_number: null,
      cancellation_reason: null,
      created_at: '2026-01-15T04:00:00.000Z',
      confirmed_at: null,
      ready_at: null,
      shipped_at: null,
      completed_at: null,
      cancelled_at: null,
    })
  })

  test('is a delivery, without note and address, unless told otherwise', async () => {
    const product_id = await shop.addProduct()
    const empty = await place('customer', [{ product_id, quantity: 1 }], { note: '', address: '' })
    expect(await shop.readOrder(empty.body.order_id)).toMatchObject({
      fulfilment: 'delivery',
      note: null,
      address: null,
    })
  })

  test('keeps the names and prices of that moment', async () => {
    const product_id = await shop.addProduct({ product_name: '旧名', price_cents: 900 })
    const order_id = await shop.order('customer', { lines: [[product_id, 3]] })
    const change = { product_name: '新名', price_cents: 1 }
    expect((await shop.as('manager').patch(`/api/inventory/${product_id}`, change)).status).toBe(
      200,
    )
    expect(await shop.readOrder(order_id)).toMatchObject({
      total_cents: 2700,
      items: [{ product_name: '旧名', unit_price_cents: 900 }],
    })
    const later = await place('customer', [{ product_id, quantity: 3 }])
    expect(later.body.total_cents).toBe(3)
  })

  test('promises the stock at once: what is left is what others can buy', async () => {
    const product_id = await shop.addProduct({ quantity: 5 })
    await shop.order('customer', { lines: [[product_id, 3]] })
    expect(await shop.product(product_id)).toMatchObject({ on_hand: 5, reserved: 3, quantity: 2 })
    const seen = await shop.guest.get(`/api/inventory/${product_id}`)
    expect(seen.body.item.quantity).toBe(2)
  })

  test('adds up lines of the same product', async () => {
    const [a, b] = [await shop.addProduct(), await shop.addProduct({ price_cents: 7 })]
    const placed = await place('customer', [
      { product_id: b, quantity: 1 },
      { product_id: a, quantity: 2 },
      { product_id: b, quantity: 4 },
    ])
    const order = await shop.readOrder(placed.body.order_id)
    expect(order.items.map((line) => [line.product_id, line.quantity])).toEqual([
      [a, 2],
      [b, 5],
    ])
    expect(order.total_cents).toBe(2035)
    expect(await reservedOf(b)).toBe(5)
  })

  test('adds up before it checks the stock', async () => {
    const product_id = await shop.addProduct({ quantity: 5 })
    const line = { product_id, quantity: 3 }
    const refused = await place('customer', [line, line])
    expect(refused.body.error.details).toEqual([{ product_id, requested: 6, available: 5 }])
    expect(await reservedOf(product_id)).toBe(0)
  })

  test('takes up to 10,000 of a product, in one line or in several, and no more', async () => {
    const product_id = await shop.addProduct({ quantity: 1_000_000 })
    const of = (...quantities: number[]) => quantities.map((quantity) => ({ product_id, quantity }))
    expect((await place('customer', of(10_000))).status).toBe(201)
    expect((await place('customer', of(4000, 6000))).status).toBe(201)
    for (const items of [of(10_001), of(5000, 5001)]) {
      const refused = await place('customer', items)
      expect([refused.status, refused.code]).toEqual([400, 'VALIDATION'])
      expect(refused.body.error.message).toContain('items')
      expect(refused.body.error.details[0].field).toMatch(/^items/)
    }
    expect(await reservedOf(product_id)).toBe(20_000)
  })

  test('takes up to a hundred lines', async () => {
    const product_id = await shop.addProduct({ quantity: 1000 })
    const items = new Array<Items[number]>(100).fill({ product_id, quantity: 1 })
    expect((await place('customer', items)).status).toBe(201)
    const refused = await place('customer', [...items, { product_id, quantity: 1 }])
    expect([refused.status, refused.body.error.details[0].field]).toEqual([400, 'items'])
  })

  test('counts the largest order there can be exactly', async () => {
    const ids: number[] = []
    for (let i = 0; i < 100; i++) {
      ids.push(await shop.addProduct({ price_cents: 99_999_999, quantity: 10_000 }))
    }
    const placed = await place(
      'customer',
      ids.map((product_id) => ({ product_id, quantity: 10_000 })),
    )
    expect(placed.body.total_cents).toBe(99_999_999_000_000)
    expect((await shop.readOrder(placed.body.order_id)).total_cents).toBe(99_999_999_000_000)
  })

  test('gives a number with the day at the shop and a check digit', async () => {
    const product_id = await shop.addProduct()
    const number = async () => {
      const placed = await place('customer', [{ product_id, quantity: 1 }])
      return placed.body.order_number as string
    }
    const shanghai = await number()
    expect(shanghai).toMatch(/^20260115-\d+-\d$/)
    expect(luhnSum(shanghai) % 10).toBe(0)
    await shop.set({ time_zone: 'America/Los_Angeles' })
    const losAngeles = await number()
    await shop.set({ time_zone: 'Asia/Shanghai' })
    expect(losAngeles).toMatch(/^20260114-\d+-\d$/)
    expect(luhnSum(losAngeles) % 10).toBe(0)
  })
})

describe('[sqlite] [embedded] an order that cannot be placed', () => {
  test('names each product of which there are too few, and takes nothing', async () => {
    const [a, b, c] = [
      await shop.addProduct({ quantity: 1 }),
      await shop.addProduct({ quantity: 0 }),
      await shop.addProduct({ quantity: 9 }),
    ]
    const refused = await place('customer', [
      { product_id: a, quantity: 2 },
      { product_id: b, quantity: 1 },
      { product_id: c, quantity: 9 },
    ])
    expect([refused.status, refused.code]).toEqual([409, 'OUT_OF_STOCK'])
    expect(refused.body.error.details).toEqual([
      { product_id: a, requested: 2, available: 1 },
      { product_id: b, requested: 1, available: 0 },
    ])
    expect([await reservedOf(a), await reservedOf(b), await reservedOf(c)]).toEqual([0, 0, 0])
  })

  test('names unknown and archived products, and takes nothing', async () => {
    const [good, archived] = [await shop.addProduct(), await shop.addProduct()]
    await shop.as('manager').patch(`/api/inventory/${archived}`, { active: false })
    const unknown = Number.MAX_SAFE_INTEGER
    const refused = await place('customer', [
      { product_id: good, quantity: 1 },
      { product_id: archived, quantity: 1 },
      { product_id: unknown, quantity: 1 },
    ])
    expect([refused.status, refused.code]).toEqual([422, 'UNKNOWN_PRODUCT'])
    expect(refused.body.error.details).toEqual([{ product_id: archived }, { product_id: unknown }])
    expect(await reservedOf(good)).toBe(0)
  })

  test('leaves neither order, nor event, nor key behind', async () => {
    const product_id = await shop.addProduct({ quantity: 1 })
    const rows = async () => {
      const { db } = shop.core.store
      const orders = await db.selectFrom('orders').select('order_id').execute()
      const outbox = await db.selectFrom('outbox').select('outbox_id').execute()
      const keys = await db.selectFrom('idempotency_keys').select('key_hash').execute()
      return [orders.length, outbox.length, keys.length]
    }
    const before = await rows()
    const body = { user_id: shop.people.customer.user_id, items: [{ product_id, quantity: 2 }] }
    await shop.as('customer').post('/api/orders', body, { 'idempotency-key': 'refused' })
    expect(await rows()).toEqual(before)
  })
})

describe('[sqlite] [embedded] ordering for somebody', () => {
  test("a customer's order is the customer's own, whoever else is named", async () => {
    const product_id = await shop.addProduct()
    const items = [{ product_id, quantity: 1 }]
    const { owner, other } = shop.people
    for (const user_id of [other.user_id, owner.user_id, 999_999]) {
      const refused = await shop.as('customer').post('/api/orders', { user_id, items })
      expect([refused.status, refused.code]).toEqual([403, 'NOT_ALLOWED'])
    }
    expect(await reservedOf(product_id)).toBe(0)
  })

  test.each(['clerk', 'manager', 'owner'] as const)(
    'a %s orders for a customer, who then owns the order',
    async (staff) => {
      const product_id = await shop.addProduct()
      const { user_id } = shop.people.customer
      const items = [{ product_id, quantity: 1 }]
      const placed = await shop.as(staff).post('/api/orders', { user_id, items })
      expect(placed.status).toBe(201)
      const url = `/api/orders/${placed.body.order_id}`
      const read = await shop.as('customer').get(url)
      expect(read.body.item).toMatchObject({ user_id, channel: 'counter' })
      expect((await shop.as('other').get(url)).status).toBe(404)
      expect((await shop.as(staff).get(url)).body.item.username).toBe('customer')
    },
  )

  test('nobody orders for somebody who does not exist, is disabled, or is deleted', async () => {
    const product_id = await shop.addProduct()
    const items = [{ product_id, quantity: 1 }]
    const [disabled, deleted] = [await shop.addPerson(), await shop.addPerson()]
    await shop.as('manager').patch(`/api/users/${disabled.user_id}`, { active: false })
    await shop.as('manager').delete(`/api/users/${deleted.user_id}`)
    for (const user_id of [999_999, disabled.user_id, deleted.user_id]) {
      const refused = await shop.as('clerk').post('/api/orders', { user_id, items })
      expect([refused.status, refused.code]).toEqual([422, 'UNKNOWN_USER'])
      expect(refused.body.error.message).toContain('user_id')
      expect(refused.body.error.details[0].field).toBe('user_id')
    }
    expect((await place(disabled, items)).status).toBe(401)
    expect(await reservedOf(product_id)).toBe(0)
  })
})

/** ISO/IEC 7812-1: a number with its check digit adds up to a multiple of ten. */
function luhnSum(text: string): number {
  return [...text.replaceAll('-', '')]
    .reverse()
    .map(Number)
    .map((digit, i) => (i % 2 === 1 ? digit * 2 : digit))
    .reduce((sum, value) => sum + Math.floor(value / 10) + (value % 10), 0)
}
