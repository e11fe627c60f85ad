// Shows that long names, addresses and amounts neither push a page out of a phone's width nor cover each other.
import type { Locator, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'

import { type Api, DEMO_PASSWORD, useBrowserShop } from './support/browser-shop.ts'
import { shows } from './support/expect-page.ts'

const shop = useBrowserShop()

const longName = 'W'.repeat(80)
const person = 'Maximilian-Alexander von und zu Hohenzollern-Sigmaringen'
let made: { product_id: number; order_id: number }

beforeAll(async () => {
  const owner = await shop.api('owner')
  const product_id = await makeProduct(owner)
  const customer = await shop.api('customer1')
  const email = `${'w'.repeat(60)}@${'w'.repeat(60)}.example`
  await customer.patch('/api/me', {
    display_name: person,
    email,
    current_password: DEMO_PASSWORD,
  })
  const { item: me } = await customer.get<{ item: { user_id: number } }>('/api/me')
  const { order_id } = await customer.post<{ order_id: number }>('/api/orders', {
    user_id: me.user_id,
    items: [{ product_id, quantity: 100 }],
    fulfilment: 'delivery',
    recipient: person,
    phone: '13800138000',
    address: longName,
    note: longName,
  })
  made = { product_id, order_id }
})

async function makeProduct(owner: Api): Promise<number> {
  const { item } = await owner.post<{ item: { product_id: number } }>('/api/inventory', {
    sku: 'LONG',
    product_name: longName,
    name_en: longName,
    category: '主粮',
    unit: 'bag',
    price_cents: 100_000_000,
  })
  await owner.post(`/api/inventory/${item.product_id}/movements`, {
    kind: 'receipt',
    quantity: 1000,
  })
  return item.product_id
}

async function onSmallPhone(page: Page): Promise<Page> {
  await page.setViewportSize({ width: 360, height: 780 })
  // Its words are the longer ones.
  await page.addInitScript(`localStorage.setItem('petshop.language', 'en')`)
  return page
}

/** How far the page reaches beyond the window's edge. */
async function beyond(page: Page, path: string): Promise<string> {
  await page.goto(path)
  await shows(page.getByRole('heading').first())
  await page.waitForLoadState('networkidle', { timeout: 2000 }).catch(() => {})
  const wide = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  )
  return `${path} ${wide}`
}

async function expectWithin(page: Page, paths: readonly string[]): Promise<void> {
  const found: string[] = []
  for (const path of paths) found.push(await beyond(page, path))
  expect(found).toEqual(paths.map((path) => `${path} 0`))
}

test("no customer's page scrolls sideways on a small phone", async () => {
  const page = await onSmallPhone(await shop.visit({ as: 'customer1', on: 'phone' }))
  const { product_id, order_id } = made
  await page.goto(`/products/${product_id}`)
  await page.getByRole('button', { name: 'Add to cart', exact: true }).first().click()
  await shows(page.getByRole('status').getByText('Added to the cart'))
  await expectWithin(page, [
    '/?q=LONG',
    '/cart',
    '/checkout',
    '/orders',
    `/orders/${order_id}`,
    '/account',
  ])
})

test('nor does a page of the staff', async () => {
  const page = await onSmallPhone(await shop.visit({ as: 'owner', on: 'phone' }))
  await expectWithin(page, [
    '/office',
    '/office/board?status=confirmed',
    '/office/orders',
    '/office/stock?q=LONG',
    '/office/sales',
    `/office/orders/print?kind=slip&ids=${made.order_id}`,
    '/counter',
  ])
})

test('an amount of millions covers nothing: not on a card, not at the counter', async () => {
  const page = await onSmallPhone(await shop.visit({ on: 'phone' }))
  await page.goto('/?q=LONG')
  const [price, add] = [
    await inkOf(page.getByText('¥1,000,000.00').first()),
    await inkOf(page.getByRole('button', { name: /to the cart/ }).first()),
  ]
  expect(overlap(price, add)).toBe(false)
  const till = await shop.visit({ as: 'clerk1' })
  await till.goto('/counter')
  await till.getByRole('combobox').fill('2*LONG')
  await shows(till.getByRole('option').first())
  await till.keyboard.press('Enter')
  const line = till.getByRole('listitem').filter({ hasText: 'LONG' })
  const [each, sum] = [
    await inkOf(line.getByText('× ¥1,000,000.00')),
    await inkOf(line.getByText('¥2,000,000.00')),
  ]
  expect(overlap(each, sum)).toBe(false)
})

type Box = { x: number; y: number; width: number; height: number }

/** Where the words really are: what spills out of its box is not in the box's measures. */
async function inkOf(locator: Locator): Promise<Box> {
  await shows(locator)
  return locator.evaluate((element) => {
    const range = element.ownerDocument.createRange()
    range.selectNodeContents(element)
    const { x, y, width, height } = range.getBoundingClientRect()
    return { x, y, width, height }
  })
}

function overlap(one: Box, other: Box): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  )
}
