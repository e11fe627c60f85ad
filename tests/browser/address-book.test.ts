// Shows the customer's own things: the address book, ordering again with a tap, and a log-in that says why it failed.
import { expect, test } from 'vitest'

import { useBrowserShop } from './support/browser-shop.ts'
import { hasCount, hasText, isAt, shows } from './support/expect-page.ts'

const shop = useBrowserShop()

test('addresses are added, made the default, changed and removed; the checkout takes the default', async () => {
  const page = await shop.visit({ as: 'customer1', on: 'phone' })
  await page.goto('/account')
  const card = page.getByRole('region', { name: '收货地址' })
  const fill = async (name: string, detail: string) => {
    await page.getByRole('button', { name: '新增收货地址' }).click()
    const form = page.getByRole('dialog')
    await form.getByLabel('收货人').fill(name)
    await form.getByLabel('手机').fill('+852 9123 4567')
    await form.getByLabel('所在地区').fill('上海市浦东新区')
    await form.getByLabel('详细地址').fill(detail)
    return form
  }
  await (await fill('家里', '世纪大道 1 号')).getByRole('button', { name: '保存' }).click()
  await shows(card.getByRole('listitem').filter({ hasText: '家里' }).getByText('默认'))
  const second = await fill('公司', '张江路 2 号')
  await second.getByLabel('设为默认地址').check()
  await second.getByRole('button', { name: '保存' }).click()
  await shows(card.getByRole('listitem').first().filter({ hasText: '公司' }).getByText('默认'))

  await card.getByRole('button', { name: '修改“家里”的地址' }).click()
  await page.getByRole('dialog').getByLabel('详细地址').fill('世纪大道 8 号')
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  await hasText(card, /世纪大道 8 号/)

  await page.goto('/products/2')
  await page.getByRole('button', { name: '立即购买' }).click()
  await page.getByText('送货上门').click()
  await hasCount(page.getByRole('radio', { name: /公司/, checked: true }), 1)
  await page.getByRole('radio', { name: /家里/ }).check()
  await page.getByRole('button', { name: /提交订单/ }).click()
  await shows(page.getByText(/下单成功/))
  await hasText(page.getByRole('main'), /家里[^]*\+852 9123 4567[^]*世纪大道 8 号/)

  await page.goto('/account')
  await card.getByRole('button', { name: '删除“家里”的地址' }).click()
  await hasCount(card.getByRole('listitem'), 1)
})

test('an order is placed again with one tap; the cart says what costs another price now', async () => {
  const owner = await shop.api('owner')
  const body = { sku: 'AGAIN-1', product_name: '常买的猫粮', price_cents: 1000, quantity: 9 }
  const { item } = await owner.post<{ item: { product_id: number } }>('/api/inventory', body)
  const { product_id } = item
  const customer = await shop.api('customer2')
  const me = await customer.get<{ item: { user_id: number } }>('/api/me')
  const items = [{ product_id, quantity: 3 }]
  await customer.post('/api/orders', { user_id: me.item.user_id, items, fulfilment: 'pickup' })
  await owner.patch(`/api/inventory/${product_id}`, { price_cents: 1200 })

  const page = await shop.visit({ as: 'customer2', on: 'phone' })
  await page.goto('/orders')
  await page
    .getByRole('listitem')
    .filter({ hasText: '常买的猫粮' })
    .getByRole('button', { name: '再来一单' })
    .click()
  await isAt(page, '/cart')
  await shows(page.getByText(/1 种商品价格有变动/))
  await hasText(page.getByRole('main'), /共 3 件[^]*¥36\.00/)
})

test('a disabled account is told so, but only with the right password', async () => {
  const owner = await shop.api('owner')
  const account = { username: 'soon-disabled', password: 'three green parrots' }
  const { item } = await owner.post<{ item: { user_id: number } }>('/api/register', account)
  await owner.patch(`/api/users/${item.user_id}`, { active: false })
  const page = await shop.visit({ on: 'phone' })
  await page.goto('/login')
  await page.getByLabel('用户名').fill(account.username)
  await page.getByLabel('密码').fill('wrong')
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await shows(page.getByText('用户名或密码不对。'))
  await page.getByLabel('密码').fill(account.password)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await shows(page.getByText('这个账号已被停用，请联系店家。'))
})

test('a list that goes on keeps its place on the way back, and a message never covers the bars below', async () => {
  const page = await shop.visit({ on: 'phone' })
  await page.goto('/')
  const products = page.getByRole('list', { name: '商品列表' }).getByRole('article')
  await shows(products.first())
  await page.evaluate('scrollTo(0, document.body.scrollHeight)')
  await expect.poll(() => products.count()).toBeGreaterThan(24)
  const far = products.nth(26)
  await far.scrollIntoViewIfNeeded()
  const before = await page.evaluate<number>('scrollY')
  await far.getByRole('link').click()
  await shows(page.getByRole('button', { name: '立即购买' }))
  await page.getByRole('button', { name: '加入购物车', exact: true }).click()
  const message = page.getByRole('status').getByText('已加入购物车')
  await shows(message)
  const [toast, bar] = [
    await message.boundingBox(),
    await page.getByRole('button', { name: '立即购买' }).boundingBox(),
  ]
  expect((toast?.y ?? 0) + (toast?.height ?? 0)).toBeLessThan(bar?.y ?? 0)
  await page.goBack()
  await shows(far)
  await expect.poll(() => page.evaluate<number>('scrollY')).toBeGreaterThan(before - 50)
})
