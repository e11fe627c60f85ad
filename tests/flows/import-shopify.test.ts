// Shows that a Shopify export comes in with every variant as a product that can be ordered.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { codesOf, importAs } from '../support/imports.ts'
import { openShop, type Shop } from '../support/shop.ts'

const file = readFileSync(
  join(import.meta.dirname, '../support/files/shopify-products.csv'),
  'utf8',
)

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
  return () => shop.close()
})

const run = (text: string, query = '') => importAs(shop, 'manager', text, query)
const products = () =>
  shop.core.store.db
    .selectFrom('inventory')
    .innerJoin('stock', 'stock.product_id', 'inventory.product_id')
    .selectAll('inventory')
    .select('on_hand')
    .orderBy('inventory.product_id')
    .execute()
const row = (fields: Record<string, string>) =>
  [Object.keys(fields), Object.values(fields)].map((cells) => cells.join(',')).join('\n')

describe('a product export from Shopify', () => {
  test('makes a product of each variant, and none of a row that is only a picture', async () => {
    const { body } = await run(file)
    expect(body).toMatchObject({ format: 'shopify', created: 6, error_count: 0 })
    expect(
      (await products()).map(({ sku, product_name, price_cents, on_hand, active }) => [
        sku,
        product_name,
        price_cents,
        on_hand,
        active,
      ]),
    ).toEqual([
      ['ROPE-1', 'Rope Toy', 1990, 12, 1],
      ['cat-harness-s-m-red', 'Cat Harness S/M / Red', 4500, 3, 1],
      ['cat-harness-s-m-blue', 'Cat Harness S/M / Blue', 4500, 0, 1],
      ['cat-harness-l-red', 'Cat Harness L / Red', 4850, 5, 1],
      [
        expect.stringMatching(/^cat-harness-s-m-red-[0-9a-f]{8}$/),
        'Cat Harness S-M / Red',
        4500,
        2,
        1,
      ],
      ['猫抓板-大号', '瓦楞猫抓板 大号', 2900, 8, 0],
    ])
  })

  test('takes the rest from where Shopify keeps it', async () => {
    await run(file)
    const [rope, red, blue, , , board] = await products()
    expect(rope).toMatchObject({
      barcode: '6900000000011',
      category: 'Dog toys',
      unit: '件',
      cost_cents: 750,
      description: 'A tough rope.\n\n- cotton\n- washable & safe',
      image_url: 'https://img.example/rope.jpg',
      low_stock_threshold: 5,
    })
    expect(red).toMatchObject({
      barcode: null,
      category: 'Cat Supplies',
      cost_cents: null,
      description: 'Fits every cat\n\nLine one\nline two',
      image_url: 'https://img.example/harness-red.jpg',
    })
    expect(blue).toMatchObject({
      description: red!.description,
      image_url: 'https://img.example/harness.jpg',
    })
    expect(board).toMatchObject({ category: '', cost_cents: 1100, description: '加厚，耐抓。' })
  })

  test('can be ordered, and adds up', async () => {
    await run(file)
    const lines = (await products())
      .filter(({ active, on_hand }) => active === 1 && on_hand > 0)
      .map(({ product_id, on_hand }) => [product_id, on_hand] as const)
    const order_id = await shop.order('customer', { lines })
    await shop.settle()
    expect((await shop.readOrder(order_id)).items).toHaveLength(4)
    expect(await shop.findings()).toEqual([])
  })

  test('imported once more changes nothing', async () => {
    await run(file)
    const before = await products()
    const { body } = await run(file)
    expect(body).toMatchObject({ created: 0, updated: 0, unchanged: 6 })
    expect(await products()).toEqual(before)
  })
})

describe('a variant is known', () => {
  const plain = { Handle: 'bed', Title: 'Bed', 'Option1 Name': 'Size', 'Option1 Value': 'L' }
  const variant = (more: Record<string, string>) => row({ ...plain, ...more })

  test('by its handle and options, whatever else changes', async () => {
    await run(variant({ 'Variant Price': '10', 'Variant SKU': '' }))
    const { body } = await run(
      variant({ 'Variant Price': '12', 'Variant SKU': '', Title: 'Soft bed' }),
    )
    expect(body).toMatchObject({ created: 0, updated: 1 })
    expect(await products()).toMatchObject([
      { sku: 'bed-l', product_name: 'Soft bed L', price_cents: 1200, version: 2 },
    ])
  })

  test('by its handle and options when it gets a SKU, and by that when it gets other options', async () => {
    await run(variant({ 'Variant Price': '10', 'Variant SKU': '' }))
    expect(
      (await run(variant({ 'Variant Price': '10', 'Variant SKU': 'BED' }))).body,
    ).toMatchObject({
      created: 0,
      updated: 1,
      changes: [{ fields: [{ field: 'sku', from: 'bed-l', to: 'BED' }] }],
    })
    const renamed = { 'Variant Price': '10', 'Option1 Value': 'Large' }
    expect((await run(variant({ ...renamed, 'Variant SKU': 'BED' }))).body.updated).toBe(1)
    // The new options are remembered too.
    expect((await run(variant({ ...renamed, 'Variant SKU': '' }))).body.unchanged).toBe(1)
    expect(await products()).toMatchObject([{ sku: 'BED', product_name: 'Bed Large' }])
  })

  test('by the SKU it would get, when nobody remembers its handle', async () => {
    const product_id = await shop.addProduct({ sku: 'BED-L' })
    const { body } = await run(variant({ 'Variant Price': '10' }))
    expect(body).toMatchObject({ created: 0, updated: 1, changes: [{ product_id }] })
  })

  test('from another of the same handle and options: that is an error', async () => {
    const text = `${variant({ 'Variant Price': '10' })}\nbed,,,L,11`
    expect(codesOf(await run(text))).toEqual([[3, null, 'DUPLICATE_PRODUCT']])
  })
})

describe('what Shopify allows and we do not', () => {
  const cells = { Handle: 'bed', Title: 'Bed', 'Variant Price': '10', 'Variant Inventory Qty': '1' }

  test('is named: sold below nothing, unknown states, no title, pictures without TLS', async () => {
    for (const [more, column, code] of [
      [{ 'Variant Inventory Qty': '-2' }, 'Variant Inventory Qty', 'NEGATIVE'],
      [{ Status: 'sleeping' }, 'Status', 'STATUS_UNKNOWN'],
      [{ Title: '' }, 'Title', 'REQUIRED'],
      [{ Handle: '' }, 'Handle', 'REQUIRED'],
      [{ 'Variant Price': '' }, 'Variant Price', 'REQUIRED'],
      [{ 'Image Src': 'http://img.example/a.jpg' }, 'Image Src', 'IMAGE_FORM'],
      [{ 'Body (HTML)': 'x'.repeat(5001) }, 'Body (HTML)', 'TOO_LONG'],
    ] as const) {
      expect(codesOf(await run(row({ ...cells, ...more }), '?dry_run=true')), column).toEqual([
        [2, column, code],
      ])
    }
  })

  test('does not matter for a product that is there: its stock is counted here', async () => {
    await run(row(cells))
    const { body } = await run(row({ ...cells, 'Variant Inventory Qty': '-2' }))
    expect(body.unchanged).toBe(1)
    expect(await products()).toMatchObject([{ on_hand: 1 }])
  })

  test('rows that somebody has sorted otherwise are the same products', async () => {
    const [head = '', ...rest] = file.split(/\n(?=[\w猫抓板-]+,)/)
    expect(rest).toHaveLength(7)
    await run(file)
    const { body } = await run([head, ...rest.toReversed()].map((line) => line.trim()).join('\n'))
    expect(body).toMatchObject({ created: 0, updated: 0, unchanged: 6, error_count: 0 })
  })

  test('the names of its newer exports are known too', async () => {
    const text = row({
      Title: 'Bed',
      'URL handle': 'bed',
      Description: '<p>Soft</p>',
      SKU: 'BED',
      Price: '10.00',
      'Inventory quantity': '4',
      'Published on online store': 'FALSE',
      'Product image URL': 'https://img.example/bed.jpg',
    })
    expect((await run(text)).body).toMatchObject({ created: 1, ignored_columns: [] })
    expect(await products()).toMatchObject([
      { sku: 'BED', price_cents: 1000, on_hand: 4, active: 0, description: 'Soft' },
    ])
  })
})
