// Shows that a sale's sums add up to the last cent, whatever is given off, and that its tenders are what they must be.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judgeStock, missingUnits, toldShortages } from './decide-rules.ts'
import { judgeTenders, needsManager, saleSums, spread, takenAt } from './rules.ts'

const amount = fc.integer({ min: 0, max: 100_000_000_000 })
const total = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0)

describe('an amount that is shared out', () => {
  test('is all given, to nobody more than their weight', () => {
    fc.assert(
      fc.property(
        fc.array(amount, { minLength: 1, maxLength: 30 }),
        fc.float(),
        (weights, part) => {
          const whole = total(weights)
          const given = Math.floor(whole * Math.min(Math.abs(part || 0), 1))
          const shares = spread(given, weights)
          expect(total(shares)).toBe(whole === 0 ? 0 : given)
          shares.forEach((share, i) => {
            expect(share).toBeGreaterThanOrEqual(0)
            expect(share).toBeLessThanOrEqual(weights[i] ?? 0)
          })
        },
      ),
    )
  })

  test('stays exact where JavaScript would round', () => {
    expect(spread(99_999_999_999_999, [100_000_000_000_000, 3])).toEqual([99_999_999_999_996, 3])
  })
})

test('a sale comes to its lines without what is given off', () => {
  const line = fc.record({
    quantity: fc.integer({ min: 1, max: 10_000 }),
    unit_price_cents: fc.integer({ min: 0, max: 1_000_000 }),
    discount_cents: fc.integer({ min: 0, max: 1000 }),
  })
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), amount, (lines, discount) => {
      const sums = saleSums(lines, discount)
      const own = total(lines.map((each) => each.discount_cents))
      const gross = lines.map((each) => each.quantity * each.unit_price_cents)
      if ('refusal' in sums) {
        const isLineWrong = lines.some((each, i) => each.discount_cents > (gross[i] ?? 0))
        expect(isLineWrong || discount > total(gross) - own).toBe(true)
        return
      }
      expect(sums.total_cents).toBe(total(gross) - own - discount)
      expect(total(sums.lineDiscounts)).toBe(own + discount)
      sums.lineDiscounts.forEach((off, i) => expect(off).toBeLessThanOrEqual(gross[i] ?? 0))
    }),
  )
})

test.for<[reduced: number, list: number, needed: boolean]>([
  [20, 100, false],
  [21, 100, true],
  [0, 0, false],
  [1, 0, true],
])('%d off %d needs a manager: %s', ([reduced, list, needed]) => {
  expect(needsManager(reduced, list)).toBe(needed)
})

test('tenders make the total; change is what cash was handed over too much', () => {
  const cash = (amount_cents: number, received_cents?: number) => ({
    tender: 'cash',
    amount_cents,
    ...(received_cents !== undefined && { received_cents }),
  })
  const card = { tender: 'card', amount_cents: 40 }
  expect(judgeTenders([cash(60, 100), card], 100)).toEqual({ change_cents: 40 })
  expect(judgeTenders([], 0)).toEqual({ change_cents: 0 })
  expect(judgeTenders([cash(60)], 100)).toEqual({ refusal: 'sum', paid_cents: 60 })
  expect(judgeTenders([cash(60, 59), card], 100)).toEqual({ refusal: 'received' })
  expect(judgeTenders([cash(60), { ...card, received_cents: 50 }], 100)).toEqual({
    refusal: 'not_cash',
  })
  expect(judgeTenders([card, { ...card, amount_cents: 60 }], 100)).toEqual({ refusal: 'twice' })
})

test('a time that cannot be is now', () => {
  const now = Date.UTC(2026, 0, 15)
  const day = 24 * 3600 * 1000
  expect(takenAt(undefined, now)).toBe(now)
  expect(takenAt(now + 1, now)).toBe(now)
  expect(takenAt(now - 59 * day, now)).toBe(now - 59 * day)
  expect(takenAt(now - 61 * day, now)).toBe(now)
})

test('of stock: what is missing is booked in, and what orders lack already is not', () => {
  const product = { product_id: 1, active: 1, on_hand: 3, reserved: 5 }
  const gone = { product_id: 2, active: 0, on_hand: 9, reserved: 0 }
  const lines = [1, 2, 3].map((product_id) => ({ product_id, quantity: 1 }))
  const verdict = judgeStock(lines, new Map([product, gone].map((each) => [each.product_id, each])))
  expect(verdict).toEqual({
    unknown: [3],
    archived: [2],
    shortages: [{ product_id: 1, requested: 1, available: -2 }],
  })
  expect(toldShortages(verdict.shortages)).toMatchObject([{ available: 0 }])
  expect(missingUnits(verdict.shortages)).toEqual([{ product_id: 1, quantity: 1 }])
})
