// Shows what the cart notices: sold out, too few, gone, another price, and the sum.
import { expect, test } from 'vitest'

import type { InventoryItem } from '../../../../src/modules/inventory/schema.ts'
import { checkCart } from './cart-rules.ts'

function product(changes: Partial<InventoryItem>): InventoryItem {
  return {
    product_id: 1,
    sku: 'A-1',
    barcode: null,
    product_name: '猫粮',
    name_en: 'Cat food',
    category: '主粮',
    unit: '袋',
    price_cents: 1000,
    quantity: 5,
    stock_status: 'in_stock',
    active: true,
    image_url: null,
    image_urls: [],
    description: '',
    ...changes,
  }
}

const line = { product_id: 1, quantity: 2, seen_price_cents: 1000 }
const check = (changes: Partial<InventoryItem>) =>
  checkCart([line], new Map([[1, product(changes)]]))

test('a cart that can be had as it is may be ordered, and adds up', () => {
  const cart = check({})
  expect(cart).toMatchObject({ totalCents: 2000, units: 2, orderable: true, gone: [] })
})

test('too few and none are different problems, and both stand against ordering', () => {
  expect(check({ quantity: 1, stock_status: 'low_stock' })).toMatchObject({
    orderable: false,
    lines: [{ problem: 'too_few', available: 1 }],
  })
  expect(check({ quantity: 0, stock_status: 'out_of_stock' })).toMatchObject({
    orderable: false,
    lines: [{ problem: 'sold_out', available: 0 }],
  })
})

test('a shop that hides its numbers is asked at the order, not before', () => {
  const { quantity: _hidden, ...rest } = product({})
  const cart = checkCart([line], new Map([[1, rest]]))
  expect(cart.lines[0]).toMatchObject({ available: null, problem: null })
})

test('another price is pointed out and the sum follows the new one', () => {
  const cart = check({ price_cents: 1200 })
  expect(cart).toMatchObject({ totalCents: 2400, lines: [{ formerPriceCents: 1000 }] })
})

test('a product the shop no longer sells stands against ordering', () => {
  expect(check({ active: false })).toMatchObject({ gone: [1], orderable: false })
  expect(checkCart([line], new Map([[1, null]]))).toMatchObject({ gone: [1], orderable: false })
})

test('a product still on its way stands against ordering but is not gone', () => {
  expect(checkCart([line], new Map())).toMatchObject({ gone: [], orderable: false })
})
