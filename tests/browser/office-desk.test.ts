// Shows the staff's first page, the way to anything by a few keys, and that people choose what they are told.
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'

import type { Order } from '../../src/modules/orders/schema.ts'
import type { Today } from '../../src/modules/reports/schema.ts'
import { type Api, useBrowserShop } from './support/browser-shop.ts'
import { hasCount, hasText, hides, isAt, shows } from './support/expect-page.ts'

const shop = useBrowserShop({ motion: true })

const overflow = (page: Page) =>
  page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
const palette = (page: Page) => page.getByRole('dialog', { name: '快速前往' })
const tile = (page: Page, name: RegExp) => page.getByRole('main').getByRole('link', { name })

const isChecked = (one: Locator, is: boolean) =>
  expect.poll(() => one.getAttribute('aria-checked')).toBe(is ? 'true' : 'false')

async function placeOrder(api: Api): Promise<number> {
  const { item: me } = await api.get<{ item: { user_id: number } }>('/api/me')
  const { items } = await api.get<{ items: { product_id: number }[] }>(
    '/api/inventory?stock_status=in_stock&limit=1',
  )
  const body = {
    user_id: me.user_id,
    items: [{ product_id: items[0]?.product_id, quantity: 1 }],
  }
  return (await api.post<{ order_id: number }>('/api/orders', body)).order_id
}

test('the day’s numbers are the shop’s; a new order counts at once; each number leads on', async () => {
  const owner = await shop.api('owner')
  await owner.patch('/api/settings', { auto_confirm: false })
  const { item: before } = await owner.get<{ item: Today }>('/api/reports/today')
  const page = await shop.visit({ as: 'manager' })
  await page.goto('/office')
  const sales = page.getByRole('region', { name: '今日销售额' })
  await hasText(sales, /上周同日此时：¥/)
  await hasText(tile(page, /^待确认/), String(before.open_orders.pending))
  await hasText(tile(page, /^已售罄/), String(before.stock.out))
  const orders = page.getByRole('region', { name: '今日订单' })
  await hasText(orders, new RegExp(`${before.sales?.today.orders}\\b`))

  await placeOrder(await shop.api('customer1'))
  await hasText(tile(page, /^待确认/), String(before.open_orders.pending + 1))
  await hasText(orders, new RegExp(`${(before.sales?.today.orders ?? 0) + 1}\\b`))

  await tile(page, /^待确认/).click()
  await isAt(page, '/office/board?status=pending')
  await page.goBack()
  await isAt(page, '/office')
  await page.getByRole('list', { name: '快要卖完的商品' }).getByRole('link').first().click()
  await shows(page.getByRole('dialog'))
  await isAt(page, /^\/office\?product=\d+$/)
})

test('charts come when they are scrolled to, of the days one chooses, and only then', async () => {
  const page = await shop.visit({ as: 'owner', on: 'phone' })
  const fetched: string[] = []
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname))
  const charts = page.getByRole('img', { name: /具体数字见/ }).locator('svg')
  await page.goto('/office')
  await shows(page.getByRole('heading', { name: '待处理订单' }))
  await page.waitForLoadState('networkidle')
  expect(fetched.filter((path) => /\/chart-[^/]*\.js$/.test(path))).toEqual([])
  await page.getByRole('list', { name: '快要卖完的商品' }).scrollIntoViewIfNeeded()
  await page.mouse.wheel(0, 2000)
  await hasCount(charts, 4)
  await page.getByText('近 7 天').click()
  await isAt(page, '/office?days=7')
  await hasCount(charts, 4)
  expect(await overflow(page)).toBe(0)
})

test('a clerk sees the work and no money; what fails is said, and tried again', async () => {
  const page = await shop.visit({ as: 'clerk1' })
  await page.route('**/api/reports/today', (route) => route.abort())
  await page.goto('/office')
  await shows(page.getByRole('alert').getByText('没能加载出来'))
  await page.unroute('**/api/reports/today')
  await page.getByRole('button', { name: '重试' }).click()
  await shows(tile(page, /^已确认/))
  await hides(page.getByText(/销售额|后台事件/))
  await hides(page.getByRole('heading', { name: '经营走势' }))
})

test('a few keys lead anywhere: to a page, an order, a product by its barcode, a person', async () => {
  const api = await shop.api('owner')
  const { items } = await api.get<{ items: Order[] }>('/api/orders?limit=1')
  const [order] = items
  const products = await api.get<{ items: { product_id: number; barcode: string }[] }>(
    '/api/inventory?limit=1',
  )
  const [product] = products.items
  const page = await shop.visit({ as: 'owner' })
  await page.goto('/office')
  await shows(page.getByRole('button', { name: '快速前往' }))
  const go = async (text: string) => {
    await page.keyboard.press('Control+k')
    await shows(palette(page).getByRole('combobox'))
    await page.keyboard.type(text)
  }
  await go('备份')
  await hasText(palette(page).getByRole('status'), '找到 1 项')
  await page.keyboard.press('Enter')
  await isAt(page, '/office/backups')
  await hides(palette(page))

  await go(order?.order_number ?? '')
  await page.keyboard.press('Enter') // before the answer, as a scanner does
  await isAt(page, `/office/orders?order=${order?.order_id}`)
  await go(product?.barcode ?? '')
  await page.keyboard.press('Enter')
  await isAt(page, `/office/stock?product=${product?.product_id}`)

  await go('customer1')
  const people = palette(page).getByRole('group', { name: '人员' })
  await shows(people.getByRole('option'))
  const field = palette(page).getByRole('combobox')
  for (let i = 0; i < 20; i++) {
    const active = await field.getAttribute('aria-activedescendant')
    if (await people.locator(`[id="${active}"]`).count()) break
    await page.keyboard.press('ArrowDown')
  }
  await hasCount(palette(page).getByRole('option', { selected: true }), 1)
  await page.keyboard.press('Enter')
  await isAt(page, /^\/office\/customers\?customer=\d+$/)

  await go('没有这种东西')
  await hasText(palette(page).getByRole('status'), '没有找到“没有这种东西”')
  await page.keyboard.press('Escape')
  await hides(palette(page))
})

test('the palette offers what the role may see, and asks before something unsaved is lost', async () => {
  const clerk = await shop.visit({ as: 'clerk1', on: 'phone' })
  await clerk.goto('/office')
  await clerk.getByRole('button', { name: '快速前往' }).click()
  await shows(palette(clerk).getByRole('option', { name: '库存', exact: true }))
  await hides(palette(clerk).getByRole('option', { name: /店铺设置|系统状态|销售|导入/ }))
  expect(await overflow(clerk)).toBe(0)

  const owner = await shop.visit({ as: 'owner' })
  await owner.goto('/office/settings')
  await owner.getByRole('switch', { name: '自动确认订单' }).click()
  await owner.keyboard.press('Control+k')
  await palette(owner).getByRole('option', { name: '库存', exact: true }).click()
  await shows(owner.getByText('还没有保存：自动确认订单。'))
  await owner.getByRole('button', { name: '不保存，离开' }).click()
  await isAt(owner, '/office/stock')
})

test('who wants to hear nothing of new orders hears nothing of them, and is asked nothing twice', async () => {
  const page = await shop.visit({ as: 'clerk2' })
  await page.goto('/office/notifications?view=preferences')
  const onPage = page.getByRole('switch', { name: '有新订单：页面' })
  await shows(page.getByText('店铺还没有设置邮件服务'))
  expect(await page.getByRole('switch', { name: '我的权限变更：页面' }).isDisabled()).toBe(true)
  for (const one of [onPage, page.getByRole('switch', { name: '库存偏低：邮件' })]) {
    const saved = page.waitForResponse((answer) => answer.request().method() === 'PUT')
    await one.click()
    expect((await saved).status()).toBe(200)
  }
  await page.reload()
  await isChecked(onPage, false)
  await isChecked(page.getByRole('switch', { name: '库存偏低：邮件' }), true)

  const other = await shop.visit({ as: 'clerk1' })
  await other.goto('/office')
  await shows(other.getByRole('heading', { name: '今天' }))
  const api = await shop.api('clerk2')
  const ordersTold = async () => {
    const { items } = await api.get<{ items: { kind: string; notification_id: number }[] }>(
      '/api/notifications?limit=20',
    )
    return items.filter(({ kind }) => kind === 'order.placed').map((one) => one.notification_id)
  }
  const before = await ordersTold()
  await placeOrder(await shop.api('customer2'))
  await shows(other.getByRole('status').getByText('新订单'))
  await page.getByText('全部通知').click()
  await isAt(page, '/office/notifications')
  expect((await ordersTold())[0]).toBe(before[0])

  await page.route('**/notification-preferences', (route) =>
    route.request().method() === 'PUT' ? route.abort() : route.continue(),
  )
  await page.getByText('通知设置').click()
  await onPage.click()
  await shows(page.getByText(/^连不上服务器/))
  await isChecked(onPage, false)
})

test('a page whose first question fails tells nothing old anew, and still hears what comes', async () => {
  const clerk = await shop.api('clerk1')
  const newest = async () => {
    const { items } = await clerk.get<{ items: { kind: string }[] }>('/api/notifications?limit=1')
    return items[0]?.kind
  }
  await placeOrder(await shop.api('customer2'))
  await expect.poll(newest).toBe('order.placed')

  const page = await shop.visit({ as: 'clerk1' })
  const streams: string[] = []
  let isDown = true
  page.on('request', (one) => one.url().includes('/stream?') && streams.push(one.url()))
  await page.route(/\/api\/notifications\?limit=1$/, (route) =>
    isDown ? route.fulfill({ status: 503, body: '' }) : route.continue(),
  )
  const refused = page.waitForResponse((answer) => answer.status() === 503)
  await page.goto('/office')
  await refused
  isDown = false
  await expect.poll(() => streams).toHaveLength(1)
  expect(streams[0]).not.toMatch(/since=0\b/)
  await placeOrder(await shop.api('customer2'))
  await shows(page.getByRole('status').getByText('新订单'))
  await hasCount(page.getByRole('status').getByText('新订单'), 1)
})

test('each group’s backlog is drawn while one looks, in both languages', async () => {
  const page = await shop.visit({ as: 'owner' })
  await page.goto('/office/system')
  const line = page.getByRole('img', { name: /^confirm-order-on-placed 最近几分钟的积压/ })
  await shows(line)
  const points = async () => {
    const text = (await line.locator('polyline').getAttribute('points')) ?? ''
    return text.split(' ').length
  }
  const first = await points()
  await expect.poll(points).toBeGreaterThan(first)
  await page.getByRole('button', { name: 'English' }).click()
  await shows(page.getByRole('img', { name: /^confirm-order-on-placed|^Backlog of confirm/ }))
  await shows(page.getByRole('columnheader', { name: 'Last minutes' }))
})

test('what was typed about a person isn’t lost unasked', async () => {
  const page = await shop.visit({ as: 'owner' })
  await page.goto('/office')
  await page.getByRole('link', { name: '员工' }).click()
  await page.getByRole('button', { name: '新增员工' }).click()
  await page.keyboard.press('Escape')
  await hides(page.getByRole('dialog'))
  await page.getByRole('button', { name: '新增员工' }).click()
  await page.getByRole('dialog').getByLabel('用户名').fill('bantu')
  await page.goBack()
  const question = page.getByRole('dialog', { name: '有修改还没有保存' })
  await question.getByRole('button', { name: '继续编辑' }).click()
  await hides(question)
  await isAt(page, '/office/staff')
  await page.keyboard.press('Escape')
  await question.getByRole('button', { name: '放弃修改' }).click()
  await hides(page.getByRole('dialog'))
  await page.goBack()
  await isAt(page, '/office')
})
