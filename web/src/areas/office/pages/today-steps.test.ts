// Shows when a new shop's first steps appear, what ticks them, and when they go.
import { expect, test } from 'vitest'

import { type Facts, progressAfter, progressFrom, stepsOf } from './today-steps.ts'

const nothing: Facts = { products: false, receipt: false, staff: false, sale: false }
const all: Facts = { products: true, receipt: true, staff: true, sale: true }
const after = (progress: string, facts: Facts, isOwner = true) => {
  const before = progressFrom(progress)
  return progressAfter(before, facts, stepsOf(facts, before, isOwner))
}
const doneOf = (facts: Facts, progress: string, isOwner = true) =>
  stepsOf(facts, progressFrom(progress), isOwner)
    .filter(({ done }) => done)
    .map(({ name }) => name)

test('they begin while there are no products or no sales, and not in a shop that sells', () => {
  expect(after('', nothing)).toBe('shown')
  expect(after('', { ...all, sale: false })).toBe('shown')
  expect(after('', { ...all, products: false })).toBe('shown')
  expect(after('', { ...nothing, products: true, sale: true })).toBe('over')
  expect(after('what another version wrote', all)).toBe('over')
})

test('once begun they stay until the last one is done, or they are dismissed', () => {
  expect(after('shown', { ...all, staff: false })).toBe('shown')
  expect(after('shown', all)).toBe('shown') // nobody looked at the shop yet
  expect(after('looked', { ...all, receipt: false })).toBe('looked')
  expect(after('looked', all)).toBe('over')
  expect(after('over', nothing)).toBe('over')
})

test('each is ticked by what the shop has; its details are the owner’s', () => {
  expect(doneOf(nothing, 'shown')).toEqual([])
  expect(doneOf({ ...nothing, products: true }, 'looked')).toEqual(['products', 'look'])
  expect(doneOf(all, 'looked')).toEqual(['products', 'shop', 'staff', 'look', 'sale'])
  expect(doneOf(all, 'looked', false)).toEqual(['products', 'staff', 'look', 'sale'])
})
