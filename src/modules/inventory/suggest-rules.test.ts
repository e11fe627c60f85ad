// Shows which products are suggested first, and what of their names is marked.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ProductFacts } from './rules.ts'
import { marksOf, suggestCategories, suggestProducts, wordsOf } from './suggest-rules.ts'

function product(product_id: number, changes: Partial<ProductFacts>): ProductFacts {
  return {
    product_id,
    sku: `P-${product_id}`,
    barcode: null,
    product_name: '猫粮',
    name_en: '',
    category: '主粮',
    unit: '袋',
    price_cents: 1000,
    cost_cents: null,
    description: '',
    image_url: null,
    low_stock_threshold: 0,
    active: 1,
    on_hand: 9,
    reserved: 0,
    ...changes,
  }
}

const marked = (name: string, search: string) =>
  marksOf(name, wordsOf(search)).map(([from, to]) => name.slice(from, to))

test.each([
  ['皇家猫粮', '猫粮', ['猫粮']],
  ['皇家猫粮', 'hjml', ['皇家猫粮']],
  ['皇家猫粮', 'maol', ['猫粮']],
  ['皇家猫粮', 'liang huang', ['皇', '粮']],
  ['皇家 K36 猫粮', 'k36m', ['K36 猫']],
  ['皇家 K36 猫粮', 'jiak', ['家 K']],
  ['Ｔｏｆｕ 猫砂', 'TOFU', ['Ｔｏｆｕ']],
  ['🐈 猫砂', 'ms', ['猫砂']],
  ['皇家猫粮', 'ao', []],
  ['Cat litter', 'lit', ['lit']],
])('of %j, %j means %j', (name, search, parts) => {
  expect(marked(name, search)).toEqual(parts)
})

test('marks stand in order, apart, and within the name, whatever is typed', () => {
  const names = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.constant('皇家 K36猫粮'))
  fc.assert(
    fc.property(names, fc.string({ maxLength: 6 }), (name, search) => {
      let last = -1
      for (const [from, to] of marksOf(name, wordsOf(search))) {
        expect(from).toBeGreaterThan(last)
        expect(to).toBeGreaterThan(from)
        last = to
      }
      expect(last).toBeLessThanOrEqual(name.length)
    }),
  )
})

test('what is meant most likely stands first, and what is sold out behind its like', () => {
  const products = [
    product(1, { product_name: '成年猫粮' }),
    product(2, { product_name: '猫粮 sold out', on_hand: 0 }),
    product(3, { product_name: '猫粮' }),
    product(4, { product_name: '毛绒老鼠' }),
    product(5, { product_name: '狗粮', sku: '猫' }),
  ]
  const order = (search: string) =>
    suggestProducts(products, search).map(({ product_id }) => product_id)
  expect(order('猫')).toEqual([5, 3, 2, 1, 4])
  expect(order('mao').slice(0, 3)).toEqual([3, 4, 2])

  const branded = [
    product(1, { product_name: '跃毛 转盘' }),
    product(2, { product_name: '暖窝 毛绒猫窝' }),
  ]
  expect(suggestProducts(branded, 'mao').map(({ product_id }) => product_id)).toEqual([2, 1])
})

test('at most eight are suggested', () => {
  const many = Array.from({ length: 20 }, (_, i) => product(i + 1, {}))
  expect(suggestProducts(many, 'm')).toHaveLength(8)
})

test('categories are found as they are written and as they are typed', () => {
  const categories = ['主粮', '猫砂', '猫零食'].map((category) => ({ category, products: 1 }))
  const found = (search: string) =>
    suggestCategories(categories, search).map(({ category }) => category)
  expect([found('猫'), found('msha'), found('maosha'), found('ls'), found('ao')]).toEqual([
    ['猫砂', '猫零食'],
    [],
    ['猫砂'],
    ['猫零食'],
    [],
  ])
})
