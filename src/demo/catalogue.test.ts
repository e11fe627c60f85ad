// Shows that the demo's catalogue is complete, unambiguous and plausible.
import { expect, test } from 'vitest'
import { catalogue, categoryNamesEn } from './catalogue.ts'
import { isEan13 } from '../lib/ean13.ts'
import type { DemoProduct } from './types.ts'

const duplicates = (values: string[]) =>
  values.filter((value, index) => values.indexOf(value) !== index)

const sold = (product: DemoProduct) => product.on_hand === 0
const low = (product: DemoProduct) =>
  product.on_hand > 0 && product.on_hand <= product.low_stock_threshold

test('there are at least 160 products in ten categories, at least 16 in each', () => {
  expect(catalogue.length).toBeGreaterThanOrEqual(160)
  expect(Object.keys(categoryNamesEn)).toHaveLength(10)
  for (const category of Object.keys(categoryNamesEn)) {
    const products = catalogue.filter((product) => product.category === category)
    expect(products.length, category).toBeGreaterThanOrEqual(16)
  }
})

test('every category has an English name and at most 60 characters', () => {
  for (const { category } of catalogue) {
    expect(categoryNamesEn[category]).toMatch(/^[A-Z][a-z &]+$/)
    expect(category.length).toBeLessThanOrEqual(60)
  }
})

test('SKUs, barcodes and names in both languages are unique', () => {
  expect(duplicates(catalogue.map(({ sku }) => sku))).toEqual([])
  expect(duplicates(catalogue.map(({ barcode }) => barcode))).toEqual([])
  expect(duplicates(catalogue.map(({ product_name }) => product_name))).toEqual([])
  expect(duplicates(catalogue.map(({ name_en }) => name_en))).toEqual([])
})

test('every barcode is a valid EAN-13 from China', () => {
  for (const { barcode, sku } of catalogue) {
    expect(isEan13(barcode), sku).toBe(true)
    expect(Number(barcode.slice(0, 3))).toBeGreaterThanOrEqual(690)
    expect(Number(barcode.slice(0, 3))).toBeLessThanOrEqual(699)
  }
})

test('prices are whole fen and costs are between half and 70 % of them', () => {
  for (const { price_cents, cost_cents, sku } of catalogue) {
    expect(Number.isInteger(price_cents) && Number.isInteger(cost_cents), sku).toBe(true)
    expect(price_cents, sku).toBeGreaterThanOrEqual(500)
    expect(price_cents, sku).toBeLessThanOrEqual(60_000)
    expect(cost_cents / price_cents, sku).toBeGreaterThanOrEqual(0.5)
    expect(cost_cents / price_cents, sku).toBeLessThanOrEqual(0.7)
  }
})

test('eight products are sold out, twelve are low, the rest are plenty', () => {
  expect(catalogue.filter(sold)).toHaveLength(8)
  expect(catalogue.filter(low)).toHaveLength(12)
  for (const product of catalogue.filter((one) => !sold(one) && !low(one))) {
    expect(product.on_hand - product.low_stock_threshold, product.sku).toBeGreaterThan(4)
  }
})

test('texts are in their language and neither empty nor too long', () => {
  for (const product of catalogue) {
    expect(product.product_name).toMatch(/^\p{Script=Han}{2,4} .*\p{Script=Han}/u)
    expect(product.product_name.length, product.sku).toBeLessThanOrEqual(60)
    expect(product.description, product.sku).toMatch(/^.*\p{Script=Han}.*。$/u)
    expect(product.name_en, product.sku).not.toMatch(/\p{Script=Han}/u)
    expect(product.description_en, product.sku).toMatch(/^[A-Z][^\p{Script=Han}]{10,140}\.$/u)
    expect(product.unit, product.sku).toMatch(/^\p{Script=Han}$/u)
    expect(product.popularity >= 1 && product.popularity <= 10, product.sku).toBe(true)
  }
})
