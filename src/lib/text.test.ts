// Shows that names which look the same are the same.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldText } from './text.ts'

test.each([
  ['Anna', 'anna'],
  ['ＡＮＮＡ', 'anna'],
  ['  anna ', 'anna'],
  ['é', 'e\u0301'],
  ['ﬁsch', 'fisch'],
  ['ÄRGER', 'ärger'],
  ['ｶﾞ', 'ガ'],
  ['①', '1'],
  ['J\u030c', '\u01f0'],
])('%j and %j are one name', (one, other) => {
  expect(foldText(one)).toBe(foldText(other))
})

test.each([
  ['anna', 'hanna'],
  ['猫', '犬'],
  ['é', 'e'],
])('%j and %j are two names', (one, other) => {
  expect(foldText(one)).not.toBe(foldText(other))
})

test('what is folded stays as it is when folded again', () => {
  const between = (min: number, max: number) =>
    fc.integer({ min, max }).map((code) => String.fromCodePoint(code))
  const letter = fc.oneof(
    between(1, 0xd7ff),
    between(0xe000, 0x10ffff),
    fc.constantFrom(...'HJTWY'),
  )
  const mark = between(0x300, 0x36f)
  const text = fc.array(fc.oneof(letter, mark), { maxLength: 6 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(text, (name) => {
      expect(foldText(foldText(name))).toBe(foldText(name))
    }),
    { numRuns: 1000 },
  )
})
