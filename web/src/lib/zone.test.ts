// Shows that days begin where the shop's clock says, across zones and clock changes.
import { expect, test } from 'vitest'

import { nextDay, startOfDay } from './zone.ts'

test('a day in Shanghai begins eight hours before the one in UTC', () => {
  expect(startOfDay('2026-11-22', 'Asia/Shanghai')).toBe('2026-11-21T16:00:00.000Z')
})

test('a day begins by the offset of its own midnight when the clocks change on it', () => {
  expect(startOfDay('2026-03-29', 'Europe/Berlin')).toBe('2026-03-28T23:00:00.000Z')
  expect(startOfDay('2026-03-30', 'Europe/Berlin')).toBe('2026-03-29T22:00:00.000Z')
  expect(startOfDay('2026-11-01', 'America/New_York')).toBe('2026-11-01T04:00:00.000Z')
})

test('the next day crosses months and leap days', () => {
  expect(nextDay('2026-12-31')).toBe('2027-01-01')
  expect(nextDay('2028-02-28')).toBe('2028-02-29')
})
