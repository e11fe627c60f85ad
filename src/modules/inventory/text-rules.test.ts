// Shows that a product's text is what its object says, to each audience, and follows a change.
import { expect, test } from 'vitest'
import { ROLES } from '../../lib/roles.ts'
import { presentProduct } from './rules.ts'
import { productText } from './text-rules.ts'

const product = {
  product_id: 7,
  sku: 'CAT-"7"',
  barcode: null,
  product_name: '猫粮\n幼猫',
  name_en: 'Kitten food',
  category: '主粮',
  unit: '袋',
  price_cents: 12_900,
  cost_cents: 8000,
  description: '',
  image_url: null,
  low_stock_threshold: 3,
  active: 1,
  on_hand: 5,
  reserved: 1,
}

const audiences = [null, ...ROLES].flatMap((role) => [
  { role, showStock: true },
  { role, showStock: false },
])

test.each(audiences)('$role, stock shown: $showStock', ({ role, showStock }) => {
  for (let i = 0; i < 2; i++) {
    const read: unknown = JSON.parse(productText(product, role, showStock))
    expect(read).toEqual(presentProduct(product, role, showStock))
  }
})

test('one audience never reads what was written for another', () => {
  const fresh = { ...product }
  expect(productText(fresh, 'owner', true)).toContain('cost_cents')
  expect(productText(fresh, 'clerk', true)).not.toContain('cost_cents')
  expect(productText(fresh, 'customer', false)).not.toContain('quantity')
  expect(productText(fresh, null, true)).toContain('"quantity":4')
})
