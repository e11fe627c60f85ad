// Shows that an order for what sold out in between is refused clearly, and mended with one tap.
import { expect, test } from 'vitest'

import { useBrowserShop } from './support/browser-shop.ts'
import { hasText, shows } from './support/expect-page.ts'

const shop = useBrowserShop()

test('what somebody else bought meanwhile is set to what is left, and then ordered', async () => {
  const owner = await shop.api('owner')
  const { item } = await owner.post<{ item: { product_id: number } }>('/api/inventory', {
    sku: 'RARE-1',
    product_name: '限量猫爬架',
    price_cents: 10_000,
    quantity: 3,
  })
  const { product_id } = item

  const page = await shop.visit({ as: 'customer1', on: 'phone' })
  await page.goto(`/products/${product_id}`)
  await page.getByLabel('购买数量').getByRole('textbox').fill('3')
  await page.getByRole('button', { name: '立即购买' }).click()
  const submit = page.getByRole('button', { name: /提交订单/ })
  await hasText(submit, /300\.00/)

  const other = await shop.api('customer2')
  const me = await other.get<{ item: { user_id: number } }>('/api/me')
  const user_id = me.item.user_id
  await other.post('/api/orders', { user_id, items: [{ product_id, quantity: 2 }] })

  await submit.click()
  const alert = page.getByRole('alert')
  await shows(alert.getByText('“限量猫爬架”您要 3 件，仅剩 1 件'))
  await alert.getByRole('button', { name: '按现有库存调整' }).click()
  await hasText(submit, /100\.00/)
  await submit.click()
  await shows(page.getByText(/下单成功/))

  await page.goto(`/products/${product_id}`)
  await shows(page.getByRole('button', { name: '已售罄' }))
  expect(await page.getByRole('button', { name: '已售罄' }).isDisabled()).toBe(true)
})

test('the cart notices another price and a product that is no longer sold', async () => {
  const owner = await shop.api('owner')
  const make = async (sku: string, product_name: string) => {
    const body = { sku, product_name, price_cents: 1000, quantity: 5 }
    const { item } = await owner.post<{ item: { product_id: number } }>('/api/inventory', body)
    return item.product_id
  }
  const repriced = await make('CART-1', '要涨价的球')
  const archived = await make('CART-2', '要下架的球')

  const page = await shop.visit()
  for (const id of [repriced, archived]) {
    await page.goto(`/products/${id}`)
    await page.getByRole('button', { name: '加入购物车', exact: true }).click()
    await shows(page.getByRole('status').getByText('已加入购物车'))
  }
  await owner.patch(`/api/inventory/${repriced}`, { price_cents: 1500 })
  await owner.patch(`/api/inventory/${archived}`, { active: false })

  await page.goto('/cart')
  await shows(page.getByText('有 1 种商品已下架。'))
  await page.getByRole('button', { name: '移除已下架商品' }).click()
  await shows(page.getByText(/价格有变动/))
  await shows(page.getByText('¥10.00'))
  await page.getByRole('button', { name: '按新价格购买' }).click()
  await shows(page.getByRole('link', { name: '去结算' }))
  await hasText(page.getByRole('main'), /¥15\.00/)
})

test('the cart notices that there is less than it wants, at once, and one tap mends it', async () => {
  const owner = await shop.api('owner')
  const body = { sku: 'CART-3', product_name: '会变少的球', price_cents: 1000, quantity: 5 }
  const { item } = await owner.post<{ item: { product_id: number } }>('/api/inventory', body)
  const page = await shop.visit({ on: 'phone' })
  await page.goto(`/products/${item.product_id}`)
  await page.getByLabel('购买数量').getByRole('textbox').fill('4')
  await page.getByRole('button', { name: '加入购物车', exact: true }).click()
  await owner.post(`/api/inventory/${item.product_id}/movements`, { kind: 'count', quantity: 2 })

  await page.goto('/cart')
  await shows(page.getByText('有 1 种商品库存不足。'))
  expect(await page.getByRole('button', { name: '去结算' }).isDisabled()).toBe(true)
  await page.getByRole('button', { name: '按现有库存调整' }).click()
  await shows(page.getByRole('link', { name: '去结算' }))
  await hasText(page.getByRole('main'), /共 2 件/)
})
