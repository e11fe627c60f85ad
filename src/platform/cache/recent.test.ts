// Shows that a cache's memory stays small, and keeps what is used.
import { expect, test } from 'vitest'
import { createBudget } from './budget.ts'
import { createRecent } from './recent.ts'

test('what was used longest ago is forgotten first', () => {
  const recent = createRecent<number>(3)
  for (const key of ['a', 'b', 'c']) recent.set(key, 1, 1000)
  recent.get('a')
  recent.set('b', 2, 1000)
  recent.set('d', 1, 1000)
  expect(['a', 'b', 'c', 'd'].map((key) => recent.get(key))).toEqual([1, 2, undefined, 1])
  for (let i = 0; i < 1000; i++) recent.set(`key ${i}`, i, 1000)
  expect(recent.size()).toBe(3)
})

test('each entry lives as long as it was told', () => {
  let now = 0
  const recent = createRecent<string>(10, () => now)
  recent.set('short', 'a', 10)
  recent.set('long', 'b', 20)
  now = 9
  expect([recent.get('short'), recent.get('long')]).toEqual(['a', 'b'])
  now = 10
  expect([recent.get('short'), recent.get('long')]).toEqual([undefined, 'b'])
  recent.delete('long')
  expect([recent.get('long'), recent.size()]).toEqual([undefined, 0])
  recent.set('again', 'c', 10)
  recent.clear()
  expect(recent.get('again')).toBeUndefined()
})

test('a budget is spent in a second, and there again in the next', () => {
  let now = 0
  const budget = createBudget(2, () => now)
  expect([budget.take(), budget.take(), budget.take()]).toEqual([true, true, false])
  now = 999
  expect(budget.take()).toBe(false)
  now = 1000
  expect([budget.take(), budget.take(), budget.take()]).toEqual([true, true, false])
})
