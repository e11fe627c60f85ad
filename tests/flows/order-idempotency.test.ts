// Shows that a POST may be repeated: one key, one effect, one answer.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openShop, type Shop, type Who } from '../support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

let keys = 0
const newKey = () => `key-${++keys}`

function place(who: Who, product_id: number, quantity: number, key: string) {
  const user_id = typeof who === 'string' ? shop.people[who].user_id : who.user_id
  const body = { user_id, items: [{ product_id, quantity }] }
  return shop.as(who).post('/api/orders', body, { 'idempotency-key': key })
}

async function ordersOf(user_id: number) {
  const answer = await shop.as('owner').get(`/api/orders?user_id=${user_id}&limit=100`)
  return answer.body.items.length as number
}

describe('[sqlite] [embedded] an order with an idempotency key', () => {
  test('repeated, gets the first answer word for word, and nothing happens again', async () => {
    const customer = await shop.addPerson()
    const product_id = await shop.addProduct()
    const key = newKey()
    const first = await place(customer, product_id, 2, key)
    shop.clock.advance(60_000)
    const again = await place(customer, product_id, 2, key)
    expect([first.status, again.status]).toEqual([201, 201])
    expect(again.text).toBe(first.text)
    expect(await ordersOf(customer.user_id)).toBe(1)
    expect((await shop.product(product_id)).reserved).toBe(2)
  })

  test('sent many times at the same moment, is placed once, and all hear the same', async () => {
    const customer = await shop.addPerson()
    const product_id = await shop.addProduct()
    const key = newKey()
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => place(customer, product_id, 3, key)),
    )
    expect(new Set(answers.map((answer) => `${answer.status} ${answer.text}`)).size).toBe(1)
    expect(answers[0]?.status).toBe(201)
    expect(await ordersOf(customer.user_id)).toBe(1)
    expect((await shop.product(product_id)).reserved).toBe(3)
  })

  test('with another body is refused, at once and at the same moment', async () => {
    const customer = await shop.addPerson()
    const product_id = await shop.addProduct()
    const key = newKey()
    await place(customer, product_id, 1, key)
    const refused = await place(customer, product_id, 2, key)
    expect([refused.status, refused.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED'])

    const fresh = newKey()
    const both = await Promise.all([1, 2].map((n) => place(customer, product_id, n, fresh)))
    expect(both.map((answer) => answer.status).sort()).toEqual([201, 422])
    expect(await ordersOf(customer.user_id)).toBe(2)
  })

  test('that was refused may be tried again with the same key', async () => {
    const customer = await shop.addPerson()
    const product_id = await shop.addProduct({ quantity: 0 })
    const key = newKey()
    expect((await place(customer, product_id, 4, key)).code).toBe('OUT_OF_STOCK')
    const receipt = { kind: 'receipt', quantity: 4 }
    await shop.as('clerk').post(`/api/inventory/${product_id}/movements`, receipt)
    const placed = await place(customer, product_id, 4, key)
    expect(placed.status).toBe(201)
    expect((await place(customer, product_id, 4, key)).text).toBe(placed.text)
  })

  test("is not mistaken for another person's, nor for another route's", async () => {
    const [a, b] = [await shop.addPerson(), await shop.addPerson()]
    const product_id = await shop.addProduct()
    const key = newKey()
    const orders = [await place(a, product_id, 1, key), await place(b, product_id, 1, key)]
    expect(orders.map((answer) => answer.status)).toEqual([201, 201])
    expect(orders[0]?.body.order_id).not.toBe(orders[1]?.body.order_id)

    const clerk = shop.as('clerk')
    const order = await place('clerk', product_id, 1, key)
    const receipt = await clerk.post(
      `/api/inventory/${product_id}/movements`,
      { kind: 'receipt', quantity: 1 },
      { 'idempotency-key': key },
    )
    expect([order.status, receipt.status]).toEqual([201, 201])
  })

  test('is remembered for thirty days', async () => {
    const customer = await shop.addPerson()
    const product_id = await shop.addProduct()
    const upkeep = shop.app.system.upkeep.find((job) => job.name === 'forget-idempotency-keys')!
    const day = 24 * 3600 * 1000
    const [key, placedAt] = [newKey(), shop.clock.now()]
    const first = await place(customer, product_id, 1, key)
    await upkeep.run(placedAt + 30 * day)
    expect((await place(customer, product_id, 1, key)).text).toBe(first.text)
    await upkeep.run(placedAt + 30 * day + 1)
    const anew = await place(customer, product_id, 1, key)
    expect(anew.status).toBe(201)
    expect(anew.body.order_id).not.toBe(first.body.order_id)
  })

  test.each(['', ' ', 'with blank', 'ü', 'x'.repeat(256)])('%j is no key', async (key) => {
    const customer = await shop.addPerson()
    const product_id = await shop.addProduct()
    const refused = await place(customer, product_id, 1, key)
    expect([refused.status, refused.code]).toEqual([400, 'IDEMPOTENCY_KEY_INVALID'])
    expect(await ordersOf(customer.user_id)).toBe(0)
  })
})

describe('[sqlite] other things that are made with a key', () => {
  test('a product is made once', async () => {
    const product = { sku: 'KEYED', product_name: '一次', price_cents: 1, quantity: 3 }
    const make = () =>
      shop.as('manager').post('/api/inventory', product, { 'idempotency-key': 'product' })
    const [first, again] = [await make(), await make()]
    expect([first.status, again.status]).toEqual([201, 201])
    expect(again.text).toBe(first.text)
  })

  test('a movement is recorded once', async () => {
    const product_id = await shop.addProduct({ quantity: 0 })
    const receive = () =>
      shop
        .as('clerk')
        .post(
          `/api/inventory/${product_id}/movements`,
          { kind: 'receipt', quantity: 5 },
          { 'idempotency-key': 'movement' },
        )
    const [first, again] = [await receive(), await receive()]
    expect(again.text).toBe(first.text)
    expect((await shop.product(product_id)).on_hand).toBe(5)
  })

  test('the same key for another product is another request', async () => {
    const [a, b] = [await shop.addProduct(), await shop.addProduct()]
    const receive = (product_id: number) =>
      shop
        .as('manager')
        .post(
          `/api/inventory/${product_id}/movements`,
          { kind: 'receipt', quantity: 5 },
          { 'idempotency-key': 'two products' },
        )
    expect((await receive(a)).status).toBe(400)
    const key = { 'idempotency-key': 'two-products' }
    const body = { kind: 'receipt', quantity: 5 }
    const url = (id: number) => `/api/inventory/${id}/movements`
    expect((await shop.as('manager').post(url(a), body, key)).status).toBe(201)
    expect((await shop.as('manager').post(url(b), body, key)).code).toBe('IDEMPOTENCY_KEY_REUSED')
  })
})
