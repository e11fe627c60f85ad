// Shows that amounts are read as they are written, in currencies of any decimals, and never guessed.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decimalsOf, formatMoney, readField, readQuantity, readSku } from './import-values-rules.ts'

const cents = fc.integer({ min: 0, max: 100_000_000 })

test('an amount that is written is read back', () => {
  fc.assert(
    fc.property(cents, fc.constantFrom('CNY', 'JPY', 'KWD'), (amount, currency) => {
      const digits = decimalsOf(currency)
      const text = formatMoney(amount, digits)
      expect(text).toMatch(digits === 0 ? /^\d+$/ : new RegExp(`^\\d+\\.\\d{${digits}}$`))
      expect(readField('price', text, digits)).toEqual({ value: amount })
    }),
  )
})

test('what is read as a price is a whole number of the smallest coin, within its bounds', () => {
  const text = fc.oneof(fc.string({ maxLength: 12 }), fc.double().map(String), cents.map(String))
  fc.assert(
    fc.property(text, fc.constantFrom(0, 2, 3), (written, digits) => {
      const reading = readField('price', written, digits)
      if ('code' in reading) return
      expect(Number.isInteger(reading.value)).toBe(true)
      expect(reading.value).toBe(Math.round(Number(written) * 10 ** digits))
    }),
  )
})

test.each([
  ['5', 2, 500],
  ['5.5', 2, 550],
  ['005.50', 2, 550],
  ['0', 2, 0],
  [' 7 ', 0, 7],
  ['1.234', 3, 1234],
])('%j with %i decimals is %i', (text, digits, value) => {
  expect(readField('price', text, digits)).toEqual({ value })
})

test.each([
  ['', { value: 0 }],
  ['12', { value: 12 }],
  ['-12', { value: -12 }],
  ['-0', { value: 0 }],
  ['1.0', { code: 'WHOLE_NUMBER', params: { value: '1.0' } }],
  ['- 1', { code: 'WHOLE_NUMBER', params: { value: '- 1' } }],
  ['-1000001', { code: 'TOO_LARGE', params: { limit: 1_000_000 } }],
])('a quantity of %j is %j', (text, reading) => {
  expect(readQuantity(text)).toEqual(reading)
})

test('a SKU has no more characters than the shop keeps, folded too', () => {
  expect(readSku('🐈'.repeat(64))).toHaveProperty('value')
  expect(readSku('🐈'.repeat(65))).toMatchObject({ code: 'TOO_LONG', params: { found: 65 } })
  // One character that unfolds to eighteen.
  expect(readSku('ﷺ'.repeat(60))).toMatchObject({ code: 'TOO_LONG' })
  expect(readSku('\u{3000}')).toMatchObject({ code: 'REQUIRED' })
})

test('texts that no database keeps are named', () => {
  for (const text of ['a\0b', '\u{D800}']) {
    expect(readField('description', text, 2)).toEqual({ code: 'CHARACTER_NOT_ALLOWED' })
    expect(readSku(text)).toEqual({ code: 'CHARACTER_NOT_ALLOWED' })
  }
})
