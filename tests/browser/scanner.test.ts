// Shows that a scanner, which types fast and ends with Enter, gets exactly what it read or nothing.
import { test } from 'vitest'

import { useBrowserShop } from './support/browser-shop.ts'
import { hasCount, hasText, hides, isAt, shows } from './support/expect-page.ts'

const shop = useBrowserShop()

test('a scanned barcode and a typed username are taken exactly; anything less only lists', async () => {
  const owner = await shop.api('owner')
  const make = (sku: string, barcode: string, product_name: string) =>
    owner.post('/api/inventory', { sku, barcode, product_name, price_cents: 1000, quantity: 5 })
  await make('SCAN-1', '69012345678', '扫到的猫粮')
  await make('SCAN-2', '690123456789', '条码更长的猫粮')

  const page = await shop.visit({ as: 'clerk1' })
  await page.goto('/office/orders/new')
  const customer = page.getByLabel('顾客')
  await customer.click()
  await shows(page.getByTitle(/^customer1 · /))
  await page.keyboard.type('customer2')
  await page.keyboard.press('Enter')
  await hides(page.getByTitle(/^customer1 · /))
  await hasText(page.locator('form'), /customer2 · /)

  const lines = page.getByRole('row').filter({ hasText: '¥' })
  await page.getByLabel('添加商品').click()
  await page.keyboard.type('69012345678')
  await page.keyboard.press('Enter')
  await hasText(lines.first(), /扫到的猫粮/)
  await page.keyboard.type('SCAN-2')
  await page.keyboard.press('Enter')
  await hasText(lines.nth(1), /条码更长的猫粮/)

  await page.keyboard.type('SCAN')
  await page.keyboard.press('Enter')
  await shows(page.getByTitle(/SCAN-1/))
  await hasCount(lines, 2)
})

test('in the stock list a scanned code opens its product, and Enter saves what was counted', async () => {
  const page = await shop.visit({ as: 'clerk1' })
  await page.goto('/office/stock')
  await page.getByRole('searchbox', { name: /搜索商品/ }).click()
  await page.keyboard.type('SF-0001')
  await page.keyboard.press('Enter')
  await isAt(page, /search=SF-0001&product=1$/)
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('button', { name: '入库', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: /入库/ })
  const before = Number(await drawer.getByRole('definition').first().innerText())
  await dialog.getByLabel('入库数量').fill('3')
  await page.keyboard.press('Enter')
  await hides(dialog)
  await hasText(drawer.getByRole('definition').first(), String(before + 3))
})
