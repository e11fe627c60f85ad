// Shows sales at the counter: money, stock, events and reports agree, and a sale is there once, whoever sends it.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { NewSale } from '../../src/modules/counter/schema.ts'
import { openShop, type Shop, type Who } from '../support/shop.ts'

const DAY_MS = 24 * 3600 * 1000

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

interface Sold {
  readonly product_id: number
  readonly quantity?: number
  readonly unit_price_cents?: number
  readonly discount?: { readonly discount_cents: number }
}

/** Paid in cash to the cent, unless told otherwise. */
function saleOf(sold: readonly Sold[], more: Partial<NewSale> = {}) {
  const items = sold.map((line) => ({ quantity: 1, unit_price_cents: 1000, ...line }))
  const total = items.reduce(
    (sum, line) => {
      const off = line.discount?.discount_cents ?? 0
      return sum + line.quantity * line.unit_price_cents - off
    },
    -(more.discount?.discount_cents ?? 0),
  )
  const tenders = total === 0 ? [] : [{ tender: 'cash', amount_cents: total }]
  return { sale_id: randomUUID() as string, items, tenders, ...more }
}

const sell = (body: object, who: Who = 'clerk') => shop.as(who).post('/api/counter/sales', body)

const off = (discount_cents: number) => ({ discount_cents, reason: 'member' as const })

async function stored(sale_id: string) {
  const { body } = await shop.as('clerk').get('/api/counter/sales?limit=100')
  return body.items.filter((item: { sale_id: string }) => item.sale_id === sale_id)
}

async function orderCount() {
  const { db } = shop.core.store
  const { count } = await db
    .selectFrom('orders')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

async function today() {
  const answer = await shop.as('manager').get('/api/reports/sales?from=2026-01-15&to=2026-01-15')
  return answer.body.items[0] ?? { orders: 0, units: 0, revenue_cents: 0 }
}

describe('a sale at the counter', () => {
  test('is an order that is done and paid, off the stock at once, and in every report', async () => {
    const product_id = await shop.addProduct({ quantity: 10, low_stock_threshold: 8 })
    const other = await shop.addProduct({ quantity: 5, price_cents: 333 })
    await shop.settle()
    const before = await today()
    const sale = saleOf(
      [
        { product_id, quantity: 3, discount: off(100) },
        { product_id: other, unit_price_cents: 333 },
      ],
      { discount: off(33), customer_id: shop.people.customer.user_id },
    )
    const tenders = [
      { tender: 'cash', amount_cents: 1200, received_cents: 2000 },
      { tender: 'wechat', amount_cents: 2000 },
    ]
    const answer = await sell({ ...sale, tenders })
    expect(answer.status, answer.text).toBe(201)
    expect(answer.body).toMatchObject({ total_cents: 3200, change_cents: 800 })
    expect(await shop.product(product_id)).toMatchObject({ on_hand: 7, reserved: 0, quantity: 7 })

    const order = await shop.readOrder(answer.body.order_id)
    expect(order).toMatchObject({
      order_number: answer.body.order_number,
      user_id: shop.people.customer.user_id,
      status: 'completed',
      payment_status: 'paid',
      channel: 'counter',
      total_cents: 3200,
    })
    const discounts = order.items.map((line) => line.discount_cents ?? 0)
    expect(discounts.reduce((sum, cents) => sum + cents, 0)).toBe(133)
    expect(await stored(sale.sale_id)).toMatchObject([
      {
        seller: 'clerk',
        discount_cents: 133,
        change_cents: 800,
        discounts: [
          { line: 0, discount_cents: 33, reason: 'member' },
          { line: 1, discount_cents: 100 },
        ],
        tenders: [
          { tender: 'cash', amount_cents: 1200, received_cents: 2000 },
          { tender: 'wechat', amount_cents: 2000, received_cents: 2000 },
        ],
      },
    ])

    await shop.settle()
    const after = await today()
    expect(after.revenue_cents - before.revenue_cents).toBe(3200)
    expect(after.units - before.units).toBe(4)
    expect(after.orders - before.orders).toBe(1)
    const { body } = await shop.as('clerk').get(`/api/inventory/${product_id}/movements`)
    expect(body.items[0]).toMatchObject({
      kind: 'sale',
      delta_on_hand: -3,
      delta_reserved: 0,
      order_id: answer.body.order_id,
    })
    // It fell below its threshold: staff hear of that, and not of the sale itself.
    const told = (await shop.as('manager').get('/api/notifications')).body.items
    expect(told.map((each: { kind: string }) => each.kind)).toEqual(['stock.low'])
    const thanks = (await shop.as('customer').get('/api/notifications')).body.items
    expect(thanks.map((each: { kind: string }) => each.kind)).toEqual(['order.completed'])
    expect(await shop.findings()).toEqual([])
  })

  test('to nobody the shop knows stands in the name of an account that nobody can use', async () => {
    const product_id = await shop.addProduct()
    const [one, two] = [saleOf([{ product_id }]), saleOf([{ product_id }])]
    const answers = [await sell(one), await sell(two)]
    expect(answers.map((each) => each.status)).toEqual([201, 201])
    const orders = await Promise.all(answers.map((each) => shop.readOrder(each.body.order_id)))
    expect(orders[0]?.username).toMatch(/walk-in/)
    expect(orders[1]?.user_id).toBe(orders[0]?.user_id)
    const { body } = await shop.as('owner').get(`/api/users/${orders[0]?.user_id}`)
    expect(body.item).toMatchObject({ role: 'customer', active: false })
    await shop.settle()
    const rows = await shop.core.store.db
      .selectFrom('notifications')
      .select('user_id')
      .where('user_id', '=', orders[0]?.user_id ?? 0)
      .execute()
    expect(rows).toEqual([])
    expect(await shop.findings()).toEqual([])
  })

  test('finds that account again: nobody deletes it', async () => {
    const product_id = await shop.addProduct()
    const { body } = await sell(saleOf([{ product_id }]))
    const { user_id } = await shop.readOrder(body.order_id)
    expect((await shop.as('owner').delete(`/api/users/${user_id}`)).code).toBe('ACCOUNT_NEEDED')
    const next = await sell(saleOf([{ product_id }]))
    expect((await shop.readOrder(next.body.order_id)).user_id).toBe(user_id)
  })

  test('nobody changes that account either: it stays closed, without a password, under its name', async () => {
    const product_id = await shop.addProduct()
    const { body } = await sell(saleOf([{ product_id }]))
    const { user_id } = await shop.readOrder(body.order_id)
    const path = `/api/users/${user_id}`
    const owner = shop.as('owner')
    const before = (await owner.get(path)).body.item
    const changes = [{ active: true }, { email: 'mine@example.com' }, { role: 'manager' }]
    for (const change of changes) {
      expect((await owner.patch(path, change)).code).toBe('ACCOUNT_NEEDED')
    }
    const new_password = 'nobody ever comes in with this'
    const set = await owner.put(`${path}/password`, { new_password })
    expect(set.code).toBe('ACCOUNT_NEEDED')
    expect((await owner.get(path)).body.item).toEqual(before)
    const { username } = before
    expect((await shop.guest.post('/api/login', { username, password: new_password })).status).toBe(
      401,
    )
  })

  test('is for staff only', async () => {
    const product_id = await shop.addProduct()
    expect((await sell(saleOf([{ product_id }]), 'customer')).code).toBe('NOT_ALLOWED')
    expect((await shop.guest.post('/api/counter/sales', {})).status).toBe(401)
    expect((await shop.as('customer').get('/api/counter/sales')).status).toBe(403)
  })

  test('that was taken earlier counts on its day, unless the clock of its till is wrong', async () => {
    const product_id = await shop.addProduct()
    const at = (taken_at: string) => sell(saleOf([{ product_id }], { taken_at }))
    const yesterday = await at('2026-01-14T03:00:00.000Z')
    expect(yesterday.body.order_number).toMatch(/^20260114-/)
    const order = await shop.readOrder(yesterday.body.order_id)
    expect(order).toMatchObject({ created_at: '2026-01-14T03:00:00.000Z' })
    for (const wrong of ['1970-01-01T00:00:00.000Z', '2031-01-01T00:00:00.000Z']) {
      expect((await at(wrong)).body.order_number).toMatch(/^20260115-/)
    }
    await shop.settle()
    expect(await shop.findings()).toEqual([])
  })
})

describe('a sale_id', () => {
  test('sent again, by somebody else too, gets the first answer, and sells nothing more', async () => {
    const product_id = await shop.addProduct({ quantity: 1 })
    const sale = { ...saleOf([{ product_id }]), sold_by: shop.people.clerk.user_id }
    const first = await sell(sale)
    shop.clock.advance(60_000)
    const again = await sell(sale, 'manager')
    expect([first.status, again.status]).toEqual([201, 201])
    expect(again.body).toEqual(first.body)
    expect(await shop.product(product_id)).toMatchObject({ on_hand: 0 })
    expect(await stored(sale.sale_id)).toHaveLength(1)
    const other = await sell({ ...sale, items: [{ ...sale.items[0], quantity: 2 }], tenders: [] })
    expect(other.code).toBe('TENDERS_DIFFER')
    const changed = saleOf([{ product_id, quantity: 2 }], { sale_id: sale.sale_id })
    expect((await sell(changed)).code).toBe('SALE_ID_REUSED')
  })

  test('names who sold, though somebody else sends it in', async () => {
    const product_id = await shop.addProduct()
    const sale = { ...saleOf([{ product_id }]), sold_by: shop.people.clerk.user_id }
    expect((await sell(sale, 'owner')).status).toBe(201)
    expect(await stored(sale.sale_id)).toMatchObject([{ seller: 'clerk' }])
    const { owner, customer } = shop.people
    expect(await stored(sale.sale_id)).toMatchObject([{ recorded_by: owner.user_id }])
    for (const sold_by of [987_654, customer.user_id]) {
      const lost = { ...saleOf([{ product_id }]), sold_by }
      expect((await sell(lost, 'owner')).status).toBe(201)
      expect(await stored(lost.sale_id)).toMatchObject([{ seller: 'owner' }])
    }
  })

  test('sent many times at once makes one order', async () => {
    const product_id = await shop.addProduct({ quantity: 10 })
    await sell(saleOf([{ product_id }]))
    const before = await orderCount()
    const sale = saleOf([{ product_id, quantity: 2 }])
    const who: Who[] = ['clerk', 'manager', 'owner', 'clerk', 'manager', 'owner']
    const answers = await Promise.all(who.map((each) => sell(sale, each)))
    expect(answers.map((each) => each.status)).toEqual(who.map(() => 201))
    expect(new Set(answers.map((each) => each.body.order_id)).size).toBe(1)
    expect((await orderCount()) - before).toBe(1)
    expect(await shop.product(product_id)).toMatchObject({ on_hand: 7 })
  })

  test('that was refused is free: nothing of it is kept', async () => {
    const product_id = await shop.addProduct({ quantity: 0 })
    const sale = saleOf([{ product_id }])
    expect((await sell(sale)).code).toBe('OUT_OF_STOCK')
    expect(await stored(sale.sale_id)).toEqual([])
    const receipt = { kind: 'receipt', quantity: 1 }
    await shop.as('clerk').post(`/api/inventory/${product_id}/movements`, receipt)
    expect((await sell(sale)).status).toBe(201)
  })
})

describe('the last piece', () => {
  test('is sold once, at the counter or on the web', async () => {
    const product_id = await shop.addProduct({ quantity: 1 })
    const { user_id } = shop.people.customer
    const order = { user_id, items: [{ product_id, quantity: 1 }] }
    const answers = await Promise.all([
      sell(saleOf([{ product_id }])),
      shop.as('customer').post('/api/orders', order),
      sell(saleOf([{ product_id }]), 'manager'),
    ])
    const codes = answers.map((each) => each.code ?? each.status)
    expect(codes.filter((code) => code === 201)).toHaveLength(1)
    expect(codes.filter((code) => code === 'OUT_OF_STOCK')).toHaveLength(2)
    await shop.settle()
    expect(await shop.product(product_id)).toMatchObject({ quantity: 0 })
    expect(await shop.findings()).toEqual([])
  })

  test('that is gone is answered with what is left; a manager may say it was there', async () => {
    const product_id = await shop.addProduct({ quantity: 2 })
    await shop.order('customer', { lines: [[product_id, 2]] })
    const sale = saleOf([{ product_id, quantity: 3 }])
    const refused = await sell(sale)
    expect([refused.status, refused.body.error.details]).toEqual([
      409,
      [{ product_id, requested: 3, available: 0 }],
    ])
    const decision = { reason: 'receiving_error', note: '一箱没入账' }
    expect((await sell({ ...sale, decision })).code).toBe('NOT_ALLOWED')
    const decided = await sell({ ...sale, decision }, 'manager')
    expect(decided.status, decided.text).toBe(201)
    expect(await shop.product(product_id)).toMatchObject({ on_hand: 2, reserved: 2 })
    const { body } = await shop.as('clerk').get(`/api/inventory/${product_id}/movements`)
    const rows = body.items.filter((row: { kind: string }) => row.kind !== 'allocation')
    const actor_id = shop.people.manager.user_id
    expect(rows.slice(0, 2)).toMatchObject([
      { kind: 'sale', delta_on_hand: -3, actor_id, order_id: decided.body.order_id },
      { kind: 'adjustment', delta_on_hand: 3, actor_id, ...decision },
    ])
    expect(await stored(sale.sale_id)).toMatchObject([{ decision: 'receiving_error' }])
    await shop.settle()
    expect(await shop.findings()).toEqual([])
  })

  test('that orders lack already is sold as decided, and they go on lacking what they lacked', async () => {
    const product_id = await shop.addProduct({ quantity: 5 })
    await shop.order('customer', { lines: [[product_id, 5]] })
    const count = { kind: 'count', quantity: 3 }
    await shop.as('clerk').post(`/api/inventory/${product_id}/movements`, count)
    const decision = { reason: 'other' as const }
    const sold = await sell(saleOf([{ product_id }], { decision }), 'manager')
    expect(sold.status, sold.text).toBe(201)
    expect(await shop.product(product_id)).toMatchObject({ on_hand: 3, reserved: 5 })
  })
})

describe('a discount', () => {
  test('over the limit needs a manager, also one that hides in the price', async () => {
    const product_id = await shop.addProduct({ quantity: 20 })
    const tooMuch = saleOf([{ product_id }], { discount: off(201) })
    expect((await sell(tooMuch)).code).toBe('DISCOUNT_NEEDS_MANAGER')
    expect((await sell(tooMuch, 'manager')).status).toBe(201)
    expect((await sell(saleOf([{ product_id }], { discount: off(200) }))).status).toBe(201)
    const hidden = saleOf([{ product_id, unit_price_cents: 700 }])
    expect((await sell(hidden)).code).toBe('DISCOUNT_NEEDS_MANAGER')
    const free = saleOf([{ product_id, discount: off(1000) }])
    expect((await sell(free, 'manager')).body).toMatchObject({ total_cents: 0 })
  })

  test('is none where the price was that when it was sold', async () => {
    const product_id = await shop.addProduct({ price_cents: 700 })
    const taken_at = new Date(shop.clock.now()).toISOString()
    shop.clock.advance(60_000)
    await shop.as('manager').patch(`/api/inventory/${product_id}`, { price_cents: 1000 })
    shop.clock.advance(60_000)
    const sale = saleOf([{ product_id, unit_price_cents: 700 }], { taken_at })
    const answer = await sell(sale)
    expect(answer.status, answer.text).toBe(201)
    expect(answer.body.total_cents).toBe(700)
  })

  test('is not to be had by going back to the day of a low price', async () => {
    const product_id = await shop.addProduct({ price_cents: 700 })
    await shop.as('manager').patch(`/api/inventory/${product_id}`, { price_cents: 1000 })
    const changed_at = shop.clock.now() - 3 * DAY_MS
    const { db } = shop.core.store
    await db
      .updateTable('price_changes')
      .set({ changed_at })
      .where('product_id', '=', product_id)
      .execute()
    const taken_at = new Date(changed_at - 60_000).toISOString()
    const sale = saleOf([{ product_id, unit_price_cents: 700 }], { taken_at })
    expect((await sell(sale)).code).toBe('DISCOUNT_NEEDS_MANAGER')
    expect((await sell(sale, 'manager')).status).toBe(201)
  })

  test.for<[why: string, change: object, code: string]>([
    ['without a reason', { discount: { discount_cents: 10 } }, 'VALIDATION'],
    ['with a reason nobody knows', { discount: { discount_cents: 10, reason: 'x' } }, 'VALIDATION'],
    ['larger than the sale', { discount: off(1001) }, 'VALIDATION'],
    ['of nothing', { discount: off(0) }, 'VALIDATION'],
    ['paid too little', { tenders: [{ tender: 'card', amount_cents: 999 }] }, 'TENDERS_DIFFER'],
    [
      'paid twice the same way',
      { tenders: [1, 999].map((amount_cents) => ({ tender: 'card', amount_cents })) },
      'VALIDATION',
    ],
    [
      'received less than paid',
      { tenders: [{ tender: 'cash', amount_cents: 1000, received_cents: 999 }] },
      'VALIDATION',
    ],
    [
      'change from a card',
      { tenders: [{ tender: 'card', amount_cents: 1000, received_cents: 1100 }] },
      'VALIDATION',
    ],
    ['a sale_id that is none', { sale_id: 'x' }, 'VALIDATION'],
    ['a customer who is none', { customer_id: 99_999 }, 'UNKNOWN_USER'],
  ])('or sale %s is refused', async ([, change, code]) => {
    const product_id = await shop.addProduct()
    const before = await orderCount()
    expect((await sell({ ...saleOf([{ product_id }]), ...change }, 'owner')).code).toBe(code)
    expect(await orderCount()).toBe(before)
  })

  test('on a product that is not sold any more, or twice in a sale, is refused', async () => {
    const product_id = await shop.addProduct()
    expect((await sell(saleOf([{ product_id }, { product_id }]))).code).toBe('VALIDATION')
    await shop.as('manager').patch(`/api/inventory/${product_id}`, { active: false })
    const sale = saleOf([{ product_id }])
    expect((await sell(sale, 'manager')).code).toBe('UNKNOWN_PRODUCT')
    const decision = { reason: 'other' as const }
    expect((await sell({ ...sale, decision }, 'manager')).status).toBe(201)
    const none = saleOf([{ product_id: 99_999 }], { decision })
    expect((await sell(none, 'manager')).code).toBe('UNKNOWN_PRODUCT')
  })

  test("forgets what was noted when its customer's account is deleted", async () => {
    const product_id = await shop.addProduct()
    const { user_id } = await shop.addPerson()
    const note = '王女士的生日'
    const discount = { ...off(100), note }
    const sale = saleOf([{ product_id }], { discount, customer_id: user_id })
    expect((await sell(sale)).status).toBe(201)
    expect(await stored(sale.sale_id)).toMatchObject([{ discounts: [{ note }] }])
    expect((await shop.as('owner').delete(`/api/users/${user_id}`)).status).toBe(200)
    expect(await stored(sale.sale_id)).toMatchObject([
      { total_cents: 900, discounts: [{ discount_cents: 100, note: null }] },
    ])
  })
})

test('a refused sale that is never booked is noted once, by a manager', async () => {
  const product_id = await shop.addProduct({ quantity: 0 })
  const sale = saleOf([{ product_id }])
  expect((await sell(sale)).code).toBe('OUT_OF_STOCK')
  const { sale_id } = sale
  const items = [{ product_id, quantity: 1 }]
  const sold_by = shop.people.clerk.user_id
  const body = { sale_id, items, sold_by, total_cents: 1000, reason: 'refunded', note: '已退款' }
  const key = { 'idempotency-key': sale_id }
  const discard = (who: Who, more: object = {}) =>
    shop.as(who).post('/api/counter/discards', { ...body, ...more }, key)
  expect((await discard('clerk')).code).toBe('NOT_ALLOWED')
  expect((await discard('manager', { reason: 'x' })).code).toBe('VALIDATION')
  expect((await discard('manager')).status).toBe(201)
  expect((await discard('manager')).status).toBe(201)
  const noted = await shop.core.store.db
    .selectFrom('outbox')
    .select('payload')
    .where('type', '=', 'counter.sale_discarded')
    .execute()
  expect(noted.map((row) => JSON.parse(row.payload) as object)).toMatchObject([
    { ...body, discarded_by: shop.people.manager.user_id },
  ])
  const acts = await shop.core.store.db
    .selectFrom('audit_entries')
    .select(['actor_id', 'facts_after'])
    .where('act', '=', 'counter.sale_discarded')
    .execute()
  expect(acts.map((row) => [row.actor_id, row.facts_after])).toEqual([
    [shop.people.manager.user_id, expect.stringContaining(sale_id)],
  ])

  const booked = saleOf([{ product_id: await shop.addProduct() }])
  await sell(booked)
  const other = { ...body, sale_id: booked.sale_id }
  const refused = await shop.as('manager').post('/api/counter/discards', other)
  expect(refused.code).toBe('SALE_RECORDED')
})

test('the export of orders tells discounts, and the sums after them', async () => {
  const product_id = await shop.addProduct({ sku: 'EXPORTED' })
  const sale = saleOf([{ product_id, quantity: 2 }], { discount: off(150) })
  const { order_number } = (await sell(sale)).body
  const { text } = await shop.as('manager').get('/api/orders/export', { 'accept-language': 'en' })
  const row = text.split('\r\n').find((line) => line.includes(order_number))
  expect(row).toContain(',paid,counter,')
  expect(row).toContain(',EXPORTED,')
  expect(row).toContain(',2,10.00,1.50,18.50,18.50,')
})

test('the doctor sees a tender that is missing, and a discount that is too large', async () => {
  const product_id = await shop.addProduct()
  const { order_id } = (await sell(saleOf([{ product_id }]))).body
  await shop.settle()
  expect(await shop.findings()).toEqual([])
  const { db } = shop.core.store
  await db.deleteFrom('counter_tenders').where('order_id', '=', order_id).execute()
  await db
    .updateTable('order_items')
    .set({ discount_cents: 1001 })
    .where('order_id', '=', order_id)
    .execute()
  const found = (await shop.findings()).join('\n')
  expect(found).toContain("a counter sale's tenders make its total")
  expect(found).toContain('no line gives off more than it costs')
  expect(found).toContain("an order's total is the sum of its lines")
})
