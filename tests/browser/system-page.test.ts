// Shows the owner's pages: the state of the machinery, the settings, and that others don't get there.
import { test } from 'vitest'

import { useBrowserShop } from './support/browser-shop.ts'
import { hasCount, hasText, hides, isAt, shows } from './support/expect-page.ts'

const shop = useBrowserShop()

test('the owner sees every consumer group, and no dead letters', async () => {
  const page = await shop.visit({ as: 'owner' })
  await page.goto('/office/system')
  await shows(page.getByRole('heading', { name: '系统状态' }))
  await shows(page.getByRole('row').filter({ hasText: 'confirm-order-on-placed' }))
  await shows(page.getByText('没有处理失败的消息'))
})

test('a changed setting holds for customers', async () => {
  const page = await shop.visit({ as: 'owner' })
  await page.goto('/office/settings')
  await page.getByLabel('店铺名称').fill('换了名字的店')
  await page.getByRole('switch', { name: '向顾客显示库存数量' }).click()
  await page.getByRole('button', { name: '保存' }).click()
  await shows(page.getByRole('status').getByText('设置已保存。'))
  // Where nothing is found, the shop's own mark stands.
  await page.getByLabel('时区').fill('没有这样的地方')
  await shows(page.locator('.ant-select-dropdown').getByText('暂无数据'))
  await hasCount(page.locator('.ant-empty-img-simple'), 0)

  const guest = await shop.visit()
  await guest.goto('/products/1')
  await shows(guest.getByText('换了名字的店'))
  await hasText(guest.getByRole('main'), /有货|库存紧张/)
  await hides(guest.getByText(/^库存 \d+ 件$/))
})

test('a clerk has neither the links nor the pages, and a guest logs in first', async () => {
  const clerk = await shop.visit({ as: 'clerk1' })
  await clerk.goto('/office/system')
  await shows(clerk.getByText('您没有查看此页的权限'))
  await hides(clerk.getByRole('link', { name: '系统状态' }))

  const guest = await shop.visit()
  await guest.goto('/office/orders?status=pending')
  await isAt(guest, '/login?next=/office/orders?status=pending')
  await guest.goto('/nothing-here')
  await shows(guest.getByText('没有找到这个页面'))
})
