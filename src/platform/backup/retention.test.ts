// Shows which backups are kept: the newest of each of the last days, weeks and months that have one.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chooseAt, chooseForgotten } from './retention.ts'

const at = (time: string) => ({ created_at: Date.parse(time) })
const days = (n: number) =>
  Array.from({ length: n }, (_, i) => ({ created_at: Date.UTC(2026, 10, 22, 3) - i * 86_400_000 }))
const NONE = { days: 0, weeks: 0, months: 0 }

describe('what is forgotten', () => {
  test('of a day the newest stays', () => {
    const [early, late, before] = [
      at('2026-11-22T03:00:00Z'),
      at('2026-11-22T15:00:00Z'),
      at('2026-11-21T03:00:00Z'),
    ]
    expect(chooseForgotten([early, late, before], { ...NONE, days: 7 })).toEqual([early])
    expect(chooseForgotten([early, late, before], { ...NONE, days: 1 })).toEqual([early, before])
  })

  test('days without a backup take no place', () => {
    const old = at('2025-01-01T03:00:00Z')
    expect(chooseForgotten([at('2026-11-22T03:00:00Z'), old], { ...NONE, days: 2 })).toEqual([])
  })

  test('weeks begin on Monday, and the newest of each stays beside the days', () => {
    const all = days(30)
    const forgotten = new Set(chooseForgotten(all, { days: 3, weeks: 3, months: 0 }))
    const kept = all.filter((it) => !forgotten.has(it))
    expect(kept.map(({ created_at }) => new Date(created_at).toISOString().slice(0, 10))).toEqual([
      '2026-11-22',
      '2026-11-21',
      '2026-11-20',
      '2026-11-15',
      '2026-11-08',
    ])
  })

  test('months count too', () => {
    const all = days(60)
    expect(all.length - chooseForgotten(all, { ...NONE, months: 2 }).length).toBe(2)
  })

  test('the newest always stays, and nothing is chosen that wasn’t given', () => {
    const times = fc.array(fc.integer({ min: 0, max: 4e12 }), { minLength: 1 })
    const rule = fc.record({ days: fc.nat(9), weeks: fc.nat(9), months: fc.nat(9) })
    fc.assert(
      fc.property(times, rule, (list, keep) => {
        const all = list.map((created_at) => ({ created_at }))
        const forgotten = chooseForgotten(all, keep)
        const newest = Math.max(...list)
        expect(all.filter((it) => !forgotten.includes(it)).map((it) => it.created_at)).toContain(
          newest,
        )
        expect(all.length - forgotten.length).toBeLessThanOrEqual(
          1 + keep.days + keep.weeks + keep.months,
        )
        // Once more: whoever was kept is kept.
        const kept = all.filter((it) => !forgotten.includes(it))
        expect(chooseForgotten(kept, keep)).toEqual([])
      }),
    )
  })
})

test('a moment chooses the newest that is not younger', () => {
  const [one, two] = [at('2026-11-20T03:00:00Z'), at('2026-11-21T03:00:00Z')]
  expect(chooseAt([one, two], Date.parse('2026-11-21T03:00:00Z'))).toBe(two)
  expect(chooseAt([one, two], Date.parse('2026-11-21T02:59:59Z'))).toBe(one)
  expect(chooseAt([one, two], Date.parse('2026-11-20T02:59:59Z'))).toBe(null)
})
