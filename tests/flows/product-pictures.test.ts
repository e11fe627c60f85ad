// Shows that a product has several pictures in an order, that each is there, and that none is deleted while shown.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importAs } from '../support/imports.ts'
import { openShop, type Shop } from '../support/shop.ts'

const DAY = 24 * 3600 * 1000
const elsewhere = (name: string) => `https://example.com/${name}.webp`
const [A, B, C] = ['a', 'b', 'c'].map(elsewhere) as [string, string, string]

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const pictures = async (product_id: number) => {
  const { image_url, image_urls } = (await shop.guest.get(`/api/inventory/${product_id}`)).body.item
  expect(image_url).toBe(image_urls[0] ?? null)
  return image_urls
}
const change = (product_id: number, patch: object) =>
  shop.as('manager').patch(`/api/inventory/${product_id}`, patch)

describe("[sqlite] a product's pictures", () => {
  test('are shown in their order, alone and in a list', async () => {
    const body = { sku: 'PICS', product_name: '多图', price_cents: 1, image_urls: [B, A, C] }
    const made = await shop.as('manager').post('/api/inventory', body)
    expect(made.status).toBe(201)
    const { product_id } = made.body.item
    expect(await pictures(product_id)).toEqual([B, A, C])
    // From the cache, too.
    expect(await pictures(product_id)).toEqual([B, A, C])
    const list = (await shop.guest.get('/api/inventory?search=PICS')).body.items
    expect(list[0].image_urls).toEqual([B, A, C])

    expect((await change(product_id, { image_urls: [A, B] })).body.item.image_urls).toEqual([A, B])
    expect(await pictures(product_id)).toEqual([A, B])
    await change(product_id, { image_urls: [] })
    expect(await pictures(product_id)).toEqual([])
  })

  test('one field changes the first alone, and the next moves up when it goes', async () => {
    const product_id = await shop.addProduct({ image_urls: [A, B] })
    await change(product_id, { image_url: C })
    expect(await pictures(product_id)).toEqual([C, B])
    await change(product_id, { price_cents: 5 })
    expect(await pictures(product_id)).toEqual([C, B])
    await change(product_id, { image_url: B })
    expect(await pictures(product_id)).toEqual([B])
    await change(product_id, { image_urls: [A, B] })
    await change(product_id, { image_url: null })
    expect(await pictures(product_id)).toEqual([B])
  })

  test('a file changes the first alone', async () => {
    const product_id = await shop.addProduct({ sku: 'FILED', image_urls: [A, B] })
    await importAs(shop, 'manager', `sku,image_url\nFILED,${C}`, '')
    expect(await pictures(product_id)).toEqual([C, B])
    await importAs(shop, 'manager', 'sku,image_url\nFILED,', '')
    expect((await pictures(product_id)).at(-1)).toBe(B)
  })

  test('what is no list of pictures is refused', async () => {
    const product_id = await shop.addProduct()
    const refused = [
      { image_urls: [A, A] },
      { image_urls: ['javascript:alert(1)'] },
      { image_urls: [''] },
      { image_urls: A },
      { image_urls: Array.from({ length: 10 }, (_, i) => elsewhere(String(i))) },
      { image_url: A, image_urls: [B] },
      { image_url: null, image_urls: [B] },
    ]
    for (const patch of refused) {
      const { status, code } = await change(product_id, patch)
      expect([patch, status, code]).toEqual([patch, 400, 'VALIDATION'])
    }
    const lost = await change(product_id, { image_urls: [A, '/pictures/none.webp'] })
    expect([lost.status, lost.code]).toEqual([400, 'PICTURE_UNKNOWN'])
    expect((await change(product_id, { image_url: A, image_urls: [A, B] })).status).toBe(200)
  })

  test('the upkeep leaves each picture that some product shows', async () => {
    const drawings = ['one', 'two', 'three'].map((name) => ({ name: `${name}.svg`, svg: '<svg/>' }))
    const urls = await shop.app.pictures.addDrawings(drawings, shop.clock.now())
    const product_id = await shop.addProduct({ image_urls: urls })
    const other = await shop.addProduct({ image_urls: [A, urls[2] ?? ''] })
    await change(product_id, { image_urls: urls.slice(0, 2) })
    shop.clock.advance(DAY + 1000)
    const manager = shop.as(await shop.addPerson('manager'))
    const show = (id: number, image_urls: string[]) =>
      manager.patch(`/api/inventory/${id}`, { image_urls })
    const left = async () => {
      for (const { run } of shop.app.pictures.upkeep) await run(shop.clock.now())
      const answers = await Promise.all(urls.map((url) => shop.http.inject({ url })))
      return answers.map(({ statusCode }) => statusCode === 200)
    }
    expect(await left()).toEqual([true, true, true])
    await show(other, [A])
    await show(product_id, urls.slice(0, 1))
    expect(await left()).toEqual([true, false, false])
  })
})
