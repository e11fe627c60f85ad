// Shows the day as staff find it: sales against the same weekday, orders to handle, what runs low, and who sees what.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Today } from '../../src/modules/reports/schema.ts'
import { openShop, type Shop, type Who } from '../support/shop.ts'

const HOUR = 3_600_000

let shop: Shop
let product_id: number
/** It is noon in Shanghai. */
beforeEach(async () => {
  shop = await openShop()
  await shop.set({ auto_confirm: false })
  product_id = await shop.addProduct({ quantity: 60, low_stock_threshold: 5, price_cents: 1000 })
})
afterEach(() => shop.close())

async function today(who: Who = 'manager'): Promise<Today> {
  await shop.settle()
  const answer = await shop.as(who).get('/api/reports/today')
  expect(answer.status, answer.text).toBe(200)
  return answer.body.item as Today
}

const order = (quantity: number) => shop.order('customer', { lines: [[product_id, quantity]] })
const act = (order_id: number, action: string, body?: object) =>
  shop.as('clerk').put(`/api/orders/${order_id}/${action}`, body)

test('sales are compared with the same weekday up to the same time, without what was cancelled', async () => {
  const week = 7 * 24 * HOUR
  shop.clock.advance(-week - HOUR)
  await order(3)
  const cancelled = await order(5)
  shop.clock.advance(2 * HOUR)
  await order(7) // after noon: not yet, today
  shop.clock.advance(week - 2 * HOUR)
  await order(4)
  shop.clock.advance(HOUR)
  await act(cancelled, 'cancellation', { reason: '不要了' })
  expect(await today()).toMatchObject({
    at: '2026-01-15T04:00:00.000Z',
    day: '2026-01-15',
    sales: {
      today: { orders: 1, revenue_cents: 4000 },
      last_week: { orders: 1, revenue_cents: 3000 },
    },
  })
  shop.clock.advance(2 * HOUR)
  expect((await today()).sales?.last_week).toEqual({ orders: 2, revenue_cents: 10_000 })
})

test('orders are counted by what is to be done with them', async () => {
  const ids = []
  for (let i = 0; i < 4; i++) ids.push(await order(1))
  const [one = 0, two = 0, three = 0] = ids
  await act(one, 'confirmation')
  await act(two, 'confirmation')
  await act(two, 'shipment', { carrier: '顺丰', tracking_number: 'SF1' })
  await act(three, 'cancellation', { reason: '不要了' })
  const { open_orders } = await today()
  expect(open_orders).toEqual({ pending: 1, confirmed: 1, ready: 0, shipped: 1 })
})

test('what runs low and what is sold out are counted, as long as it is on sale', async () => {
  const out = await shop.addProduct({ quantity: 0 })
  await shop.addProduct({ quantity: 0 })
  await order(56)
  expect((await today()).stock).toEqual({ low: 1, out: 2 })
  await shop.as('manager').patch(`/api/inventory/${out}`, { active: false })
  expect((await today()).stock).toEqual({ low: 1, out: 1 })
})

test('work that waits is counted until it is done', async () => {
  const { work } = await today()
  expect(work).toEqual({ backlog: 0, dead_letters: 0 })
  await order(1)
  const answer = await shop.as('owner').get('/api/reports/today')
  expect(answer.body.item.work.backlog).toBeGreaterThan(0)
  expect((await today()).work?.backlog).toBe(0)
})

test('clerks see no money, customers and guests see nothing', async () => {
  await order(2)
  const clerk = await today('clerk')
  expect(clerk).toMatchObject({ sales: null, work: null, open_orders: { pending: 1 } })
  expect((await shop.as('customer').get('/api/reports/today')).status).toBe(403)
  expect((await shop.guest.get('/api/reports/today')).status).toBe(401)
})
