// Shows that what a clerk enters is stock at once, for staff and customers, and what a clerk may not do isn't there.
import { test } from 'vitest'

import { useBrowserShop } from './support/browser-shop.ts'
import { hasText, hides, isAt, shows } from './support/expect-page.ts'

const shop = useBrowserShop()

test('a receipt and a count change the stock that a customer sees without reload', async () => {
  const customer = await shop.visit({ on: 'phone' })
  await customer.goto('/products/1')
  await shows(customer.getByText(/^库存 \d+ 件$/))

  const clerk = await shop.visit({ as: 'clerk1' })
  await clerk.goto('/office/stock')
  const row = clerk.getByRole('row').filter({ hasText: 'SF-0001' })
  await clerk.getByRole('searchbox', { name: /搜索商品/ }).fill('SF-0001')
  await row.getByRole('button').click()
  await isAt(clerk, /product=1$/)
  const drawer = clerk.getByRole('dialog')
  const available = drawer.getByRole('definition').nth(2)
  const reserved = Number(await drawer.getByRole('definition').nth(1).innerText())
  const before = Number(await available.innerText())

  await enter('入库', '入库数量', '7')
  await hasText(available, String(before + 7))
  await enter('盘点', '实际清点数量', String(reserved + 321))
  await hasText(available, '321')
  await shows(drawer.getByText('盘点', { exact: true }))
  await shows(customer.getByText('库存 321 件'))

  await hides(drawer.getByRole('button', { name: '报损' }))
  await hides(drawer.getByRole('button', { name: '编辑商品' }))

  async function enter(kind: string, label: string, quantity: string) {
    await drawer.getByRole('button', { name: kind, exact: true }).first().click()
    const dialog = clerk.getByRole('dialog', { name: new RegExp(kind) })
    await dialog.getByLabel(label).fill(quantity)
    await dialog.getByRole('button', { name: '保存' }).click()
    await hides(dialog)
  }
})

test('a manager makes a product, writes some of it off with a reason, and archives it', async () => {
  const page = await shop.visit({ as: 'manager' })
  await page.goto('/office/stock')
  await page.getByRole('button', { name: '新增商品' }).click()
  const form = page.getByRole('dialog', { name: '新增商品' })
  await form.getByLabel('商品名称').fill('会唱歌的鱼')
  await form.getByLabel('货号').fill('FISH-1')
  await form.getByLabel('售价').fill('19.9')
  await form.getByLabel('初始库存').fill('10')
  await form.getByRole('button', { name: '保存' }).click()

  const drawer = page.getByRole('dialog').filter({ hasText: 'FISH-1' })
  await shows(drawer.getByText('¥19.90'))
  await drawer.getByRole('button', { name: '报损' }).click()
  const dialog = page.getByRole('dialog', { name: /报损/ })
  await dialog.getByLabel('报损数量').fill('4')
  await dialog.getByRole('button', { name: '保存' }).click()
  await shows(dialog.getByText('请选择原因。'))
  await dialog.getByLabel('原因').click()
  await page.getByTitle('破损').click()
  await dialog.getByRole('button', { name: '保存' }).click()
  await hasText(drawer.getByRole('definition').nth(0), '6')
  await shows(drawer.getByText(/破损/))
})
