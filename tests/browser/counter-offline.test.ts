// Shows the counter without a network: sales go on, wait on the device, and are sent in order, each exactly once.
import { readFileSync } from 'node:fs'

import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'

import type { CounterSale } from '../../src/modules/counter/schema.ts'
import type { InventoryItem } from '../../src/modules/inventory/schema.ts'
import { useBrowserShop } from './support/browser-shop.ts'
import { hasText, hides, isAt, shows } from './support/expect-page.ts'

const PASSWORD = 'demo password for tests'

type Texts = Record<'src/lib/locales/zh-CN/index.ts', { readonly file: string }>

const shop = useBrowserShop()

async function make(sku: string, quantity: number) {
  const owner = await shop.api('owner')
  const body = { sku, barcode: null, product_name: `离线${sku}`, price_cents: 1000, quantity }
  return (await owner.post<{ item: InventoryItem }>('/api/inventory', body)).item.product_id
}

async function salesOf(product_id: number): Promise<CounterSale[]> {
  const manager = await shop.api('manager')
  const { items } = await manager.get<{ items: CounterSale[] }>('/api/counter/sales?limit=100')
  const sold = await manager.get<{ items: { order_id: number | null; kind: string }[] }>(
    `/api/inventory/${product_id}/movements?limit=100`,
  )
  const ids = sold.items.filter(({ kind }) => kind === 'sale').map((row) => row.order_id)
  return items.filter((sale) => ids.includes(sale.order_id))
}

const total = (page: Page) => page.getByTestId('total')
const done = (page: Page) => page.getByRole('dialog', { name: '收款完成' })
const queueButton = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true })

/** Sells some of one product for cash. */
async function sell(page: Page, sku: string, quantity: number, status: RegExp) {
  const field = page.getByRole('combobox', { name: '扫码或输入商品' })
  await field.fill(`${quantity}*${sku}`)
  await shows(page.getByRole('option').first())
  await page.keyboard.press('Enter')
  await hasText(total(page), new RegExp(`${quantity * 10}\\.00`))
  await page.keyboard.press('F9')
  await page.keyboard.press('F1')
  await page.keyboard.press('Enter')
  await hasText(done(page).getByRole('status'), status)
  await page.keyboard.press('Enter')
  await hides(done(page))
}

async function atCounter(as: string) {
  const page = await shop.visit({ as })
  // What goes past a worker can't be held up here.
  await page.addInitScript('delete Navigator.prototype.serviceWorker')
  await page.goto('/counter')
  return page
}

test('two sales without a network are two orders when it is back, in their order', async () => {
  const product_id = await make('NET-1', 10)
  const page = await atCounter('clerk1')
  await shows(page.getByText('在线'))
  const field = page.getByRole('combobox', { name: '扫码或输入商品' })
  await field.fill('NET-1')
  await shows(page.getByRole('option').first())
  await page.context().setOffline(true)
  await sell(page, 'NET-1', 1, /等待上传/)
  await sell(page, 'NET-1', 2, /等待上传/)
  await shows(page.getByText(/离线.*2 笔待上传/))
  await page.keyboard.press('F10')
  const queue = page.getByRole('dialog', { name: '等待上传的销售' })
  expect(await queue.getByText('等待上传', { exact: true }).count()).toBe(2)
  await page.keyboard.press('Escape')
  expect(await salesOf(product_id)).toEqual([])

  await page.context().setOffline(false)
  await hides(page.getByText(/笔待上传/))
  const sales = await salesOf(product_id)
  expect(sales.map((sale) => sale.total_cents)).toEqual([2000, 1000])
  expect(sales.every((sale) => sale.seller === 'clerk1')).toBe(true)
  // Nothing more comes of it.
  await page.reload()
  await shows(page.getByText('在线'))
  expect(await salesOf(product_id)).toHaveLength(2)
})

test('an answer that got lost, a reload and a change of shift leave one order, by who sold it', async () => {
  const product_id = await make('SHIFT-1', 10)
  const page = await atCounter('clerk1')
  let swallowed = 0
  // The server books it, and the till never hears.
  await page.route('**/api/counter/sales', async (route) => {
    swallowed++
    await route.fetch().catch(() => undefined)
    await route.abort()
  })
  await sell(page, 'SHIFT-1', 3, /等待上传/)
  await expect.poll(() => swallowed).toBeGreaterThan(0)
  await expect.poll(async () => (await salesOf(product_id)).length).toBe(1)
  await page.reload()
  await shows(queueButton(page, /待上传 \(1\)/))
  await page.keyboard.press('Alt+l')
  await isAt(page, /^\/login/)
  await page.unroute('**/api/counter/sales')
  await page.getByLabel(/用户名/).fill('manager')
  await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await page.keyboard.press('Enter')
  await isAt(page, '/counter')
  await shows(queueButton(page, /^待上传\s*F10$|^待上传$/))
  const sales = await salesOf(product_id)
  expect(sales).toHaveLength(1)
  expect(sales[0]).toMatchObject({ seller: 'clerk1', total_cents: 3000 })
})

test('what was sold out meanwhile waits for a manager, who books it with a reason', async () => {
  const product_id = await make('GONE-1', 2)
  const clerk = await atCounter('clerk1')
  const field = clerk.getByRole('combobox', { name: '扫码或输入商品' })
  await field.fill('GONE-1')
  await shows(clerk.getByRole('option').first())
  await clerk.context().setOffline(true)
  await sell(clerk, 'GONE-1', 2, /等待上传/)
  const manager = await shop.api('manager')
  const count = { kind: 'count', quantity: 1 }
  await manager.post(`/api/inventory/${product_id}/movements`, count)
  await clerk.context().setOffline(false)
  await shows(queueButton(clerk, /待上传 \(1\)/))
  await clerk.keyboard.press('F10')
  await shows(clerk.getByText('需要店长登录后处理'))
  await shows(clerk.getByText('离线GONE-1：卖出 2，账上只剩 1'))
  expect(await clerk.getByRole('button', { name: '调整库存并入账' }).count()).toBe(0)
  await clerk.keyboard.press('Escape')
  await hides(clerk.getByRole('dialog'))

  await clerk.keyboard.press('Alt+l')
  await isAt(clerk, /^\/login/)
  await clerk.getByLabel(/用户名/).fill('manager')
  await clerk.getByLabel('密码', { exact: true }).fill(PASSWORD)
  await clerk.keyboard.press('Enter')
  await shows(queueButton(clerk, /待上传 \(1\)/))
  await clerk.keyboard.press('F10')
  await clerk.getByLabel('库存差异原因').selectOption('receiving_error')
  // What keeps it from being booked is said where the manager looks.
  const error = { code: 'RATE_LIMITED', message: '请求太频繁' }
  await clerk.route('**/api/counter/sales', (route) =>
    route.fulfill({ status: 429, json: { status: 'error', error } }),
  )
  await clerk.getByRole('button', { name: '调整库存并入账' }).click()
  await shows(clerk.getByRole('dialog').getByRole('alert').filter({ hasText: error.message }))
  await clerk.unroute('**/api/counter/sales')
  await clerk.getByRole('button', { name: '调整库存并入账' }).click()
  await shows(clerk.getByText('所有销售都已上传'))
  await shows(clerk.getByRole('dialog').getByText(/已入账：\d{8}-/))
  expect(await salesOf(product_id)).toMatchObject([
    { seller: 'clerk1', decision: 'receiving_error', total_cents: 2000 },
  ])
  const { item } = await manager.get<{ item: InventoryItem }>(`/api/inventory/${product_id}`)
  expect(item.on_hand).toBe(0)
})

test('a refused sale that is never booked is discarded by a manager, with a reason', async () => {
  const product_id = await make('VOID-1', 1)
  const page = await atCounter('manager')
  await page.getByRole('combobox', { name: '扫码或输入商品' }).fill('VOID-1')
  await shows(page.getByRole('option').first())
  await page.context().setOffline(true)
  await sell(page, 'VOID-1', 1, /等待上传/)
  const count = { kind: 'count', quantity: 0 }
  await (await shop.api('manager')).post(`/api/inventory/${product_id}/movements`, count)
  await page.context().setOffline(false)
  await page.keyboard.press('F10')
  await shows(page.getByRole('button', { name: /作废/ }))
  await page.keyboard.press('F4')
  await page.getByLabel('作废原因').selectOption('refunded')
  const noted = page.waitForResponse((answer) => answer.url().endsWith('/api/counter/discards'))
  await page.keyboard.press('Enter')
  expect((await noted).status()).toBe(201)
  await shows(page.getByText('所有销售都已上传'))
  expect(await salesOf(product_id)).toEqual([])
})

test('a sale that the server stumbles over keeps none behind it, and is booked in the end', async () => {
  const product_id = await make('STUMBLE-1', 10)
  const page = await atCounter('clerk1')
  await page.route('**/api/counter/sales', async (route) => {
    const { items } = route.request().postDataJSON() as { items: { quantity: number }[] }
    if (items[0]?.quantity === 1) await route.fulfill({ status: 500, json: {} })
    else await route.continue()
  })
  await sell(page, 'STUMBLE-1', 1, /等待上传/)
  await sell(page, 'STUMBLE-1', 2, /^\d{8}-/)
  await shows(queueButton(page, /待上传 \(1\)/))
  // Nor does it wait without a word where it may not be booked.
  await page.unroute('**/api/counter/sales')
  const error = { code: 'SECOND_FACTOR_MISSING', message: '先开启两步验证' }
  await page.route('**/api/counter/sales', (route) =>
    route.fulfill({ status: 403, json: { status: 'error', error } }),
  )
  await Promise.all([
    page.waitForRequest('**/api/session'),
    page.evaluate('void dispatchEvent(new Event("online"))'),
  ])
  await page.keyboard.press('F10')
  await shows(page.getByRole('dialog').getByText(/先开启两步验证/))
  await page.keyboard.press('Escape')
  await page.unroute('**/api/counter/sales')
  // The browser says so whenever a network comes; it comes sooner than the next look.
  await page.evaluate('void dispatchEvent(new Event("online"))')
  await hides(page.getByText(/笔待上传/))
  expect((await salesOf(product_id)).map((sale) => sale.total_cents)).toEqual([1000, 2000])
})

test('what the device forgot to forget is not sold a second time', async () => {
  const product_id = await make('POWER-1', 10)
  const page = await atCounter('clerk1')
  const field = page.getByRole('combobox', { name: '扫码或输入商品' })
  await field.fill('POWER-1')
  await shows(page.getByRole('option').first())
  await page.keyboard.press('Enter')
  await hasText(total(page), /10\.00/)
  // Somebody clears the browser's data meanwhile: the sale at hand is still taken.
  await page.evaluate(
    `new Promise((resolve) => {
      indexedDB.deleteDatabase('petshop-counter').onsuccess = () => resolve(null)
    })`,
  )
  const kept = await page.evaluate<string>(`JSON.stringify(localStorage)`)
  await page.keyboard.press('F9')
  await page.keyboard.press('F1')
  await page.keyboard.press('Enter')
  await hasText(done(page).getByRole('status'), /^\d{8}-/)
  // As a loss of power leaves it: the sale was on the disk, the cleared draft was not yet.
  await page.evaluate(`Object.assign(localStorage, ${kept})`)
  await page.reload()
  await shows(page.getByText('这笔销售已经收款完成'))
  await hasText(total(page), /0\.00/)
  expect(await salesOf(product_id)).toHaveLength(1)
})

test('without a network the counter opens again, sells on, and says that nobody can take over', async () => {
  const product_id = await make('AGAIN-1', 10)
  const page = await shop.visit({ as: 'clerk1' })
  await page.goto('/counter')
  await page.getByRole('combobox', { name: '扫码或输入商品' }).fill('2*AGAIN-1')
  await shows(page.getByRole('option').first())
  await page.keyboard.press('Enter')
  await hasText(total(page), /20\.00/)
  const kept = `caches.keys().then((names) => names.filter((name) => name.startsWith('counter-')).length)`
  await expect.poll(() => page.evaluate(kept)).toBe(1)
  const isReady = `navigator.serviceWorker.getRegistration('/counter').then((it) => it?.active?.state)`
  await expect.poll(() => page.evaluate(isReady)).toBe('activated')

  await page.context().setOffline(true)
  await page.reload()
  await hasText(total(page), /20\.00/)
  await page.keyboard.press('F9')
  await page.keyboard.press('F1')
  await page.keyboard.press('Enter')
  await hasText(done(page).getByRole('status'), /等待上传/)
  await page.keyboard.press('Enter')
  await hides(done(page))
  await page.keyboard.press('Alt+l')
  await shows(page.getByText(/下一位无法登录/))
  await page.reload()
  await shows(page.getByText(/离线.*1 笔待上传/))

  await page.context().setOffline(false)
  await hides(page.getByText(/笔待上传/))
  expect(await salesOf(product_id)).toMatchObject([{ seller: 'clerk1', total_cents: 2000 }])
  const paths = await page.evaluate<string[]>(
    `caches.keys()
      .then((names) => Promise.all(names.map((name) => caches.open(name))))
      .then((open) => Promise.all(open.map((cache) => cache.keys())))
      .then((requests) => requests.flat().map(({ url }) => new URL(url).pathname))`,
  )
  expect(paths.filter((path) => path.startsWith('/api'))).toEqual([])
})

test('a till that is opened for the first time says that it reads the products; a clerk isn’t asked to add any', async () => {
  const page = await atCounter('clerk1')
  await page.addInitScript('localStorage.setItem("petshop.language", "en")')
  let answer = (_items: object[]) => {}
  const items = new Promise<object[]>((resolve) => (answer = resolve))
  await page.route('**/api/inventory?limit=100', async (route) => {
    await route.fulfill({ json: { status: 'success', items: await items, next_cursor: null } })
  })
  await page.reload()
  await shows(page.getByRole('heading', { name: 'Reading the products…' }))
  answer([])
  await shows(page.getByRole('heading', { name: 'There are no products yet' }))
  expect(await page.getByRole('link', { name: 'Add a product' }).count()).toBe(0)

  // The server knows it by then, in the page's language.
  const clerk = await shop.api('clerk1')
  const { item } = await clerk.get<{ item: InventoryItem }>('/api/inventory/1')
  await page.getByRole('combobox', { name: 'Scan or type a product' }).fill(item.sku)
  await page.keyboard.press('Enter')
  await shows(page.getByRole('listitem').filter({ hasText: item.name_en }))
  await page.keyboard.press('F7')
  await hides(page.getByRole('listitem').filter({ hasText: item.name_en }))
  await page.keyboard.press('F8')
  await shows(page.getByRole('dialog').getByText(item.name_en))
})

test('a page whose texts don’t come says so in both languages, and can be loaded again', async () => {
  const page = await atCounter('clerk1')
  const manifest = JSON.parse(readFileSync('web/dist/.vite/manifest.json', 'utf8')) as Texts
  const texts = `**/${manifest['src/lib/locales/zh-CN/index.ts'].file}`
  // As if it had tried once by itself.
  await page.addInitScript('sessionStorage.setItem("petshop.reloaded", String(Date.now()))')
  await page.route(texts, (route) => route.abort())
  await page.reload()
  await shows(page.getByRole('heading', { name: /页面没有加载完整.*could not be loaded/ }))
  await page.unroute(texts)
  await page.getByRole('button', { name: /重新加载.*Reload/ }).click()
  await shows(page.getByText('在线'))
})

test('one tab is the till; another takes it over with the sale at hand', async () => {
  await make('TAB-1', 10)
  const first = await atCounter('clerk1')
  await first.getByRole('combobox', { name: '扫码或输入商品' }).fill('3*TAB-1')
  await shows(first.getByRole('option').first())
  await first.keyboard.press('Enter')
  await hasText(total(first), /30\.00/)
  const second = await first.context().newPage()
  await second.goto('/counter')
  await shows(second.getByText('收银台已在另一个标签页打开'))
  await second.keyboard.press('Enter')
  await hasText(total(second), /30\.00/)
  await shows(first.getByText('收银台已在另一个标签页打开'))
})
