// Shows the measure of how well two sets of times can be told apart.
import { expect, test } from 'vitest'
import { aucOf } from './auc.ts'

test('sets that don’t overlap are told apart always, equal ones not at all', () => {
  expect(aucOf([1, 2, 3], [4, 5, 6]).auc).toBe(1)
  expect(aucOf([4, 5, 6], [1, 2, 3]).auc).toBe(0)
  expect(aucOf([1, 2, 3], [1, 2, 3]).auc).toBe(0.5)
  expect(aucOf([1, 1, 1, 1], [1, 1]).auc).toBe(0.5)
  expect(aucOf([1, 3], [2, 4]).auc).toBe(0.75)
})

test('the margin shrinks with the square root of how many there are', () => {
  const many = Array.from({ length: 4000 }, (_, i) => i)
  expect(aucOf(many, many).margin).toBeCloseTo(0.01265, 4)
})
