// Shows that a new product's SKU goes on with the shop's own row, and is none that there is.
import { expect, test } from 'vitest'

import { nextSku, rowOf } from './next-sku.ts'

test('the row is what most of them have before their number', () => {
  expect(rowOf(['SF-0001', 'SF-0002', 'X'])).toBe('SF-')
  expect(rowOf(['A1', 'B1'])).toBeNull()
  expect(rowOf(['6901234567892', '12'])).toBeNull()
  expect(rowOf([])).toBeNull()
})

test('the next number is as long as those before it, and counts what is archived and written small', () => {
  expect(nextSku('SF-', ['SF-0001', 'sf-0009', 'SFX-0100', 'SF-OLD'])).toBe('SF-0010')
  expect(nextSku('A', ['A9', 'A99'])).toBe('A100')
  expect(nextSku(null, ['SF-0001'])).toBe('SP-0001')
  expect(nextSku(null, ['SP-0001', 'SP-0007'])).toBe('SP-0008')
})
