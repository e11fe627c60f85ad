// Shows that barcodes are made and checked as the EAN-13 standard says.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ean13, isEan13 } from './ean13.ts'

const twelveDigits = fc
  .array(fc.integer({ min: 0, max: 9 }), { minLength: 12, maxLength: 12 })
  .map((digits) => digits.join(''))

test('the check digit of known codes is right', () => {
  expect(ean13('690000000000')).toBe('6900000000007')
  expect(ean13('590123412345')).toBe('5901234123457')
  expect(ean13('000000000000')).toBe('0000000000000')
})

test('only twelve digits become a code', () => {
  for (const wrong of ['', '12345678901', '1234567890123', '12345678901x', ' 12345678901']) {
    expect(() => ean13(wrong)).toThrow(RangeError)
  }
})

test('every code made is valid, and one wrong digit makes it invalid', () => {
  fc.assert(
    fc.property(
      twelveDigits,
      fc.integer({ min: 0, max: 12 }),
      fc.integer({ min: 1, max: 9 }),
      (digits, position, change) => {
        const code = ean13(digits)
        expect(isEan13(code)).toBe(true)
        const wrong = [...code]
        wrong[position] = String((Number(wrong[position]) + change) % 10)
        expect(isEan13(wrong.join(''))).toBe(false)
      },
    ),
  )
})

test('other lengths and letters are not codes', () => {
  for (const wrong of ['', '590123412345', '59012341234577', '590123412345a']) {
    expect(isEan13(wrong)).toBe(false)
  }
})
