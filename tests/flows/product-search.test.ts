// Shows how products are found: by words in both languages, by filters, in every order, page by page.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { InventoryItem } from '../../src/modules/inventory/index.ts'
import { openShop, type Shop } from '../support/shop.ts'

let shop: Shop
const ids: Record<string, number> = {}

beforeAll(async () => {
  shop = await openShop()
  const named = {
    chicken: {
      product_name: '冻干鸡肉猫粮',
      name_en: 'Freeze-dried Chicken Cat Food',
      sku: 'MAO-001',
      barcode: '6901234567892',
      category: '主粮',
    },
    salmon: {
      product_name: '三文鱼猫条',
      name_en: 'Salmon cat treat',
      sku: 'LING-100%',
      barcode: '6901234567908',
      category: '零食',
    },
    litter: {
      product_name: '豆腐猫砂 ＴＯＦＵ',
      name_en: 'Tofu litter',
      sku: 'SHA_7',
      category: '猫砂',
    },
  }
  for (const [name, product] of Object.entries(named)) ids[name] = await shop.addProduct(product)
})
afterAll(() => shop.close())

type Query = Record<string, string | number>

async function page(query: Query, reader = shop.guest) {
  const words = new URLSearchParams(Object.entries(query).map(([k, v]) => [k, String(v)]))
  const answer = await reader.get(`/api/inventory?${words}`)
  if (answer.status !== 200) throw new Error(answer.text)
  return answer.body as { items: InventoryItem[]; next_cursor: string | null }
}

async function found(query: Query) {
  return (await page(query)).items.map((item) => item.product_id)
}

async function walk(query: Query, between: () => Promise<unknown> = () => Promise.resolve()) {
  const items: InventoryItem[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const next = await page(cursor ? { ...query, cursor } : query)
    items.push(...next.items)
    cursor = next.next_cursor
    await between()
  }
  return items
}

describe('[sqlite] searching products', () => {
  test.each([
    ['鸡肉', ['chicken']],
    ['猫', ['chicken', 'salmon', 'litter']],
    ['cat', ['chicken', 'salmon']],
    ['CAT TREAT', ['salmon']],
    ['treat salmon', ['salmon']],
    ['猫 tofu', ['litter']],
    ['ｔｏｆｕ', ['litter']],
    ['  鸡肉  ', ['chicken']],
    ['mao-001', ['chicken']],
    ['001', ['chicken']],
    ['6901234567908', ['salmon']],
    ['100%', ['salmon']],
    ['sha_7', ['litter']],
    ['狗', []],
    ['%', ['salmon']],
    ['_', ['litter']],
    ['!', []],
    ["' or '1'='1", []],
  ])('%j finds %j', async (search, names) => {
    expect(await found({ search })).toEqual(names.map((name) => ids[name]))
  })

  test('a barcode is matched whole', async () => {
    expect(await found({ barcode: '6901234567892' })).toEqual([ids['chicken']])
    expect(await found({ barcode: '690123456789' })).toEqual([])
  })

  test('filters are combined', async () => {
    expect(await found({ category: '零食', search: '猫' })).toEqual([ids['salmon']])
    expect(await found({ category: '零食', search: '鸡肉' })).toEqual([])
    expect(await found({ category: '零食 ' })).toEqual([])
  })

  test('the stock status is what it is now, not what the events have made of it', async () => {
    const category = '状态'
    const make = (quantity: number) =>
      shop.addProduct({ category, quantity, low_stock_threshold: 3 })
    const [plenty, low, out] = [await make(10), await make(3), await make(0)]
    const by = (stock_status: string) => found({ category, stock_status })
    expect(await by('in_stock')).toEqual([plenty])
    expect(await by('low_stock')).toEqual([low])
    expect(await by('out_of_stock')).toEqual([out])
    await shop.order('customer', {
      lines: [
        [plenty, 7],
        [low, 3],
      ],
    })
    expect(await by('in_stock')).toEqual([])
    expect(await by('low_stock')).toEqual([plenty])
    expect(await by('out_of_stock')).toEqual([low, out])
    for (const status of ['low_stock', 'out_of_stock']) {
      const { items } = await page({ category, stock_status: status })
      expect(items.every((item) => item.stock_status === status)).toBe(true)
    }
  })

  test('categories are counted without what is archived', async () => {
    const [kept, archived] = [
      await shop.addProduct({ category: '计数' }),
      await shop.addProduct({ category: '计数' }),
    ]
    const count = async () => {
      const { body } = await shop.guest.get('/api/inventory/categories')
      return body.items.find((row: { category: string }) => row.category === '计数')?.products
    }
    expect(await count()).toBe(2)
    await shop.as('manager').patch(`/api/inventory/${archived}`, { active: false })
    expect(await count()).toBe(1)
    await shop.as('manager').patch(`/api/inventory/${kept}`, { active: false })
    expect(await count()).toBeUndefined()
  })
})

describe('[sqlite] orders of products', () => {
  const category = '排序'
  const made: number[] = []

  beforeAll(async () => {
    // Many share their name, their price and their stock: the id must decide among them.
    for (let i = 0; i < 37; i++) {
      const product_id = await shop.addProduct({
        category,
        product_name: ['猫粮', '狗粮', 'abc', '阿'][i % 4]!,
        price_cents: (i % 3) * 100,
        quantity: i % 5,
      })
      made.push(product_id)
    }
    const short = made[4]!
    await shop.order('customer', { lines: [[short, 4]] })
    const count = { kind: 'count', quantity: 1 }
    await shop.as('clerk').post(`/api/inventory/${short}/movements`, count)
  })

  type Key = (item: InventoryItem) => number | string
  const keys: Record<string, { key: Key; direction: 1 | -1 }> = {
    '': { key: (item) => item.product_id, direction: 1 },
    name: { key: (item) => item.product_name, direction: 1 },
    '-name': { key: (item) => item.product_name, direction: -1 },
    price: { key: (item) => item.price_cents, direction: 1 },
    '-price': { key: (item) => item.price_cents, direction: -1 },
    newest: { key: (item) => item.product_id, direction: -1 },
    quantity: { key: (item) => item.quantity ?? NaN, direction: 1 },
  }

  const compare = (a: number | string, b: number | string) =>
    typeof a === 'string' ? Buffer.compare(Buffer.from(a), Buffer.from(String(b))) : a - Number(b)

  test.each(
    Object.keys(keys).flatMap((sort) => [1, 5, 36, 37, 100].map((limit) => [sort, limit] as const)),
  )('%j shows every product exactly once, in order, %i at a time', async (sort, limit) => {
    const query = { category, limit, ...(sort ? { sort } : {}) }
    const items: InventoryItem[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const next = await page(cursor ? { ...query, cursor } : query, shop.as('clerk'))
      items.push(...next.items)
      cursor = next.next_cursor
    }
    const { key, direction } = keys[sort]!
    const expected = items.toSorted(
      (a, b) => direction * (compare(key(a), key(b)) || a.product_id - b.product_id),
    )
    expect(items.map((item) => item.product_id)).toEqual(expected.map((item) => item.product_id))
    expect(items.map((item) => item.product_id).toSorted((a, b) => a - b)).toEqual(made)
  })

  test('products that are added and changed meanwhile shift nobody else', async () => {
    const stable = '稳定'
    const mine: number[] = []
    for (let i = 0; i < 10; i++) {
      mine.push(await shop.addProduct({ category: stable, product_name: `名${i}` }))
    }
    let turn = 0
    const seen = await walk({ category: stable, sort: 'name', limit: 3 }, async () => {
      await shop.addProduct({ category: stable, product_name: '名00' })
      await shop.as('manager').patch(`/api/inventory/${mine[turn++]}`, { price_cents: 1 })
    })
    const ours = seen.map((item) => item.product_id).filter((id) => mine.includes(id))
    expect(ours).toEqual(mine)
  })

  test("one order's cursor is refused by another, or begins somewhere; it never breaks", async () => {
    for (const made of ['name', 'price', 'newest', 'quantity']) {
      const { next_cursor } = await page({ category, sort: made, limit: 2 })
      for (const used of Object.keys(keys)) {
        const query = new URLSearchParams({ category, cursor: next_cursor! })
        if (used) query.set('sort', used)
        const answer = await shop.guest.get(`/api/inventory?${query}`)
        expect([200, 400]).toContain(answer.status)
        if (answer.status === 400) expect(answer.code).toBe('CURSOR_INVALID')
      }
    }
  })

  test('a shop that hides its stock does not tell it by the order either', async () => {
    await shop.set({ show_stock: false })
    try {
      for (const reader of [shop.guest, shop.as('customer')]) {
        const refused = await reader.get('/api/inventory?sort=quantity')
        expect([refused.status, refused.code]).toEqual([403, 'NOT_ALLOWED'])
      }
      const seen = await page({ category, sort: 'quantity', limit: 1 }, shop.as('clerk'))
      expect(seen.items[0]?.quantity).toBe(-3)
    } finally {
      await shop.set({ show_stock: true })
    }
  })
})
