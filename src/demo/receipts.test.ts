// Shows that the demo's ledger adds up: replayed, stock is never short and ends at the catalogue's.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { catalogue } from './catalogue.ts'
import { day } from './history/shop-clock.ts'
import { departureOf, pastOrders } from './history.ts'
import { demoCustomers, demoStaff } from './people.ts'
import { receiptsFor } from './receipts.ts'
import type { PastOrder, PastReceipt } from './types.ts'

const someDay = Date.parse('2026-11-18T15:20:00+08:00')

function makeShop(seed: number, now: number, days = 90) {
  const common = { seed, days, products: catalogue, staff: demoStaff, now }
  const orders = pastOrders({ ...common, customers: demoCustomers })
  return { orders, receipts: receiptsFor({ ...common, orders }) }
}

/** Every change in time order: receipts, what orders reserve and release, what leaves the shop. */
function replay(orders: PastOrder[], receipts: PastReceipt[]) {
  const changes = receipts.map(({ at, product, quantity }) => ({
    at,
    product,
    onHand: quantity,
    reserved: 0,
  }))
  for (const order of orders) {
    const departure = departureOf(order)
    const cancelled = order.transitions.find(({ to }) => to === 'cancelled')?.at
    for (const { product, quantity } of order.lines) {
      changes.push({ at: order.created_at, product, onHand: 0, reserved: quantity })
      if (cancelled !== undefined)
        changes.push({ at: cancelled, product, onHand: 0, reserved: -quantity })
      if (departure !== null)
        changes.push({ at: departure, product, onHand: -quantity, reserved: -quantity })
    }
  }
  changes.sort((one, other) => one.at - other.at)
  const stock = catalogue.map(() => ({ onHand: 0, reserved: 0 }))
  const short: string[] = []
  for (const { at, product, onHand, reserved } of changes) {
    const entry = stock[product]
    if (!entry) throw new RangeError(`no product ${product}`)
    entry.onHand += onHand
    entry.reserved += reserved
    if (entry.onHand < 0 || entry.reserved < 0 || entry.onHand < entry.reserved)
      short.push(`${catalogue[product]?.sku} at ${new Date(at).toISOString()}`)
  }
  return { stock, short }
}

function openQuantities(orders: PastOrder[]): number[] {
  const open = catalogue.map(() => 0)
  for (const { status, lines } of orders) {
    if (!['pending', 'confirmed', 'ready'].includes(status)) continue
    for (const { product, quantity } of lines) open[product] = (open[product] ?? 0) + quantity
  }
  return open
}

test('replayed in time order, stock is never short and ends as the catalogue says', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      fc.integer({ min: 0, max: 366 * day }),
      fc.constantFrom(90, 90, 90, 30, 3),
      (seed, later, days) => {
        const { orders, receipts } = makeShop(seed, someDay + later, days)
        const { stock, short } = replay(orders, receipts)
        expect(short).toEqual([])
        expect(stock.map(({ onHand }) => onHand)).toEqual(catalogue.map(({ on_hand }) => on_hand))
        expect(stock.map(({ reserved }) => reserved)).toEqual(openQuantities(orders))
      },
    ),
    { numRuns: 25 },
  )
})

test('a delivery taken away shows as a shortage', () => {
  const { orders, receipts } = makeShop(1, someDay)
  const opening = receipts.findIndex(({ product }) => catalogue[product]?.sku === 'SF-0001')
  expect(replay(orders, receipts.toSpliced(opening, 1)).short).not.toEqual([])
})

test('open orders turn no plenty product into a low one and no low one into a sold-out one', () => {
  const { orders } = makeShop(1, someDay)
  const open = openQuantities(orders)
  for (const [index, { on_hand, low_stock_threshold, sku }] of catalogue.entries()) {
    const available = on_hand - (open[index] ?? 0)
    expect(available > low_stock_threshold, sku).toBe(on_hand > low_stock_threshold)
    expect(available > 0, sku).toBe(on_hand > 0)
  }
})

test('receipts are positive, in time order, and begin before the first order', () => {
  const { orders, receipts } = makeShop(1, someDay)
  const first = orders[0]?.created_at ?? 0
  let previous = 0
  for (const { at, quantity, document, note, staff } of receipts) {
    expect(quantity).toBeGreaterThan(0)
    expect(quantity).toBeLessThanOrEqual(1_000_000)
    expect(at).toBeGreaterThanOrEqual(previous)
    expect(at).toBeLessThan(someDay)
    expect(document).toMatch(at < first ? /^QC\d{8}$/ : /^RK\d{8}-\d{4}$/)
    expect(note).not.toBe('')
    expect(demoStaff[staff]?.role).toBe('clerk')
    previous = at
  }
  expect(receipts[0]?.at).toBeLessThan(first)
  expect(receipts.length).toBeGreaterThan(catalogue.length)
})

test('what came with one delivery carries one number', () => {
  const { receipts } = makeShop(1, someDay)
  const times = new Map<string, number>()
  for (const { document, at } of receipts) {
    expect(times.get(document) ?? at).toBe(at)
    times.set(document, at)
  }
  expect(times.size).toBeLessThan(receipts.length / 2)
})

test('the same orders have the same receipts', () => {
  expect(makeShop(9, someDay).receipts).toEqual(makeShop(9, someDay).receipts)
})
