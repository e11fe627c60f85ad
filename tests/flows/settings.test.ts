// Shows that each setting is kept, told to whom it concerns, and does what it says.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openShop, type Shop } from '../support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const change = (settings: object) => shop.as('owner').patch('/api/settings', settings)
const settings = async () => (await shop.as('owner').get('/api/settings')).body.item
const shopInfo = async () => (await shop.guest.get('/api/shop')).body.item

describe('the settings', () => {
  test('have sensible values in a new shop', async () => {
    expect(await settings()).toMatchObject({
      logo_url: null,
      brand_color: null,
      low_stock_threshold: 5,
      receipt_text: '',
      languages: ['zh-CN', 'en'],
    })
  })

  test('are kept one by one, and everybody is told what concerns everybody', async () => {
    const before = await settings()
    const wanted = {
      logo_url: 'https://example.com/logo.png',
      brand_color: '#8a1f5c',
      low_stock_threshold: 12,
      receipt_text: '谢谢惠顾\nThank you 🐾',
      languages: ['en'],
    }
    for (const [name, value] of Object.entries(wanted)) {
      const { status, body } = await change({ [name]: value })
      expect([name, status, body.item[name]]).toEqual([name, 200, value])
    }
    expect(await settings()).toEqual({ ...before, ...wanted })
    const { low_stock_threshold: _, ...known } = wanted
    const info = await shopInfo()
    expect(info).toMatchObject(known)
    expect(info).not.toHaveProperty('low_stock_threshold')
    expect(info).not.toHaveProperty('auto_confirm')
    await change({ logo_url: null, brand_color: null, languages: ['en', 'zh-CN'] })
    expect(await shopInfo()).toMatchObject({ logo_url: null, languages: ['en', 'zh-CN'] })
  })

  test.each([
    ['logo_url', 'javascript:alert(1)'],
    ['logo_url', 'http://example.com/logo.png'],
    ['logo_url', 7],
    ['brand_color', 'red'],
    ['brand_color', '#fff'],
    ['brand_color', '#8A1F5C'],
    ['brand_color', '#8a1f5c; background: url(x)'],
    ['low_stock_threshold', -1],
    ['low_stock_threshold', 1.5],
    ['low_stock_threshold', 1_000_001],
    ['low_stock_threshold', '5'],
    ['receipt_text', 'x'.repeat(501)],
    ['receipt_text', null],
    ['receipt_text', '\ud800'],
    ['languages', []],
    ['languages', ['en', 'en']],
    ['languages', ['fr']],
    ['languages', 'en'],
  ])('refuse %s = %j, and name it', async (name, value) => {
    const before = await settings()
    const { status, code, body } = await change({ [name]: value })
    expect([status, code]).toEqual([400, 'VALIDATION'])
    expect(body.error.details[0].field).toMatch(new RegExp(`^${name}`))
    expect(await settings()).toEqual(before)
  })

  test('belong to the owner', async () => {
    expect((await shop.as('manager').patch('/api/settings', { receipt_text: '' })).status).toBe(403)
  })
})

describe('the threshold of low stock', () => {
  let number = 0
  const make = async (more: object = {}) => {
    const product = { sku: `T-${++number}`, product_name: '猫粮', price_cents: 100, quantity: 10 }
    const { status, body } = await shop
      .as('manager')
      .post('/api/inventory', { ...product, ...more })
    expect(status).toBe(201)
    return body.item
  }

  test('is that of the settings for a new product that names none', async () => {
    await change({ low_stock_threshold: 10 })
    expect(await make()).toMatchObject({ low_stock_threshold: 10, stock_status: 'low_stock' })
    await change({ low_stock_threshold: 0 })
    expect(await make()).toMatchObject({ low_stock_threshold: 0, stock_status: 'in_stock' })
  })

  test('is its own when it names one, zero too, and changes no product that is there', async () => {
    await change({ low_stock_threshold: 10 })
    expect(await make({ low_stock_threshold: 0 })).toMatchObject({ low_stock_threshold: 0 })
    const own = await make({ low_stock_threshold: 3 })
    await change({ low_stock_threshold: 20 })
    expect((await shop.product(own.product_id)).low_stock_threshold).toBe(3)
  })

  test('is the same when the request is repeated after the setting changed', async () => {
    await change({ low_stock_threshold: 7 })
    const product = { sku: 'T-again', product_name: '猫粮', price_cents: 100 }
    const post = () =>
      shop.as('manager').post('/api/inventory', product, { 'idempotency-key': 'again' })
    const first = await post()
    await change({ low_stock_threshold: 8 })
    const second = await post()
    expect([first.status, second.status]).toEqual([201, 201])
    expect(second.body.item).toEqual(first.body.item)
    expect(first.body.item.low_stock_threshold).toBe(7)
  })
})

test('the currency can be changed until there is an order; the rest afterwards too', async () => {
  expect((await change({ currency: 'EUR' })).status).toBe(200)
  const product_id = await shop.addProduct()
  await shop.order('customer', { lines: [[product_id, 1]] })
  const refused = await change({ currency: 'CNY', receipt_text: 'x' })
  expect([refused.status, refused.code]).toEqual([409, 'CURRENCY_FIXED'])
  expect(await settings()).toMatchObject({ currency: 'EUR' })
  expect((await settings()).receipt_text).not.toBe('x')
  expect((await change({ currency: 'EUR', receipt_text: 'x' })).status).toBe(200)
})
