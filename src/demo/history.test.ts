// Shows that the demo's past is plausible order by order, and the same for the same seed.
import { expect, test } from 'vitest'
import { catalogue } from './catalogue.ts'
import { day, hour, shopHour, shopWeekday } from './history/shop-clock.ts'
import { departureOf, pastOrders } from './history.ts'
import { demoCustomers, demoStaff } from './people.ts'
import type { PastOrder } from './types.ts'

const now = Date.parse('2026-11-18T15:20:00+08:00')
const historyOf = (seed: number, at = now) =>
  pastOrders({
    seed,
    days: 90,
    products: catalogue,
    customers: demoCustomers,
    staff: demoStaff,
    now: at,
  })
const orders = historyOf(1)
const share = (fits: (order: PastOrder) => boolean) => orders.filter(fits).length / orders.length

const next: Record<string, string[]> = {
  'pending delivery': ['confirmed', 'cancelled'],
  'pending pickup': ['confirmed', 'cancelled'],
  'confirmed delivery': ['shipped', 'cancelled'],
  'confirmed pickup': ['ready', 'cancelled'],
  'ready pickup': ['completed', 'cancelled'],
  'shipped delivery': ['completed'],
}

test('one seed gives one history, another seed another', () => {
  expect(historyOf(1)).toEqual(orders)
  expect(historyOf(2)).not.toEqual(orders)
})

test('there are at least 1,200 orders within the last 90 days, in time order', () => {
  expect(orders.length).toBeGreaterThanOrEqual(1200)
  let previous = now - 90 * day
  for (const { created_at } of orders) {
    expect(created_at).toBeGreaterThanOrEqual(previous)
    expect(created_at).toBeLessThan(now)
    previous = created_at
  }
})

test('every order went only through allowed transitions, forward in time and not past now', () => {
  for (const order of orders) {
    let status = 'pending'
    let at = order.created_at
    for (const transition of order.transitions) {
      expect(next[`${status} ${order.fulfilment}`]).toContain(transition.to)
      expect(transition.at).toBeGreaterThan(at)
      expect(Number.isInteger(transition.at)).toBe(true)
      // A customer may cancel until the order is ready; everything else is the staff's.
      if (transition.staff === null) {
        expect(transition.to).toBe('cancelled')
        expect(['pending', 'confirmed']).toContain(status)
      }
      status = transition.to
      at = transition.at
    }
    expect(at).toBeLessThanOrEqual(now)
    expect(status).toBe(order.status)
  }
})

test('only orders of the last two days are still open, and every open status occurs', () => {
  const open = orders.filter(({ status }) => status !== 'completed' && status !== 'cancelled')
  for (const { created_at } of open) expect(now - created_at).toBeLessThan(2 * day)
  const statuses = new Set(open.map(({ status }) => status))
  expect([...statuses].sort()).toEqual(['confirmed', 'pending', 'ready', 'shipped'])
})

test('every open status occurs whatever the time of day', () => {
  for (let hours = 0; hours < 24; hours += 1) {
    const statuses = new Set(historyOf(3, now + hours * hour).map(({ status }) => status))
    expect(statuses.size, `${hours} hours later`).toBe(6)
  }
})

test('a few per cent were cancelled, each with a reason, and no money was kept', () => {
  const cancelled = orders.filter(({ status }) => status === 'cancelled')
  expect(cancelled.length / orders.length).toBeGreaterThan(0.015)
  expect(cancelled.length / orders.length).toBeLessThan(0.06)
  for (const order of orders) {
    expect(order.cancel_reason !== null).toBe(order.status === 'cancelled')
    expect(order.payment_status === 'refunded').toBe(order.refunded_at !== null)
    expect(order.payment_status === 'unpaid').toBe(order.paid_at === null)
    if (order.status === 'cancelled') expect(order.payment_status).not.toBe('paid')
    if (order.status === 'completed') expect(order.payment_status).toBe('paid')
  }
})

test('lines are one to five different products in modest quantities, and add up', () => {
  for (const order of orders) {
    expect(order.lines.length).toBeGreaterThanOrEqual(1)
    expect(order.lines.length).toBeLessThanOrEqual(5)
    expect(new Set(order.lines.map(({ product }) => product)).size).toBe(order.lines.length)
    let total = 0
    for (const { product, quantity } of order.lines) {
      expect(quantity).toBeGreaterThanOrEqual(1)
      expect(quantity).toBeLessThanOrEqual(6)
      total += quantity * (catalogue[product]?.price_cents ?? Number.NaN)
    }
    expect(order.total_cents).toBe(total)
  }
  const small = orders.flatMap(({ lines }) => lines).filter(({ quantity }) => quantity <= 2)
  expect(small.length / orders.flatMap(({ lines }) => lines).length).toBeGreaterThan(0.75)
})

test('what was shipped has a carrier, what is delivered an address, a counter sale its clerk', () => {
  for (const order of orders) {
    const shipped = order.fulfilment === 'delivery' && departureOf(order) !== null
    expect(order.carrier !== null).toBe(shipped)
    if (shipped) expect(order.tracking_number).toMatch(/^[A-Z]{2}\d{12}$/)
    expect(order.address !== null).toBe(order.fulfilment === 'delivery')
    expect(order.staff !== null).toBe(order.channel === 'counter')
    if (order.channel === 'counter') expect(order.fulfilment).toBe('pickup')
  }
})

test('the week and the day have their rhythm in the shop’s own time', () => {
  const weekend = share(({ created_at }) => [0, 6].includes(shopWeekday(created_at)))
  expect(weekend).toBeGreaterThan(2 / 7)
  expect(share(({ created_at }) => shopHour(created_at) < 6)).toBeLessThan(0.05)
  const counter = orders.filter(({ channel }) => channel === 'counter')
  for (const { created_at } of counter) {
    expect(shopHour(created_at)).toBeGreaterThanOrEqual(10)
    expect(shopHour(created_at)).toBeLessThan(21)
  }
})

test('regulars come again and buy for their own pets', () => {
  const first = orders.filter(({ customer }) => customer === 0)
  expect(first.length).toBeGreaterThan(10)
  const lines = first.flatMap((order) => order.lines.map(({ product }) => catalogue[product]))
  const fitting = lines.filter((product) => ['cat', 'any'].includes(product?.species ?? ''))
  expect(fitting.length / lines.length).toBeGreaterThan(0.8)
})

test('popular products sell more than others', () => {
  const sold = catalogue.map(() => 0)
  for (const { lines } of orders)
    for (const { product, quantity } of lines) sold[product] = (sold[product] ?? 0) + quantity
  const mean = (fits: (popularity: number) => boolean) => {
    const fitting = sold.filter((_, index) => fits(catalogue[index]?.popularity ?? 0))
    return fitting.reduce((sum, quantity) => sum + quantity, 0) / fitting.length
  }
  expect(mean((popularity) => popularity >= 8)).toBeGreaterThan(2 * mean((value) => value <= 4))
})
