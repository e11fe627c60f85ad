// Shows what a failure carries, and that its texts are filled with facts and nothing else.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AppError, defineError } from './errors.ts'

const soldOut = defineError('SOLD_OUT', 409, {
  zh: '{name} 只剩 {left} 件。',
  en: 'Only {left} of {name} are left.',
})

test('a definition makes errors with code, status and both texts', () => {
  expect([soldOut.code, soldOut.status]).toEqual(['SOLD_OUT', 409])
  const error = soldOut({ params: { name: '猫砂', left: 0 }, details: [1], retryAfter: 2 })
  expect(error).toBeInstanceOf(AppError)
  expect(error).toBeInstanceOf(Error)
  expect(error).toMatchObject({
    name: 'AppError',
    code: 'SOLD_OUT',
    status: 409,
    text: { zh: '猫砂 只剩 0 件。', en: 'Only 0 of 猫砂 are left.' },
    message: 'SOLD_OUT: Only 0 of 猫砂 are left.',
    details: [1],
    retryAfter: 2,
  })
})

test('what is not given stays visible instead of becoming "undefined"', () => {
  expect(soldOut().text.en).toBe('Only {left} of {name} are left.')
  expect(soldOut({ params: { left: 1 } }).text.en).toBe('Only 1 of {name} are left.')
})

test('a value is put in as it is: braces and dollars in it mean nothing', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.constantFrom('{left}', '$&', '$1', '$$')), (name) => {
      const { text } = soldOut({ params: { name, left: 3 } })
      expect(text.en).toBe(`Only 3 of ${name} are left.`)
      expect(text.zh).toBe(`${name} 只剩 3 件。`)
    }),
  )
})
