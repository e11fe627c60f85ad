// Owns which pages are pictured, by whom they are seen, and what is done on them before.
import type { Page } from 'playwright-core'

export type Size = 'phone' | 'desktop'

export interface PicturedPage {
  readonly name: string
  readonly path: string
  /** A demo account; a guest without. */
  readonly user?: string
  /** Both unless said. */
  readonly sizes?: readonly Size[]
  readonly prepare?: (page: Page) => Promise<void>
}

const customer = { user: 'customer1' }
const manager = { user: 'manager' }
const owner = { user: 'owner' }
const clerk = { user: 'clerk1' }
const desktop = { sizes: ['desktop'] as const }

export const pages: readonly PicturedPage[] = [
  { name: 'shop', path: '/' },
  { name: 'search', path: '/?q=mm' },
  { name: 'product', path: '/products/1' },
  { name: 'login', path: '/login' },
  { name: 'cart', path: '/products/1', ...customer, prepare: putInCart('/cart') },
  { name: 'checkout', path: '/products/1', ...customer, prepare: putInCart('/checkout') },
  { name: 'orders', path: '/orders', ...customer },
  { name: 'account', path: '/account', ...customer },
  { name: 'messages', path: '/notifications', ...customer },
  { name: 'counter', path: '/counter', ...clerk, prepare: scanSome },
  { name: 'counter-pay', path: '/counter', ...clerk, ...desktop, prepare: takePayment },
  { name: 'today', path: '/office', ...manager },
  { name: 'board', path: '/office/board', ...manager },
  { name: 'office-orders', path: '/office/orders', ...manager },
  { name: 'new-order', path: '/office/orders/new', ...clerk, ...desktop },
  { name: 'stock', path: '/office/stock', ...manager },
  { name: 'stock-product', path: '/office/stock?product=1', ...manager },
  { name: 'receive', path: '/office/stock/receive', ...clerk },
  { name: 'counts', path: '/office/stock/counts', ...clerk },
  { name: 'import', path: '/office/stock/import', ...manager, ...desktop },
  { name: 'labels', path: '/office/stock/labels', ...manager, ...desktop },
  { name: 'sales', path: '/office/sales', ...manager },
  { name: 'customers', path: '/office/customers', ...manager },
  { name: 'staff', path: '/office/staff', ...owner },
  { name: 'office-messages', path: '/office/notifications', ...manager },
  { name: 'system', path: '/office/system', ...owner },
  { name: 'backups', path: '/office/backups', ...owner },
  { name: 'settings', path: '/office/settings', ...owner },
]

/** What the documentation shows, and the name it has there. */
export const forDocs: Readonly<Record<string, string>> = {
  'shop-phone-zh-light': 'shop-phone-zh',
  'shop-phone-zh-dark': 'shop-phone-dark-zh',
  'product-phone-en-light': 'product-phone-en',
  'checkout-phone-zh-light': 'checkout-phone-zh',
  'orders-phone-zh-light': 'order-phone-zh',
  'shop-desktop-en-light': 'shop-desktop-en',
  'counter-desktop-zh-light': 'counter-desktop-zh',
  'counter-pay-desktop-en-dark': 'counter-pay-desktop-dark-en',
  'today-desktop-zh-light': 'today-desktop-zh',
  'today-desktop-en-dark': 'today-desktop-dark-en',
  'board-desktop-zh-light': 'board-desktop-zh',
  'board-desktop-en-light': 'board-desktop-en',
  'stock-desktop-zh-light': 'stock-desktop-zh',
  'import-desktop-zh-light': 'import-desktop-zh',
  'sales-desktop-en-light': 'sales-desktop-en',
  'system-desktop-en-light': 'system-desktop-en',
}

function putInCart(then: string) {
  return async (page: Page) => {
    const cart = page.getByRole('button', { name: /加入购物车|Add to cart/ })
    await cart.first().click()
    await page.waitForTimeout(300)
    await page.goto(then)
  }
}

async function scanSome(page: Page): Promise<void> {
  const field = page.getByRole('combobox')
  for (const code of ['SF-0001', '2*SF-0002', 'SF-0003']) {
    await field.fill(code)
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('Enter')
  }
}

async function takePayment(page: Page): Promise<void> {
  await scanSome(page)
  await page.keyboard.press('F9')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.type('1500', { delay: 90 })
}
