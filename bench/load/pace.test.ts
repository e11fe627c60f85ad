// Shows when customers come who wait for nobody.
import { expect, it } from 'vitest'
import { comeBy, comesAt, createSeconds } from './pace.ts'

const pace = { perSecond: 1000, seconds: 2 }

it('lets the first come at once, the others at even distances, and no more than there are', () => {
  expect(comeBy(pace, -1)).toBe(0)
  expect(comeBy(pace, 0)).toBe(1)
  expect(comeBy(pace, 0.9)).toBe(1)
  expect(comeBy(pace, 1)).toBe(2)
  expect(comeBy(pace, 500)).toBe(501)
  expect(comeBy(pace, 60_000)).toBe(2000)
  expect(comeBy(pace, Infinity)).toBe(2000)
})

it('says of each when it comes, whatever was late before it', () => {
  expect(comesAt(pace, 0)).toBe(0)
  for (const n of [1, 7, 999]) {
    expect(comeBy(pace, comesAt(pace, n))).toBe(n + 1)
    expect(comeBy(pace, comesAt(pace, n) - 0.01)).toBe(n)
  }
})

it('counts by the second, with those in which nothing happened', () => {
  const seconds = createSeconds()
  seconds.add('come', 0, 3)
  seconds.add('placed', 999)
  seconds.add('refused', 2000)
  expect(seconds.list()).toEqual([
    { t: 0, come: 3, placed: 1, refused: 0, failed: 0, gone: 0 },
    { t: 1, come: 0, placed: 0, refused: 0, failed: 0, gone: 0 },
    { t: 2, come: 0, placed: 0, refused: 1, failed: 0, gone: 0 },
  ])
})
