// Shows that the demo's chance is repeatable, in range and in proportion.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom, hashText } from './random.ts'

const draw = (seed: number, count: number) => {
  const random = createRandom(seed)
  return Array.from({ length: count }, () => random.next())
}

test('one seed gives one sequence, another seed another', () => {
  expect(draw(7, 50)).toEqual(draw(7, 50))
  expect(draw(7, 50)).not.toEqual(draw(8, 50))
})

test('whole numbers stay within their bounds and reach both', () => {
  const random = createRandom(1)
  const seen = new Set(Array.from({ length: 500 }, () => random.int(3, 6)))
  expect([...seen].sort()).toEqual([3, 4, 5, 6])
})

test('numbers are spread evenly', () => {
  const values = draw(42, 20_000)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  expect(mean).toBeGreaterThan(0.49)
  expect(mean).toBeLessThan(0.51)
  expect(Math.min(...values)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...values)).toBeLessThan(1)
})

test('weights decide how often an index comes, and zero never comes', () => {
  const random = createRandom(5)
  const counts = [0, 0, 0]
  for (let round = 0; round < 10_000; round += 1) {
    const index = random.weightedIndex([1, 0, 3])
    counts[index] = (counts[index] ?? 0) + 1
  }
  expect(counts[1]).toBe(0)
  expect((counts[2] ?? 0) / (counts[0] ?? 1)).toBeGreaterThan(2.7)
  expect((counts[2] ?? 0) / (counts[0] ?? 1)).toBeLessThan(3.3)
})

test('a weighted choice never lands on a weight of zero, whatever the weights', () => {
  fc.assert(
    fc.property(fc.integer(), fc.array(fc.integer({ min: 0, max: 9 })), (seed, weights) => {
      const index = createRandom(seed).weightedIndex(weights)
      if (weights.every((weight) => weight === 0)) expect(index).toBe(-1)
      else expect(weights[index]).toBeGreaterThan(0)
    }),
  )
})

test('picking from nothing is an error', () => {
  expect(() => createRandom(1).pick([])).toThrow(RangeError)
})

test('a text has one hash, and similar texts differ', () => {
  expect(hashText('SF-0001')).toBe(hashText('SF-0001'))
  const hashes = new Set(Array.from({ length: 1000 }, (_, n) => hashText(`SF-${n}`)))
  expect(hashes.size).toBe(1000)
})
