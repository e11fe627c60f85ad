// Shows how customers find a product: suggestions by pinyin and keys alone, filters in the address, and the way back.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'

import { useBrowserShop } from './support/browser-shop.ts'
import { hasCount, hasText, hides, isAt, shows } from './support/expect-page.ts'

const shop = useBrowserShop()
const field = (page: Page) => page.getByRole('combobox', { name: '搜索商品、条码' })
const options = (page: Page) => page.getByRole('option')
const active = async (page: Page) => {
  const id = await field(page).getAttribute('aria-activedescendant')
  return id === null ? null : page.locator(`[id="${id}"]`).innerText()
}

test('what is typed in pinyin suggests products, and keys alone lead to one', async () => {
  const page = await shop.visit({ on: 'phone' })
  await page.goto('/')
  await field(page).press('a')
  await field(page).fill('dfms')
  await shows(options(page).filter({ hasText: '豆腐猫砂' }))
  const product = options(page).filter({ hasText: '豆腐猫砂' }).first()
  expect(await product.locator('mark').allInnerTexts()).toEqual(['豆腐猫砂'])
  expect(await field(page).getAttribute('aria-expanded')).toBe('true')
  await shows(page.getByRole('status').filter({ hasText: /条建议/ }))

  expect(await active(page)).toBeNull()
  await field(page).press('ArrowDown')
  expect(await active(page)).toContain('豆腐猫砂')
  await field(page).press('ArrowUp')
  expect(await active(page)).toBeNull()
  await field(page).press('ArrowUp')
  expect(await active(page)).toContain('搜索“dfms”')
  await field(page).press('Escape')
  await hides(options(page))

  await field(page).press('ArrowDown')
  await field(page).press('ArrowDown')
  await field(page).press('Enter')
  await isAt(page, /^\/products\/\d+$/)
  await shows(page.getByRole('heading', { level: 1, name: /豆腐猫砂/ }))
})

test('a search is applied with Enter, remembered on this device, and forgotten when asked', async () => {
  const page = await shop.visit()
  await page.goto('/')
  await field(page).fill('maosha')
  await field(page).press('Enter')
  await isAt(page, '/?q=maosha')
  const products = page.getByRole('list', { name: '商品列表' }).getByRole('article')
  await shows(products.filter({ hasText: '猫砂' }))
  await hides(options(page))

  await page.reload()
  await page.getByRole('button', { name: '清除' }).click()
  await isAt(page, '/')
  await hides(options(page))
  await field(page).click()
  await options(page).filter({ hasText: 'maosha' }).click()
  await isAt(page, '/?q=maosha')

  await field(page).fill('')
  await options(page).filter({ hasText: '清除搜索记录' }).click()
  await hides(options(page))
  await page.goto('/')
  await field(page).click()
  await hides(options(page))
})

test('a category is suggested, and a barcode leads to its product', async () => {
  const page = await shop.visit()
  const owner = await shop.api('owner')
  await owner.post('/api/inventory', {
    sku: 'SCAN-1',
    product_name: '扫码零食',
    price_cents: 900,
    quantity: 3,
    barcode: '6901234567892',
  })
  await page.goto('/')
  await field(page).fill('wj')
  await options(page).filter({ hasText: '玩具' }).filter({ hasText: '分类' }).click()
  await isAt(page, '/?category=玩具')
  await field(page).fill('6901234567892')
  await field(page).press('Enter')
  await shows(page.getByRole('heading', { level: 1, name: '扫码零食' }))
})

test('filters narrow the list, stand in the address, and are undone by "back"', async () => {
  const page = await shop.visit({ on: 'phone' })
  await page.goto('/')
  const products = page.getByRole('list', { name: '商品列表' }).getByRole('article')
  await page.getByRole('button', { name: '筛选' }).click()
  await page.getByLabel('最低价').fill('50')
  await page.getByLabel('最高价').fill('20')
  await page.getByLabel('最高价').press('Enter')
  await isAt(page, '/?min=20&max=50')
  const prices = async () => {
    const texts = await products.locator('p').allInnerTexts()
    return texts.map((text) => Number(/[\d.]+/.exec(text)?.[0]))
  }
  await expect
    .poll(async () => {
      const shown = await prices()
      return shown.length > 3 && shown.every((price) => price >= 20 && price <= 50)
    })
    .toBe(true)

  await page.getByRole('checkbox', { name: '只看有货' }).click()
  await isAt(page, '/?min=20&max=50&stock=available')
  await page.goto('/?stock=available&category=玩具')
  await shows(products)
  await hides(products.filter({ hasText: '已售罄' }))
  await page.goto('/?min=20&max=50')
  expect(await page.getByLabel('最低价').inputValue()).toBe('20')
  await page.getByRole('button', { name: '清除筛选' }).click()
  await isAt(page, '/')
  await page.goBack()
  await isAt(page, '/?min=20&max=50')
  expect(await page.getByLabel('最高价').inputValue()).toBe('50')
})

test('the way back from a product leads to where one was, however far down', async () => {
  const owner = await shop.api('owner')
  for (let i = 0; i < 70; i++) {
    const product_name = `滚动 ${String(i).padStart(2, '0')}`
    await owner.post('/api/inventory', {
      sku: `SCROLL-${i}`,
      product_name,
      category: '滚动',
      price_cents: 100,
      quantity: 5,
    })
  }
  const page = await shop.visit({ on: 'phone' })
  await page.goto('/?category=滚动')
  const far = page.getByRole('article').filter({ hasText: '滚动 60' })
  await expect
    .poll(async () => {
      await page.mouse.wheel(0, 3000)
      return far.count()
    })
    .toBe(1)
  await far.scrollIntoViewIfNeeded()
  const place = async () => ({
    scroll: await page.evaluate<number>('Math.round(scrollY)'),
    top: Math.round((await far.boundingBox())?.y ?? -1),
  })
  const before = await place()
  expect(before.scroll).toBeGreaterThan(3000)
  await far.getByRole('link').click()
  await hasText(page.getByRole('heading', { level: 1 }), '滚动 60')
  expect(await page.evaluate<number>('scrollY')).toBe(0)
  await page.goBack()
  await shows(far)
  await expect.poll(place).toEqual(before)
})

test('a product’s pictures are turned by keys, buttons and small pictures', async () => {
  const owner = await shop.api('owner')
  const pictures = (await owner.get<{ items: { image_url: string }[] }>('/api/inventory?limit=3'))
    .items
  const image_urls = pictures.map(({ image_url }) => image_url)
  const { item } = await owner.post<{ item: { product_id: number } }>('/api/inventory', {
    sku: 'GALLERY-1',
    product_name: '多图猫窝',
    price_cents: 100,
    image_urls,
  })
  const page = await shop.visit()
  await page.goto(`/products/${item.product_id}`)
  const gallery = page.getByRole('region', { name: '多图猫窝的图片' })
  const track = gallery.getByRole('list').first()
  const shown = () => track.evaluate((list: { scrollLeft: number }) => list.scrollLeft)
  const current = gallery
    .getByRole('button', { name: /第 \d 张/ })
    .and(page.locator('[aria-current="true"]'))
  await hasCount(gallery.getByRole('img', { name: '多图猫窝，第 1 张，共 3 张' }), 1)
  expect(await shown()).toBe(0)
  await track.press('ArrowRight')
  await expect.poll(() => current.getAttribute('aria-label')).toContain('第 2 张')
  await expect.poll(shown).toBeGreaterThan(100)
  await gallery.getByRole('button', { name: '下一张图片' }).click()
  await expect.poll(() => current.getAttribute('aria-label')).toContain('第 3 张')
  await gallery.getByRole('button', { name: '多图猫窝，第 1 张，共 3 张' }).click()
  await expect.poll(shown).toBe(0)
})
