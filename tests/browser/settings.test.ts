// Shows the owner's settings at work: what is saved holds for guests, what isn't is asked about.
import { expect, test } from 'vitest'

import { useBrowserShop } from './support/browser-shop.ts'
import { hasText, hides, isAt, shows } from './support/expect-page.ts'

const shop = useBrowserShop()

/** 2 × 2 pixels, red. */
const logo = {
  name: 'logo.png',
  mimeType: 'image/png',
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==',
    'base64',
  ),
}

test('a new name and logo are saved together, named, and greet a guest', async () => {
  const page = await shop.visit({ as: 'owner' })
  await page.goto('/office/settings')
  await page.getByLabel('店铺名称').fill('阿橘宠物屋')
  await page.getByLabel('徽标图片文件').setInputFiles(logo)
  await shows(page.getByText('未保存：店铺名称、徽标'))
  await page.getByRole('button', { name: '保存' }).click()
  await shows(page.getByRole('status').getByText('设置已保存。'))
  await shows(page.getByRole('status').getByText('店铺名称、徽标'))
  await shows(page.getByText('没有未保存的更改'))
  await shows(page.getByRole('link', { name: '阿橘宠物屋' }).getByRole('img'))

  const guest = await shop.visit({ on: 'phone' })
  await guest.goto('/')
  const mark = guest.getByRole('banner').getByRole('img', { name: '阿橘宠物屋' })
  await shows(mark)
  expect(
    await mark.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth),
  ).toBeGreaterThan(0)

  await page.getByRole('button', { name: '移除徽标' }).click()
  await page.getByRole('button', { name: '保存' }).click()
  await shows(page.getByText('没有未保存的更改'))
  await guest.reload()
  await shows(guest.getByRole('banner').getByText('阿橘宠物屋'))
  await hides(mark)
})

test('a file that is no picture is refused in words, and the logo stays as it was', async () => {
  const page = await shop.visit({ as: 'owner' })
  await page.goto('/office/settings')
  await page.getByLabel('徽标图片文件').setInputFiles({
    name: 'logo.png',
    mimeType: 'image/png',
    buffer: Buffer.from('not a picture at all'),
  })
  await shows(page.getByRole('alert').filter({ hasText: '徽标没有上传成功' }))
  await shows(page.getByText('没有未保存的更改'))
})

test('leaving with something unsaved is asked about, by link and by the back button', async () => {
  const page = await shop.visit({ as: 'owner' })
  await page.goto('/office')
  await page.getByRole('link', { name: '店铺设置' }).click()
  await page.getByRole('switch', { name: '自动确认订单' }).click()
  await page.getByRole('link', { name: '库存', exact: true }).click()
  await shows(page.getByText('还没有保存：自动确认订单。'))
  await page.getByRole('button', { name: '继续编辑' }).click()
  await hides(page.getByText('还没有保存：自动确认订单。'))
  await isAt(page, '/office/settings')
  await page.goBack()
  await page.getByRole('button', { name: '不保存，离开' }).click()
  await isAt(page, '/office')
  await page.getByRole('link', { name: '店铺设置' }).click()
  await shows(page.getByText('没有未保存的更改'))
  await page.getByRole('link', { name: '库存', exact: true }).click()
  await isAt(page, '/office/stock')
})

test('the receipt shows what is typed; the currency is fixed by the first order, and says so', async () => {
  const page = await shop.visit({ as: 'owner' })
  await page.goto('/office/settings')
  await page.getByLabel('小票附言').fill('周一店休\n电话 111-0000-0000')
  await hasText(page.getByRole('figure', { name: '小票预览' }), /周一店休\n电话 111-0000-0000/)
  await page.getByRole('button', { name: '放弃更改' }).click()
  await shows(page.getByText('没有未保存的更改'))
  await shows(page.getByText('已经有订单了，货币不能再改。'))
  expect(await page.getByRole('combobox', { name: '货币' }).isDisabled()).toBe(true)
  await page.getByRole('combobox', { name: '时区' }).fill('香港')
  await page.getByTitle(/^Asia\/Hong Kong/).click()
  await shows(page.getByText('未保存：时区'))
})

test('English first greets newcomers in English; English alone takes the switch away', async () => {
  const owner = await shop.visit({ as: 'owner' })
  await owner.goto('/office/settings')
  await owner.getByRole('radio', { name: '中文和英文，顾客第一次来先看到英文' }).check()
  await owner.getByRole('button', { name: '保存' }).click()
  await shows(owner.getByRole('status').getByText(/Settings saved\.|设置已保存。/))

  const newcomer = await shop.visit()
  await newcomer.goto('/')
  await shows(newcomer.getByRole('heading', { name: /^Welcome to/ }))
  await newcomer.getByRole('button', { name: '中文' }).click()
  await shows(newcomer.getByRole('heading', { name: /欢迎光临/ }))
  await newcomer.reload()
  await shows(newcomer.getByRole('heading', { name: /欢迎光临/ }))

  const api = await shop.api('owner')
  await api.patch('/api/settings', { languages: ['en'] })
  await newcomer.reload()
  await shows(newcomer.getByRole('heading', { name: /^Welcome to/ }))
  expect(await newcomer.locator('html').getAttribute('lang')).toBe('en')
  await hides(newcomer.getByRole('button', { name: /中文|English/ }))
  await owner.goto('/office')
  await shows(owner.getByRole('heading', { name: 'Today', exact: true }))
  await hides(owner.getByRole('button', { name: /中文|English/ }))
})
