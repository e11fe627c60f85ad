// Shows that the check digit catches what people mistype.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { luhnDigit } from './check-digit.ts'

const digits = fc.stringMatching(/^\d{1,24}$/)
const isValid = (text: string) => luhnDigit(text.slice(0, -1)) === Number(text.at(-1))

test.each([
  ['7992739871', 3],
  ['411111111111111', 1],
  ['0', 0],
  ['1', 8],
])('%s gets %i, as the standard says', (text, digit) => {
  expect(luhnDigit(text)).toBe(digit)
})

test('it is one digit', () => {
  fc.assert(fc.property(digits, (text) => /^\d$/.test(String(luhnDigit(text)))))
})

test('every single wrong digit is caught', () => {
  fc.assert(
    fc.property(digits, fc.nat(), fc.integer({ min: 1, max: 9 }), (text, at, shift) => {
      const whole = `${text}${luhnDigit(text)}`
      const i = at % whole.length
      const wrong = (Number(whole[i]) + shift) % 10
      expect(isValid(whole)).toBe(true)
      expect(isValid(`${whole.slice(0, i)}${wrong}${whole.slice(i + 1)}`)).toBe(false)
    }),
  )
})

test('every swap of neighbours is caught, but for 09 and 90', () => {
  fc.assert(
    fc.property(digits, fc.nat(), (text, at) => {
      const whole = `${text}${luhnDigit(text)}`
      const i = at % (whole.length - 1)
      const [a, b] = [whole[i]!, whole[i + 1]!]
      fc.pre(a !== b && !['09', '90'].includes(a + b))
      expect(isValid(`${whole.slice(0, i)}${b}${a}${whole.slice(i + 2)}`)).toBe(false)
    }),
  )
})
