// Shows the sales page: right numbers, days of one's choice, charts that come only here, and plain words otherwise.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'

import type { SalesItem } from '../../src/modules/reports/schema.ts'
import { useBrowserShop } from './support/browser-shop.ts'
import { hasCount, hasText, hides, isAt, shows } from './support/expect-page.ts'

const shop = useBrowserShop()

const yuan = (cents: number) =>
  new Intl.NumberFormat('zh-CN', { style: 'currency', currency: 'CNY' }).format(cents / 100)

/** The number under this heading. */
const numberOf = (page: Page, title: string) =>
  page
    .locator('.ant-statistic')
    .filter({ hasText: title })
    .first()
    .locator('.ant-statistic-content')

const charts = (page: Page) =>
  page.getByRole('img', { name: /具体数字见|the numbers stand/ }).locator('svg')

test('the numbers are those of the shop, and charts show them', async () => {
  const api = await shop.api('manager')
  const { items } = await api.get<{ items: SalesItem[] }>('/api/reports/sales')
  const sum = (valueOf: (item: SalesItem) => number) =>
    items.reduce((total, item) => total + valueOf(item), 0)

  const page = await shop.visit({ as: 'manager' })
  await page.goto('/office')
  await page.getByRole('link', { name: '销售', exact: true }).click()
  await shows(page.getByRole('heading', { name: '销售', exact: true }))
  await hasText(numberOf(page, '销售额'), yuan(sum((item) => item.revenue_cents)))
  await hasText(numberOf(page, '订单数'), sum((item) => item.orders ?? 0).toLocaleString('zh-CN'))
  await hasCount(charts(page), 3)
  await shows(page.getByRole('img', { name: '每日销售额折线图' }).locator('path[stroke="#1d6b57"]'))

  const best = (await api.get<{ items: SalesItem[] }>('/api/reports/sales?group_by=product'))
    .items[0]
  await page.getByText('商品', { exact: true }).click()
  const row = page.getByRole('row').nth(1)
  await hasText(row, new RegExp(`^${best?.product_name}`))
  await hasText(row, yuan(best?.revenue_cents ?? 0))
  await row.getByRole('button').click()
  await isAt(page, `/office/sales?product=${best?.product_id}`)
  await shows(page.getByRole('dialog'))
})

test('an order counts a moment later', async () => {
  const page = await shop.visit({ as: 'manager' })
  await page.goto('/office/sales?days=7')
  const before = Number((await numberOf(page, '订单数').innerText()).replaceAll(',', ''))
  const api = await shop.api('customer1')
  const { item: me } = await api.get<{ item: { user_id: number } }>('/api/me')
  const { items } = await api.get<{ items: { product_id: number }[] }>(
    '/api/inventory?stock_status=in_stock&limit=1',
  )
  const order = [{ product_id: items[0]?.product_id, quantity: 1 }]
  await api.post('/api/orders', { user_id: me.user_id, items: order })
  const now = async () => {
    await page.reload()
    return Number((await numberOf(page, '订单数').innerText()).replaceAll(',', ''))
  }
  await expect.poll(now).toBe(before + 1)
})

test('the days stay in the address; a period without orders says so', async () => {
  const page = await shop.visit({ as: 'owner' })
  await page.goto('/office/sales')
  await page.getByText('近 90 天').click()
  await isAt(page, '/office/sales?days=90')
  await hasCount(charts(page), 3)
  await page.getByText('自定义').click()
  await isAt(page, /^\/office\/sales\?from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d$/)
  await page.goto('/office/sales?from=2001-01-01&to=2001-01-31')
  await shows(page.getByText('这段时间还没有订单'))
  await hides(charts(page))
  await page.getByText('近 7 天').click()
  await hasCount(charts(page), 3)
})

test('the charts are fetched by this page only', async () => {
  const page = await shop.visit({ as: 'manager' })
  const fetched: string[] = []
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname))
  const isChart = (path: string) => /\/assets\/chart-[^/]*\.js$/.test(path)
  await page.goto('/office')
  await shows(page.getByRole('heading', { name: '今天' }))
  await page.goto('/office/stock')
  await shows(page.getByRole('heading', { name: '库存' }))
  expect(fetched.filter(isChart)).toEqual([])
  await page.goto('/office/sales')
  await hasCount(charts(page), 3)
  expect(fetched.filter(isChart)).toHaveLength(1)
})

test('what cannot be loaded is said, and tried again', async () => {
  const page = await shop.visit({ as: 'manager' })
  await page.route('**/api/reports/**', (route) => route.abort())
  await page.goto('/office/sales')
  await shows(page.getByRole('status').getByText('正在加载…'))
  await shows(page.getByRole('alert').getByText('没能加载出来'))
  await page.unroute('**/api/reports/**')
  await page.getByRole('button', { name: '重试' }).click()
  await hasCount(charts(page), 3)
})

test('it fits a phone, in both languages', async () => {
  const page = await shop.visit({ as: 'owner', on: 'phone' })
  await page.goto('/office/sales?days=30')
  await hasCount(charts(page), 3)
  const overflow = () => page.evaluate('document.documentElement.scrollWidth - innerWidth')
  expect(await overflow()).toBe(0)
  await page.getByRole('button', { name: 'English' }).click()
  await shows(page.getByText('Best-selling products'))
  await shows(page.getByText('Average order'))
  await hides(page.getByText(/销售额|客单价/))
  await page.getByText('Custom').click()
  await shows(page.getByLabel('First day'))
  expect(await overflow()).toBe(0)
})

test('a clerk has neither the link nor the page', async () => {
  const page = await shop.visit({ as: 'clerk1' })
  await page.goto('/office/sales')
  await shows(page.getByText('您没有查看此页的权限'))
  await hides(page.getByRole('link', { name: '销售' }))
})
