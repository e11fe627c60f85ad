// Shows the office's work on many things at once: views, steps for many orders, papers, prices in the table, goods
// received by scanning, counts, and an import that is undone.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'

import { seriousFindings } from './support/axe.ts'
import { DEMO_PASSWORD, useBrowserShop } from './support/browser-shop.ts'
import { hasCount, hasText, hides, isAt, shows } from './support/expect-page.ts'
import { pagesOf } from './support/pdf-pages.ts'

const shop = useBrowserShop()

interface Placed {
  readonly order_id: number
  readonly order_number: string
}

/** Delivered to somebody, and confirmed. */
async function placeOrder(): Promise<Placed> {
  const clerk = await shop.api('clerk1')
  const { items } = await clerk.get<{ items: { user_id: number }[] }>('/api/users?search=customer1')
  const order = await clerk.post<Placed>('/api/orders', {
    user_id: items[0]?.user_id,
    items: [{ product_id: 1, quantity: 1 }],
    recipient: '王小明',
    phone: '13800138000',
    address: '幸福路 1 号',
  })
  const isConfirmed = async () =>
    (await clerk.get<{ item: { status: string } }>(`/api/orders/${order.order_id}`)).item.status
  await expect.poll(isConfirmed).toBe('confirmed')
  return order
}

/** As a scanner does, into whatever has the focus. */
async function scan(page: Page, code: string): Promise<void> {
  await page.keyboard.type(code)
  await page.keyboard.press('Enter')
}

const rowOf = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text })

test('filters are kept under a name, chosen again, renamed and deleted', async () => {
  const page = await shop.visit({ as: 'clerk1' })
  await page.goto('/office/orders?status=shipped&payment=paid')
  await page.getByRole('button', { name: '我的视图' }).click()
  await page.getByRole('button', { name: '保存当前筛选…' }).click()
  await page.getByLabel('视图名称').fill('在路上')
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await shows(page.getByRole('button', { name: '我的视图：在路上' }))

  await page.goto('/office/orders?search=nobody')
  await page.getByRole('button', { name: '我的视图' }).click()
  await page.getByRole('button', { name: '在路上', exact: true }).click()
  await isAt(page, '/office/orders?status=shipped&payment=paid')

  await page.getByRole('button', { name: '我的视图：在路上' }).click()
  await page.getByRole('button', { name: '重命名“在路上”' }).click()
  await page.getByLabel('视图名称').fill('运输中')
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await page.getByRole('button', { name: '我的视图：运输中' }).click()
  await page.getByRole('button', { name: '删除“运输中”' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '删除', exact: true }).click()
  await shows(page.getByText('视图已删除。'))
  await shows(page.getByRole('button', { name: '我的视图', exact: true }))
})

test('many orders are shipped at once, each with its own result; papers are printed for them', async () => {
  const [first, second] = [await placeOrder(), await placeOrder()]
  const page = await shop.visit({ as: 'manager' })
  await page.goto('/office/orders?status=confirmed')
  for (const { order_number } of [first, second]) {
    await page.getByRole('checkbox', { name: `选中订单 ${order_number}` }).check()
  }
  await page.getByRole('button', { name: '批量发货' }).click()
  const dialog = page.getByRole('dialog', { name: '批量发货' })
  await dialog.getByLabel('快递公司').fill('顺丰速运')
  await dialog.getByLabel(`${first.order_number} 的运单号`).focus()
  await scan(page, 'SF-A')
  await scan(page, 'SF-B')
  // Somebody else is quicker with one of them.
  const shipped = await page.request.put(`/api/orders/${second.order_id}/shipment`, {
    data: { carrier: '中通快递', tracking_number: 'ZT-1' },
    headers: { origin: shop.server.url },
  })
  expect(shipped.status()).toBe(200)
  await dialog.getByRole('button', { name: '处理 2 张' }).click()
  await shows(dialog.getByText('1 张成功，1 张没有成功。'))
  const resultOf = (number: string) => dialog.getByRole('listitem').filter({ hasText: number })
  await shows(resultOf(first.order_number).getByText('成功', { exact: true }))
  await shows(resultOf(second.order_number).getByText(/当前状态/))
  await dialog.getByRole('button', { name: '关闭', exact: true }).last().click()

  await page.getByRole('button', { name: '配送标签' }).click()
  await shows(page.getByText('王小明').first())
  await shows(page.getByText('13800138000').first())
  await shows(page.getByRole('img', { name: first.order_number }).first())
  await page.emulateMedia({ media: 'print' })
  const labels = await page.pdf({ preferCSSPageSize: true })
  expect(pagesOf(labels)).toEqual(['100 × 150', '100 × 150'])
  await page.emulateMedia({ media: 'screen' })
  await page.getByText('装箱单（A4）').click()
  await shows(page.getByText('SF-0001').first())
  await page.emulateMedia({ media: 'print' })
  expect(pagesOf(await page.pdf({ preferCSSPageSize: true }))).toEqual(['210 × 297', '210 × 297'])
})

test('a price is changed in the table, undone, and never overwrites somebody else’s', async () => {
  const page = await shop.visit({ as: 'manager' })
  await page.goto('/office/stock?search=SF-0002')
  const price = () => rowOf(page, 'SF-0002').getByRole('button', { name: /^修改.*售价/ })
  const before = await price().innerText()
  const enter = async (value: string) => {
    await price().click()
    await page.getByRole('spinbutton').fill(value)
    await page.keyboard.press('Enter')
  }
  await enter('77.5')
  await hasText(price(), '¥77.50')
  await page.getByRole('button', { name: /撤.?销/ }).click()
  await hasText(price(), before)

  const manager = await shop.api('manager')
  const { items } = await manager.get<{ items: { product_id: number }[] }>(
    '/api/inventory?search=SF-0002',
  )
  await manager.patch(`/api/inventory/${items[0]?.product_id}`, { price_cents: 6600 })
  await enter('55')
  await shows(page.getByText(/别人刚改过/))
  await hasText(price(), '¥66.00')
})

test('a delivery is scanned, looked over and posted once, as one document', async () => {
  const page = await shop.visit({ as: 'clerk1', on: 'phone' })
  await page.goto('/office/stock/receive')
  await shows(page.getByLabel('扫描或输入条码、货号、名称'))
  await scan(page, 'SF-0003')
  await scan(page, '3*SF-0004')
  await scan(page, 'SF-0003')
  await scan(page, 'NOT-A-PRODUCT')
  await shows(page.getByText('没有找到“NOT-A-PRODUCT”'))
  const lines = page.getByRole('list', { name: '收货清单' }).getByRole('listitem')
  await hasCount(lines, 2)
  // The only one that has this in its code isn't meant by it.
  await scan(page, '2*F-0007')
  await shows(page.getByText('没有和“F-0007”完全一致的条码或货号'))
  await hasCount(lines, 2)
  // A code that lands in the wrong field is no quantity.
  await lines.first().getByRole('spinbutton').fill('6981207010013')
  await page.keyboard.press('Enter')
  await shows(page.getByText(/数量不对/))
  await page.getByLabel('供应商').fill('鱼市')
  await page.getByRole('button', { name: '入库 5 件' }).click()
  await shows(page.getByText(/已入库：2 种，5 件/))
  await shows(page.getByText(/鱼市/))
  const clerk = await shop.api('clerk1')
  const { items } = await clerk.get<{ items: { units: number; lines: number }[] }>(
    '/api/inventory/documents?kind=receipt',
  )
  expect(items[0]).toMatchObject({ units: 5, lines: 2 })

  // The next one begins at once; it outlives a session that ends, and is posted once.
  await scan(page, '4*SF-0005')
  await hasCount(lines, 1)
  await page.getByLabel('备注').fill('第二车')
  await page.request.post('/api/logout', { headers: { origin: shop.server.url } })
  // The page may hear of it before the button does.
  await page
    .getByRole('button', { name: '入库 4 件' })
    .click({ timeout: 5000 })
    .catch(() => undefined)
  await isAt(page, /^\/login/)
  await page.getByLabel('用户名').fill('clerk1')
  await page.getByLabel('密码').fill(DEMO_PASSWORD)
  await page.keyboard.press('Enter')
  await isAt(page, '/office/stock/receive')
  await shows(page.getByText(/没有入库的收货单/))
  await hasCount(lines, 1)
  expect(await page.getByLabel('备注').inputValue()).toBe('第二车')
  await page.getByRole('button', { name: '入库 4 件' }).click()
  await shows(page.getByText(/已入库：1 种，4 件/))
  await page.reload()
  await shows(page.getByText(/每扫一次加一件/))
  await hasCount(lines, 0)
})

test('a count finds what is missing while the shop sells; a manager posts it', async () => {
  const clerk = await shop.visit({ as: 'clerk1' })
  await clerk.goto('/office/stock/counts')
  await clerk.getByRole('button', { name: '开始盘点' }).click()
  await clerk.getByRole('dialog').getByRole('button', { name: '开始盘点' }).click()
  await isAt(clerk, /\/office\/stock\/counts\/\d+$/)
  const field = clerk.getByLabel('扫描条码：每扫一次加一件')
  await shows(field)
  await expect
    .poll(() => clerk.locator(':focus').getAttribute('aria-label'))
    .toBe('扫描条码：每扫一次加一件')
  for (let i = 0; i < 3; i++) await scan(clerk, 'SF-0005')
  const api = await shop.api('manager')
  interface Found {
    readonly items: readonly { readonly product_name: string; readonly on_hand: number }[]
  }
  const product = async () => (await api.get<Found>('/api/inventory?search=SF-0005')).items[0]
  const name = (await product())?.product_name ?? ''
  const counted = clerk.getByRole('spinbutton', { name: `${name} 的实盘数量` })
  await expect.poll(() => counted.inputValue()).toBe('3')
  await hides(clerk.getByRole('button', { name: '差异入账' }))
  await api.post('/api/inventory', { sku: 'LATE-1', product_name: '后来的', price_cents: 100 })
  await field.focus()
  await scan(clerk, 'LATE-1')
  const refusal = clerk.locator('[data-tone="bad"]')
  await shows(refusal.getByText('“后来的”不在这次盘点里'))
  // A choice that doesn't get through is said, and still there.
  await clerk.route('**/lines/*', (route) => route.abort(), { times: 1 })
  await scan(clerk, 'F-0006')
  const offered = clerk.getByRole('button', { name: /· SF-0006$/ })
  await offered.click()
  await shows(refusal.getByText(/连不上服务器/))
  await shows(offered)

  const manager = await shop.visit({ as: 'manager' })
  await manager.goto(new URL(clerk.url()).pathname)
  await manager.getByRole('button', { name: '差异入账' }).click()
  const dialog = manager.getByRole('dialog', { name: '差异入账' })
  await dialog.getByRole('button', { name: '差异入账' }).click()
  await shows(manager.getByText('盘点已入账：调整了 1 种商品。'))
  expect((await product())?.on_hand).toBe(3)
})

test('an import is undone from the list of imports; a long list draws what is on the screen', async () => {
  const page = await shop.visit({ as: 'manager' })
  const rows = Array.from({ length: 300 }, (_, i) => `QXZ-${i},撤销 ${i},9.90,1`)
  const file = ['sku,product_name,price,quantity', ...rows].join('\n')
  const imported = await page.request.post('/api/inventory/import', {
    data: file,
    headers: { 'content-type': 'text/csv', origin: shop.server.url },
  })
  expect(imported.status()).toBe(200)

  await page.goto('/office/stock?search=QXZ&sort=newest')
  await shows(rowOf(page, 'QXZ-299'))
  const table = page.getByRole('table').last()
  const scrollOn = async () => {
    await page.evaluate('scrollTo(0, document.body.scrollHeight)')
    return page.getByText('共 300 条').count()
  }
  await expect.poll(scrollOn, { interval: 200 }).toBe(1)
  await page.keyboard.press('End')
  await shows(rowOf(page, 'QXZ-0'))
  expect(await table.getByRole('row').count()).toBeLessThan(80)
  expect(Number(await table.getAttribute('aria-rowcount'))).toBe(301)
  // Undone, they leave the list.
  await page.goto('/office/stock/import')
  await page.getByRole('button', { name: '撤销导入' }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: '撤销导入' }).click()
  await shows(page.getByText('已全部撤销'))
  await page.goto('/office/stock?search=QXZ')
  await shows(page.getByText('没有符合条件的商品'))
})

test('the new pages have nothing that keeps anybody out', async () => {
  const { order_id } = await placeOrder()
  for (const scheme of ['light', 'dark'] as const) {
    const page = await shop.visit({ as: 'manager' })
    await page.emulateMedia({ colorScheme: scheme })
    for (const path of [
      '/office/orders',
      '/office/stock',
      '/office/stock/receive',
      '/office/stock/counts',
      '/office/stock/counts/1',
      `/office/orders/print?kind=label&ids=${order_id}`,
    ]) {
      await page.goto(path)
      await page.waitForLoadState('networkidle')
      expect([scheme, path, await seriousFindings(page)]).toEqual([scheme, path, []])
    }
  }
})
