// Shows that every change of a price is remembered with who made it, and that barcodes of the shop's own are free.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ean13, isEan13 } from '../../src/lib/ean13.ts'
import { openShop, type Shop } from '../support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

describe('the history of a price', () => {
  const prices = async (product_id: number, query = '') =>
    (await shop.as('manager').get(`/api/inventory/${product_id}/prices${query}`)).body
  const setPrice = (
    product_id: number,
    price_cents: number,
    who: 'manager' | 'owner' = 'manager',
  ) => shop.as(who).patch(`/api/inventory/${product_id}`, { price_cents })

  test('is empty at first, and begins with the first change', async () => {
    const product_id = await shop.addProduct({ price_cents: 1000 })
    expect(await prices(product_id)).toEqual({ status: 'success', items: [], next_cursor: null })
    await setPrice(product_id, 1250)
    const first = new Date(shop.clock.now()).toISOString()
    shop.clock.advance(60_000)
    await setPrice(product_id, 900, 'owner')
    const second = new Date(shop.clock.now()).toISOString()
    const { manager, owner } = shop.people
    expect((await prices(product_id)).items).toEqual([
      { from_cents: 1250, to_cents: 900, changed_by: owner.user_id, changed_at: second },
      { from_cents: 1000, to_cents: 1250, changed_by: manager.user_id, changed_at: first },
    ])
  })

  test('tells of prices only, and only of those that changed', async () => {
    const product_id = await shop.addProduct({ price_cents: 1000 })
    await shop.as('manager').patch(`/api/inventory/${product_id}`, { unit: '袋', cost_cents: 3 })
    await setPrice(product_id, 1000)
    expect((await prices(product_id)).items).toEqual([])
    await shop.as('manager').patch(`/api/inventory/${product_id}`, { unit: '罐', price_cents: 0 })
    expect((await prices(product_id)).items).toMatchObject([{ from_cents: 1000, to_cents: 0 }])
  })

  test('stays as it was when the change is refused', async () => {
    await shop.addProduct({ sku: 'TAKEN-1' })
    const product_id = await shop.addProduct({ price_cents: 1000 })
    const change = { price_cents: 5, sku: 'taken-1' }
    expect((await shop.as('manager').patch(`/api/inventory/${product_id}`, change)).status).toBe(
      409,
    )
    expect((await prices(product_id)).items).toEqual([])
  })

  test('is read page by page, newest first, each change once', async () => {
    const product_id = await shop.addProduct({ price_cents: 100 })
    const other = await shop.addProduct({ price_cents: 100 })
    for (let price = 101; price <= 107; price++) await setPrice(product_id, price)
    await setPrice(other, 555)
    const read: number[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page = await prices(product_id, `?limit=3${cursor && `&cursor=${cursor}`}`)
      expect(page.items.length).toBeLessThanOrEqual(3)
      read.push(...page.items.map((item: { to_cents: number }) => item.to_cents))
      // One that comes in between belongs in front, and disturbs nobody.
      if (cursor === '') await setPrice(product_id, 108)
      cursor = page.next_cursor
    }
    expect(read).toEqual([107, 106, 105, 104, 103, 102, 101])
    const manager = shop.as('manager')
    expect((await manager.get(`/api/inventory/${product_id}/prices?cursor=x`)).code).toBe(
      'CURSOR_INVALID',
    )
    expect((await manager.get(`/api/inventory/${product_id}/prices?limit=0`)).status).toBe(400)
  })

  test('has a row for each of many changes at once, and they follow one from another', async () => {
    const product_id = await shop.addProduct({ price_cents: 1 })
    const changes = Array.from({ length: 12 }, (_, i) => setPrice(product_id, 100 + i))
    for (const { status } of await Promise.all(changes)) expect(status).toBe(200)
    const { items } = await prices(product_id)
    expect(items).toHaveLength(12)
    const froms = items.map((item: { from_cents: number }) => item.from_cents)
    const tos = items.map((item: { to_cents: number }) => item.to_cents)
    expect(froms.slice(0, -1)).toEqual(tos.slice(1))
    expect([froms.at(-1), tos[0]]).toEqual([1, (await shop.product(product_id)).price_cents])
  })

  test('of a product that there is not is not found', async () => {
    expect((await shop.as('manager').get('/api/inventory/999999/prices')).code).toBe('NOT_FOUND')
  })
})

describe("a barcode of the shop's own", () => {
  const next = async (): Promise<string> => {
    const { status, body } = await shop.as('manager').post('/api/inventory/barcodes')
    expect(status).toBe(201)
    return body.item.barcode
  }

  test('is a right EAN-13 beginning with 21, and another one each time', async () => {
    const codes = await Promise.all(Array.from({ length: 20 }, next))
    for (const code of codes)
      expect([code, isEan13(code)]).toEqual([expect.stringMatching(/^21/), true])
    expect(new Set(codes).size).toBe(codes.length)
    const product_id = await shop.addProduct({ barcode: codes[0]! })
    const found = await shop.guest.get(`/api/inventory?barcode=${codes[0]}`)
    expect(found.body.items.map((item: { product_id: number }) => item.product_id)).toEqual([
      product_id,
    ])
  })

  test('is none that a product has, be they many in a row, archived or not', async () => {
    const last = Number((await next()).slice(2, 12))
    const ours = (number: number) => ean13(`21${String(number).padStart(10, '0')}`)
    const taken = Array.from({ length: 90 }, (_, i) => ours(last + 1 + i))
    for (const barcode of taken) await shop.addProduct({ barcode })
    const [first] = (await shop.guest.get(`/api/inventory?barcode=${taken[0]}`)).body.items
    await shop.as('manager').patch(`/api/inventory/${first.product_id}`, { active: false })
    const code = await next()
    expect(taken).not.toContain(code)
    expect(isEan13(code)).toBe(true)
    expect((await shop.guest.get(`/api/inventory?barcode=${code}`)).body.items).toEqual([])
  })

  test('is asked for without anything', async () => {
    const refused = await shop.as('manager').post('/api/inventory/barcodes', { prefix: '69' })
    expect([refused.status, refused.code]).toEqual([400, 'VALIDATION'])
  })
})
