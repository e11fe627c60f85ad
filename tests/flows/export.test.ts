// Shows that exports hold everything, run nothing in a spreadsheet, and that products come back as they were.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readCsv } from '../../src/lib/csv.ts'
import type { NewProduct } from '../../src/modules/inventory/index.ts'
import { importAs } from '../support/imports.ts'
import { openShop, type Shop } from '../support/shop.ts'
import { statementsOf } from '../support/statements.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const english = { 'accept-language': 'en' }

async function table(path: string, headers = {}, from = shop): Promise<(readonly string[])[]> {
  const { status, text } = await from.as('manager').get(path, headers)
  expect(status).toBe(200)
  const records = await Array.fromAsync(readCsv(Buffer.from(text)))
  return records.map(({ cells }) => cells)
}

/** Reads a large answer as fast as it comes, and says how many lines it has. */
const READER = `
  const { AUTHORIZATION: authorization } = process.env
  const answer = await fetch(process.argv[1], { headers: { authorization } })
  console.log('begun')
  let lines = 0
  for await (const chunk of answer.body) for (const byte of chunk) if (byte === 10) lines++
  console.log(lines)`

/** Texts that CSV, spreadsheets and people have made something else of. */
const odd = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc
      .tuple(
        fc.constantFrom('=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠', "'", "''=", "'-"),
        fc.string({ maxLength: 5 }),
      )
      .map((parts) => parts.join('')),
    fc.constantFrom(
      'a,b',
      'a;b\tc',
      '"',
      '""',
      'two\nlines',
      'two\r\nlines',
      'old\rmac',
      ' x ',
      '猫🐈‍⬛',
      '\u{FEFF}x',
      '\u{A0}',
    ),
  )
  .filter((text) => !text.includes('\0') && text.isWellFormed())
const named = odd.filter((text) => /\S/.test(text))

const product = fc.record<Omit<NewProduct, 'sku' | 'barcode'>>({
  product_name: named,
  name_en: odd,
  category: odd,
  unit: named.filter((text) => text.length <= 20),
  price_cents: fc.integer({ min: 0, max: 100_000_000 }),
  cost_cents: fc.option(fc.integer({ min: 0, max: 100_000_000 })),
  description: odd,
  image_url: fc.option(fc.constantFrom('/img/a.webp', 'https://img.example/a,b"c.png')),
  low_stock_threshold: fc.integer({ min: 0, max: 1_000_000 }),
  quantity: fc.integer({ min: 0, max: 1_000_000 }),
})
const skus = fc.uniqueArray(
  named.filter((text) => text.length <= 40),
  {
    selector: (text) => text.normalize('NFKC').toLowerCase().normalize('NFKC').trim(),
    minLength: 40,
    maxLength: 60,
  },
)

describe('exported products', () => {
  test('come back as they were, into another shop and into their own', async () => {
    const [origin, other] = [await openShop(), await openShop()]
    try {
      const cause = { actor_id: null, request_id: null, now: shop.clock.now() }
      for (const [run, list] of fc.sample(skus, { numRuns: 5, seed: 5 }).entries()) {
        const details = fc.sample(product, { numRuns: list.length, seed: run })
        const products = list.map((sku, i) => ({
          ...details[i]!,
          sku: `${sku}${run === 0 ? '' : `-${run}`}`,
          barcode: i % 3 === 0 ? null : `${['-', '0', 'A'][i % 3]}${run}-${i}`,
        }))
        await origin.app.inventory.createProducts(cause, products)
      }
      await origin.as('manager').patch('/api/inventory/3', { active: false })
      for (const language of ['zh-CN', 'en']) {
        const path = '/api/inventory/export'
        const { text } = await origin.as('manager').get(path, { 'accept-language': language })
        const again = await importAs(origin, 'manager', text)
        expect(again.body).toMatchObject({ created: 0, updated: 0, error_count: 0 })
        const there = await importAs(other, 'manager', text)
        expect(there.body.error?.details ?? there.body).toMatchObject({
          error_count: 0,
          updated: 0,
        })
        const back = await other.as('manager').get(path, { 'accept-language': language })
        expect(back.text).toBe(text)
      }
      expect(await other.findings()).toEqual([])
    } finally {
      await origin.close()
      await other.close()
    }
  })

  test('are named in the reader’s language, in a form that Excel opens', async () => {
    await shop.addProduct({ sku: 'A1', product_name: '=1+1', description: '@cmd', price_cents: 5 })
    const { text, headers } = await shop.as('manager').get('/api/inventory/export?format=csv')
    expect(headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(headers['content-disposition']).toBe('attachment; filename="products-2026-01-15.csv"')
    expect(text.startsWith('\u{FEFF}货号,条码,商品名称,英文名称,分类,单位,售价,成本价,数量,')).toBe(
      true,
    )
    expect(text).toContain("\r\nA1,,'=1+1,Product 1,,件,0.05,,10,0,在售,'@cmd,\r\n")
    const [header, row] = await table('/api/inventory/export', english)
    expect(header!.slice(0, 3)).toEqual(['sku', 'barcode', 'product_name'])
    expect(row![10]).toBe('true')
  })

  test('are all, or those on sale, or the archived ones', async () => {
    const archived = await shop.addProduct({ sku: 'GONE' })
    await shop.as('manager').patch(`/api/inventory/${archived}`, { active: false })
    const skusOf = async (query: string) =>
      (await table(`/api/inventory/export${query}`)).slice(1).map(([sku]) => sku)
    expect(await skusOf('')).toEqual(['A1', 'GONE'])
    expect(await skusOf('?active=true')).toEqual(['A1'])
    expect(await skusOf('?active=false')).toEqual(['GONE'])
    expect((await shop.as('manager').get('/api/inventory/export?format=xlsx')).code).toBe(
      'VALIDATION',
    )
  })

  test('of a large shop are read as fast as the caller reads, and no further when they hang up', async () => {
    const large = await openShop()
    try {
      const cause = { actor_id: null, request_id: null, now: 0 }
      const description = '很长的描述'.repeat(100)
      for (let i = 0; i < 40; i++) {
        const products = Array.from({ length: 250 }, (_, j) => ({
          sku: `L${i}-${j}`,
          product_name: 'x',
          price_cents: 1,
          description,
        }))
        await large.app.inventory.createProducts(cause, products)
      }
      await large.http.listen({ port: 0, host: '127.0.0.1' })
      const { port } = large.http.server.address() as AddressInfo
      const statements = await statementsOf(async () => {
        const path = '/api/inventory/export'
        const call = get({ port, path, headers: large.people.manager.headers })
        const [response] = await once(call, 'response')
        await once(response, 'readable')
        // A reader who does something else for a while: what lies in the sockets is all that was read.
        await new Promise((resolve) => setTimeout(resolve, 700))
        call.destroy()
        await new Promise((resolve) => setTimeout(resolve, 300))
      })
      const pages = statements.filter((text) => /product_id.{1,3} > /.test(text)).length
      expect(pages).toBeGreaterThan(0)
      expect(pages).toBeLessThan(38)

      // A reader who keeps up, in a process of its own, doesn't take all the time there is.
      const url = `http://127.0.0.1:${port}/api/inventory/export`
      const reader = spawn(process.execPath, ['--input-type=module', '--eval', READER, url], {
        env: { AUTHORIZATION: large.people.manager.headers.authorization },
      })
      const [first] = await once(reader.stdout, 'data')
      expect(String(first)).toBe('begun\n')
      let [ended, answered] = [false, 0]
      const exit = once(reader, 'exit').then(() => (ended = true))
      const whole = text(reader.stdout)
      while (!ended) {
        await large.guest.get('/api/inventory?limit=1')
        answered++
        await new Promise(setImmediate)
      }
      await exit
      expect((await whole).trim()).toBe('10001')
      expect(answered).toBeGreaterThan(10)
    } finally {
      await large.close()
    }
  })
})

describe('exported orders', () => {
  test('have a row for each line, with what a bookkeeper adds up', async () => {
    const [first, second] = [
      await shop.addProduct({ sku: 'B1', product_name: '猫粮', price_cents: 1250 }),
      await shop.addProduct({ sku: 'B2', product_name: '+狗粮', price_cents: 99 }),
    ]
    const placed = await shop.as('customer').post('/api/orders', {
      user_id: shop.people.customer.user_id,
      address: '上海市静安区',
      recipient: '=王小明',
      phone: '+86 13800138000',
      note: '=HYPERLINK',
      items: [
        { product_id: first, quantity: 2 },
        { product_id: second, quantity: 1 },
      ],
    })
    const { order_id } = placed.body
    const other = await shop.order('other', { lines: [[second, 3]] })
    await shop.settle()
    const act = (action: string, body?: object) =>
      shop.as('manager').put(`/api/orders/${order_id}/${action}`, body)
    await act('payment')
    await act('shipment', { carrier: '顺丰', tracking_number: '=SF1' })
    const number = (await shop.readOrder(order_id)).order_number
    const [header, ...rows] = await table('/api/orders/export', english)
    expect(header).toEqual([
      ...['order_number', 'time', 'time_utc', 'status', 'payment_status', 'channel', 'fulfilment'],
      ...['customer', 'sku', 'product_name', 'quantity', 'unit_price', 'discount', 'line_total'],
      ...['order_total', 'currency', 'carrier', 'tracking_number', 'recipient', 'phone'],
      ...['address', 'note'],
    ])
    const shared = [number, '2026-01-15 12:00:00', '2026-01-15T04:00:00.000Z', 'shipped', 'paid']
    expect(rows.slice(0, 2)).toEqual([
      [
        ...shared,
        'web',
        'delivery',
        'customer',
        'B1',
        '猫粮',
        '2',
        '12.50',
        '0.00',
        '25.00',
        '25.99',
        'CNY',
        '顺丰',
        "'=SF1",
        "'=王小明",
        "'+86 13800138000",
        '上海市静安区',
        "'=HYPERLINK",
      ],
      [
        ...shared,
        'web',
        'delivery',
        'customer',
        'B2',
        "'+狗粮",
        '1',
        '0.99',
        '0.00',
        '0.99',
        '25.99',
        'CNY',
        '顺丰',
        "'=SF1",
        "'=王小明",
        "'+86 13800138000",
        '上海市静安区',
        "'=HYPERLINK",
      ],
    ])
    expect(rows).toHaveLength(3)
    const chinese = await table('/api/orders/export?status=confirmed')
    expect(chinese[0]!.slice(0, 5)).toEqual(['订单号', '时间', '时间（UTC）', '状态', '付款'])
    expect(chinese.slice(1).map((cells) => cells.slice(0, 5))).toEqual([
      [
        (await shop.readOrder(other)).order_number,
        ...['2026-01-15 12:00:00', '2026-01-15T04:00:00.000Z', '已确认', '待付款'],
      ],
    ])
  })

  test('are those that the list shows with the same filters', async () => {
    const own = await openShop()
    try {
      const product_id = await own.addProduct({ quantity: 100 })
      const lines = [[product_id, 1]] as const
      const [first, second, third] = [
        await own.order('customer', { lines }),
        await own.order('other', { lines }),
        await own.order('customer', { lines }),
      ]
      await own.settle()
      await own.as('clerk').put(`/api/orders/${second}/payment`)
      await own.as('clerk').put(`/api/orders/${third}/payment`)
      const number = async (order_id: number) => (await own.readOrder(order_id)).order_number
      const { user_id } = own.people.customer
      for (const [query, expected] of [
        ['payment_status=paid', [second, third]],
        [`user_id=${user_id}`, [first, third]],
        ['search=other', [second]],
        [`search=${await number(first)}`, [first]],
        ['status=confirmed&payment_status=unpaid', [first]],
        ['status=cancelled', []],
      ] as const) {
        const rows = await table(`/api/orders/export?${query}`, {}, own)
        const listed = await own.as('manager').get(`/api/orders?${query}`)
        const wanted = await Promise.all(expected.map(number))
        expect([query, rows.slice(1).map(([cell]) => cell)]).toEqual([query, wanted])
        expect(listed.body.items).toHaveLength(expected.length)
      }
    } finally {
      await own.close()
    }
  })

  test('are those of a time, however many pages they are', async () => {
    const product_id = await shop.addProduct({ quantity: 10_000, price_cents: 1 })
    const start = shop.clock.now() + 1
    shop.clock.advance(1)
    for (let i = 0; i < 320; i++) {
      // Several in one millisecond: a page may end between them.
      if (i % 7 === 0) shop.clock.advance(1)
      await shop.order('customer', { lines: [[product_id, 1]] })
    }
    const end = shop.clock.now()
    const numbers = async (from: number, to: number) => {
      const query = `from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}`
      const rows = await table(`/api/orders/export?${query}`)
      return rows.slice(1).map(([number]) => number)
    }
    const all = await numbers(start, end + 1)
    expect([all.length, new Set(all).size]).toEqual([320, 320])
    // The last millisecond isn't counted in.
    expect((await numbers(start, end)).length).toBe(320 - (320 % 7))
    expect(await numbers(end + 1, end + 2)).toEqual([])
  })
})

describe('an export of what a list shows', () => {
  test('has the same products in the same order, page after page', async () => {
    const own = await openShop()
    try {
      for (let i = 0; i < 130; i++) {
        const price_cents = ((i * 37) % 130) + 1
        const category = i % 3 === 0 ? '零食' : '主粮'
        await own.addProduct({ price_cents, category, quantity: i % 2 ? 10 : 0 })
      }
      for (const query of [
        'sort=-price',
        'category=零食&sort=price',
        'search=Product 1&sort=name',
        'stock_status=out_of_stock',
        'search=nothing-like-it',
      ]) {
        const listed: string[] = []
        for (let cursor = ''; ;) {
          const { body } = await own.as('manager').get(`/api/inventory?limit=100&${query}${cursor}`)
          listed.push(...body.items.map((item: { sku: string }) => item.sku))
          if (body.next_cursor === null) break
          cursor = `&cursor=${body.next_cursor}`
        }
        const rows = await table(`/api/inventory/export?${query}`, {}, own)
        expect([query, rows.slice(1).map(([sku]) => sku)]).toEqual([query, listed])
      }
    } finally {
      await own.close()
    }
  })

  test('of movements is one product’s, and of one kind', async () => {
    const [wanted, other] = [
      await shop.addProduct({ sku: 'M-1', quantity: 300 }),
      await shop.addProduct({ sku: 'M-2' }),
    ]
    const counted = (product_id: number) =>
      shop
        .as('clerk')
        .post(`/api/inventory/${product_id}/movements`, { kind: 'count', quantity: 3 })
    await counted(other)
    // More than one page.
    for (let i = 0; i < 260; i++) await counted(wanted)
    const path = `/api/inventory/movements/export?product_id=${wanted}`
    const rows = (await table(path, english)).slice(1)
    expect(rows).toHaveLength(261)
    expect(new Set(rows.map((cells) => cells[3]))).toEqual(new Set(['M-1']))
    const receipts = (await table(`${path}&kind=receipt`, english)).slice(1)
    expect(receipts.map((cells) => cells[5])).toEqual(['receipt'])
  })
})

describe('exported movements', () => {
  test('are the ledger, with the names of products, orders and people', async () => {
    const own = await openShop()
    try {
      const product_id = await own.addProduct({ sku: 'C1', product_name: '-粮' })
      const order_id = await own.order('customer', { lines: [[product_id, 2]] })
      await own.settle()
      own.clock.advance(1000)
      const write_off = { kind: 'write_off', quantity: 1, reason: 'damaged', note: '@摔坏' }
      await own.as('manager').post(`/api/inventory/${product_id}/movements`, write_off)
      const number = (await own.readOrder(order_id)).order_number
      const [header, ...rows] = await table('/api/inventory/movements/export', english, own)
      expect(header).toEqual([
        ...['movement_id', 'time', 'time_utc', 'sku', 'product_name', 'kind', 'delta_on_hand'],
        ...['delta_reserved', 'reason', 'note', 'order_number', 'actor'],
      ])
      const facts = rows.map((cells) => cells.slice(5))
      expect(facts).toEqual([
        ['receipt', '10', '0', '', '', '', ''],
        ['allocation', '0', '2', '', '', number, ''],
        ['write_off', '-1', '0', 'damaged', "'@摔坏", '', 'manager'],
      ])
      const from = new Date(own.clock.now()).toISOString()
      const chinese = await table(`/api/inventory/movements/export?from=${from}`, {}, own)
      expect(chinese.slice(1)).toMatchObject([
        [
          expect.anything(),
          '2026-01-15 12:00:01',
          from,
          'C1',
          "'-粮",
          '报损',
          '-1',
          '0',
          '破损',
          "'@摔坏",
          '',
          'manager',
        ],
      ])
    } finally {
      await own.close()
    }
  })
})
