// Shows that whoever contains a word has all pieces of it, whatever the characters.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gramRanges, gramsOf } from './grams.ts'

const has = (text: string, word: string) => {
  const grams = [...gramsOf(text)]
  return gramRanges(word).every(({ first, last }) =>
    grams.some((gram) => gram >= first && gram <= last),
  )
}
const texts = fc.string({ unit: 'binary', maxLength: 12 })
const words = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 6 })
  .filter((word) => !/\s/.test(word))

test('a text has every piece of each word in it, at its beginning, within and at its end', () => {
  fc.assert(
    fc.property(texts, words, texts, (before, word, after) => {
      expect(has(`${before}${word}${after}`, word)).toBe(true)
    }),
    { numRuns: 2000 },
  )
})

test('a half of a pair is found as databases keep it', () => {
  expect(has('a\ud83d b', '\ud83d')).toBe(true)
  expect(has('a\ufffdb', '\ud83d')).toBe(true)
})

test.each([
  ['猫粮 2kg', '狗'],
  ['猫粮 2kg', '粮猫'],
  ['猫粮 2kg', 'kgb'],
  ['fish food', 'hfo'],
])('%s has not every piece of %s', (text, word) => {
  expect(has(text, word)).toBe(false)
})

test('pieces are whole numbers below 2^30, one for each different place', () => {
  const grams = gramsOf('aab aab \u{10ffff}')
  expect([...grams].every((gram) => Number.isInteger(gram) && gram >= 0 && gram < 2 ** 30)).toBe(
    true,
  )
  expect(grams.size).toBe(5)
  expect(gramsOf('  ').size).toBe(0)
})

test('a word of three characters or more is sought by exact pieces', () => {
  expect(gramRanges('abcd').every(({ first, last }) => first === last)).toBe(true)
  expect(gramRanges('ab')).toHaveLength(1)
  expect(gramRanges('')).toEqual([])
})
