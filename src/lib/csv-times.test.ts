// Shows that days and times are those of the shop's clock, also where it is put forward and back.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instantOf, localTime } from './csv-times.ts'
import { dayAt } from './days.ts'

const at = (text: string, zone: string) => {
  const instant = instantOf(text, zone)
  return instant === null ? null : new Date(instant).toISOString()
}

test.each([
  ['2026-01-31', 'Asia/Shanghai', '2026-01-30T16:00:00.000Z'],
  ['2026-01-31', 'UTC', '2026-01-31T00:00:00.000Z'],
  ['2026-01-31', 'Pacific/Kiritimati', '2026-01-30T10:00:00.000Z'],
  ['2026-01-31', 'Pacific/Pago_Pago', '2026-01-31T11:00:00.000Z'],
  // Summer time begins at midnight there: the day has no 00:00.
  ['2026-03-29', 'Asia/Beirut', '2026-03-28T22:00:00.000Z'],
  ['2026-01-31T08:00:00Z', 'Asia/Shanghai', '2026-01-31T08:00:00.000Z'],
  ['2026-01-31T08:00+08:00', 'UTC', '2026-01-31T00:00:00.000Z'],
  ['2026-02-30', 'UTC', null],
  ['31.01.2026', 'UTC', null],
  ['2026-01-31T08:00:00', 'UTC', null],
  ['yesterday', 'UTC', null],
])('%s in %s is %s', (text, zone, expected) => {
  expect(at(text, zone)).toBe(expected)
})

test('a day begins at its first millisecond, in every zone', () => {
  const zones = fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/St_Johns', 'Asia/Beirut')
  const days = fc.date({
    min: new Date('2000-01-01'),
    max: new Date('2040-01-01'),
    noInvalidDate: true,
  })
  fc.assert(
    fc.property(zones, days, (zone, date) => {
      const day = date.toISOString().slice(0, 10)
      const start = instantOf(day, zone) ?? NaN
      expect([dayAt(start, zone) >= day, dayAt(start - 1, zone) < day]).toEqual([true, true])
    }),
  )
})

test('a time is shown on the shop’s clock', () => {
  expect(localTime(Date.UTC(2026, 0, 15, 20, 5, 9), 'Asia/Shanghai')).toBe('2026-01-16 04:05:09')
  expect(localTime(Date.UTC(2026, 0, 15, 16), 'Asia/Shanghai')).toBe('2026-01-16 00:00:00')
})
