// Shows an order's receipt: what is on it, that it is printed on a roll, and that nothing else is.
import { expect, test } from 'vitest'

import type { Order } from '../../src/modules/orders/schema.ts'
import { useBrowserShop } from './support/browser-shop.ts'
import { hasCount, shows } from './support/expect-page.ts'
import { pagesOf } from './support/pdf-pages.ts'

const shop = useBrowserShop()

const digits = { minimumFractionDigits: 2 }
/** In millimetres. */
const receiptLength = `document.querySelector('[data-print-sheet]').offsetHeight * 25.4 / 96`

async function anOrder(filter: string, wanted: (order: Order) => boolean = () => true) {
  const api = await shop.api('manager')
  const { items } = await api.get<{ items: Order[] }>(`/api/orders?limit=100&${filter}`)
  const found = items.find(wanted)
  if (!found) throw new Error('the demo shop has no such order')
  return found
}

test('a receipt is printed on one piece of an 80 mm roll, with nothing else of the page', async () => {
  const order = await anOrder('payment_status=paid', ({ status, items }) => {
    return status !== 'cancelled' && items.length > 1
  })
  await (await shop.api('owner')).patch('/api/settings', { receipt_text: '七天内可退\n周一店休' })
  const page = await shop.visit({ as: 'clerk1' })
  await page.addInitScript('window.print = () => { document.title = "printing" }')
  await page.goto(`/office?order=${order.order_id}`)
  await page.getByRole('dialog').getByRole('button', { name: '打印小票' }).click()
  expect(await page.title()).toBe('printing')

  const sheet = page.locator('[data-print-sheet]')
  await hasCount(sheet, 1)
  const sheets = pagesOf(await page.pdf({ preferCSSPageSize: true }))
  expect(sheets).toHaveLength(1)
  expect(sheets[0]).toMatch(/^80 × \d+$/)
  const rest = Number(sheets[0]?.slice('80 × '.length)) - Number(await page.evaluate(receiptLength))
  expect(rest, 'as long as the receipt, and hardly more').toBeGreaterThanOrEqual(0)
  expect(rest).toBeLessThan(4)

  await page.emulateMedia({ media: 'print' })
  const seen = String(await page.evaluate('document.body.innerText'))
  expect(seen).toContain(order.order_number)
  for (const { product_name: name, quantity } of order.items) {
    expect(seen).toContain(name)
    expect(seen).toContain(`${quantity} × ¥`)
  }
  expect(seen).toContain(`¥${(order.total_cents / 100).toLocaleString('zh-CN', digits)}`)
  expect(seen).toContain('已付款')
  expect(seen).toContain('七天内可退\n周一店休')
  expect(seen).not.toContain('订单看板')
  expect(seen).not.toContain('打印小票')
})

test('a cancelled order has no receipt, and the page prints as ever', async () => {
  const order = await anOrder('status=cancelled')
  const page = await shop.visit({ as: 'clerk1', on: 'phone' })
  await page.goto(`/office?order=${order.order_id}`)
  await shows(page.getByRole('dialog').getByText(order.order_number))
  await hasCount(page.getByRole('button', { name: '打印小票' }), 0)
  await hasCount(page.locator('[data-print-sheet]'), 0)
})
