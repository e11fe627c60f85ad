// Shows that a catalogue of our own format comes in as it is meant, and that nothing is guessed.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { codesOf, importAs } from '../support/imports.ts'
import { openShop, type Shop } from '../support/shop.ts'

const files = join(import.meta.dirname, '../support/files')

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
  return () => shop.close()
})

const run = (file: string | Uint8Array, query = '') => importAs(shop, 'manager', file, query)
const dryRun = (file: string | Uint8Array) => run(file, '?dry_run=true')
const bySku = async (sku: string) => {
  const { body } = await shop.as('owner').get(`/api/inventory?search=${encodeURIComponent(sku)}`)
  return body.items.find((item: { sku: string }) => item.sku === sku)
}
const ledgerOf = async (product_id: number) =>
  (await shop.as('owner').get(`/api/inventory/${product_id}/movements`)).body.items

describe('a file in our own format', () => {
  test('makes products, with their first stock as a receipt in the ledger', async () => {
    const { status, body } = await run(readFileSync(join(files, 'products-zh.csv')))
    expect([status, body]).toMatchObject([
      200,
      { status: 'success', format: 'petshop', created: 2, updated: 0, unchanged: 0, errors: [] },
    ])
    const item = await bySku('MS-001')
    expect(item).toMatchObject({
      barcode: '6900000000028',
      product_name: '冻干鸡肉粒',
      category: '零食',
      unit: '罐',
      price_cents: 3990,
      cost_cents: 2200,
      on_hand: 50,
      low_stock_threshold: 10,
      active: true,
      description: '猫狗都能吃',
    })
    expect(await ledgerOf(item.product_id)).toMatchObject([
      { kind: 'receipt', delta_on_hand: 50, actor_id: shop.people.manager.user_id },
    ])
    expect((await bySku('WJ-002')).description).toBe('两行\n描述')
    await shop.settle()
    expect(await shop.findings()).toEqual([])
    expect(await shop.order('customer', { lines: [[item.product_id, 50]] })).toBeGreaterThan(0)
  })

  test('imported once more changes nothing', async () => {
    const file = readFileSync(join(files, 'products-zh.csv'))
    await run(file)
    const versions = () => shop.core.store.db.selectFrom('inventory').select('version').execute()
    const before = await versions()
    const { body } = await run(file)
    expect(body).toMatchObject({ created: 0, updated: 0, unchanged: 2, changes: [] })
    expect(await versions()).toEqual(before)
    expect(await ledgerOf((await bySku('MS-001')).product_id)).toHaveLength(1)
  })

  test('changes what it names, leaves the rest and the stock alone, and keeps the old prices', async () => {
    const product_id = await shop.addProduct({ sku: 'A1', description: 'kept', category: 'kept' })
    const { body } = await run('sku,price,quantity,name_en\na1,12.50,999,')
    expect(body).toMatchObject({ created: 0, updated: 1 })
    expect(body.changes).toEqual([
      {
        line: 2,
        action: 'update',
        product_id,
        sku: 'A1',
        product_name: '商品1',
        fields: [
          { field: 'sku', from: 'A1', to: 'a1' },
          { field: 'name_en', from: 'Product 1', to: '' },
          { field: 'price', from: '10.00', to: '12.50' },
        ],
      },
    ])
    expect(await shop.product(product_id)).toMatchObject({
      sku: 'a1',
      name_en: '',
      price_cents: 1250,
      on_hand: 10,
      description: 'kept',
      category: 'kept',
    })
    const history = await shop.core.store.db.selectFrom('price_changes').selectAll().execute()
    expect(history).toMatchObject([
      {
        product_id,
        version: 2,
        from_cents: 1000,
        to_cents: 1250,
        changed_by: shop.people.manager.user_id,
      },
    ])
  })

  test('archives and brings back', async () => {
    const product_id = await shop.addProduct({ sku: 'A1' })
    for (const [word, active] of [
      ['下架', false],
      ['是', true],
      ['FALSE', false],
      ['1', true],
    ] as const) {
      await run(`sku,active\nA1,${word}`)
      expect((await shop.product(product_id)).active).toBe(active)
    }
    await run('sku,product_name,price,active,quantity\nA2,x,1,no,3')
    expect(await shop.findings()).toEqual([])
    const { body } = await shop.as('owner').get('/api/inventory?active=false')
    expect(body.items).toMatchObject([{ sku: 'A2', active: false, on_hand: 3 }])
  })

  test('gives a new product the shop’s own threshold, unless it says one', async () => {
    await shop.set({ low_stock_threshold: 7 })
    await run('sku,product_name,price\nA1,one,1')
    await run('sku,product_name,price,low_stock_threshold\nA2,two,1,0')
    expect((await bySku('A1')).low_stock_threshold).toBe(7)
    expect((await bySku('A2')).low_stock_threshold).toBe(0)
  })

  test('names the columns that it takes nothing from', async () => {
    const { body } = await dryRun('SKU, Product Name ,ＰＲＩＣＥ,Supplier,\nA1,x,1,ACME,')
    expect(body).toMatchObject({ created: 1, ignored_columns: ['Supplier'] })
  })

  test('counts money in the shop’s currency', async () => {
    await shop.set({ currency: 'JPY' })
    expect(codesOf(await dryRun('sku,product_name,price\nA1,x,50.00'))).toEqual([
      [2, 'price', 'DECIMALS'],
    ])
    await run('sku,product_name,price\nA1,x,5000')
    expect((await bySku('A1')).price_cents).toBe(5000)
  })
})

describe('a dry run', () => {
  test('tells what would happen, and writes nothing', async () => {
    const product_id = await shop.addProduct({ sku: 'A1' })
    const { status, body } = await dryRun('sku,product_name,price\nA1,new,10\nA2,x,1\nA3,y,-1')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      dry_run: true,
      created: 1,
      updated: 1,
      unchanged: 0,
      error_count: 1,
      errors: [{ line: 4, column: 'price', code: 'NEGATIVE' }],
    })
    expect(body.changes.map((change: { action: string }) => change.action)).toEqual([
      'update',
      'create',
    ])
    expect(body.changes[1].fields).toEqual([
      { field: 'price', from: '', to: '1.00' },
      { field: 'quantity', from: '', to: '0' },
    ])
    const good = await dryRun('sku,product_name,price\nA1,new,10\nA2,x,1')
    expect(good.body).toMatchObject({ created: 1, updated: 1, error_count: 0 })
    expect((await shop.product(product_id)).product_name).toBe('商品1')
    expect(await bySku('A2')).toBeUndefined()
  })
})

describe('the text may be in', () => {
  const text = '货号;商品名称;售价\r\nA1;猫抓板 “大”;29.90\r\n'
  const gb18030 = Uint8Array.from([
    // What Excel writes in China, byte by byte: no library here encodes it.
    ...[0xbb, 0xf5, 0xba, 0xc5, 0x3b, 0xc9, 0xcc, 0xc6, 0xb7, 0xc3, 0xfb, 0xb3, 0xc6, 0x3b],
    ...[0xca, 0xdb, 0xbc, 0xdb, 0x0d, 0x0a, 0x41, 0x31, 0x3b, 0xc3, 0xa8, 0xd7, 0xa5, 0xb0, 0xe5],
    ...[0x20, 0xa1, 0xb0, 0xb4, 0xf3, 0xa1, 0xb1, 0x3b, 0x32, 0x39, 0x2e, 0x39, 0x30, 0x0d, 0x0a],
  ])
  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a byte order mark', Buffer.from(`\u{FEFF}${text}`)],
    ['UTF-16 with tabs', Buffer.from(`\u{FEFF}${text.replaceAll(';', '\t')}`, 'utf16le')],
    ['GB18030', gb18030],
  ])('%s', async (_, bytes) => {
    expect((await run(bytes)).body).toMatchObject({ created: 1, error_count: 0 })
    expect(await bySku('A1')).toMatchObject({ product_name: '猫抓板 “大”', price_cents: 2990 })
  })
})
