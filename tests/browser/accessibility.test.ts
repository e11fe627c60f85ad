// Shows that axe finds nothing serious on any page, in both themes, and that a keyboard is enough to order, and to ship what was ordered.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'

import { seriousFindings } from './support/axe.ts'
import { DEMO_PASSWORD, useBrowserShop } from './support/browser-shop.ts'
import { hides, shows } from './support/expect-page.ts'

const shop = useBrowserShop()

const within = { timeout: 30_000, interval: 300 }

/** The name by which the page's choice is kept in the browser. */
const inTheme = (page: Page, theme: 'light' | 'dark') =>
  page.addInitScript(`localStorage.setItem('petshop.theme', '${theme}')`)

async function settled(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await shows(page.getByRole('heading').first())
  await page.waitForLoadState('networkidle').catch(() => {})
}

test('what is serious is found: pale words, and a button without a name', async () => {
  const page = await shop.visit()
  await settled(page, '/login')
  await page.evaluate(
    `document.querySelector('h1').style.color = '#ddd'; document.querySelector('main').append(document.createElement('button'))`,
  )
  const findings = await seriousFindings(page)
  expect(findings).toHaveLength(2)
  expect(findings.join()).toMatch(/button-name[^]*color-contrast|color-contrast[^]*button-name/)
})

for (const theme of ['light', 'dark'] as const) {
  test(`a guest's pages have nothing serious: ${theme}`, async () => {
    const page = await shop.visit({ on: 'phone' })
    await inTheme(page, theme)
    const findings: string[] = []
    for (const path of [
      '/',
      '/?q=没有这种东西',
      '/?min=20&stock=available',
      '/products/1',
      '/cart',
      '/login',
      '/register',
    ]) {
      await settled(page, path)
      findings.push(...(await seriousFindings(page)))
    }
    await settled(page, '/')
    await page.getByRole('combobox', { name: /搜索商品/ }).fill('mao')
    await shows(page.getByRole('option'))
    findings.push(...(await seriousFindings(page)))
    await settled(page, '/nowhere/at/all')
    findings.push(...(await seriousFindings(page)))
    expect(findings).toEqual([])
  })

  test(`a customer's pages have nothing serious: ${theme}`, async () => {
    const page = await shop.visit({ as: 'customer1', on: 'phone' })
    await inTheme(page, theme)
    await settled(page, '/products/3')
    await page.getByRole('button', { name: '加入购物车', exact: true }).click()
    await shows(page.getByRole('status').getByText('已加入购物车'))
    const findings = await seriousFindings(page)
    for (const path of ['/cart', '/checkout', '/orders', '/notifications', '/account']) {
      await settled(page, path)
      findings.push(...(await seriousFindings(page)))
    }
    await settled(page, '/checkout')
    await page.getByText('送货上门').click()
    await page.getByRole('button', { name: '新增收货地址' }).click()
    await shows(page.getByRole('dialog'))
    await page.waitForTimeout(300) // until it has risen: half transparent, nothing has contrast
    findings.push(...(await seriousFindings(page)))
    await settled(page, '/orders')
    await page.getByRole('main').getByRole('link').first().click()
    await shows(page.getByRole('list', { name: '订单进度' }))
    findings.push(...(await seriousFindings(page)))
    expect(findings).toEqual([])
  })
}

/** Every page of the staff's, by the heading that shows that it is there. */
const staffPages = [
  ['/office', '今天'],
  ['/office/board', '订单看板'],
  ['/office/orders', '全部订单'],
  ['/office/orders/new', '代客下单'],
  ['/office/stock', '库存'],
  ['/office/stock/import', '导入商品'],
  ['/office/stock/labels', '打印标签'],
  ['/office/stock/receive', '收货入库'],
  ['/office/stock/counts', '库存盘点'],
  ['/office/customers', '顾客'],
  ['/office/staff', '员工'],
  ['/office/sales', '销售'],
  ['/office/system', '系统状态'],
  ['/office/backups', '备份'],
  ['/office/audit', '审计日志'],
  ['/office/webhooks', 'Webhook'],
  ['/office/settings', '店铺设置'],
  ['/office/notifications', '消息通知'],
  ['/office/notifications?view=preferences', '消息通知'],
  ['/office/nowhere', '没有找到这个页面'],
] as const

/** In one theme and then the other, of which the page hears from the system. */
async function hasNothingSerious(page: Page): Promise<void> {
  await hides(page.locator('.ant-skeleton, .ant-spin-spinning'))
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const theme = () => page.evaluate('document.documentElement.dataset.theme')
    await expect.poll(theme, within).toBe(colorScheme)
    // Colours go over softly: what is found on the way isn't meant.
    const message = `${page.url()}, ${colorScheme}`
    await expect.poll(() => seriousFindings(page), { ...within, message }).toEqual([])
  }
}

/** One test for all of them would be cut off on a slow machine. */
const TOGETHER = 7
const parts = Array.from({ length: Math.ceil(staffPages.length / TOGETHER) }, (_, part) => ({
  from: part * TOGETHER,
  to: Math.min((part + 1) * TOGETHER, staffPages.length),
}))

test.for(parts)("the staff's pages $from to $to have nothing serious", async ({ from, to }) => {
  const page = await shop.visit({ as: 'owner' })
  for (const [path, heading] of staffPages.slice(from, to)) {
    await page.goto(path)
    await shows(page.getByRole('heading', { name: heading, exact: true }))
    await hasNothingSerious(page)
  }
})

test('nor has what opens over them, nor the counter, nor a page that one may not see', async () => {
  const page = await shop.visit({ as: 'owner' })
  for (const path of [
    '/office/orders?order=3',
    '/office/stock?product=3',
    '/office/stock?edit=3',
    '/office/staff?user=2',
  ]) {
    await page.goto(path)
    await shows(page.getByRole('dialog').getByRole('button').nth(1))
    await hasNothingSerious(page)
  }
  await page.goto('/office')
  await shows(page.getByRole('heading', { name: '待处理订单' }))
  await page.keyboard.press('Control+k')
  await shows(page.getByRole('dialog', { name: '快速前往' }).getByRole('option'))
  await hasNothingSerious(page)
  await page.goto('/counter')
  await shows(page.getByRole('combobox').or(page.getByRole('searchbox')))
  await hasNothingSerious(page)
  const clerk = await shop.visit({ as: 'clerk1', on: 'phone' })
  await clerk.goto('/office/system')
  await shows(clerk.getByText('您没有查看此页的权限'))
  await hasNothingSerious(clerk)
})

/** Presses Tab until what is focused has this name; at most as often as a person would bear. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate<string>(
      `(() => {
        const { activeElement: one } = document
        return one.ariaLabel ?? one.labels?.[0]?.textContent ?? one.textContent ?? ''
      })()`,
    )
    if (name.test(focused)) return
  }
  throw new Error(`Tab never reached ${name}`)
}

test('a keyboard alone is enough from the first page to the placed order', async () => {
  const page = await shop.visit({ as: 'customer2' })
  await settled(page, '/')
  await tabTo(page, /跳到/)
  await page.keyboard.press('Enter')
  await expect.poll(() => page.evaluate('document.activeElement?.id')).toBe('main')
  await tabTo(page, /^将“.*加入购物车/)
  await page.keyboard.press('Enter')
  await shows(page.getByRole('status').getByText('已加入购物车'))

  await page.goto('/cart')
  await shows(page.getByRole('link', { name: '去结算' }))
  await tabTo(page, /^去结算/)
  await page.keyboard.press('Enter')
  await shows(page.getByRole('radio', { name: /到店自提/ }))
  await tabTo(page, /到店自提/)
  await page.keyboard.press('ArrowDown')
  await tabTo(page, /^新增收货地址/)
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await shows(dialog.getByLabel('收货人'))
  for (const [label, text] of [
    [/^收货人/, '王小明'],
    [/^手机/, '13800138000'],
    [/^所在地区/, '上海市浦东新区'],
    [/^详细地址/, '世纪大道 1 号'],
  ] as const) {
    await tabTo(page, label)
    await page.keyboard.type(text)
  }
  await tabTo(page, /^保存/)
  await page.keyboard.press('Enter')
  await shows(page.getByRole('radio', { name: /王小明/ }))
  await tabTo(page, /^提交订单/)
  await page.keyboard.press('Enter')
  await shows(page.getByText(/下单成功/))
})

test('and from the log-in to the shipped parcel', async () => {
  const owner = await shop.api('owner')
  await owner.patch('/api/settings', { auto_confirm: false })
  const customer = await shop.api('customer3')
  const { item: me } = await customer.get<{ item: { user_id: number } }>('/api/me')
  const { items } = await owner.get<{ items: { product_id: number }[] }>(
    '/api/inventory?stock_status=in_stock&limit=1',
  )
  const order = { user_id: me.user_id, items: [{ product_id: items[0]?.product_id, quantity: 1 }] }
  const placed = await customer.post<{ order_id: number; order_number: string }>('/api/orders', {
    ...order,
    address: '上海市浦东新区世纪大道 1 号',
  })
  const page = await shop.visit()
  await settled(page, '/login?next=/office')
  await tabTo(page, /^用户名/)
  await page.keyboard.type('clerk1')
  await tabTo(page, /^密码/)
  await page.keyboard.type(DEMO_PASSWORD)
  await page.keyboard.press('Enter')
  await shows(page.getByRole('heading', { name: '待处理订单' }))
  await tabTo(page, /^待确认/)
  await page.keyboard.press('Enter')
  await shows(page.getByRole('heading', { name: '订单看板' }))

  await page.keyboard.press('Control+k')
  await shows(page.getByRole('dialog', { name: '快速前往' }))
  await page.keyboard.type(placed.order_number)
  await page.keyboard.press('Enter')
  const details = page.getByRole('dialog', { name: '订单详情' })
  await shows(details.getByRole('button', { name: '确认' }))
  await tabTo(page, /^确认/)
  await page.keyboard.press('Enter')
  await shows(details.getByRole('button', { name: '发货' }))
  await tabTo(page, /^发货/)
  await page.keyboard.press('Enter')
  await shows(page.getByLabel('运单号'))
  await tabTo(page, /^快递公司/)
  await page.keyboard.type('顺丰速运')
  await tabTo(page, /^运单号/)
  await page.keyboard.type('SF1234567890')
  await tabTo(page, /^发货/)
  await page.keyboard.press('Enter')
  const status = async () => {
    const { item } = await owner.get<{ item: { status: string } }>(`/api/orders/${placed.order_id}`)
    return item.status
  }
  await expect.poll(status).toBe('shipped')
})
