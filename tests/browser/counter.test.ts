// Shows a day at the counter: scanning wherever the focus is, discounts, customers, tenders with change, paper, keys.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'

import type { CounterSale } from '../../src/modules/counter/schema.ts'
import type { InventoryItem } from '../../src/modules/inventory/schema.ts'
import type { Order } from '../../src/modules/orders/schema.ts'
import { DEMO_PASSWORD, useBrowserShop } from './support/browser-shop.ts'
import { hasCount, hasText, hides, isAt, shows } from './support/expect-page.ts'
import { pagesOf } from './support/pdf-pages.ts'
import { scan } from './support/scanner.ts'

const shop = useBrowserShop()

async function make(sku: string, barcode: string, price_cents: number, name = `收银${sku}`) {
  const owner = await shop.api('owner')
  const body = { sku, barcode, product_name: name, price_cents, quantity: 20 }
  return (await owner.post<{ item: InventoryItem }>('/api/inventory', body)).item.product_id
}

const lines = (page: Page) => page.getByRole('list', { name: '商品' }).getByRole('listitem')
const total = (page: Page) => page.getByTestId('total')
const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name })

async function atCounter(as: string, code: string) {
  const page = await shop.visit({ as })
  await page.addInitScript('window.print = () => { document.title = "printing" }')
  await page.goto('/counter')
  // The products are there once one of them is suggested.
  const field = page.getByRole('combobox', { name: '扫码或输入商品' })
  await field.fill(code)
  await shows(page.getByRole('option').first())
  await field.fill('')
  return page
}

async function theOrder(number: string): Promise<Order> {
  const clerk = await shop.api('clerk1')
  const { items } = await clerk.get<{ items: Order[] }>(`/api/orders?search=${number}`)
  const [order] = items
  if (!order) throw new Error(`there is no order ${number}`)
  return order
}

async function theSale(order_id: number): Promise<CounterSale | undefined> {
  const clerk = await shop.api('clerk1')
  const path = `/api/counter/sales?order_id=${order_id}`
  return (await clerk.get<{ items: CounterSale[] }>(path)).items[0]
}

test('a customer is served with a scanner, a discount, cash with change, and a receipt', async () => {
  const first = await make('TILL-1', '6901234500011', 1990)
  const second = await make('TILL-2', '6901234500028', 10_000)
  const page = await atCounter('clerk1', 'TILL-2')

  // Wherever the focus is: on a link, in the quantity, in a dialog's field.
  await page.getByRole('link', { name: '店铺后台' }).focus()
  await scan(page, '6901234500011')
  await hasCount(lines(page), 1)
  await page.getByRole('textbox', { name: /的数量|数量/ }).focus()
  await scan(page, '6901234500028')
  await hasCount(lines(page), 2)
  const quantity = lines(page).first().getByRole('textbox')
  expect(await quantity.inputValue()).toBe('1')
  await page.keyboard.press('F6')
  await shows(dialog(page, '顾客'))
  await scan(page, '6901234500011')
  await hides(dialog(page, '顾客'))
  await expect.poll(() => quantity.inputValue()).toBe('2')
  await hasText(total(page), /139\.80/)

  await page.keyboard.press('F6')
  await page.keyboard.type('customer1', { delay: 80 })
  const found = dialog(page, '顾客').getByRole('listitem')
  await hasCount(found, 1)
  await page.keyboard.press('Enter')
  await hides(dialog(page, '顾客'))

  await page.keyboard.press('F4')
  await page.keyboard.type('10%', { delay: 80 })
  await dialog(page, '整单优惠').getByLabel('原因').selectOption('promotion')
  await page.keyboard.press('Enter')
  await hides(dialog(page, '整单优惠'))
  await hasText(total(page), /125\.82/)

  await page.keyboard.press('F9')
  const pay = dialog(page, /收款/)
  await hasText(pay.getByRole('status'), /还差.*125\.82/)
  // Of no product: it is no money either, though it were typed as an amount.
  await scan(page, '6904321')
  await shows(pay.getByText('没有这个条码或货号：6904321'))
  await pay.getByRole('textbox').first().fill('6904321')
  await page.keyboard.press('Enter')
  await shows(pay.getByText(/找零特别多/))
  await pay.getByRole('textbox').first().fill('')
  await hasText(pay.getByRole('status'), /还差.*125\.82/)
  expect(String(await page.evaluate('JSON.stringify(localStorage)'))).not.toMatch(/1\d{10}/)
  await page.keyboard.type('200', { delay: 80 })
  await hasText(pay.getByRole('status'), /找零.*74\.18/)
  await page.keyboard.press('Enter')
  const done = dialog(page, '收款完成')
  await hasText(done.getByRole('status'), /^\d{8}-\d+-\d$/)
  const number = await done.getByRole('status').innerText()

  await page.keyboard.press('F2')
  await expect.poll(() => page.title()).toBe('printing')
  const [roll] = pagesOf(await page.pdf({ preferCSSPageSize: true }))
  expect(roll).toMatch(/^80 × \d+$/)
  await page.emulateMedia({ media: 'print' })
  const paper = String(await page.evaluate('document.body.innerText'))
  for (const words of [
    number,
    '收银TILL-1',
    '¥139.80',
    '−¥13.98',
    '¥125.82',
    '¥200.00',
    '¥74.18',
  ]) {
    expect(paper).toContain(words)
  }
  await page.emulateMedia({ media: 'screen' })
  expect(await page.locator('[data-print-sheet] svg path').count()).toBe(1)
  await page.keyboard.press('F3')
  await expect
    .poll(async () => pagesOf(await page.pdf({ preferCSSPageSize: true })))
    .toEqual(['210 × 297'])
  // Another button than the one for the next sale does what it says.
  await page.evaluate('document.title = ""')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Enter')
  await expect.poll(() => page.title()).toBe('printing')
  await shows(done)
  await page.keyboard.press('Enter')
  await hides(done)
  await hasCount(lines(page), 0)

  const order = await theOrder(number)
  expect(order).toMatchObject({
    channel: 'counter',
    status: 'completed',
    payment_status: 'paid',
    total_cents: 12_582,
    username: 'customer1',
  })
  expect(order.items.map((line) => [line.product_id, line.quantity])).toEqual(
    [
      [second, 1],
      [first, 2],
    ].toReversed(),
  )
  expect(await theSale(order.order_id)).toMatchObject({
    seller: 'clerk1',
    tenders: [{ tender: 'cash', amount_cents: 12_582, received_cents: 20_000 }],
    discounts: [{ line: 0, discount_cents: 1398, reason: 'promotion' }],
  })
})

test('everything is done with keys: searching, quantities, parking, mixed tenders', async () => {
  await make('KEY-1', '6901234500035', 500, '键盘猫粮')
  await make('KEY-2', '6901234500042', 300, '键盘狗粮')
  const page = await atCounter('clerk1', 'KEY-2')

  // By name, from nowhere in particular.
  await page.evaluate('document.activeElement.blur()')
  await page.keyboard.press('K')
  await page.keyboard.type('EY-', { delay: 80 })
  await hasCount(page.getByRole('option'), 2)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await hasCount(lines(page), 1)
  // By pinyin, as the server knows it.
  await page.keyboard.type('jpgl', { delay: 80 })
  await hasText(page.getByRole('option'), /键盘狗粮/)
  await page.keyboard.press('Escape')
  await page.keyboard.type('4*KEY-2', { delay: 80 })
  await page.keyboard.press('Enter')
  await hasCount(lines(page), 2)
  await hasText(total(page), /17\.00/)
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('+')
  await hasText(total(page), /22\.00/)
  await page.keyboard.press('F2')
  await page.keyboard.type('3', { delay: 80 })
  await page.keyboard.press('Enter')
  await hasText(total(page), /27\.00/)
  await page.keyboard.press('Delete')
  await hasCount(lines(page), 1)
  await hasText(total(page), /12\.00/)

  // Of two codes that nobody knows, the second isn't typed behind the first.
  await page.keyboard.press('Escape')
  await page.keyboard.insertText('NONE-1')
  await page.keyboard.press('Enter')
  await page.keyboard.insertText('NONE-2')
  await page.keyboard.press('Enter')
  await shows(page.getByText('没有这个条码或货号：NONE-2'))
  await page.keyboard.press('Escape')

  // A quantity counts when it is typed, though its field still has the focus.
  await page.keyboard.press('F2')
  await page.keyboard.type('9', { delay: 80 })
  await page.keyboard.press('Enter')
  await hasText(total(page), /27\.00/)
  await page.keyboard.press('F2')
  await page.keyboard.type('4', { delay: 80 })
  await page.keyboard.press('F7')
  await hasCount(lines(page), 0)
  await scan(page, '6901234500035')
  await hasText(total(page), /5\.00/)
  await page.reload()
  await hasText(total(page), /5\.00/)
  await page.keyboard.press('F8')
  await shows(dialog(page, '挂起的单'))
  await scan(page, '6904321')
  await shows(dialog(page, '挂起的单').getByText('没有这个条码或货号：6904321'))
  await page.keyboard.press('Enter')
  await hasText(total(page), /12\.00/)
  await shows(page.getByRole('button', { name: /取单 \(1\)/ }))

  // 2 in cash, 3 by card, the rest by WeChat.
  await page.keyboard.press('F9')
  await shows(dialog(page, /收款/))
  await page.keyboard.type('2', { delay: 80 })
  await page.keyboard.press('F4')
  await expect.poll(() => page.evaluate('document.activeElement.value')).toBe('10.00')
  await page.keyboard.type('3', { delay: 80 })
  await page.keyboard.press('F2')
  await hasText(dialog(page, /收款/).getByRole('status'), /找零.*0\.00/)
  await page.keyboard.press('Enter')
  const done = dialog(page, '收款完成')
  await hasText(done.getByRole('status'), /^\d{8}-/)
  const order = await theOrder(await done.getByRole('status').innerText())
  expect(await theSale(order.order_id)).toMatchObject({
    customer_id: null,
    tenders: [
      { tender: 'card', amount_cents: 300 },
      { tender: 'cash', amount_cents: 200, received_cents: 200 },
      { tender: 'wechat', amount_cents: 700 },
    ],
  })
  await page.keyboard.press('Enter')
  await hides(done)

  // Nor is it lost when the shift ends in the middle of a sale.
  await scan(page, '6901234500035')
  await hasCount(lines(page), 1)
  await page.keyboard.press('F2')
  await page.keyboard.type('3', { delay: 80 })
  await page.keyboard.press('Alt+l')
  await isAt(page, /^\/login/)
  await page.getByLabel('用户名').fill('clerk1')
  await page.getByLabel('密码').fill(DEMO_PASSWORD)
  await page.keyboard.press('Enter')
  await isAt(page, '/counter')
  await expect.poll(() => lines(page).first().getByRole('textbox').inputValue()).toBe('3')
})

test('a large discount waits for a manager; customers have no counter', async () => {
  await make('DISC-1', '6901234500059', 10_000)
  const page = await atCounter('clerk1', 'DISC-1')
  await scan(page, '6901234500059')
  await page.keyboard.press('F3')
  await page.keyboard.type('25', { delay: 80 })
  await page.keyboard.press('Enter')
  await hasText(total(page), /75\.00/)
  await shows(page.getByRole('alert').filter({ hasText: '20%' }))
  expect(await page.getByRole('button', { name: /收款/ }).isDisabled()).toBe(true)
  await page.keyboard.press('F9')
  await hasCount(dialog(page, /收款/), 0)

  const manager = await atCounter('manager', 'DISC-1')
  await scan(manager, '6901234500059')
  await manager.keyboard.press('F3')
  await manager.keyboard.type('25', { delay: 80 })
  await manager.keyboard.press('Enter')
  await manager.keyboard.press('F9')
  await manager.keyboard.press('F3')
  await manager.keyboard.press('Enter')
  await hasText(dialog(manager, '收款完成').getByRole('status'), /^\d{8}-/)

  const customer = await shop.visit({ as: 'customer1' })
  await customer.goto('/counter')
  await shows(customer.getByText('您没有查看此页的权限'))
})
