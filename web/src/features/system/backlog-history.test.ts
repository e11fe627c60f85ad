// Shows that looks at the backlog are kept in order, not for ever, and drawn to scale with the newest at the right.
import { expect, test } from 'vitest'

import { addLook, lineOf, mostSeen } from './backlog-history.ts'

const look = (group: string, backlog: number) => ({
  group,
  stream: 'orders' as const,
  backlog,
  retrying: 0,
  dead: 0,
})

test('each group keeps its own looks, the newest last, and no more than five minutes', () => {
  let seen = addLook(new Map(), [look('a', 1), look('b', 9)])
  seen = addLook(seen, [look('a', 2)])
  expect([...seen]).toEqual([['a', [1, 2]]])
  for (let i = 0; i < 2 * mostSeen; i++) seen = addLook(seen, [look('a', i)])
  expect(seen.get('a')).toHaveLength(mostSeen)
  expect(seen.get('a')?.at(-1)).toBe(2 * mostSeen - 1)
})

test('the line ends at the right; its top is the most there was', () => {
  expect(lineOf([0, 5, 10], 99, 20)).toBe('97.0,20.0 98.0,10.0 99.0,0.0')
  expect(lineOf([0, 0], 99, 20)).toBe('98.0,20.0 99.0,20.0')
  expect(lineOf([7], 99, 20)).toBe('99.0,0.0')
})
