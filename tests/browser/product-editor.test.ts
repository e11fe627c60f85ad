// Shows the product editor: pictures that customers see, barcodes, prices that are remembered, and nothing lost unasked.
import { crc32, deflateSync } from 'node:zlib'

import { expect, test } from 'vitest'

import { isEan13 } from '../../src/lib/ean13.ts'
import type { InventoryItem } from '../../src/modules/inventory/schema.ts'
import { useBrowserShop } from './support/browser-shop.ts'
import { hasCount, hasText, hides, isAt, shows } from './support/expect-page.ts'

const shop = useBrowserShop()

/** A red picture of 64 × 48. */
function redPng(): Buffer {
  const [width, height] = [64, 48]
  const chunk = (name: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(name, 'ascii'), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const line = Buffer.concat([
    Buffer.from([0]),
    Buffer.alloc(width * 3).fill(Buffer.from([200, 20, 20])),
  ])
  const pixels = deflateSync(Buffer.concat(Array<Buffer>(height).fill(line)))
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

test('an uploaded picture is what customers see, and first when it is moved there', async () => {
  const page = await shop.visit({ as: 'manager' })
  await page.goto('/office/stock?product=2&edit=2')
  const form = page.getByRole('dialog', { name: '编辑商品' })
  const file = form.getByLabel('商品图片文件')
  await file.setInputFiles({
    name: 'a.png',
    mimeType: 'image/png',
    buffer: Buffer.from('no picture'),
  })
  await shows(form.getByRole('alert').filter({ hasText: /图片/ }))
  await file.setInputFiles({ name: 'red.png', mimeType: 'image/png', buffer: redPng() })
  const preview = form.getByRole('img', { name: '商品图片 2' })
  await expect.poll(() => preview.getAttribute('src')).toMatch(/^\/pictures\/.+\.webp$/)
  await hides(form.getByRole('alert'))
  const address = await preview.getAttribute('src')
  await form.getByRole('button', { name: '第 2 张前移' }).click()
  const cover = form.getByRole('img', { name: '商品图片 1' })
  await expect.poll(() => cover.getAttribute('src')).toBe(address)
  await form.getByRole('button', { name: '保存' }).click()
  await hides(form)

  const customer = await shop.visit({ on: 'phone' })
  await customer.goto('/products/2')
  const width = `document.querySelector('img[src="${address}"]')?.naturalWidth`
  await expect.poll(() => customer.evaluate(width)).toBe(64)
})

test('a picture can be pasted; text beside it stays text', async () => {
  const page = await shop.visit({ as: 'manager' })
  await page.goto('/office/stock?edit=3')
  const form = page.getByRole('dialog', { name: '编辑商品' })
  const pictures = form.getByRole('img', { name: '商品图片' })
  await hasCount(pictures, 1)
  const paste = (bytes: string, text: string) =>
    page.evaluate(
      `(() => {
        const data = new DataTransfer()
        const bytes = Uint8Array.from(atob('${bytes}'), (c) => c.charCodeAt(0))
        data.items.add(new File([bytes], 'p.png', { type: 'image/png' }))
        if ('${text}') data.setData('text/plain', '${text}')
        document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }))
      })()`,
    )
  await paste(redPng().toString('base64'), 'words')
  await page.waitForTimeout(300)
  expect(await pictures.count()).toBe(1)
  await paste(redPng().toString('base64'), '')
  await hasCount(pictures, 2)
  await form.getByRole('button', { name: '移除第 1 张' }).click()
  await hasCount(pictures, 1)
})

test('a new product gets a barcode of the shop; one with a wrong check digit is pointed out', async () => {
  const page = await shop.visit({ as: 'owner' })
  await page.goto('/office/stock?edit=new')
  const form = page.getByRole('dialog', { name: '新增商品' })
  const barcode = form.getByLabel('条码')
  await barcode.fill('6901234567891')
  await shows(form.getByText('校验位应为 2'))
  await barcode.fill('')
  await form.getByRole('button', { name: '生成条码' }).click()
  await expect.poll(() => barcode.inputValue()).toMatch(/^21\d{11}$/)
  expect(isEan13(await barcode.inputValue())).toBe(true)
  // As its category is numbered; without one, in a row for all.
  const sku = form.getByLabel('货号')
  await expect.poll(() => sku.inputValue()).toMatch(/^SP-\d{4}$/)
  await form.getByLabel('分类').fill('主粮')
  await expect.poll(() => sku.inputValue()).toMatch(/^SF-\d{4}$/)
  await form.getByLabel('商品名称').fill('自制猫抓板')
  await form.getByLabel('售价').fill('30')
  await form.getByLabel('成本价').fill('12')
  await shows(form.getByText('毛利 ¥18.00（60%）'))
  await sku.fill('SF-0001')
  await form.getByRole('button', { name: '保存' }).click()
  await shows(
    form
      .locator('.ant-form-item')
      .filter({ hasText: '货号' })
      .getByText(/^这个货号已被/),
  )
  await sku.fill('ZZ-1')
  await form.getByRole('button', { name: '保存' }).click()
  await isAt(page, /product=\d+$/)
  await shows(page.getByRole('button', { name: '登记入库' }))
  const api = await shop.api('manager')
  const { items } = await api.get<{ items: InventoryItem[] }>('/api/inventory?search=ZZ-1')
  // Left empty, the threshold is the shop's.
  expect(items[0]).toMatchObject({ low_stock_threshold: 5, cost_cents: 1200 })
})

test('archived, a product is gone for customers; back on sale, it is there again', async () => {
  const page = await shop.visit({ as: 'manager' })
  await page.goto('/office/stock?product=4')
  const drawer = page.getByRole('dialog', { name: '商品详情' })
  const customer = await shop.visit({ on: 'phone' })
  await drawer.getByRole('button', { name: '下架' }).click()
  await page
    .getByRole('dialog', { name: '下架这个商品？' })
    .getByRole('button', { name: '下架' })
    .click()
  await shows(drawer.getByText('已下架'))
  await customer.goto('/products/4')
  await shows(customer.getByText('没有找到这个页面'))
  await drawer.getByRole('button', { name: '重新上架' }).click()
  await page
    .getByRole('dialog', { name: '重新上架这个商品？' })
    .getByRole('button', { name: '重新上架' })
    .click()
  await shows(drawer.getByRole('button', { name: '下架', exact: true }))
  await customer.reload()
  await shows(customer.getByRole('button', { name: /购物车/ }))
})

test('each price is remembered, with who set it', async () => {
  const page = await shop.visit({ as: 'manager' })
  await page.goto('/office/stock?product=5')
  const drawer = page.getByRole('dialog', { name: '商品详情' })
  await shows(drawer.getByText('售价还没有变动过'))
  await drawer.getByRole('button', { name: '编辑商品' }).click()
  const form = page.getByRole('dialog', { name: '编辑商品' })
  await form.getByLabel('售价').fill('77.7')
  await form.getByRole('button', { name: '保存' }).click()
  const row = drawer.getByRole('row').filter({ hasText: '→' })
  await hasText(row, /¥77\.70/)
  const { item } = await (
    await shop.api('manager')
  ).get<{ item: { display_name: string } }>('/api/me')
  await hasText(row, new RegExp(item.display_name))
  await hasCount(drawer.getByRole('img', { name: /售价变化折线图/ }).locator('svg'), 1)
})

test('a product that somebody else changes meanwhile keeps their price, and asks to be looked over', async () => {
  const page = await shop.visit({ as: 'manager' })
  await page.goto('/office/stock?product=6&edit=6')
  const form = page.getByRole('dialog', { name: '编辑商品' })
  const name = form.getByLabel('商品名称')
  await name.fill('改过的名字')
  const owner = await shop.api('owner')
  await owner.patch('/api/inventory/6', { price_cents: 12_300, cost_cents: 4500 })
  await form.getByLabel('成本价').fill('44')
  await form.getByRole('button', { name: '保存' }).click()
  await shows(form.getByText(/^别人刚改过/))
  await shows(form.getByText('别人改成了“45”'))
  expect(await form.getByLabel('售价').inputValue()).toBe('123.00')
  await form.getByRole('button', { name: '保存' }).click()
  await hides(form)
  const { item } = await owner.get<{ item: InventoryItem }>('/api/inventory/6')
  expect(item).toMatchObject({
    product_name: '改过的名字',
    price_cents: 12_300,
    cost_cents: 4400,
  })
})

test('what was typed is not lost by closing or going back unasked', async () => {
  const page = await shop.visit({ as: 'manager' })
  await page.goto('/office/stock')
  await page.getByRole('button', { name: '新增商品' }).click()
  const form = page.getByRole('dialog', { name: '新增商品' })
  await form.getByLabel('商品名称').fill('半个商品')
  const question = page.getByRole('dialog', { name: '有修改还没有保存' })
  for (const close of [
    () => form.getByRole('button', { name: /close|关闭/i }).click(),
    () => page.goBack(),
  ]) {
    await close()
    await question.getByRole('button', { name: '继续编辑' }).click()
    await hides(question)
    await isAt(page, '/office/stock?edit=new')
    expect(await form.getByLabel('商品名称').inputValue()).toBe('半个商品')
  }
  await page.goBack()
  await question.getByRole('button', { name: '放弃修改' }).click()
  await isAt(page, '/office/stock')
  await hides(form)
  await page.getByRole('button', { name: '新增商品' }).click()
  await form.getByRole('button', { name: /close|关闭/i }).click()
  await hides(form)
})
