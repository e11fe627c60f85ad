// Shows what a period comes to, and that comparisons say nothing where there is nothing to compare with.
import { expect, test } from 'vitest'

import { averageOf, changeOf, largest, totalsOf } from './figures.ts'

const day = { orders: 2, cancelled_orders: 1, units: 5, revenue_cents: 999, refunded_cents: 100 }

test('sums add up the days', () => {
  expect(totalsOf([day, day])).toEqual({
    orders: 4,
    cancelled: 2,
    units: 10,
    revenue: 1998,
    refunded: 200,
  })
  expect(averageOf(totalsOf([day]))).toBe(500)
  expect(averageOf(totalsOf([]))).toBe(0)
})

test('a change is a part of what was before', () => {
  expect(changeOf(150, 100)).toBe(0.5)
  expect(changeOf(0, 100)).toBe(-1)
  expect([changeOf(5, 0), changeOf(5, undefined), changeOf(11, 1)]).toEqual([null, null, null])
})

test('the largest come first; a rest of one keeps its name', () => {
  const value = (number: number) => number
  expect(largest([1, 5, 3, 0, 2], 2, value)).toEqual({ top: [5, 3], rest: 3 })
  expect(largest([1, 5, 3], 2, value)).toEqual({ top: [5, 3, 1], rest: 0 })
  expect(largest([], 2, value)).toEqual({ top: [], rest: 0 })
})
