// Shows the whole circle in two browsers: a guest becomes a customer with an order, staff handle it, each hears of the other live.
import { expect, test } from 'vitest'

import { useBrowserShop } from './support/browser-shop.ts'
import { hasCount, hasText, hides, isAt, shows } from './support/expect-page.ts'

const shop = useBrowserShop()

test('a guest finds products by search, category and price', async () => {
  const page = await shop.visit({ on: 'phone' })
  await page.goto('/')
  await shows(page.getByRole('heading', { name: /欢迎光临/ }))
  const products = page.getByRole('list', { name: '商品列表' }).getByRole('article')

  const search = page.getByRole('combobox', { name: /搜索商品/ })
  await search.fill('豆腐猫砂')
  await search.press('Enter')
  await isAt(page, '/?q=豆腐猫砂')
  await shows(products.filter({ hasText: '豆腐猫砂' }))
  await hasCount(products.filter({ hasNotText: '猫砂' }), 0)

  await page.getByRole('button', { name: '清除' }).click()
  await page.getByRole('button', { name: '玩具', exact: true }).click()
  await page.getByRole('combobox', { name: '排序方式' }).selectOption('price')
  await isAt(page, '/?category=玩具&sort=price')
  await expect
    .poll(async () => {
      const texts = await products.locator('p').allInnerTexts()
      const prices = texts.map((text) => Number(/[\d,.]+/.exec(text)?.[0].replace(',', '')))
      return prices.length > 4 && prices.every((price, i) => i === 0 || price >= prices[i - 1]!)
    })
    .toBe(true)

  await page.goBack()
  await isAt(page, '/?category=玩具')
  await page.goto('/?q=没有这种东西')
  await shows(page.getByText('没有找到相关商品'))
})

test('a guest orders, registering on the way; staff see it at once, and the customer what they do', async () => {
  const owner = await shop.api('owner')
  await owner.patch('/api/settings', { auto_confirm: false })
  const staff = await shop.visit({ as: 'clerk1' })
  await staff.goto('/office/board')
  await shows(staff.getByRole('region', { name: '待确认' }).getByRole('listitem'))

  const customer = await shop.visit({ on: 'phone' })
  await customer.goto('/products/1')
  await customer.getByRole('button', { name: '增加' }).click()
  await customer.getByRole('button', { name: '加入购物车', exact: true }).click()
  await shows(customer.getByRole('status').getByText('已加入购物车'))
  await customer.goto('/cart')
  await customer.reload()
  await hasText(customer.getByRole('main'), /共 2 件/)
  await customer.getByRole('link', { name: '去结算' }).click()

  await customer.getByRole('button', { name: '新用户注册' }).click()
  await customer.getByLabel('用户名').fill('新来的小明')
  await customer.getByLabel('密码').fill('一只很长的猫咪密码')
  await customer.getByRole('button', { name: '注册', exact: true }).click()

  await customer.getByText('送货上门').click()
  await customer.getByRole('button', { name: /提交订单/ }).click()
  await shows(customer.getByText('请选择或新增收货地址。'))
  await customer.getByRole('button', { name: '新增收货地址' }).click()
  const form = customer.getByRole('dialog')
  await form.getByLabel('收货人').fill('小明')
  await form.getByLabel('手机').fill('1380000000')
  await form.getByLabel('所在地区').fill('江晚市青禾区')
  await form.getByLabel('详细地址').fill('幸福路 1 号')
  await form.getByRole('button', { name: '保存' }).click()
  await shows(form.getByText('请填写有效的手机号或电话。'))
  await form.getByLabel('手机').fill('13800000000')
  await form.getByRole('button', { name: '保存' }).click()
  await shows(customer.getByRole('radio', { name: /小明.*江晚市青禾区 幸福路 1 号/ }))
  await customer.getByRole('button', { name: /提交订单/ }).click()
  await shows(customer.getByText(/下单成功/))
  const number = /[\d-]{10,}/.exec(
    await customer.getByRole('heading', { level: 1 }).innerText(),
  )![0]
  await hides(customer.getByRole('link', { name: /^购物车.*[1-9]/ }))

  const cardIn = (column: string) =>
    staff.getByRole('region', { name: column }).getByRole('listitem').filter({ hasText: number })
  await shows(cardIn('待确认'))
  await shows(staff.getByRole('status').getByText('新订单'))
  await cardIn('待确认').getByRole('button', { name: number }).first().click()
  await shows(staff.getByRole('dialog').getByText('13800000000'))
  await shows(staff.getByRole('dialog').getByText('江晚市青禾区 幸福路 1 号'))
  await staff.getByRole('dialog').getByRole('button', { name: '关闭' }).click()
  await hides(staff.getByRole('dialog'))
  await cardIn('待确认').getByRole('button', { name: '确认', exact: true }).click()
  await shows(customer.getByRole('status').getByText('订单已确认'))

  await cardIn('已确认').getByRole('button', { name: '发货', exact: true }).click()
  const dialog = staff.getByRole('dialog')
  await dialog.getByLabel('快递公司').fill('顺丰速运')
  await dialog.getByLabel('运单号').fill('SF1234567890')
  await dialog.getByRole('button', { name: '发货' }).click()
  await shows(cardIn('已发货'))

  await shows(customer.getByRole('status').getByText('订单已发货'))
  await shows(customer.getByRole('listitem').filter({ hasText: '已发货' }))
  await shows(customer.getByRole('main').getByText('SF1234567890'))

  await customer.getByRole('link', { name: /消息通知/ }).click()
  await shows(customer.getByRole('listitem').filter({ hasText: '订单已发货' }))
  await customer.getByRole('button', { name: '全部标为已读' }).click()
  await hides(customer.getByRole('button', { name: /标为已读/ }))
})

test('a customer cancels an order, and the stock is free again', async () => {
  const customer = await shop.visit({ as: 'customer1' })
  const api = await shop.api('customer1')
  const me = await api.get<{ item: { user_id: number } }>('/api/me')
  const { order_id } = await api.post<{ order_id: number }>('/api/orders', {
    user_id: me.item.user_id,
    items: [{ product_id: 2, quantity: 1 }],
    fulfilment: 'pickup',
  })
  await customer.goto(`/orders/${order_id}`)
  await customer.getByRole('button', { name: '取消订单' }).click()
  const dialog = customer.getByRole('dialog')
  await dialog.getByLabel('取消原因').selectOption({ label: '选错商品或数量' })
  await dialog.getByRole('button', { name: '取消订单' }).click()
  await shows(customer.getByRole('main').getByText('选错商品或数量'))
  await hides(customer.getByRole('button', { name: '取消订单' }))
})

test('a customer sees the own devices, logs one out, and chooses what to be told', async () => {
  const [page, other] = [
    await shop.visit({ as: 'customer3', on: 'phone' }),
    await shop.visit({ as: 'customer3' }),
  ]
  await other.goto('/orders')
  await shows(other.getByRole('heading', { name: '我的订单' }))
  await page.goto('/account')
  const devices = page.getByRole('listitem').filter({ hasText: /最近使用|本机/ })
  await hasCount(devices, 2)
  await page.getByRole('button', { name: '退出其他所有设备' }).click()
  await hasCount(devices, 1)
  await other.reload()
  await isAt(other, /^\/login/)

  const byMail = page.getByRole('checkbox', { name: '订单完成：邮件通知' })
  expect(await byMail.isChecked()).toBe(false)
  const kept = page.waitForResponse(/notification-preferences$/)
  await byMail.click()
  expect((await kept).status()).toBe(200)
  await page.reload()
  await shows(byMail)
  expect(await byMail.isChecked()).toBe(true)
  const always = page.getByRole('checkbox', { name: '新设备登录：网页通知' })
  expect(await always.isDisabled()).toBe(true)
})
