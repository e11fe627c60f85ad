// Shows that lists of many products say what they would if every product were looked at, in whichever way they are made.
import { beforeAll, describe, expect, test } from 'vitest'
import { gramsOf } from '../../src/lib/grams.ts'
import type { InventoryItem } from '../../src/modules/inventory/index.ts'
import { importAs } from '../support/imports.ts'
import { openShop, type Shop } from '../support/shop.ts'

/** More than a list looks at in its order before it begins elsewhere. */
const PRODUCTS = 2300

let shop: Shop
let all: InventoryItem[]
beforeAll(async () => {
  shop = await openShop()
  const cause = { actor_id: null, request_id: null, now: shop.clock.now() }
  for (let i = 0; i < PRODUCTS; i += 460) {
    await shop.app.inventory.createProducts(
      cause,
      Array.from({ length: 460 }, (_, j) => newProduct(i + j)),
    )
  }
  all = await listed({}, PRODUCTS)
  return () => shop.close()
})

/** Dear ones are toys: a walk from the cheap end meets none for long. */
function newProduct(i: number) {
  const isToy = i >= 2100
  return {
    sku: `P-${String(i).padStart(5, '0')}`,
    product_name: `${isToy ? '玩具' : '猫粮'} ${i % 7 === 0 ? '鸡肉' : '鱼肉'} ${i % 1150 === 3 ? '罕见' : ''} ${i}`,
    name_en: i % 2 ? 'Cat food' : 'Straße_100%',
    category: i % 800 === 5 ? '特价' : '其他',
    price_cents: 100 + i,
    quantity: i % 500 === 9 ? 0 : i % 300 === 11 ? 2 : 50,
    low_stock_threshold: 5,
  }
}

async function listed(query: Record<string, string>, most = 300): Promise<InventoryItem[]> {
  const items: InventoryItem[] = []
  let cursor: string | null = null
  do {
    const params = new URLSearchParams({ limit: '100', ...query, ...(cursor && { cursor }) })
    const { status, body } = await shop.as('owner').get(`/api/inventory?${params.toString()}`)
    expect(status).toBe(200)
    items.push(...body.items)
    cursor = body.next_cursor
  } while (cursor !== null && items.length < most)
  return items
}

const ORDERS: Record<string, (a: InventoryItem, b: InventoryItem) => number> = {
  '': (a, b) => a.product_id - b.product_id,
  newest: (a, b) => b.product_id - a.product_id,
  price: (a, b) => a.price_cents - b.price_cents,
  '-price': (a, b) => b.price_cents - a.price_cents,
  name: (a, b) => Buffer.compare(Buffer.from(a.product_name), Buffer.from(b.product_name)),
  quantity: (a, b) => (a.quantity ?? 0) - (b.quantity ?? 0) || a.product_id - b.product_id,
}

describe.each(Object.keys(ORDERS))('in the order %s', (sort) => {
  test.each([
    { search: '罕见' },
    { search: '玩具' },
    { search: '玩' },
    { search: '鸡肉 玩具' },
    { search: '猫粮 玩具' },
    { search: '没有' },
    { search: '2299' },
    { search: 'P-0001' },
    { search: 'Straße_1' },
    { search: '00%' },
    { search: '_1' },
    { search: 'z' },
    { stock_status: 'out_of_stock' },
    { stock_status: 'low_stock' },
    { stock_status: 'low_stock', search: '猫' },
    { stock_status: 'out_of_stock', category: '特价' },
    { category: '特价' },
    { category: '特价', search: '粮' },
    { stock_status: 'available', category: '特价' },
    { min_price_cents: '2350' },
    { max_price_cents: '130' },
    { min_price_cents: '2300', max_price_cents: '2310', search: '玩具' },
    { min_price_cents: '500', max_price_cents: '1500', category: '特价' },
    { min_price_cents: '2300', stock_status: 'available' },
    { min_price_cents: '9', max_price_cents: '8' },
  ] as Record<string, string>[])('%j', async (query) => {
    const found = await listed({ ...query, ...(sort && { sort }) })
    const expected = all.filter((item) => isMeant(item, query)).sort(ORDERS[sort])
    expect(names(found.slice(0, 300))).toEqual(names(expected.slice(0, found.length)))
    expect(found.length).toBeGreaterThanOrEqual(Math.min(expected.length, 300))
  })
})

const names = (items: InventoryItem[]) => items.map(({ product_name }) => product_name)

function isMeant(item: InventoryItem, query: Record<string, string>): boolean {
  const { search = '', min_price_cents, max_price_cents, stock_status, ...fields } = query
  const text = [item.product_name, item.name_en, item.sku].join(' ').toLowerCase()
  const words = search.toLowerCase().split(' ')
  return (
    words.every((word) => text.includes(word)) &&
    item.price_cents >= Number(min_price_cents ?? 0) &&
    item.price_cents <= Number(max_price_cents ?? Infinity) &&
    (!stock_status || hasStatus(item, stock_status)) &&
    Object.entries(fields).every(([name, value]) => item[name as keyof InventoryItem] === value)
  )
}

function hasStatus({ stock_status }: InventoryItem, asked: string): boolean {
  return asked === 'available' ? stock_status !== 'out_of_stock' : stock_status === asked
}

describe('a product that is called otherwise', () => {
  const found = async (search: string) => (await listed({ search })).map(({ sku }) => sku)

  test('is found under its new name at once, and under the old one no longer', async () => {
    const product_id = await shop.addProduct({ sku: 'N-1', product_name: '鹦鹉窝' })
    expect(await found('鹦鹉')).toEqual(['N-1'])
    const patch = { product_name: '仓鼠窝', sku: 'N-2' }
    await shop.as('manager').patch(`/api/inventory/${product_id}`, patch)
    expect([
      await found('鹦鹉'),
      await found('N-1'),
      await found('仓鼠窝'),
      await found('n-2'),
    ]).toEqual([[], [], ['N-2'], ['N-2']])
    expect(await piecesAmiss()).toEqual([])
  })

  test('by an import too', async () => {
    await importAs(shop, 'manager', 'sku,product_name,price\nN-2,龙猫屋,10\nN-3,龙猫沙,10', '')
    expect([await found('仓鼠'), (await found('龙猫')).sort()]).toEqual([[], ['N-2', 'N-3']])
    expect(await piecesAmiss()).toEqual([])
  })
})

/** Products whose pieces in the table aren't those of what is searched. */
async function piecesAmiss(): Promise<number[]> {
  const { db } = shop.core.store
  const texts = await db.selectFrom('inventory').select(['product_id', 'search_text']).execute()
  const rows = await db.selectFrom('product_grams').select(['product_id', 'gram']).execute()
  const grams = Map.groupBy(rows, ({ product_id }) => product_id)
  return texts
    .filter(({ product_id, search_text }) => {
      const kept = new Set(grams.get(product_id)?.map(({ gram }) => gram))
      return gramsOf(search_text).symmetricDifference(kept).size > 0
    })
    .map(({ product_id }) => product_id)
}
