// Shows what Prometheus is told of the business: orders by channel, their worth, what is under way, what runs out.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openShop, type Shop } from '../support/shop.ts'

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop.close())

async function value(series: string): Promise<number | null> {
  const { text } = await shop.guest.get('/metrics')
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${series} `))
  return line === undefined ? null : Number(line.slice(series.length))
}

const worth = (happened: string) =>
  value(`petshop_order_value_minor_total{happened="${happened}",currency="CNY"}`)

test('[sqlite] [embedded] orders are counted by channel, and their worth by what became of them', async () => {
  const product_id = await shop.addProduct({ price_cents: 1500 })
  await shop.settle()
  expect(await value('petshop_orders_placed_total{channel="web"}')).toBe(0)
  const order_id = await shop.order('customer', { lines: [[product_id, 2]] })
  const other = await shop.order('customer', { lines: [[product_id, 1]] })
  const clerk = shop.as('clerk')
  for (let i = 0; i < 2; i++) {
    // The second time it changes nothing.
    expect((await clerk.put(`/api/orders/${order_id}/payment`)).status).toBe(200)
    shop.clock.advance(1000)
  }
  await clerk.put(`/api/orders/${other}/cancellation`, { reason: 'changed my mind' })
  expect(await value('petshop_orders_placed_total{channel="web"}')).toBe(2)
  expect(await value('petshop_orders_placed_total{channel="counter"}')).toBe(0)
  expect(await worth('placed')).toBe(4500)
  expect(await worth('paid')).toBe(3000)
  expect(await worth('cancelled')).toBe(1500)
  expect(await worth('refunded')).toBe(0)
  expect(await value('petshop_order_moves_total{action="payment"}')).toBe(1)
})

test('[sqlite] [embedded] what is under way and what runs out is counted in the database', async () => {
  const product_id = await shop.addProduct({ quantity: 1 })
  await shop.addProduct({ quantity: 500 })
  await shop.settle()
  await shop.order('customer', { lines: [[product_id, 1]] })
  await shop.settle()
  expect(await value('petshop_orders_open{status="confirmed"}')).toBe(1)
  expect(await value('petshop_orders_open{status="shipped"}')).toBe(0)
  expect(await value('petshop_products{stock_status="out_of_stock"}')).toBe(1)
  expect(await value('petshop_products{stock_status="in_stock"}')).toBe(1)
})
