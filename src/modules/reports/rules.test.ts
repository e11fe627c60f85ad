// Shows that the sums of a day don't depend on the order in which its events come, and are what an owner means.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addFact,
  addOrder,
  daysOf,
  emptyTally,
  type Fact,
  FIGURES,
  type Figures,
  NOT_REVERSED,
  productsOf,
  type Reversal,
  type SoldOrder,
  type Tally,
} from './rules.ts'

const MONDAY = '2026-01-05'
const FRIDAY = '2026-01-09'

const order: SoldOrder = {
  order_id: 1,
  day: MONDAY,
  lines: [
    { product_id: 7, quantity: 2, unit_price_cents: 1000 },
    { product_id: 3, quantity: 1, unit_price_cents: 550 },
  ],
}

const placed: Fact = { kind: 'placed' }
const cancelled: Fact = { kind: 'cancelled' }
const refunded = (on: string): Fact => ({ kind: 'refunded', on })

function after(...facts: Fact[]): Tally {
  const tally = emptyTally()
  let known = NOT_REVERSED
  for (const fact of facts) known = addFact(tally, order, fact, known)
  return tally
}

const figures = (
  [orders, cancelled_orders, units, revenue_cents]: readonly number[],
  refunded_cents = 0,
) => ({ orders, cancelled_orders, units, revenue_cents, refunded_cents })

describe('an order', () => {
  test('counts on its day, in all and per product', () => {
    const tally = after(placed)
    expect(daysOf(tally)).toEqual([{ day: MONDAY, ...figures([1, 0, 3, 2550]) }])
    expect(productsOf(tally)).toEqual([
      { day: MONDAY, product_id: 3, ...figures([1, 0, 1, 550]) },
      { day: MONDAY, product_id: 7, ...figures([1, 0, 2, 2000]) },
    ])
  })

  test('that is cancelled is taken off the day on which it was placed', () => {
    expect(daysOf(after(placed, cancelled))).toEqual([{ day: MONDAY, ...figures([0, 1, 0, 0]) }])
  })

  test('that is refunded stays sold; what was given back stands on the day of the refund', () => {
    const tally = after(placed, refunded(FRIDAY))
    expect(daysOf(tally)).toEqual([
      { day: MONDAY, ...figures([1, 0, 3, 2550]) },
      { day: FRIDAY, ...figures([0, 0, 0, 0], 2550) },
    ])
    expect(productsOf(tally).slice(2)).toEqual([
      { day: FRIDAY, product_id: 3, ...figures([0, 0, 0, 0], 550) },
      { day: FRIDAY, product_id: 7, ...figures([0, 0, 0, 0], 2000) },
    ])
  })

  test('that is cancelled and refunded is not taken off twice, whichever came first', () => {
    const gone = [{ day: MONDAY, ...figures([0, 1, 0, 0]) }]
    expect(daysOf(after(placed, cancelled, refunded(FRIDAY)))).toEqual(gone)
    expect(daysOf(after(placed, refunded(FRIDAY), cancelled))).toEqual(gone)
  })
})

/** Orders with a fate each: what happened to them, of which everything was heard. */
const fates = fc.array(
  fc.record({
    day: fc.constantFrom(MONDAY, '2026-01-06', FRIDAY),
    cancelled: fc.boolean(),
    refunded_on: fc.constantFrom(null, MONDAY, FRIDAY),
    lines: fc.uniqueArray(
      fc.record({
        product_id: fc.integer({ min: 1, max: 4 }),
        quantity: fc.integer({ min: 1, max: 5 }),
        unit_price_cents: fc.integer({ min: 0, max: 500 }),
      }),
      { selector: (line) => line.product_id, minLength: 1 },
    ),
  }),
  { minLength: 1, maxLength: 6 },
)

describe('whatever the order of the events', () => {
  test('and however they fall into batches, the sums are those of all orders', () => {
    fc.assert(
      fc.property(fates, fc.infiniteStream(fc.nat()), fc.nat({ max: 8 }), (list, dice, size) => {
        const orders = list.map((fate, i) => ({ order_id: i + 1, placed: true, ...fate }))
        const all = emptyTally()
        for (const each of orders) addOrder(all, each)

        const events = shuffled(
          orders.flatMap((each) => factsOf(each).map((fact) => ({ order: each, fact }))),
          dice,
        )
        const heard = emptyTally()
        const stored = new Map<number, Reversal>()
        for (let i = 0; i < events.length; i += size + 1) {
          const batch = emptyTally()
          for (const { order: each, fact } of events.slice(i, i + size + 1)) {
            const known = stored.get(each.order_id) ?? NOT_REVERSED
            stored.set(each.order_id, addFact(batch, each, fact, known))
          }
          merge(heard.days, batch.days)
          merge(heard.products, batch.products)
        }
        expect(daysOf(heard)).toEqual(daysOf(all))
        expect(productsOf(heard)).toEqual(productsOf(all))
      }),
      { numRuns: 500 },
    )
  })

  test('a day is the sum of its products, and nothing is negative', () => {
    fc.assert(
      fc.property(fates, (list) => {
        const tally = emptyTally()
        list.forEach((fate, i) => addOrder(tally, { order_id: i + 1, placed: true, ...fate }))
        for (const day of daysOf(tally)) {
          const products = productsOf(tally).filter((row) => row.day === day.day)
          for (const name of ['units', 'revenue_cents', 'refunded_cents'] as const) {
            expect(products.reduce((sum, row) => sum + row[name], 0)).toBe(day[name])
            expect(day[name]).toBeGreaterThanOrEqual(0)
          }
        }
      }),
    )
  })
})

function factsOf(fate: { cancelled: boolean; refunded_on: string | null }): Fact[] {
  return [
    placed,
    ...(fate.cancelled ? [cancelled] : []),
    ...(fate.refunded_on === null ? [] : [refunded(fate.refunded_on)]),
  ]
}

function shuffled<T>(list: readonly T[], dice: Iterator<number>): T[] {
  const left = [...list]
  return list.flatMap(() => left.splice((dice.next().value as number) % left.length, 1))
}

/** As a store adds differences to its rows. */
function merge<T extends Figures>(sums: Map<string, T>, more: ReadonlyMap<string, T>): void {
  for (const [key, row] of more) {
    const before = sums.get(key)
    const sum = FIGURES.map((name) => [name, (before?.[name] ?? 0) + row[name]])
    sums.set(key, { ...row, ...Object.fromEntries(sum) })
  }
}
