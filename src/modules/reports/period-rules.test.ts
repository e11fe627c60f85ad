// Shows which days may be asked for, and that what is wrong is named.
import { expect, test } from 'vitest'
import { periodOf } from './period-rules.ts'

const today = '2026-03-01'

test('without a word it is the last thirty days, today among them', () => {
  expect(periodOf({}, today)).toEqual({ from: '2026-01-31', to: today })
  expect(periodOf({ to: '2026-01-30' }, today)).toEqual({ from: '2026-01-01', to: '2026-01-30' })
  expect(periodOf({ from: '2026-02-01' }, today)).toEqual({ from: '2026-02-01', to: today })
})

test('a single day is a period', () => {
  const day = { from: today, to: today }
  expect(periodOf(day, today)).toEqual(day)
})

test('at most 400 days', () => {
  const to = '2026-12-31'
  expect(periodOf({ from: '2025-11-27', to }, today)).toEqual({ from: '2025-11-27', to })
  expect(periodOf({ from: '2025-11-26', to }, today)).toMatchObject({ field: 'from' })
})

test.each([
  [{ from: '2026-02-30' }, 'from', 'must be a day, for example 2026-01-31'],
  [{ to: 'today' }, 'to', 'must be a day, for example 2026-01-31'],
  [{ from: '2026-01-02', to: '2026-01-01' }, 'to', 'must not be before from'],
  [{ from: '2026-03-02' }, 'from', 'must not be after today'],
])('%j is refused for its %s', (query, field, en) => {
  expect(periodOf(query, today)).toMatchObject({ field, en })
})
