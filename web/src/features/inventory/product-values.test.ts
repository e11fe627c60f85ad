// Shows that money survives the way through the form, in currencies with and without minor units.
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { marginOf } from './margin.ts'
import { differ, mergeTheirs, toChanges, toPatch, toValues } from './product-values.ts'

const product = {
  product_id: 1,
  sku: 'A-1',
  barcode: null,
  product_name: '猫粮',
  name_en: '',
  category: '主粮',
  unit: '袋',
  price_cents: 1990,
  stock_status: 'in_stock' as const,
  active: true,
  image_url: null,
  image_urls: [],
  description: '',
  low_stock_threshold: 3,
  cost_cents: null,
}

test('any price comes back as it was', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 100_000_000 }),
      fc.constantFrom(0, 2, 3),
      (cents, digits) => {
        const values = toValues({ ...product, price_cents: cents, cost_cents: cents }, digits)
        const patch = toPatch(values, digits, false)
        expect(toChanges(values, values, digits)).toEqual({})
        expect(patch).toMatchObject({ price_cents: cents, cost_cents: cents })
      },
    ),
  )
})

test('a new product brings its first stock; a known one keeps its own', () => {
  const values = { sku: ' A-2 ', product_name: '球', price: 19.9, quantity: 7 }
  expect(toPatch(values, 2, true)).toMatchObject({ sku: 'A-2', price_cents: 1990, quantity: 7 })
  expect(toPatch(values, 2, false)).not.toHaveProperty('quantity')
})

test('a category that was emptied is taken away; a new product has none until it is named', () => {
  const before = toValues(product, 2)
  expect(toChanges({ ...before, category: ' ' }, before, 2)).toEqual({ category: '' })
  expect(toPatch({ ...before, category: '' }, 2, true)).not.toHaveProperty('category')
})

test('a threshold that nobody typed is left to the shop; 0 is a threshold', () => {
  const values = { sku: 'A-2', product_name: '球', price: 1 }
  expect(toPatch({ ...values, low_stock_threshold: null }, 2, true)).not.toHaveProperty(
    'low_stock_threshold',
  )
  expect(toPatch({ ...values, low_stock_threshold: 0 }, 2, true)).toMatchObject({
    low_stock_threshold: 0,
  })
})

test('only what says something else is a change', () => {
  const before = toValues(product, 2)
  expect(differ({ ...before, barcode: undefined } as typeof before, before)).toBe(false)
  expect(differ({ ...before, cost: 3 }, before)).toBe(true)
  expect(differ({ quantity: 0, name_en: '' }, toValues(null, 2))).toBe(false)
})

test('only what was changed is sent: what others have changed since stays theirs', () => {
  const before = toValues({ ...product, barcode: '123', image_urls: ['/a', '/b'] }, 2)
  expect(toChanges({ ...before, product_name: '猫粮 ' }, before, 2)).toEqual({})
  expect(toChanges({ ...before, name_en: 'Food' }, before, 2)).toEqual({ name_en: 'Food' })
  expect(
    toChanges({ ...before, barcode: '', image_urls: ['/b', '/a'], price: 20, cost: 0 }, before, 2),
  ).toEqual({ barcode: null, image_urls: ['/b', '/a'], price_cents: 2000, cost_cents: 0 })
})

test('on what somebody else has saved stays what was typed, and what both have changed is named', () => {
  const before = toValues(product, 2)
  const typed = { ...before, product_name: '好猫粮', price: 25, unit: '包' }
  const theirs = { ...before, price: 30, cost: 8, unit: '包' }
  expect(mergeTheirs(typed, before, theirs)).toEqual({
    values: { ...typed, cost: 8 },
    disputed: ['price'],
  })
})

test('the margin is exact, a loss is negative, and nothing divides by a price of nothing', () => {
  expect(marginOf(1990, 1010)).toEqual({ cents: 980, part: 980 / 1990 })
  expect(marginOf(5, 8)).toEqual({ cents: -3, part: -3 / 5 })
  expect(marginOf(0, 100)).toEqual({ cents: -100, part: 0 })
})
