// Shows the import in the office: checked before anything is written, corrected, imported, stopped and gone on with.
import { readFileSync, writeFileSync } from 'node:fs'

import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'

import type { InventoryItem } from '../../src/modules/inventory/schema.ts'
import { useBrowserShop } from './support/browser-shop.ts'
import { hasText, hides, isAt, shows } from './support/expect-page.ts'

const shop = useBrowserShop()

const HEADER = '货号,商品名称,售价,数量,供应商'

function choose(page: Page, lines: readonly string[], name = '商品.csv'): Promise<void> {
  const file = { name, mimeType: 'text/csv', buffer: Buffer.from(lines.join('\r\n')) }
  return page.getByLabel(/商品 CSV 文件|换一个文件/).setInputFiles(file)
}

const count = (page: Page, name: string) =>
  page
    .locator('.ant-statistic')
    .filter({ has: page.getByText(name, { exact: true }) })
    .locator('.ant-statistic-content')

test('a file with errors is corrected and imported, and its product is sold at its price', async () => {
  const page = await shop.visit({ as: 'manager' })
  await page.goto('/office/stock')
  await page.getByRole('link', { name: '导入', exact: true }).click()
  await isAt(page, '/office/stock/import')

  await choose(page, [
    HEADER,
    'DJ-1,冻干鸡胸,39.90,12,甲',
    'DJ-2,冻干鸭胸,约 30 元,5,甲',
    'SF-0001,改名的猫粮,88,,甲',
  ])
  await hasText(count(page, '新增'), /^1$/)
  await hasText(count(page, '错误'), /^1$/)
  const problem = page.getByRole('row').filter({ hasText: '约 30 元' })
  await shows(problem.getByRole('cell', { name: '3', exact: true }))
  await shows(problem.getByRole('cell', { name: '售价', exact: true }))
  await shows(page.getByText('已忽略：供应商'))
  const known = page.getByRole('row').filter({ hasText: 'SF-0001' })
  await shows(known.getByText('改名的猫粮'))
  await hides(page.getByRole('button', { name: /开始导入/ }))

  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: '下载错误列表' }).click()
  const saved = await saving
  expect(saved.suggestedFilename()).toBe('商品-错误列表.csv')
  expect(readFileSync(await saved.path(), 'utf8')).toMatch(
    /^\uFEFF行,列,问题和处理办法\r\n3,售价,.*约 30 元/,
  )

  await choose(page, [HEADER, 'DJ-1,冻干鸡胸,39.90,12,甲', 'DJ-2,冻干鸭胸,30,5,甲'])
  await hasText(count(page, '新增'), /^2$/)
  await page.getByRole('button', { name: '开始导入（2 个商品）' }).click()
  await shows(page.getByRole('heading', { level: 1, name: '导入商品' }))
  await shows(page.locator('.ant-card-head-title').getByText('导入完成'))
  await hasText(count(page, '新增'), /^2$/)

  const api = await shop.api('manager')
  const { items } = await api.get<{ items: InventoryItem[] }>('/api/inventory?search=DJ-1')
  expect(items[0]).toMatchObject({ price_cents: 3990, on_hand: 12, quantity: 12 })
  const customer = await shop.visit({ on: 'phone' })
  await customer.goto(`/products/${items[0]?.product_id}`)
  await shows(customer.getByRole('heading', { name: '冻干鸡胸' }))
  await shows(customer.getByText('¥39.90'))
  await shows(customer.getByText('库存 12 件'))
})

test('the example file is imported as it is, and changes nothing the second time', async () => {
  const page = await shop.visit({ as: 'manager', on: 'phone' })
  await page.goto('/office/stock/import')
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: '下载示例文件' }).click()
  const path = await (await saving).path()
  const file = page.getByLabel(/商品 CSV 文件|换一个文件/)
  await file.setInputFiles(path)
  const start = page.getByRole('button', { name: '开始导入（2 个商品）' })
  await shows(start)
  // Saved anew meanwhile: what was checked is imported.
  const checked = readFileSync(path)
  writeFileSync(path, 'something else')
  await start.click()
  await shows(page.getByText('第 4 步，共 4 步：完成'))
  await page.getByRole('button', { name: '再导入一个文件' }).click()
  writeFileSync(path, checked)
  await file.setInputFiles(path)
  await shows(page.getByText('文件内容与店里的商品完全一致，无需导入'))
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
})

test('an import is not left unasked; stopped, it goes on where it was', async () => {
  const page = await shop.visit({ as: 'manager' })
  await page.goto('/office/stock')
  await page.getByRole('link', { name: '导入', exact: true }).click()
  const rows = Array.from({ length: 40_000 }, (_, i) => `BIG-${i},大批商品 ${i},9.90,1,`)
  await choose(page, [HEADER, ...rows])
  await page.getByRole('button', { name: /开始导入/ }).click({ timeout: 60_000 })
  await page.getByText(/^已处理 [1-9]/).waitFor()
  const question = page.getByRole('dialog').filter({ hasText: '正在导入，确定离开？' })
  await page.getByRole('link', { name: '全部订单' }).click()
  await question.getByRole('button', { name: '继续导入' }).click()
  await isAt(page, '/office/stock/import')
  await page.getByRole('button', { name: '停止导入' }).click()
  await shows(page.getByText('再次导入同一个文件，会从停下的地方接着做，不会重复。'))

  await page.getByRole('button', { name: '继续导入' }).click()
  await page.locator('.ant-card-head-title').getByText('导入完成').waitFor({ timeout: 60_000 })
  const numbers = await Promise.all(
    ['新增', '无变化'].map(async (name) =>
      Number((await count(page, name).innerText()).replaceAll(',', '')),
    ),
  )
  expect(numbers[0]! + numbers[1]!).toBe(40_000)
  expect(numbers[1]).toBeGreaterThan(0)
})

test('a file that is no CSV, and a server that does not answer, are said in words', async () => {
  const page = await shop.visit({ as: 'manager' })
  await page.goto('/office/stock/import')
  const buffer = Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0])
  const name = '商品.xlsx'
  await page.getByLabel('商品 CSV 文件').setInputFiles({ name, mimeType: 'text/csv', buffer })
  await shows(page.getByText(/Excel 工作簿/))
  await page.route('**/api/inventory/import**', (route) => route.abort())
  await choose(page, [HEADER])
  await shows(page.getByRole('alert').filter({ hasText: '连不上服务器' }))
})

test('a clerk has neither the button nor the page', async () => {
  const page = await shop.visit({ as: 'clerk1' })
  await page.goto('/office/stock')
  await shows(page.getByRole('row').nth(2))
  await hides(page.getByRole('link', { name: '导入' }))
  await hides(page.getByRole('button', { name: '导出' }))
  await page.goto('/office/stock/import')
  await shows(page.getByText('您没有查看此页的权限'))
})

test('products, movements and orders are there to take away', async () => {
  const page = await shop.visit({ as: 'manager' })
  const taken = async (press: () => Promise<void>) => {
    const saving = page.waitForEvent('download')
    await press()
    const file = await saving
    return readFileSync(await file.path(), 'utf8')
  }
  await page.goto('/office/stock')
  await page.getByRole('button', { name: '导出' }).click()
  expect(await taken(() => page.getByRole('link', { name: '全部商品' }).click())).toContain(
    'SF-0001',
  )
  await page.getByRole('button', { name: '导出' }).click()
  await page.getByRole('menuitem', { name: '库存流水…' }).click()
  const dialog = page.getByRole('dialog', { name: '导出库存流水' })
  expect(await taken(() => dialog.getByRole('link', { name: '下载 CSV' }).click())).toContain(
    '入库',
  )
  await page.goto('/office/orders?status=cancelled')
  const orders = await taken(() => page.getByRole('link', { name: '导出订单' }).click())
  const api = await shop.api('manager')
  const { items } = await api.get<{ items: { order_number: string }[] }>(
    '/api/orders?status=cancelled',
  )
  expect(orders).toContain(items[0]?.order_number)
  expect(orders).not.toContain('已完成')
})

test('customers fetch nothing of all this', async () => {
  const page = await shop.visit({ on: 'phone' })
  const fetched: string[] = []
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname))
  await page.goto('/products/1')
  await shows(page.getByRole('button', { name: /购物车/ }))
  const scripts = fetched.filter((path) => path.endsWith('.js'))
  expect(scripts.length).toBeGreaterThan(3)
  const office = /staff|import|label|editor|office|antd|drawer|table/
  expect(scripts.filter((path) => office.test(path))).toEqual([])
})
