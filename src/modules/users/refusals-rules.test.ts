// Shows how many lines of the audit log guessing can make, and that every guess is in one of them.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Account,
  countRefusal,
  endWindows,
  MOST_ACCOUNTS,
  SINGLES,
  WINDOW,
  type Windows,
} from './refusals-rules.ts'

test('the first of an account are told one by one, further ones by their number and reasons', () => {
  const windows: Windows = new Map()
  const single = Array.from({ length: SINGLES + 3 }, (_, i) =>
    countRefusal(windows, 7, i === SINGLES ? 'code' : 'password', 1000 + i),
  )
  expect(single).toEqual([...Array<boolean>(SINGLES).fill(true), false, false, false])
  expect(countRefusal(windows, 8, 'disabled', 1001)).toBe(true)
  expect(endWindows(windows, 999 + WINDOW)).toEqual([])
  expect(endWindows(windows, 1000 + WINDOW)).toEqual([
    { account: 7, more: 3, reasons: ['code', 'password'], since: 1000 },
  ])
  expect(countRefusal(windows, 7, 'password', 1000 + WINDOW)).toBe(true)
})

test('accounts beyond the bound are counted together, and those before it keep their lines', () => {
  const windows: Windows = new Map()
  for (let id = 1; id <= MOST_ACCOUNTS; id++)
    expect(countRefusal(windows, id, 'password', 0)).toBe(true)
  expect(countRefusal(windows, 'unknown', 'password', 0)).toBe(false)
  expect(countRefusal(windows, 5000, 'password', 0)).toBe(false)
  expect(countRefusal(windows, 1, 'password', 0)).toBe(true)
  expect(endWindows(windows, WINDOW)).toEqual([
    { account: null, more: 2, reasons: ['password'], since: 0 },
  ])
})

test('a clock that was set back ends a window as well', () => {
  const windows: Windows = new Map()
  countRefusal(windows, 1, 'password', 10 * WINDOW)
  endWindows(windows, 0)
  expect(windows.size).toBe(0)
})

test('whatever is guessed: every guess is told or counted, in a bounded number of lines', () => {
  const account = fc.oneof(fc.nat(300), fc.constant<Account>('unknown'))
  fc.assert(
    fc.property(fc.array(account, { maxLength: 3000, size: 'max' }), (guesses) => {
      const windows: Windows = new Map()
      const told = guesses.filter((each) => countRefusal(windows, each, 'password', 5)).length
      const further = endWindows(windows, 5 + WINDOW)
      const counted = further.reduce((sum, { more }) => sum + more, 0)
      expect(told + counted).toBe(guesses.length)
      expect(told + further.length).toBeLessThanOrEqual((MOST_ACCOUNTS + 1) * (SINGLES + 1))
    }),
    { numRuns: 30 },
  )
})
