// Shows which days an address means, and which come before them.
import { expect, test } from 'vitest'

import { choiceOf, daysBefore } from './period.ts'

const today = '2026-03-01'
const nothing = { days: '', from: '', to: '' }
const lastThirty = { span: 30, period: { from: '2026-01-31', to: today } }

test('without a word it is the last thirty days', () => {
  expect(choiceOf(nothing, today)).toEqual(lastThirty)
  expect(choiceOf({ ...nothing, days: '7' }, today)).toEqual({
    span: 7,
    period: { from: '2026-02-23', to: today },
  })
})

test('days of one’s own count before a span', () => {
  const period = { from: '2025-02-01', to: '2025-02-01' }
  expect(choiceOf({ days: '90', ...period }, today)).toEqual({ span: null, period })
})

test.each([
  { days: '8', from: '', to: '' },
  { days: '', from: '2026-02-30', to: '2026-03-01' },
  { days: '', from: '2026-03-01', to: '2026-02-01' },
  { days: '', from: '2024-01-01', to: '2026-01-01' },
  { days: '', from: '2026-02-01', to: '' },
])('an address that means nothing is the usual one: %j', (address) => {
  expect(choiceOf(address, today)).toEqual(lastThirty)
})

test('the days before are as many, and end the day before', () => {
  expect(daysBefore({ from: '2026-02-23', to: today })).toEqual({
    from: '2026-02-16',
    to: '2026-02-22',
  })
  expect(daysBefore({ from: '2025-03-01', to: today })).toBeNull()
})
