// Shows the arithmetic of repetitions: medians, ranges, ratios, goals.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Sample } from './scenario.ts'
import { judge, median, quantile, slope, spread, summarize } from './statistics.ts'

const sample = (rate: number, more: Partial<Sample> = {}): Sample => ({
  count: rate * 2,
  seconds: 2,
  rate,
  ...more,
})

test('a median is the middle value, or the mean of the two in the middle, whatever their order', () => {
  expect(median([3, 1, 2])).toBe(2)
  expect(median([10, 9, 100, 1])).toBe(9.5)
  expect(median([7])).toBe(7)
  expect(() => median([])).toThrow('nothing was measured')
})

test('half of the values lie on either side of a median, and it lies between the ends', () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
      const middle = median(values)
      const { min, max } = spread(values)
      expect(values.filter((value) => value < middle).length).toBeLessThanOrEqual(values.length / 2)
      expect(values.filter((value) => value > middle).length).toBeLessThanOrEqual(values.length / 2)
      expect(middle).toBeGreaterThanOrEqual(min)
      expect(middle).toBeLessThanOrEqual(max)
    }),
  )
})

test('a quantile is one of the values (nearest rank)', () => {
  const values = Array.from({ length: 100 }, (_, i) => 100 - i)
  expect(quantile(values, 0.5)).toBe(50)
  expect(quantile(values, 0.99)).toBe(99)
  expect(quantile(values, 1)).toBe(100)
  expect(quantile([3, 1, 2], 0.5)).toBe(2)
  expect(quantile([5], 0.01)).toBe(5)
  expect(quantile([], 0.5)).toBeNull()
})

test('a slope tells growth per step, and none where there is none', () => {
  expect(slope([0, 1, 2, 3].map((x) => [x, 7 * x + 3] as const))).toBeCloseTo(7)
  expect(slope([0, 1, 2].map((x) => [x, 5] as const))).toBe(0)
  expect(slope([[1, 9]])).toBe(0)
  expect(slope([])).toBe(0)
})

test('a row has medians of what was measured, sums of what went wrong, and the ratio of two medians', () => {
  const row = summarize({
    name: 'row',
    unit: 'orders',
    samples: [
      sample(100, { p99_ms: 5, refused: 1, failed: 2, cpu_s: 0.1, more: { left: 4 } }),
      sample(300, { p99_ms: 9, refused: 3, cpu_s: 0.6, more: { left: 8, once: 1 } }),
      sample(200, { p99_ms: 7, cpu_s: 0.2 }),
    ],
    against: { name: 'bare', samples: [sample(300), sample(500), sample(400)] },
  })
  expect(row).toMatchObject({
    rate: { median: 200, min: 100, max: 300 },
    ratio: 0.5,
    p50_ms: null,
    p99_ms: 7,
    refused: 4,
    failed: 2,
    cpu_s: 0.2,
    peak_mib: null,
    more: { left: 6, once: 1 },
  })
  expect(row.cpu_us_each).toBeCloseTo(500)
})

test('what is compared with nothing, or with a standstill, has no ratio', () => {
  const alone = { name: 'row', unit: 'orders', samples: [sample(100)] }
  expect(summarize(alone).ratio).toBeNull()
  expect(summarize({ ...alone, against: { name: 'x', samples: [sample(0)] } }).ratio).toBeNull()
})

test('a repetition in which nothing was done costs no CPU each', () => {
  const samples = [{ ...sample(0), cpu_s: 1 }]
  expect(summarize({ name: 'row', unit: 'orders', samples }).cpu_us_each).toBeNull()
})

const rows = [
  summarize({
    name: 'row',
    unit: 'orders',
    samples: [sample(100, { p99_ms: 20, more: { left: 0 } })],
  }),
]

test.each([
  [{ row: 'row', of: 'rate', least: 100 }, true, null],
  [{ row: 'row', of: 'rate', least: 101 }, false, null],
  [{ row: 'row', of: 'rate', least: 50, stretch: 100 }, true, true],
  [{ row: 'row', of: 'rate', least: 50, stretch: 200 }, true, false],
  [{ row: 'row', of: 'p99_ms', most: 20 }, true, null],
  [{ row: 'row', of: 'p99_ms', most: 19 }, false, null],
  [{ row: 'row', of: 'p99_ms', most: 30, stretch: 25 }, true, true],
  [{ row: 'row', of: 'left', most: 0 }, true, null],
])('the goal %j is met: %s, its stretch: %s', (goal, met, stretch_met) => {
  expect(judge(goal, rows)).toMatchObject({ met, stretch_met })
})

test.each(['another row', 'row'])('what was not measured is not met (%s)', (row) => {
  const outcome = judge({ row, of: row === 'row' ? 'nothing' : 'rate', most: 1000 }, rows)
  expect(outcome).toMatchObject({ value: null, met: false })
})

test('a goal without a bound is not met', () => {
  expect(judge({ row: 'row', of: 'rate' }, rows).met).toBe(false)
})
