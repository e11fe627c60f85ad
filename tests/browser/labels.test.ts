// Shows barcode labels: of one product and of several, with the right code, and a printed page with nothing else.
import { expect, test } from 'vitest'

import type { InventoryItem } from '../../src/modules/inventory/schema.ts'
import { useBrowserShop } from './support/browser-shop.ts'
import { hasCount, isAt, shows } from './support/expect-page.ts'
import { pagesOf } from './support/pdf-pages.ts'

const shop = useBrowserShop()

test('several products are selected and printed, one label a page', async () => {
  const api = await shop.api('clerk1')
  const { items } = await api.get<{ items: InventoryItem[] }>('/api/inventory?sort=name')
  const [first, second] = items
  const page = await shop.visit({ as: 'clerk1' })
  await page.goto('/office/stock')
  const boxOf = (product: InventoryItem) =>
    page.getByRole('checkbox', { name: `选择 ${product.product_name}` })
  const place = await boxOf(second!).boundingBox()
  await boxOf(first!).check()
  await shows(page.getByText('已选 1 个商品'))
  expect(await boxOf(second!).boundingBox(), 'the table moved').toEqual(place)
  await boxOf(second!).check()
  const bar = await page.getByRole('status').filter({ hasText: '已选 2 个商品' }).boundingBox()
  expect(bar!.y + bar!.height).toBeLessThanOrEqual(900)
  await page.getByRole('button', { name: '打印标签' }).click()
  await isAt(page, `/office/stock/labels?ids=${first!.product_id},${second!.product_id}`)

  for (const product of [first!, second!]) {
    await shows(page.getByRole('img', { name: `条码 ${product.barcode}` }).locator('path'))
    await shows(page.locator('main, section').getByText(product.barcode!, { exact: true }))
  }
  await page.getByLabel(`“${first!.product_name}”的份数`).fill('3')
  await shows(page.getByRole('button', { name: '打印 4 张标签' }))
  expect(pagesOf(await page.pdf({ preferCSSPageSize: true }))).toEqual(Array(4).fill('40 × 30'))

  await page.emulateMedia({ media: 'print' })
  const seen = await page.evaluate('document.body.innerText')
  expect(seen).toContain(first!.barcode)
  expect(seen).not.toContain('标签设置')
  await page.emulateMedia({ media: 'screen' })

  await page.getByLabel('标签尺寸').click()
  await page.getByTitle('A4 不干胶 3 × 8').click()
  await page.getByLabel('跳过前几格').fill('22')
  await expect
    .poll(async () => pagesOf(await page.pdf({ preferCSSPageSize: true })))
    .toEqual(['210 × 297', '210 × 297'])
})

test('one product is printed from its drawer; without a barcode its SKU is', async () => {
  const manager = await shop.api('manager')
  const { item } = await manager.post<{ item: InventoryItem }>('/api/inventory', {
    sku: 'NOCODE-7',
    product_name: '没有条码的球',
    price_cents: 1250,
    unit: '个',
  })
  const page = await shop.visit({ as: 'clerk1', on: 'phone' })
  await page.goto(`/office/stock?product=${item.product_id}`)
  await page.getByRole('dialog').getByRole('button', { name: '打印标签' }).click()
  await isAt(page, `/office/stock/labels?ids=${item.product_id}`)
  await shows(page.getByRole('img', { name: '条码 NOCODE-7' }))
  await shows(page.getByText('¥12.50 / 个'))
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
})

test('other pages print as ever; without products there is a way to them', async () => {
  const page = await shop.visit({ as: 'clerk1' })
  await page.goto('/office/stock/labels?ids=1,x,999999')
  await shows(page.getByText('有 1 个商品已不存在，已跳过。'))
  await hasCount(page.locator('[data-print-sheet]'), 1)
  await page.goto('/office/stock/labels')
  await page.getByRole('link', { name: '去选商品' }).click()
  await isAt(page, '/office/stock')
  await hasCount(page.locator('[data-print-sheet]'), 0)
  await page.emulateMedia({ media: 'print' })
  await shows(page.getByRole('heading', { name: '库存' }))
})

test('with Shift all between the last one and this one are selected; without a last one, this one', async () => {
  const page = await shop.visit({ as: 'manager' })
  await page.goto('/office/stock')
  const boxes = page.locator('tbody').getByRole('checkbox')
  await boxes.nth(4).click({ modifiers: ['Shift'] })
  await shows(page.getByText('已选 1 个商品'))
  await boxes.nth(1).click({ modifiers: ['Shift'] })
  await shows(page.getByText('已选 4 个商品'))
  await boxes.nth(3).click()
  await shows(page.getByText('已选 3 个商品'))
})
