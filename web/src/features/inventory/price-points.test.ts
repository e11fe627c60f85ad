// Shows that the line of a price begins before its first change and ends today.
import { expect, test } from 'vitest'

import { pricePoints } from './price-points.ts'

const at = (day: string) => Date.parse(`${day}T00:00:00Z`)
const change = (day: string, from_cents: number, to_cents: number) => ({
  from_cents,
  to_cents,
  changed_by: 1,
  changed_at: new Date(at(day)).toISOString(),
})

test('each price stands from its day to the next, the last one until now', () => {
  const changes = [change('2026-03-01', 1200, 1100), change('2026-02-01', 1000, 1200)]
  const [start, ...rest] = pricePoints(changes, at('2026-04-01'))
  expect(start?.[1]).toBe(1000)
  expect(start?.[0]).toBeLessThan(at('2026-02-01'))
  expect(rest).toEqual([
    [at('2026-02-01'), 1200],
    [at('2026-03-01'), 1100],
    [at('2026-04-01'), 1100],
  ])
})

test('without a change there is nothing to draw', () => {
  expect(pricePoints([], 0)).toEqual([])
})
