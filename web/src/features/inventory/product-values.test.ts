// Shows that money survives the way through the form, in currencies with and without minor units.
import fc from 'fast-check'
import { expect, test } from 'vitest'

import { toPatch, toValues } from './product-values.ts'

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
        const patch = toPatch(values as Parameters<typeof toPatch>[0], digits, false)
        expect(patch).toMatchObject({ price_cents: cents, cost_cents: cents })
      },
    ),
  )
})

test('a new product brings its first stock; a known one says whether it is sold', () => {
  const values = { sku: ' A-2 ', product_name: '球', price: 19.9, quantity: 7 }
  expect(toPatch(values, 2, true)).toMatchObject({ sku: 'A-2', price_cents: 1990, quantity: 7 })
  expect(toPatch({ ...values, active: false }, 2, false)).not.toHaveProperty('quantity')
  expect(toPatch({ ...values, active: false }, 2, false)).toMatchObject({ active: false })
})
