// Shows how long a guesser waits, and that nobody waits longer than a quarter of an hour.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addFailure,
  countOne,
  type Failures,
  FORGET_AFTER,
  sameGuesser,
  waitLeft,
  type Window,
  windowLeft,
} from './back-off-rules.ts'

const MINUTE = 60_000

test('five failures are let pass; then the wait doubles from a second to fifteen minutes', () => {
  let failures: Failures | undefined
  const waits = Array.from({ length: 17 }, () => {
    failures = addFailure(failures, 0)
    return waitLeft(failures, 0) / 1000
  })
  expect(waits).toEqual([0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900])
})

test('the wait ends, is never longer than fifteen minutes, and is forgotten after an hour', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5000 }),
      fc.integer({ min: -10 * MINUTE, max: 100 * MINUTE }),
      (count, later) => {
        const failures = { count, last_at: 0 }
        const wait = waitLeft(failures, later)
        expect(wait).toBeGreaterThanOrEqual(0)
        expect(wait).toBeLessThanOrEqual(15 * MINUTE)
        expect(waitLeft(failures, later + wait)).toBe(0)
        if (later >= FORGET_AFTER) expect(addFailure(failures, later).count).toBe(1)
      },
    ),
  )
})

test('a window counts to its limit, and opens again after a minute', () => {
  let window: Window | undefined
  for (let i = 0; i < 20; i++) {
    expect(windowLeft(window, 20, i)).toBe(0)
    window = countOne(window, i)
  }
  expect(windowLeft(window, 20, 20)).toBe(MINUTE - 20)
  expect(windowLeft(window, 20, MINUTE)).toBe(0)
  expect(countOne(window, MINUTE)).toEqual({ since: MINUTE, count: 1 })
  expect(windowLeft(window, 20, -5)).toBe(0)
})

test('an IPv6 network is one guesser, an IPv4 address is', () => {
  expect(sameGuesser('203.0.113.9')).toBe('203.0.113.9')
  expect(sameGuesser('::ffff:203.0.113.9')).toBe('203.0.113.9')
  expect(sameGuesser('2001:db8:1:2:aaaa::1')).toBe('2001:db8:1:2::/64')
  expect(sameGuesser('2001:0db8:1:2:ffff:1:2:3')).toBe('2001:db8:1:2::/64')
  expect(sameGuesser('2001:db8:1:3::1')).not.toBe(sameGuesser('2001:db8:1:2::1'))
  expect(sameGuesser('::1')).toBe('0:0:0:0::/64')
  expect(sameGuesser('fe80::1%eth0')).toBe('fe80:0:0:0::/64')
})
