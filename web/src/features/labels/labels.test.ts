// Shows that labels carry the right bars: a valid EAN-13 as such, anything else as CODE128, and no bars for what has none.
import { expect, test } from 'vitest'

import { barsOf } from '../../lib/office/bars.ts'
import { codeOf, isTooDense } from './label-code.ts'
import { SIZE_NAMES, SIZES } from './label-sizes.ts'
import { labelPages } from './label-pages.ts'

test('a valid EAN-13 is one; with a wrong check digit it is only text', () => {
  expect(codeOf({ barcode: '6901234567892', sku: 'A' })?.format).toBe('EAN13')
  expect(codeOf({ barcode: '6901234567893', sku: 'A' })).toEqual({
    format: 'CODE128',
    text: '6901234567893',
  })
})

test('without a barcode the SKU is printed, if it has letters that bars know', () => {
  expect(codeOf({ barcode: null, sku: 'SF-0001' })).toEqual({ format: 'CODE128', text: 'SF-0001' })
  expect(codeOf({ barcode: null, sku: '猫粮-1' })).toBeNull()
})

test('the bars of an EAN-13 are the standard ones', () => {
  const bars = barsOf({ format: 'EAN13', text: '6901234567892' })
  expect(bars.modules).toBe(95)
  // Guards at both ends and in the middle.
  for (const x of [11, 13, 11 + 46, 11 + 48, 11 + 92, 11 + 94]) {
    expect(bars.path).toContain(`M${x} 0h1v1h-1z`)
  }
  const black = [...bars.path.matchAll(/h(\d+)/g)].reduce(
    (sum, [, width]) => sum + Number(width),
    0,
  )
  expect(black).toBeGreaterThan(30)
  expect(bars.width).toBe(95 + 22)
})

test('an EAN-13 fits every size; a long SKU only the larger ones', () => {
  for (const name of SIZE_NAMES) expect(isTooDense(95, 'EAN13', SIZES[name])).toBe(false)
  const long = barsOf({ format: 'CODE128', text: 'CATFOOD-CHICKEN-2KG' })
  expect(isTooDense(long.modules, 'CODE128', SIZES.s40x30)).toBe(true)
  expect(isTooDense(long.modules, 'CODE128', SIZES.a4)).toBe(false)
})

test('copies follow each other over the pages; places already used stay empty', () => {
  const pages = labelPages(
    [
      { label: 'a', copies: 2 },
      { label: 'b', copies: 24 },
    ],
    SIZES.a4,
    3,
  )
  expect(pages.map((page) => page.length)).toEqual([24, 5])
  expect(pages[0]?.slice(0, 6)).toEqual([null, null, null, 'a', 'a', 'b'])
  expect(labelPages([{ label: 'a', copies: 3 }], SIZES.s40x30, 0)).toEqual([['a'], ['a'], ['a']])
})
