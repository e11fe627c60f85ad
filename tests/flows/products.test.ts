// Shows how products are made, changed and archived, and which of their fields each role sees.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openShop, type Shop } from '../support/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const make = (product: object) => shop.as('manager').post('/api/inventory', product)
const change = (product_id: number, patch: object) =>
  shop.as('manager').patch(`/api/inventory/${product_id}`, patch)

let skus = 0
const newSku = () => `P-${++skus}`

const full = () => ({
  sku: newSku(),
  barcode: `69${String(skus).padStart(11, '0')}`,
  product_name: '冻干鸡肉猫粮 1.5kg',
  name_en: 'Freeze-dried chicken cat food',
  category: '主粮',
  unit: '袋',
  price_cents: 12_900,
  cost_cents: 8000,
  description: '全价成猫粮',
  image_url: 'https://img.example/cat-food.jpg',
  low_stock_threshold: 5,
  quantity: 40,
})

describe('[sqlite] making a product', () => {
  test('keeps everything it was given, and books the first quantity as a receipt', async () => {
    const product = full()
    const made = await make(product)
    expect(made.status).toBe(201)
    const { product_id, ...item } = made.body.item
    expect(item).toEqual({
      ...product,
      image_urls: [product.image_url],
      active: true,
      on_hand: 40,
      reserved: 0,
      stock_status: 'in_stock',
      version: 1,
    })
    const movements = await shop.as('clerk').get(`/api/inventory/${product_id}/movements`)
    expect(movements.body.items).toMatchObject([
      {
        kind: 'receipt',
        delta_on_hand: 40,
        delta_reserved: 0,
        actor_id: shop.people.manager.user_id,
      },
    ])
  })

  test('needs a SKU, a name and a price; the rest has defaults', async () => {
    const made = await make({ sku: newSku(), product_name: '铃铛', price_cents: 0 })
    expect(made.body.item).toMatchObject({
      barcode: null,
      name_en: '',
      category: '',
      unit: '件',
      cost_cents: null,
      description: '',
      image_url: null,
      low_stock_threshold: 5,
      quantity: 0,
      stock_status: 'out_of_stock',
      active: true,
    })
    const movements = await shop
      .as('clerk')
      .get(`/api/inventory/${made.body.item.product_id}/movements`)
    expect(movements.body.items).toEqual([])
  })

  test('refuses a SKU that is taken, in any case and width, naming the field', async () => {
    const sku = `Taken-${newSku()}`
    await make({ ...full(), sku })
    for (const same of [sku, sku.toUpperCase(), ` ${sku}`, sku.replace('T', 'Ｔ')]) {
      const refused = await make({ ...full(), sku: same })
      expect([refused.status, refused.code]).toEqual([409, 'SKU_TAKEN'])
      expect(refused.body.error.message).toContain('sku')
      expect(refused.body.error.details[0].field).toBe('sku')
    }
  })

  test('refuses a barcode that is taken; products without one are many', async () => {
    const { barcode } = (await make(full())).body.item
    const refused = await make({ ...full(), barcode })
    expect([refused.status, refused.code]).toEqual([409, 'BARCODE_TAKEN'])
    expect(refused.body.error.details[0].field).toBe('barcode')
    for (let i = 0; i < 2; i++) {
      expect((await make({ ...full(), barcode: null })).status).toBe(201)
    }
  })

  test('of two with one SKU at the same moment makes one', async () => {
    const product = { ...full(), barcode: null }
    const answers = await Promise.all([make(product), make(product), make(product)])
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409])
  })

  test.each([
    ['sku', { sku: '' }],
    ['sku', { sku: ' ' }],
    ['sku', { sku: 'x'.repeat(65) }],
    ['product_name', { product_name: ' ' }],
    ['product_name', { product_name: '长'.repeat(201) }],
    ['price_cents', { price_cents: -1 }],
    ['price_cents', { price_cents: 100_000_001 }],
    ['price_cents', { price_cents: 9.5 }],
    ['price_cents', { price_cents: '9' }],
    ['cost_cents', { cost_cents: -1 }],
    ['quantity', { quantity: -1 }],
    ['quantity', { quantity: 1_000_001 }],
    ['low_stock_threshold', { low_stock_threshold: -1 }],
    ['barcode', { barcode: '6901 234' }],
    ['barcode', { barcode: '' }],
    ['image_url', { image_url: 'javascript:alert(1)' }],
    ['image_url', { image_url: 'http://example.com/x.png' }],
    ['unit', { unit: '' }],
    ['reserved', { reserved: 1 }],
    ['product_id', { product_id: 7 }],
  ])('refuses a wrong %s: %j', async (field, wrong) => {
    const refused = await make({ ...full(), ...wrong })
    expect([refused.status, refused.code]).toEqual([400, 'VALIDATION'])
    expect(refused.body.error.details[0].field).toBe(field)
  })
})

describe('[sqlite] changing a product', () => {
  test('changes what is given, and leaves the rest', async () => {
    const { product_id, ...before } = (await make(full())).body.item
    const changed = await change(product_id, { product_name: '新名字', price_cents: 1 })
    expect(changed.status).toBe(200)
    expect(changed.body.item).toEqual({
      ...before,
      product_id,
      product_name: '新名字',
      price_cents: 1,
      version: 2,
    })
    expect(await shop.product(product_id)).toEqual(changed.body.item)
  })

  test('takes its category away when it is empty', async () => {
    const { product_id } = (await make(full())).body.item
    const changed = await change(product_id, { category: '' })
    expect([changed.status, changed.body.item.category]).toEqual([200, ''])
    expect((await shop.product(product_id)).category).toBe('')
  })

  test('makes it found by its new name, and no longer by the old one', async () => {
    const word = newSku()
    const product_id = await shop.addProduct({ product_name: `旧${word}旧` })
    await change(product_id, { product_name: `新${word}新` })
    const found = async (search: string) =>
      (await shop.guest.get(`/api/inventory?search=${encodeURIComponent(search)}`)).body.items
        .length
    expect([await found(`旧${word}旧`), await found(`新${word}新`)]).toEqual([0, 1])
  })

  test("cannot take another product's SKU or barcode, but keep its own", async () => {
    const [a, b] = [(await make(full())).body.item, (await make(full())).body.item]
    expect((await change(b.product_id, { sku: a.sku })).code).toBe('SKU_TAKEN')
    expect((await change(b.product_id, { barcode: a.barcode })).code).toBe('BARCODE_TAKEN')
    expect((await change(b.product_id, { sku: b.sku, barcode: b.barcode })).status).toBe(200)
    expect((await change(b.product_id, { barcode: null })).body.item.barcode).toBeNull()
    expect((await change(a.product_id, { barcode: b.barcode })).status).toBe(200)
  })

  test('cannot change stock: that is what movements are for', async () => {
    const product_id = await shop.addProduct()
    for (const patch of [{ quantity: 5 }, { on_hand: 5 }, { reserved: 0 }]) {
      expect((await change(product_id, patch)).status).toBe(400)
    }
    expect((await change(product_id, {})).status).toBe(400)
    expect((await change(999_999, { unit: '只' })).code).toBe('NOT_FOUND')
  })

  test('is refused when somebody else has changed the product that was read', async () => {
    const { product_id, version } = (await make(full())).body.item
    expect((await change(product_id, { price_cents: 700, version })).status).toBe(200)
    const late = await change(product_id, { price_cents: 800, version })
    expect([late.status, late.code]).toEqual([409, 'PRODUCT_CHANGED'])
    expect(late.body.error.details).toEqual({ version: version + 1 })
    expect(await shop.product(product_id)).toMatchObject({ price_cents: 700 })
    // Selling doesn't change what describes it.
    await shop.order('customer', { lines: [[product_id, 1]] })
    const next = await change(product_id, { price_cents: 800, version: version + 1 })
    expect(next.body.item).toMatchObject({ price_cents: 800, version: version + 2 })
    const both = await Promise.all(
      [1, 2].map((price_cents) => change(product_id, { price_cents, version: version + 2 })),
    )
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409])
  })

  test('at the same moment loses no change', async () => {
    const product_id = await shop.addProduct()
    const answers = await Promise.all([
      change(product_id, { unit: '包' }),
      change(product_id, { category: '零食' }),
      change(product_id, { price_cents: 5 }),
    ])
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200])
    expect(await shop.product(product_id)).toMatchObject({
      unit: '包',
      category: '零食',
      price_cents: 5,
    })
  })
})

describe('[sqlite] archiving a product', () => {
  test('hides it from customers; staff find it, and bring it back', async () => {
    const product_id = await shop.addProduct({ category: `归档${newSku()}` })
    const { category } = await shop.product(product_id)
    const url = `/api/inventory/${product_id}`
    const list = `/api/inventory?category=${encodeURIComponent(category)}`
    const archived = await change(product_id, { active: false })
    expect(archived.body.item.active).toBe(false)
    for (const reader of [shop.guest, shop.as('customer')]) {
      expect((await reader.get(url)).status).toBe(404)
      expect((await reader.get(list)).body.items).toEqual([])
      expect((await reader.get(`${list}&active=false`)).status).toBe(403)
    }
    expect((await shop.as('clerk').get(url)).body.item.active).toBe(false)
    expect((await shop.as('clerk').get(list)).body.items).toEqual([])
    expect((await shop.as('clerk').get(`${list}&active=false`)).body.items).toHaveLength(1)
    await change(product_id, { active: true })
    expect((await shop.guest.get(url)).status).toBe(200)
  })

  test('leaves orders of it as they are: they can be shipped and cancelled', async () => {
    const product_id = await shop.addProduct()
    const shipped = await shop.order('customer', { lines: [[product_id, 1]] })
    const cancelled = await shop.order('customer', { lines: [[product_id, 2]] })
    await shop.settle()
    await change(product_id, { active: false })
    const order = (id: number, action: string, body: object) =>
      shop.as('clerk').put(`/api/orders/${id}/${action}`, body)
    const shipment = { carrier: '顺丰', tracking_number: '1' }
    expect((await order(shipped, 'shipment', shipment)).status).toBe(200)
    expect((await order(cancelled, 'cancellation', { reason: '停售' })).status).toBe(200)
    expect(await shop.product(product_id)).toMatchObject({ on_hand: 9, reserved: 0 })
  })
})

describe('[sqlite] what is seen of a product', () => {
  const forAll = [
    'active',
    'barcode',
    'category',
    'description',
    'image_url',
    'image_urls',
    'name_en',
    'price_cents',
    'product_id',
    'product_name',
    'sku',
    'stock_status',
    'unit',
  ]
  const forStaff = [...forAll, 'low_stock_threshold', 'on_hand', 'quantity', 'reserved']
  const fields = (item: object) => Object.keys(item).toSorted()

  test('guests and customers see no stock figures but the quantity, and no cost', async () => {
    const product_id = (await make(full())).body.item.product_id
    for (const reader of [shop.guest, shop.as('customer')]) {
      const { item } = (await reader.get(`/api/inventory/${product_id}`)).body
      expect(fields(item)).toEqual([...forAll, 'quantity'].toSorted())
    }
  })

  test('clerks see the stock, managers and owners also the cost', async () => {
    const product_id = (await make(full())).body.item.product_id
    const seen = async (role: 'clerk' | 'manager' | 'owner') =>
      fields((await shop.as(role).get(`/api/inventory/${product_id}`)).body.item)
    expect(await seen('clerk')).toEqual(forStaff.toSorted())
    expect(await seen('manager')).toEqual([...forStaff, 'cost_cents', 'version'].toSorted())
    expect(await seen('owner')).toEqual([...forStaff, 'cost_cents', 'version'].toSorted())
  })

  test('the list shows the same as the single product', async () => {
    const category = `同样${newSku()}`
    const { product_id } = (await make({ ...full(), category })).body.item
    const list = `/api/inventory?category=${encodeURIComponent(category)}`
    for (const reader of [shop.guest, shop.as('customer'), shop.as('clerk'), shop.as('owner')]) {
      const { item } = (await reader.get(`/api/inventory/${product_id}`)).body
      expect((await reader.get(list)).body.items).toEqual([item])
    }
  })

  test('a shop that hides its stock shows customers whether, but not how many', async () => {
    const product_id = await shop.addProduct({ quantity: 3, low_stock_threshold: 5 })
    await shop.set({ show_stock: false })
    try {
      for (const reader of [shop.guest, shop.as('customer')]) {
        const single = (await reader.get(`/api/inventory/${product_id}`)).body.item
        expect(fields(single)).toEqual(forAll)
        expect(single.stock_status).toBe('low_stock')
        const listed = (await reader.get('/api/inventory?limit=100')).body.items
        expect(listed.every((item: object) => !('quantity' in item))).toBe(true)
      }
      const clerk = await shop.as('clerk').get(`/api/inventory/${product_id}`)
      expect(clerk.body.item.quantity).toBe(3)
    } finally {
      await shop.set({ show_stock: true })
    }
  })
})
