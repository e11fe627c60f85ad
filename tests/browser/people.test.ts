// Shows the accounts of staff and customers in the office: made, found, disabled, and guarded from mistakes.
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'

import type { User } from '../../src/modules/users/schema.ts'
import { DEMO_PASSWORD, useBrowserShop } from './support/browser-shop.ts'
import { hasCount, hasText, hides, isAt, shows } from './support/expect-page.ts'

const shop = useBrowserShop()

/** The one that is open on top. */
const dialog = (page: Page) => page.getByRole('dialog').last()

/** Makes a clerk in the office. @returns the password that was made for them */
async function addClerk(manager: Page, username: string): Promise<string> {
  await manager.goto('/office/staff')
  await manager.getByRole('button', { name: '新增员工' }).click()
  const form = dialog(manager)
  await form.getByLabel('用户名').fill(username)
  await form.getByLabel('邮箱').fill(`${username}@example.com`)
  await form.getByLabel('称呼').fill(`${username}的名字`)
  await form.getByRole('button', { name: '随机生成' }).click()
  const password = await form.getByLabel('首次登录密码').inputValue()
  await form.getByRole('button', { name: '保存' }).click()
  const slip = manager.getByRole('dialog', { name: '账号已建好' })
  await hasText(slip, password)
  await slip.getByRole('button', { name: '已交给本人' }).click()
  await shows(manager.getByRole('row').filter({ hasText: `${username}的名字` }))
  return password
}

async function logIn(page: Page, username: string, password: string): Promise<void> {
  await page.goto('/login?next=/office')
  await page.getByLabel('用户名').fill(username)
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '登录', exact: true }).click()
}

test('a clerk made by a manager gets in; disabled, their open page ends and stays shut', async () => {
  const manager = await shop.visit({ as: 'manager' })
  const password = await addClerk(manager, 'xinren')
  const clerk = await shop.visit()
  await logIn(clerk, 'xinren', password)
  await shows(clerk.getByRole('heading', { name: '今天' }))

  await manager.getByRole('button', { name: 'xinren的名字' }).click()
  await shows(dialog(manager).getByRole('button', { name: /^让 Chrome.* 下线$/ }))
  await dialog(manager).getByRole('button', { name: '停用' }).click()
  await shows(dialog(manager).getByText('会马上在所有设备上退出登录'))
  await dialog(manager).getByRole('button', { name: '停用' }).click()
  await shows(manager.getByText('目前没有登录任何设备'))
  await isAt(clerk, /^\/login/)
  await logIn(clerk, 'xinren', password)
  await shows(clerk.getByRole('alert').getByText('这个账号已被停用'))

  await manager.getByRole('button', { name: '启用' }).click()
  await shows(manager.getByRole('status').getByText('已启用'))
  await logIn(clerk, 'xinren', password)
  await shows(clerk.getByRole('heading', { name: '今天' }))
})

test('one session is ended alone, and a new password ends them all', async () => {
  const manager = await shop.visit({ as: 'manager' })
  const password = await addClerk(manager, 'shebei')
  const [first, second] = [await shop.visit(), await shop.visit()]
  await logIn(first, 'shebei', password)
  await shows(first.getByRole('heading', { name: '今天' }))
  await logIn(second, 'shebei', password)
  await shows(second.getByRole('heading', { name: '今天' }))

  await manager.getByRole('button', { name: 'shebei的名字' }).click()
  const sessions = dialog(manager).getByRole('button', { name: /^让 .* 下线$/ })
  await expect.poll(() => sessions.count()).toBe(2)
  await sessions.first().click()
  await expect.poll(() => sessions.count()).toBe(1)

  await dialog(manager).getByRole('button', { name: '设置新密码' }).click()
  const form = dialog(manager)
  await form.getByLabel('新密码').fill('short')
  await form.getByRole('button', { name: '设置新密码' }).click()
  await shows(form.getByText('密码至少 8 个字符。'))
  await form.getByLabel('新密码').fill('another long password')
  await form.getByRole('button', { name: '设置新密码' }).click()
  await shows(manager.getByRole('dialog', { name: '新密码已设好' }))
  await isAt(first, /^\/login/)
  await isAt(second, /^\/login/)
  await logIn(first, 'shebei', 'another long password')
  await shows(first.getByRole('heading', { name: '今天' }))
})

test('the last owner is told why they must stay; with a second one, each may be managed', async () => {
  const api = await shop.api('owner')
  const { item: me } = await api.get<{ item: User }>('/api/me')
  const page = await shop.visit({ as: 'owner' })
  await page.goto(`/office/staff?user=${me.user_id}`)
  await shows(dialog(page).getByText('您是店里唯一的店主'))
  expect(await dialog(page).getByRole('button', { name: '停用' }).isDisabled()).toBe(true)
  expect(await dialog(page).getByRole('button', { name: '删除账号' }).isDisabled()).toBe(true)

  const { item: second } = await api.post<{ item: User }>('/api/users', {
    username: 'second-owner',
    email: 'second@example.com',
    password: 'a password for the second',
    role: 'owner',
  })
  await page.reload()
  await shows(dialog(page).getByText('不能停用、删除自己的账号'))
  await hides(page.getByText('您是店里唯一的店主'))
  await page.goto(`/office/staff?user=${second.user_id}`)
  await dialog(page).getByRole('button', { name: '修改资料' }).click()
  await dialog(page).getByRole('radio', { name: /^店员/ }).check()
  await dialog(page).getByRole('button', { name: '保存' }).click()
  await shows(page.getByRole('status').getByText('资料已保存。'))
  await page.goto(`/office/staff?user=${me.user_id}`)
  await shows(dialog(page).getByText('您是店里唯一的店主'))
})

test('a manager sees the owner but reaches neither them nor their roles', async () => {
  const page = await shop.visit({ as: 'manager' })
  await page.goto('/office/staff?role=owner')
  await page.getByRole('row').filter({ hasText: '店主' }).getByRole('button').click()
  await shows(dialog(page).getByText('只有店主可以管理店长和店主的账号。'))
  expect(await dialog(page).getByRole('button', { name: '修改资料' }).isDisabled()).toBe(true)
  await hides(dialog(page).getByText('登录中的设备'))
  await dialog(page).getByRole('button', { name: '关闭' }).click()
  await page.getByRole('button', { name: '新增员工' }).click()
  expect(await dialog(page).getByRole('radio', { name: /^店长/ }).isDisabled()).toBe(true)
  await shows(dialog(page).getByText('店长和店主只能由店主来设。'))
})

test('a clerk finds a customer by phone, sees their orders, and orders for them', async () => {
  const api = await shop.api('manager')
  const { items } = await api.get<{ items: User[] }>('/api/users?role=customer&search=customer1')
  const customer = items.find(({ username }) => username === 'customer1')
  if (!customer) throw new Error('the demo has no customer1')
  const orders = await api.get<{ items: { order_number: string }[] }>(
    `/api/orders?user_id=${customer.user_id}&limit=100`,
  )

  const page = await shop.visit({ as: 'clerk1' })
  await page.goto('/office')
  await page.getByRole('link', { name: '顾客', exact: true }).click()
  await page.getByRole('searchbox').fill(customer.phone)
  await isAt(page, `/office/customers?search=${customer.phone}`)
  await hasCount(page.getByRole('row'), 2) // the head and them
  await page.getByRole('button', { name: customer.display_name, exact: true }).click()
  const drawer = page.getByRole('dialog', { name: '顾客详情' })
  await shows(drawer.getByText(`共 ${orders.items.length} 单`))
  await hides(drawer.getByRole('button', { name: /修改资料|停用|删除账号/ }))

  const newest = orders.items[0]?.order_number ?? ''
  await drawer.getByRole('button', { name: new RegExp(newest) }).click()
  await shows(page.getByRole('heading', { name: `订单 ${newest}` }))
  await dialog(page).getByRole('button', { name: '关闭' }).click()
  await drawer.getByRole('link', { name: '为此顾客下单' }).click()
  await isAt(page, `/office/orders/new?customer=${customer.user_id}`)
  await shows(page.getByText(`customer1 · ${customer.display_name}`))
})

test('a customer with open orders is not deleted, in words; one without is, for good', async () => {
  const page = await shop.visit({ as: 'manager', on: 'phone' })
  await page.goto('/office/customers')
  await page.getByRole('button', { name: '新增顾客' }).click()
  await dialog(page).getByLabel('用户名').fill('guoke')
  await dialog(page).getByLabel('邮箱').fill('customer1@petshop.example')
  await dialog(page).getByRole('button', { name: '随机生成' }).click()
  await dialog(page).getByRole('button', { name: '保存' }).click()
  await shows(dialog(page).getByText('这个邮箱已被使用。'))
  await dialog(page).getByLabel('邮箱').fill('guoke@example.com')
  await dialog(page).getByRole('button', { name: '保存' }).click()
  await page.getByRole('button', { name: '已交给本人' }).click()
  await page.goto('/office/customers?search=guoke')
  await page.getByRole('button', { name: 'guoke' }).click()
  await dialog(page).getByRole('button', { name: '删除账号' }).click()
  await shows(dialog(page).getByText('账目不受影响'))
  await dialog(page).getByRole('button', { name: '删除账号' }).click()
  await shows(page.getByText('没有符合条件的顾客'))

  const api = await shop.api('customer2')
  const { item: me } = await api.get<{ item: User }>('/api/me')
  const { items } = await api.get<{ items: { product_id: number }[] }>(
    '/api/inventory?stock_status=in_stock&limit=1',
  )
  const order = [{ product_id: items[0]?.product_id, quantity: 1 }]
  await api.post('/api/orders', { user_id: me.user_id, items: order })
  await page.goto(`/office/customers?customer=${me.user_id}`)
  await dialog(page).getByRole('button', { name: '删除账号' }).click()
  await shows(dialog(page).getByText('账目不受影响'))
  await dialog(page).getByRole('button', { name: '删除账号' }).click()
  await shows(dialog(page).getByText('还有未完成的订单，不能删除'))
  await dialog(page).getByRole('link', { name: '查看此人的订单' }).click()
  await isAt(page, /^\/office\/orders\?search=customer2/)
})

test('a clerk has no page of the staff', async () => {
  const page = await shop.visit({ as: 'clerk1' })
  await page.goto('/office/staff')
  await shows(page.getByText('您没有查看此页的权限'))
  await hides(page.getByRole('link', { name: '员工' }))
})

test('who logs out in one tab is gone from the others, with cart and searches; so is what the next may not see', async () => {
  const owner = await shop.visit({ as: 'owner' })
  // Not from its live connection, which is told only with its next beat.
  await owner.route('**/api/notifications/stream?*', () => {})
  await owner.goto('/office/audit')
  await shows(owner.getByRole('table'))
  const other = await owner.context().newPage()
  await other.goto('/products/1')
  await other.getByRole('button', { name: '加入购物车', exact: true }).click()
  await other.goto('/')
  const search = other.getByRole('combobox', { name: /搜索商品/ })
  await search.fill('猫砂')
  await search.press('Enter')
  await isAt(other, '/?q=猫砂')
  await other.goto('/')
  await search.click()
  const searches = other.getByRole('listbox', { name: '最近搜索' })
  await shows(searches.getByRole('option', { name: '猫砂' }))

  const desk = await owner.context().newPage()
  await desk.goto('/office')
  await desk.getByRole('button', { name: '我的账号' }).click()
  await desk.getByRole('menuitem', { name: '退出登录' }).click()
  await isAt(desk, /^\/login/)
  await isAt(owner, '/login?next=/office/audit')
  await hides(searches.getByRole('option', { name: '猫砂' }))
  await other.goto('/cart')
  await shows(other.getByText('购物车还是空的'))

  await logIn(desk, 'clerk1', DEMO_PASSWORD)
  await isAt(owner, '/office/audit')
  await shows(owner.getByText('您没有查看此页的权限'))
})
