// Shows that two commits are compared pair by pair, whatever the machine does meanwhile.
import { expect, it } from 'vitest'
import { type RowSummary, summarize } from '../lib/statistics.ts'
import { sameModules } from './checkout.ts'
import { comparePairs, failuresOf } from './pairs.ts'

function row(name: string, rate: number, p99_ms: number): RowSummary {
  return summarize({ name, unit: 'orders', samples: [{ count: rate, seconds: 1, rate, p99_ms }] })
}

const pair = (base: readonly [number, number], head: readonly [number, number]) => ({
  base: [row('a', ...base)],
  head: [row('a', ...head)],
})

it('compares pair by pair: a machine that became slower meanwhile changes no ratio', () => {
  const pairs = [
    pair([1000, 10], [1100, 9]),
    pair([500, 20], [550, 18]),
    pair([100, 90], [110, 81]),
  ]
  const [rate, p99] = comparePairs(pairs)
  expect(rate).toMatchObject({ row: 'a', figure: 'orders/s', base: 500, head: 550, better: 3 })
  expect(rate?.ratio.median).toBeCloseTo(1.1)
  expect(rate?.ratio.min).toBeCloseTo(1.1)
  expect(rate?.ratio.max).toBeCloseTo(1.1)
  expect(p99).toMatchObject({ figure: 'p99 ms', base: 20, head: 18, better: 3, pairs: 3 })
})

it('takes fewer milliseconds for better, and more orders', () => {
  const [rate, p99] = comparePairs([pair([100, 10], [90, 20])])
  expect([rate?.better, p99?.better]).toEqual([0, 0])
})

it('leaves out what one side lacks, and what was nothing', () => {
  const only = { base: [row('a', 1, 1)], head: [row('a', 1, 1), row('b', 1, 1)] }
  expect(comparePairs([only]).map((one) => one.row)).toEqual(['a', 'a'])
  expect(comparePairs([pair([0, 1], [5, 1])]).map(({ figure }) => figure)).toEqual(['p99 ms'])
  expect(comparePairs([])).toEqual([])
})

it('says what failed on either side, in all pairs', () => {
  const failing = (failed: number) => ({ ...row('a', 1, 1), failed })
  const pairs = [
    { base: [failing(0), row('b', 1, 1)], head: [failing(3), row('b', 1, 1)] },
    { base: [failing(1)], head: [failing(4)] },
  ]
  expect(failuresOf(pairs)).toEqual([{ row: 'a', base: 1, head: 7 }])
})

it('installs dependencies anew unless they are surely the same', () => {
  expect(sameModules('{}', '{}')).toBe(true)
  expect(sameModules('{}', '{ }')).toBe(false)
  expect(sameModules(null, null)).toBe(false)
})
