// Shows that products are found by what people type: pinyin, its first letters, parts of names, barcodes.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SuggestedCategory, Suggestion } from '../../src/modules/inventory/index.ts'
import { importAs } from '../support/imports.ts'
import { openShop, type Shop } from '../support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
  const products = [
    { sku: 'ROYAL-1', product_name: '皇家猫粮', name_en: 'Royal cat food', category: '猫粮' },
    { sku: 'LITTER-1', product_name: '豆腐猫砂', name_en: 'Tofu litter', category: '猫砂' },
    { sku: 'OUT-1', product_name: '豆腐猫砂 小袋', category: '猫砂', quantity: 0 },
    { sku: 'LEASH-1', product_name: '牵引绳', category: '出行', barcode: '6901234567892' },
  ]
  for (const product of products) await shop.addProduct(product)
})
afterAll(() => shop.close())

async function suggested(search: string) {
  const query = new URLSearchParams({ search })
  const { status, body } = await shop.guest.get(`/api/inventory/suggestions?${query.toString()}`)
  expect(status).toBe(200)
  return body as { items: Suggestion[]; categories: SuggestedCategory[] }
}
const names = async (search: string) =>
  (await suggested(search)).items.map(({ product_name }) => product_name)

describe('[sqlite] suggestions', () => {
  test.each([
    ['皇家', ['皇家猫粮']],
    ['hjml', ['皇家猫粮']],
    ['huangjia', ['皇家猫粮']],
    ['huang mao', ['皇家猫粮']],
    ['ＨＪ', ['皇家猫粮']],
    ['doufu', ['豆腐猫砂', '豆腐猫砂 小袋']],
    ['dfmsxd', ['豆腐猫砂 小袋']],
    ['royal', ['皇家猫粮']],
    ['690123', ['牵引绳']],
    ['leash', ['牵引绳']],
    ['没有', []],
    ['   ', ['牵引绳', '皇家猫粮', '豆腐猫砂', '豆腐猫砂 小袋']],
    ["'; --", []],
  ])('%j means %j', async (search, expected) => {
    expect(await names(search)).toEqual(expected)
  })

  test('say what of the names was meant, the price and whether there is any, but not how many', async () => {
    const { items } = await suggested('mao')
    const [royal] = items.filter(({ product_name }) => product_name === '皇家猫粮')
    expect(royal).toEqual({
      product_id: expect.any(Number),
      product_name: '皇家猫粮',
      name_en: 'Royal cat food',
      price_cents: 1000,
      stock_status: expect.any(String),
      image_url: null,
      marks: { product_name: [[2, 3]], name_en: [] },
    })
    expect(items.at(-1)?.stock_status).toBe('out_of_stock')
  })

  test('name the categories too', async () => {
    const { categories } = await suggested('ms')
    expect(categories).toEqual([{ category: '猫砂', products: 2, marks: [[0, 2]] }])
  })

  test('need something to go by', async () => {
    for (const query of ['', '?search=', `?search=${'a'.repeat(101)}`, '?search=a&x=1']) {
      const { status } = await shop.guest.get(`/api/inventory/suggestions${query}`)
      expect([query, status]).toEqual([query, 400])
    }
  })

  test('show no archived product', async () => {
    const product_id = await shop.addProduct({ product_name: '停售的窝' })
    expect(await names('tsdw')).toEqual(['停售的窝'])
    await shop.as('manager').patch(`/api/inventory/${product_id}`, { active: false })
    expect(await names('tsdw')).toEqual([])
  })
})

describe('[sqlite] the lists of products', () => {
  const found = async (search: string) => {
    const { body } = await shop.as('clerk').get(`/api/inventory?search=${search}`)
    return body.items.map(({ product_name }: { product_name: string }) => product_name)
  }

  test('are searched by pinyin as well, under the name of now', async () => {
    expect(await found('qianyinsheng')).toEqual(['牵引绳'])
    const product_id = await shop.addProduct({ sku: 'NAMED', product_name: '逗猫棒' })
    expect(await found('doumaobang')).toEqual(['逗猫棒'])
    const patch = { product_name: '磨牙棒' }
    await shop.as('manager').patch(`/api/inventory/${product_id}`, patch)
    expect([await found('doumaobang'), await found('myb')]).toEqual([[], ['磨牙棒']])
    await importAs(shop, 'manager', 'sku,product_name\nNAMED,漏食球', '')
    expect([await found('myb'), await found('loushiqiu')]).toEqual([[], ['漏食球']])
  })
})
