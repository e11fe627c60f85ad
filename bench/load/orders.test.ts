// Shows how what the generator saw becomes a sample.
import { expect, it } from 'vitest'
import { ordersSample, timesOf } from './orders.ts'

it('tells apart placed, refused and failed orders, and counts from when the customers came', () => {
  const sample = ordersSample({
    come: 9,
    answers: { 201: 4, 429: 1, 503: 2, 500: 1, 0: 1 },
    withoutRetryAfter: 0,
    gone: 0,
    latencies: Float64Array.of(5, 1, 2, 4),
    orderIds: Float64Array.of(1, 2, 3, 4),
    answeredAt: Float64Array.of(1500, 1600, 1700, 3000),
    began: 1000,
    seconds: [],
  })
  expect(sample).toMatchObject({ count: 4, seconds: 2, rate: 2, refused: 3, failed: 2 })
  expect(sample).toMatchObject({ p50_ms: 2, p99_ms: 5, max_ms: 5 })
})

it('says nothing of the times of nothing', () => {
  expect(timesOf([])).toEqual({})
})
