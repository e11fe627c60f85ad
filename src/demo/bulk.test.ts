// Shows that the large demo is as large as asked and that nothing in it occurs twice.
import { expect, test } from 'vitest'
import { bulkProducts, bulkUsers } from './bulk.ts'
import { catalogue } from './catalogue.ts'
import { isEan13 } from '../lib/ean13.ts'

test('users are u1 to uN with the documented password', () => {
  const users = bulkUsers(1000)
  expect(users).toHaveLength(1000)
  expect(users[0]).toEqual({
    username: 'u1',
    password: 'Passw0rd!u1',
    email: 'u1@petshop.example',
  })
  expect(users[999]?.username).toBe('u1000')
  expect(new Set(users.map(({ email }) => email)).size).toBe(1000)
})

test('products go round the catalogue, each with its own SKU, barcode and names', () => {
  const products = bulkProducts(2000)
  expect(products).toHaveLength(2000)
  const keys = ['sku', 'barcode', 'product_name', 'name_en'] as const
  for (const key of keys) expect(new Set(products.map((product) => product[key])).size).toBe(2000)
  expect(new Set(products.map(({ category }) => category)).size).toBe(10)
  const known = new Set(catalogue.map(({ barcode }) => barcode))
  for (const { barcode, on_hand } of products) {
    expect(isEan13(barcode) && !known.has(barcode)).toBe(true)
    expect(on_hand).toBe(1_000_000)
  }
})

test('a smaller number gives the beginning of a larger one', () => {
  expect(bulkProducts(300)).toEqual(bulkProducts(500).slice(0, 300))
  expect(bulkProducts(0)).toEqual([])
  expect(bulkUsers(0)).toEqual([])
})
