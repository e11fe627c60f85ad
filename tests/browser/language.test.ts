// Shows that the language switches at once, everywhere, and is remembered.
import { expect, test } from 'vitest'

import { useBrowserShop } from './support/browser-shop.ts'
import { hides, shows } from './support/expect-page.ts'

const shop = useBrowserShop()

test('one press puts the shop into English and back, and the choice is kept', async () => {
  const page = await shop.visit({ on: 'phone' })
  await page.goto('/')
  await shows(page.getByRole('heading', { name: /欢迎光临/ }))
  await page.getByRole('button', { name: 'English' }).click()
  await shows(page.getByRole('heading', { name: /^Welcome to/ }))
  await shows(page.getByRole('button', { name: 'Cat litter' }))
  expect(await page.locator('html').getAttribute('lang')).toBe('en')

  await page.reload()
  await shows(page.getByRole('heading', { name: /^Welcome to/ }))
  await page.goto('/login')
  await page.getByLabel('Username').fill('nobody')
  await page.getByLabel('Password').fill('not the password')
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await shows(page.getByRole('alert').filter({ hasText: /[a-z]{3}/ }))

  await page.getByRole('button', { name: '中文' }).click()
  await shows(page.getByRole('heading', { name: '欢迎回来' }))
  expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN')
})

test('the office speaks English too, down to the notifications that are already there', async () => {
  const page = await shop.visit({ as: 'owner' })
  await page.goto('/office/notifications')
  await shows(page.getByRole('heading', { name: '消息通知' }))
  await shows(page.getByRole('listitem').filter({ hasText: /新订单|库存|售罄|新设备/ }))
  await page.getByRole('button', { name: 'English' }).click()
  await shows(page.getByRole('heading', { name: 'Notifications' }))
  await shows(page.getByRole('listitem').filter({ hasText: /New order|Stock|Sold out|new device/ }))
  await hides(page.getByRole('listitem').filter({ hasText: /新订单|售罄/ }))
  await page.goto('/office/stock')
  await shows(page.getByRole('columnheader', { name: 'On hand' }))
})
