// Shows what orders do to stock on their way, what happens when a count finds too few, and the confirming by itself.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openShop, type Shop } from '../support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const shipment = { carrier: '顺丰', tracking_number: 'SF1234567890' }

async function move(order_id: number, action: string, body?: object) {
  const answer = await shop.as('manager').put(`/api/orders/${order_id}/${action}`, body)
  return answer.code ?? answer.status
}

function count(product_id: number, quantity: number) {
  const body = { kind: 'count', quantity }
  return shop.as('clerk').post(`/api/inventory/${product_id}/movements`, body)
}

async function ledger(product_id: number) {
  const answer = await shop.as('clerk').get(`/api/inventory/${product_id}/movements?limit=100`)
  const rows = answer.body.items as {
    kind: string
    delta_on_hand: number
    delta_reserved: number
    order_id: number | null
    actor_id: number | null
  }[]
  return rows.reverse()
}

/** Of everybody on the staff, how many were told of this product. */
async function told(kind: string, product_id: number): Promise<number> {
  const rows = await shop.core.store.db
    .selectFrom('notifications')
    .select('data')
    .where('kind', '=', kind)
    .execute()
  return rows.filter((row) => JSON.parse(row.data).product_id === product_id).length
}

describe("[sqlite] [embedded] an order's stock", () => {
  test('of a delivery is promised, then leaves at the shipment', async () => {
    const product_id = await shop.addProduct({ quantity: 10 })
    const order_id = await shop.order('customer', { lines: [[product_id, 4]] })
    await shop.settle()
    expect(await shop.product(product_id)).toMatchObject({ on_hand: 10, reserved: 4, quantity: 6 })
    expect(await move(order_id, 'shipment', shipment)).toBe(200)
    expect(await shop.product(product_id)).toMatchObject({ on_hand: 6, reserved: 0, quantity: 6 })
    expect(await move(order_id, 'completion')).toBe(200)
    expect(await shop.product(product_id)).toMatchObject({ on_hand: 6, reserved: 0, quantity: 6 })
    await shop.settle()
    const actor_id = shop.people.manager.user_id
    expect(await ledger(product_id)).toMatchObject([
      { kind: 'receipt', delta_on_hand: 10, delta_reserved: 0, order_id: null, actor_id: null },
      { kind: 'allocation', delta_on_hand: 0, delta_reserved: 4, order_id, actor_id: null },
      { kind: 'sale', delta_on_hand: -4, delta_reserved: -4, order_id, actor_id },
    ])
  })

  test('of a pick-up is promised until it is handed over', async () => {
    const product_id = await shop.addProduct({ quantity: 10 })
    const order_id = await shop.order('customer', {
      lines: [[product_id, 4]],
      fulfilment: 'pickup',
    })
    await shop.settle()
    expect(await move(order_id, 'readiness')).toBe(200)
    expect(await shop.product(product_id)).toMatchObject({ on_hand: 10, reserved: 4 })
    expect(await move(order_id, 'completion')).toBe(200)
    expect(await shop.product(product_id)).toMatchObject({ on_hand: 6, reserved: 0 })
  })

  test('is free again when it is cancelled, and somebody else can have it', async () => {
    const product_id = await shop.addProduct({ quantity: 4 })
    const order_id = await shop.order('customer', { lines: [[product_id, 4]] })
    const body = {
      user_id: shop.people.other.user_id,
      items: [{ product_id, quantity: 4 }],
    }
    expect((await shop.as('other').post('/api/orders', body)).code).toBe('OUT_OF_STOCK')
    const cancelled = await shop
      .as('customer')
      .put(`/api/orders/${order_id}/cancellation`, { reason: '买错了' })
    expect(cancelled.body.item).toMatchObject({
      status: 'cancelled',
      cancellation_reason: '买错了',
    })
    expect((await shop.as('other').post('/api/orders', body)).status).toBe(201)
    await shop.settle()
    // Two orders' events have no order among them.
    const rows = (await ledger(product_id)).map((row) => [row.kind, row.delta_reserved])
    expect(rows.toSorted()).toEqual([
      ['allocation', 4],
      ['allocation', 4],
      ['receipt', 0],
      ['release', -4],
    ])
    expect(await shop.findings()).toEqual([])
  })
})

describe('[sqlite] [embedded] a count below what is promised', () => {
  test('shows staff the shortage, and customers nothing to buy', async () => {
    const product_id = await shop.addProduct({ quantity: 10 })
    await shop.order('customer', { lines: [[product_id, 8]] })
    expect((await count(product_id, 5)).status).toBe(201)
    const clerk = await shop.as('clerk').get(`/api/inventory/${product_id}`)
    expect(clerk.body.item).toMatchObject({
      on_hand: 5,
      reserved: 8,
      quantity: -3,
      stock_status: 'out_of_stock',
    })
    for (const reader of [shop.guest, shop.as('customer')]) {
      const seen = await reader.get(`/api/inventory/${product_id}`)
      expect(seen.body.item).toMatchObject({ quantity: 0, stock_status: 'out_of_stock' })
    }
    const body = { user_id: shop.people.other.user_id, items: [{ product_id, quantity: 1 }] }
    const refused = await shop.as('other').post('/api/orders', body)
    expect(refused.body.error.details).toEqual([{ product_id, requested: 1, available: 0 }])
  })

  test('is told to all staff once, until the shortage was over', async () => {
    const product_id = await shop.addProduct({ quantity: 10 })
    await shop.order('customer', { lines: [[product_id, 8]] })
    for (const quantity of [5, 4, 5]) await count(product_id, quantity)
    await shop.settle()
    expect(await told('stock.short', product_id)).toBe(3)
    await count(product_id, 20)
    await count(product_id, 1)
    await shop.settle()
    expect(await told('stock.short', product_id)).toBe(6)
  })

  test('refuses to ship what is not there, and changes nothing, until there is enough', async () => {
    const [short, plenty] = [
      await shop.addProduct({ quantity: 10 }),
      await shop.addProduct({ quantity: 10 }),
    ]
    const order_id = await shop.order('customer', {
      lines: [
        [short, 8],
        [plenty, 2],
      ],
    })
    await shop.settle()
    await count(short, 7)
    expect(await move(order_id, 'shipment', shipment)).toBe('STOCK_SHORT')
    expect(await shop.readOrder(order_id)).toMatchObject({ status: 'confirmed', carrier: null })
    expect(await shop.product(short)).toMatchObject({ on_hand: 7, reserved: 8 })
    expect(await shop.product(plenty)).toMatchObject({ on_hand: 10, reserved: 2 })
    await count(short, 8)
    expect(await move(order_id, 'shipment', shipment)).toBe(200)
    expect(await shop.product(short)).toMatchObject({ on_hand: 0, reserved: 0 })
    await shop.settle()
    expect(await shop.findings()).toEqual([])
  })

  test('lets smaller orders of it be shipped as far as the goods go', async () => {
    const product_id = await shop.addProduct({ quantity: 10 })
    const first = await shop.order('customer', { lines: [[product_id, 6]] })
    const second = await shop.order('other', { lines: [[product_id, 4]] })
    await shop.settle()
    await count(product_id, 4)
    expect(await move(first, 'shipment', shipment)).toBe('STOCK_SHORT')
    expect(await move(second, 'shipment', shipment)).toBe(200)
    expect(await move(first, 'cancellation', { reason: '缺货' })).toBe(200)
    expect(await shop.product(product_id)).toMatchObject({ on_hand: 0, reserved: 0 })
  })
})

describe('[sqlite] [embedded] alerts', () => {
  test('tell once that stock is low and once that it is out, and again after it was plenty', async () => {
    const product_id = await shop.addProduct({ quantity: 10, low_stock_threshold: 3 })
    const buy = async (quantity: number) => {
      const order_id = await shop.order('customer', { lines: [[product_id, quantity]] })
      await shop.settle()
      return order_id
    }
    const heard = async () => [
      (await told('stock.low', product_id)) / 3,
      (await told('stock.out', product_id)) / 3,
    ]
    await buy(6)
    expect(await heard()).toEqual([0, 0])
    await buy(1)
    await buy(1)
    expect(await heard()).toEqual([1, 0])
    const last = await buy(2)
    expect(await heard()).toEqual([1, 1])
    await move(last, 'cancellation', { reason: '测试' })
    await buy(1)
    await buy(1)
    expect(await heard()).toEqual([1, 1])
    await count(product_id, 30)
    await shop.settle()
    await buy(18)
    expect(await heard()).toEqual([2, 1])
  })

  test('of a product that sells out in one go are not doubled', async () => {
    const product_id = await shop.addProduct({ quantity: 5, low_stock_threshold: 3 })
    await shop.order('customer', { lines: [[product_id, 5]] })
    await shop.settle()
    expect(await told('stock.low', product_id)).toBe(0)
    expect(await told('stock.out', product_id)).toBe(3)
  })

  test('follow a threshold that is raised above the stock', async () => {
    const product_id = await shop.addProduct({ quantity: 5 })
    await shop.settle()
    const url = `/api/inventory/${product_id}`
    await shop.as('manager').patch(url, { low_stock_threshold: 5 })
    await shop.settle()
    expect(await told('stock.low', product_id)).toBe(3)
    expect((await shop.product(product_id)).stock_status).toBe('low_stock')
  })
})

describe('[sqlite] [embedded] a placed order', () => {
  test('is confirmed by itself, and the customer hears of it', async () => {
    const product_id = await shop.addProduct()
    const order_id = await shop.order('customer', { lines: [[product_id, 1]] })
    expect((await shop.readOrder(order_id)).status).toBe('pending')
    shop.clock.advance(5000)
    await shop.settle()
    expect(await shop.readOrder(order_id)).toMatchObject({
      status: 'confirmed',
      confirmed_at: new Date(shop.clock.now()).toISOString(),
    })
    const { body } = await shop.as('customer').get('/api/notifications?limit=1')
    expect(body.items[0]).toMatchObject({ kind: 'order.confirmed', data: { order_id } })
  })

  test('waits for the staff when the shop wants that', async () => {
    await shop.set({ auto_confirm: false })
    const product_id = await shop.addProduct()
    const order_id = await shop.order('customer', { lines: [[product_id, 1]] })
    await shop.settle()
    expect((await shop.readOrder(order_id)).status).toBe('pending')
    await shop.set({ auto_confirm: true })
    await shop.settle()
    expect((await shop.readOrder(order_id)).status).toBe('pending')
    expect(await move(order_id, 'confirmation')).toBe(200)
  })

  test('that was cancelled meanwhile stays cancelled', async () => {
    const product_id = await shop.addProduct()
    const order_id = await shop.order('customer', { lines: [[product_id, 1]] })
    await move(order_id, 'cancellation', { reason: '太快' })
    await shop.settle()
    expect((await shop.readOrder(order_id)).status).toBe('cancelled')
  })
})
