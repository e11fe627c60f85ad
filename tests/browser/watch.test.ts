// Shows an owner's way with the audit log and webhooks: what happened is found and taken home, a receiver is told.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { seriousFindings } from './support/axe.ts'
import { useBrowserShop } from './support/browser-shop.ts'
import { hides, shows } from './support/expect-page.ts'

const shop = useBrowserShop({ env: { PETSHOP_WEBHOOKS_TO_LOOPBACK: 'on' } })
const got: string[] = []
const receiver = createServer((request, response) => {
  got.push(String(request.headers['petshop-event']))
  response.writeHead(204).end()
})
beforeAll(() => new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve)))
afterAll(() => void receiver.close().closeAllConnections())

test('what was done is in the log, found by act, and taken home', async () => {
  const owner = await shop.api('owner')
  await owner.patch('/api/settings', { low_stock_threshold: 9 })
  const page = await shop.visit({ as: 'owner' })
  await page.goto('/office')
  await page.getByRole('link', { name: '审计日志' }).click()
  const row = page.getByRole('row').filter({ hasText: '修改店铺设置' })
  await shows(row.getByText('低库存提醒：'))
  await shows(row.getByText('owner'))
  await shows(page.getByRole('row').filter({ hasText: '登录' }).first())

  await page.getByRole('combobox', { name: '操作' }).click()
  await page.getByTitle('修改店铺设置').last().click()
  await page.waitForURL(/act=settings\.changed/)
  await hides(page.getByRole('row').filter({ hasText: '登录' }))
  expect(await seriousFindings(page)).toEqual([])

  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: '导出 CSV' }).click()
  expect((await download).suggestedFilename()).toMatch(/^audit-.*\.csv$/)
})

test('a webhook is added, its secret shown once, tried and deleted', async () => {
  const page = await shop.visit({ as: 'owner' })
  await page.goto('/office/webhooks')
  await shows(page.getByText('还没有 Webhook'))
  await page.getByRole('button', { name: '添加 Webhook' }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel('接收地址').fill('http://10.0.0.1/hook')
  await form.getByRole('combobox', { name: '事件' }).click()
  await page.getByTitle('新订单').click()
  await page.keyboard.press('Escape')
  await form.getByRole('button', { name: '添加 Webhook' }).click()
  await shows(form.getByText('必须是 https 开头的公网地址'))
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`
  await form.getByLabel('接收地址').fill(url)
  await form.getByRole('button', { name: '添加 Webhook' }).click()
  await shows(page.getByText(/^whsec_[\w-]{43}$/))
  await page.getByRole('button', { name: '已保存' }).click()
  await hides(page.getByText(/whsec_/))

  await page.getByRole('button', { name: '发送测试' }).click()
  await shows(page.getByText(/上次成功/))
  expect(got).toEqual(['webhook.test'])
  expect(await seriousFindings(page)).toEqual([])
  await page.getByRole('button', { name: '删除' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '删除' }).click()
  await shows(page.getByText('还没有 Webhook'))
})

test('both pages fit a phone, and are the owner’s alone', async () => {
  const phone = await shop.visit({ as: 'owner', on: 'phone' })
  for (const path of ['/office/audit', '/office/webhooks']) {
    await phone.goto(path)
    await shows(phone.getByRole('heading', { level: 1 }))
    await phone.getByRole('table').waitFor()
    expect(await phone.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
  }
  const manager = await shop.visit({ as: 'manager' })
  await manager.goto('/office/audit')
  await shows(manager.getByText('您没有查看此页的权限'))
})
