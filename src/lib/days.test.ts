// Shows that days are what calendars say, at the edges of months, years and zones.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, countDays, dayAt, isDay, listDays } from './days.ts'

describe('a day', () => {
  test.each(['2026-01-31', '2028-02-29', '1999-12-31'])('%s is one', (text) => {
    expect(isDay(text)).toBe(true)
  })

  test.each([
    '',
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '20260101',
    '0999-01-01',
    '2026-01-01T00:00:00Z',
    ' 2026-01-01',
    '２０２６-01-01',
    'yesterday',
  ])('%j is none', (text) => expect(isDay(text)).toBe(false))

  test('depends on the zone of whoever looks at the clock', () => {
    const at = Date.UTC(2026, 0, 14, 20)
    expect(dayAt(at, 'Asia/Shanghai')).toBe('2026-01-15')
    expect(dayAt(at, 'UTC')).toBe('2026-01-14')
    expect(dayAt(at, 'Pacific/Kiritimati')).toBe('2026-01-15')
  })
})

describe('counting days', () => {
  test('crosses months, leap days and years', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
    expect(addDays('2028-03-01', -1)).toBe('2028-02-29')
    expect(listDays('2026-02-27', '2026-03-02')).toEqual([
      '2026-02-27',
      '2026-02-28',
      '2026-03-01',
      '2026-03-02',
    ])
  })

  test('counts both ends, and nothing when they stand in the wrong order', () => {
    expect(countDays('2026-01-01', '2026-01-01')).toBe(1)
    expect(countDays('2026-01-02', '2026-01-01')).toBe(0)
    expect(listDays('2026-01-02', '2026-01-01')).toEqual([])
  })

  test('there and back is where one was', () => {
    const days = fc
      .date({ min: new Date('1000-01-01'), max: new Date('9000-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10))
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 100_000 }), (day, count) => {
        const later = addDays(day, count)
        expect(isDay(later)).toBe(true)
        expect([addDays(later, -count), countDays(day, later)]).toEqual([day, count + 1])
        expect(later >= day).toBe(true)
      }),
    )
  })
})
