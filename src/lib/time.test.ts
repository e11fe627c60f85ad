// Shows that a day is the shop's own, and that made-up zones are known as such.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isTimeZone, shopLocalDate } from './time.ts'

test.each([
  ['2026-11-22T15:59:59.999Z', 'Asia/Shanghai', '20261122'],
  ['2026-11-22T16:00:00Z', 'Asia/Shanghai', '20261123'],
  ['2026-11-22T16:00:00Z', 'UTC', '20261122'],
  ['2026-12-31T23:59:59Z', 'America/New_York', '20261231'],
  ['2026-01-01T04:59:59Z', 'America/New_York', '20251231'],
  // The clock goes forward and back: the day stays one day.
  ['2026-03-29T00:59:59Z', 'Europe/Berlin', '20260329'],
  ['2026-03-29T21:59:59Z', 'Europe/Berlin', '20260329'],
  ['2026-03-29T22:00:00Z', 'Europe/Berlin', '20260330'],
  ['2026-10-25T22:59:59Z', 'Europe/Berlin', '20261025'],
  ['2026-10-25T23:00:00Z', 'Europe/Berlin', '20261026'],
  // Samoa slept through the 30th.
  ['2011-12-30T09:59:59Z', 'Pacific/Apia', '20111229'],
  ['2011-12-30T10:00:00Z', 'Pacific/Apia', '20111231'],
])('%s is a day in %s: %s', (instant, zone, day) => {
  expect(shopLocalDate(Date.parse(instant), zone)).toBe(day)
})

test('days are eight digits and never go back', () => {
  const instants = fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) })
  const zone = fc.constantFrom('Asia/Shanghai', 'America/Sao_Paulo', 'Asia/Kathmandu', 'UTC')
  fc.assert(
    fc.property(instants, instants, zone, (a, b, name) => {
      const [earlier, later] = [Math.min(a, b), Math.max(a, b)].map((ms) => shopLocalDate(ms, name))
      expect(earlier).toMatch(/^\d{8}$/)
      expect(earlier! <= later!).toBe(true)
    }),
  )
})

test('in UTC it is the day that ISO 8601 writes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: Date.UTC(2200, 0, 1) }), (ms) => {
      const iso = new Date(ms).toISOString().slice(0, 10).replaceAll('-', '')
      expect(shopLocalDate(ms, 'UTC')).toBe(iso)
    }),
  )
})

test('zones are known by their IANA names', () => {
  for (const name of ['Asia/Shanghai', 'Asia/Urumqi', 'UTC', 'Europe/Berlin', 'America/New_York']) {
    expect(isTimeZone(name)).toBe(true)
  }
  for (const name of ['', 'Peking', 'Asia/Atlantis', 'GMT+25', '东八区', 'Asia/Shanghai; drop']) {
    expect(isTimeZone(name)).toBe(false)
  }
})
