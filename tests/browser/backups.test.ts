// Shows an owner's way with backups: told that there is none, made, taken home, deleted; and others don't get there.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

import { useBrowserShop } from './support/browser-shop.ts'
import { hides, shows } from './support/expect-page.ts'

const shop = useBrowserShop()

test('a backup is made, seen, downloaded and deleted', async () => {
  const page = await shop.visit({ as: 'owner' })
  await page.goto('/office')
  await page.getByRole('link', { name: '备份' }).click()
  await shows(page.getByText('还没有备份过'))
  await page.getByRole('button', { name: '立即备份' }).click()
  const row = page.getByRole('row').filter({ hasText: /petshop-\d{8}-\d{6}\.db/ })
  await shows(row.getByText('可用'))
  await shows(page.getByRole('status').getByText('备份完成，可以下载了。'))
  await hides(page.getByText('还没有备份过'))
  await shows(row.getByText(/\d (kB|MB|KB)$/i))

  const download = page.waitForEvent('download')
  await row.getByRole('link', { name: /^下载/ }).click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/^petshop-\d{8}-\d{6}\.db$/)
  expect(
    readFileSync(await file.path())
      .subarray(0, 15)
      .toString(),
  ).toBe('SQLite format 3')

  await row.getByRole('button', { name: '如何恢复' }).click()
  await shows(page.getByRole('dialog').getByText(/petshop -- restore .*\.db --force/))
  await page.getByRole('dialog').getByRole('button', { name: '关闭' }).last().click()
  await row.getByRole('button', { name: /^删除/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: '删除', exact: true }).click()
  await shows(page.getByRole('status').getByText('备份已删除。'))
  await hides(row)
  await shows(page.getByText('还没有备份过'))
})

test('a week without a backup is mentioned, a failed one says why', async () => {
  const page = await shop.visit({ as: 'owner', on: 'phone' })
  const backup = (days: number, state: string, problem: string | null) => {
    const created_at = new Date(Date.now() - days * 86_400_000).toISOString()
    return { name: `${days}.db`, bytes: 9e6, created_at, state, problem, restore_command: 'x' }
  }
  const items = [backup(1, 'failed', '磁盘已满。'), backup(9, 'ready', null)]
  const json = { status: 'success', items, next_cursor: null, supported: true }
  await page.route('**/api/system/backups', (route) => route.fulfill({ json }))
  await page.goto('/office/backups')
  await shows(page.getByText('最近一次备份是 9 天前的'))
  await shows(page.getByRole('row').filter({ hasText: '失败' }).getByText('磁盘已满。'))
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
})

test('where the data is on a database server, its own tool is named instead', async () => {
  const page = await shop.visit({ as: 'owner' })
  const json = { status: 'success', items: [], next_cursor: null, supported: false }
  await page.route('**/api/system/backups', (route) => route.fulfill({ json }))
  await page.goto('/office/backups')
  await shows(page.getByText('请用它自带的工具备份'))
  await hides(page.getByRole('button', { name: '立即备份' }))
})

test('a manager has neither the link nor the page', async () => {
  const page = await shop.visit({ as: 'manager' })
  await page.goto('/office/backups')
  await shows(page.getByText('您没有查看此页的权限'))
  await hides(page.getByRole('link', { name: '备份' }))
})
