// Shows an owner's way from an empty shop to the first log-in, and the first steps from there.
import { expect, test } from 'vitest'

import { seriousFindings } from './support/axe.ts'
import { useBrowserShop } from './support/browser-shop.ts'
import { hasCount, hides, isAt, shows } from './support/expect-page.ts'

const shop = useBrowserShop({ demo: false })

test('an empty shop gets its owner with the code from the terminal, and only then', async () => {
  const code = shop.server.setupCode
  expect(code).not.toBeNull()
  const page = await shop.visit()
  await page.goto('/orders')
  await isAt(page, '/setup')

  await page.getByLabel('一次性启动码').fill('AAAA-AAAA')
  await page.getByLabel('店铺名称').fill('小爪印宠物店')
  await page.getByLabel('用户名').fill('店主')
  await page.getByLabel('邮箱').fill('owner@example.com')
  await page.getByLabel('密码').fill('short')
  await page.getByRole('button', { name: '开店' }).click()
  await shows(page.getByText('密码至少 8 个字符。'))

  await page.getByLabel('密码').fill('a long enough password')
  await page.getByRole('button', { name: '开店' }).click()
  const wrongCode = page.getByRole('textbox', { name: '一次性启动码' })
  await expect.poll(() => wrongCode.getAttribute('aria-invalid')).toBe('true')

  await wrongCode.fill(code ?? '')
  await page.getByRole('button', { name: '开店' }).click()
  await isAt(page, '/office')
  await shows(page.getByRole('heading', { name: '今天' }))
  await shows(page.getByText('小爪印宠物店'))
  await page.goto('/setup')
  await isAt(page, '/office')

  await page.getByRole('button', { name: '我的账号' }).click()
  await page.getByRole('menuitem', { name: '退出登录' }).click()
  await isAt(page, /^\/login/)
  await page.getByLabel('用户名').fill('店主')
  await page.getByLabel('密码').fill('a long enough password')
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await shows(page.getByRole('heading', { name: '今天' }))

  const steps = page.getByRole('region', { name: '开店准备' })
  const doneSteps = steps.getByRole('link', { name: '已完成' })
  await hasCount(steps.getByRole('link'), 5)
  await hasCount(doneSteps, 0)
  expect(await seriousFindings(page)).toEqual([])
  await steps.getByRole('link', { name: '以顾客的眼光看看网店' }).click()
  await isAt(page, '/')
  await shows(page.getByText('还没有商品上架'))
  await hides(page.getByText('一次性启动码'))

  const product = { sku: 'A-1', product_name: '猫粮', price_cents: 1000 }
  const headers = { origin: shop.server.url }
  const added = await page.request.post('/api/inventory', { data: product, headers })
  expect(added.status()).toBe(201)
  await page.goto('/office')
  await hasCount(doneSteps, 2)
  await shows(steps.getByRole('link', { name: /添加商品.*已完成/ }))
  await steps.getByRole('button', { name: '不再显示' }).click()
  await hides(steps)
  await page.reload()
  await shows(page.getByRole('heading', { name: '待处理订单' }))
  await hides(steps)
})
