// Shows that cached descriptions are never seen with old quantities, and that changes are seen in every process.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { changeProduct, createProducts } from '../../src/modules/inventory/actions.ts'
import { createSequence } from '../../src/platform/db/sequences.ts'
import { describeEngine } from '../support/engines/describe.ts'
import { openTwoProcesses, soon, type TwoProcesses, untilCached } from './two-processes.ts'

describeEngine('redis', 'cached products', (url) => {
  let shop: TwoProcesses
  let ids: number[]
  beforeEach(async () => {
    shop = await openTwoProcesses(url)
    ids = await shop.one.app.inventory.createProducts(
      cause(),
      ['狗粮', '猫粮', '鱼食', '猫砂', '狗绳'].map((product_name, i) => ({
        sku: `S-${i}`,
        product_name,
        price_cents: 1000 + i,
        category: i % 2 ? '猫' : '狗',
        quantity: 10,
        low_stock_threshold: 2,
      })),
    )
  })
  afterEach(() => shop.close())

  const cause = () => ({ actor_id: null, request_id: null, now: shop.clock.now() })
  type Half = TwoProcesses['one']
  const item = async (half: Half, id: number) =>
    (await half.get(`/api/inventory/${id}`, shop.people.owner.token)).body.item
  const list = async (half: Half, query = '') =>
    (await half.get(`/api/inventory?${query}`, shop.people.owner.token)).body.items
  const namesIn = async (half: Half, query = '') =>
    (await list(half, query)).map((product: { product_name: string }) => product.product_name)

  /** Both processes answer from what they keep. */
  async function remember(...queries: string[]): Promise<void> {
    for (const half of [shop.one, shop.other]) {
      await untilCached(half, 'product', () => item(half, ids[0]!))
      for (const query of queries) await untilCached(half, 'product_list', () => list(half, query))
    }
  }

  function change(half: Half, id: number, body: object) {
    const { token } = shop.people.manager
    return half.ask({ method: 'PATCH', url: `/api/inventory/${id}`, token, body })
  }

  function move(half: Half, id: number, body: object) {
    const { token } = shop.people.manager
    return half.ask({ method: 'POST', url: `/api/inventory/${id}/movements`, token, body })
  }

  test('show the stock as it is at this moment, alone and in lists', async () => {
    await remember('', 'category=狗', 'search=粮')
    const id = ids[0]!
    for (let sold = 1; sold <= 10; sold++) {
      const { user_id, token } = shop.people.customer
      const body = { user_id, items: [{ product_id: id, quantity: 1 }] }
      const placed = await shop.one.ask({ method: 'POST', url: '/api/orders', token, body })
      expect(placed.status).toBe(201)
      const expected = {
        quantity: 10 - sold,
        on_hand: 10,
        reserved: sold,
        stock_status: sold === 10 ? 'out_of_stock' : sold >= 8 ? 'low_stock' : 'in_stock',
      }
      for (const half of [shop.one, shop.other]) {
        expect(await item(half, id)).toMatchObject(expected)
        for (const query of ['', 'category=狗', 'search=粮']) {
          expect((await list(half, query))[0]).toMatchObject(expected)
        }
      }
    }
    await move(shop.other, id, { kind: 'receipt', quantity: 5 })
    expect(await item(shop.one, id)).toMatchObject({ quantity: 5, on_hand: 15 })
    expect((await list(shop.one))[0]).toMatchObject({ quantity: 5, on_hand: 15 })
  })

  test('show a change at once where it was made, and in every process', async () => {
    await remember('', 'search=粮', 'sort=-price', 'category=狗')
    const id = ids[0]!
    await change(shop.one, id, { product_name: '新狗饼', price_cents: 5, category: '点心' })
    expect(await item(shop.one, id)).toMatchObject({ product_name: '新狗饼', price_cents: 5 })
    expect(await namesIn(shop.one, 'search=粮')).toEqual(['猫粮'])
    // Its version stands beside the quantities: no process needs to be told.
    expect(await item(shop.other, id)).toMatchObject({ product_name: '新狗饼', price_cents: 5 })
    await soon(
      'the other has heard',
      async () => (await namesIn(shop.other, 'search=粮')).length === 1,
    )
    for (const half of [shop.one, shop.other]) {
      expect(await namesIn(half)).toEqual(['新狗饼', '猫粮', '鱼食', '猫砂', '狗绳'])
      expect(await namesIn(half, 'sort=-price')).toEqual(['狗绳', '猫砂', '鱼食', '猫粮', '新狗饼'])
      expect(await namesIn(half, 'category=狗')).toEqual(['鱼食', '狗绳'])
    }
  })

  test('show what is new, and not what was archived', async () => {
    await remember('')
    const categories = async (half: Half) =>
      (await half.get('/api/inventory/categories')).body.items
    await untilCached(shop.other, 'product_list', () => categories(shop.other))
    const body = { sku: 'N-1', product_name: '新品', price_cents: 1, category: '鱼' }
    const { token } = shop.people.manager
    await shop.one.ask({ method: 'POST', url: '/api/inventory', token, body })
    await change(shop.one, ids[1]!, { active: false })
    for (const half of [shop.one, shop.other]) {
      const expected = ['狗粮', '鱼食', '猫砂', '狗绳', '新品']
      await soon('the list is right', async () => (await namesIn(half)).join() === expected.join())
      expect(await categories(half)).toEqual([
        { category: '狗', products: 3 },
        { category: '猫', products: 1 },
        { category: '鱼', products: 1 },
      ])
      const guest = await half.get(`/api/inventory/${ids[1]}`)
      expect(guest.status).toBe(404)
      expect(await namesIn(half, 'active=false')).toEqual(['猫粮'])
    }
  })

  test('lists that orders change are read from the database every time', async () => {
    await remember('')
    const lists = () =>
      shop.one.app.core.caches.counts().find(({ name }) => name === 'product_list')!
    const before = lists()
    for (const query of ['stock_status=in_stock', 'sort=quantity', 'stock_status=low_stock']) {
      await list(shop.one, query)
      await list(shop.one, query)
    }
    expect(lists()).toEqual(before)
    await move(shop.other, ids[4]!, { kind: 'count', quantity: 1 })
    expect(await namesIn(shop.one, 'stock_status=low_stock')).toEqual(['狗绳'])
    expect((await namesIn(shop.one, 'sort=quantity'))[0]).toBe('狗绳')
  })

  test('a page and its cursor are those of the question, whoever asks', async () => {
    await remember('limit=2', 'limit=3')
    const page = async (half: Half, query: string, token?: string) =>
      (await half.get(`/api/inventory?${query}`, token)).body
    const first = await page(shop.other, 'limit=2')
    expect(first.items.map((each: { product_id: number }) => each.product_id)).toEqual(
      ids.slice(0, 2),
    )
    const next = await page(shop.one, `limit=2&cursor=${first.next_cursor}`)
    expect(next.items.map((each: { product_id: number }) => each.product_id)).toEqual(
      ids.slice(2, 4),
    )
    // What staff were shown stays with them.
    const { owner, clerk } = shop.people
    expect((await page(shop.one, 'limit=2', owner.token)).items[0]).toHaveProperty('cost_cents')
    expect((await page(shop.one, 'limit=2', clerk.token)).items[0]).not.toHaveProperty('cost_cents')
    expect((await page(shop.one, 'limit=2')).items[0]).not.toHaveProperty('on_hand')
  })

  test('the event mends what the process that made the change could not', async () => {
    await remember('')
    const { store } = shop.one.app.core
    const productIds = createSequence(store, 'products', 1)
    // It committed, and died before it told anybody.
    await changeProduct(store, cause(), ids[1]!, { product_name: '另一个名字' })
    const product = { sku: 'N-1', product_name: '新品', price_cents: 1 }
    await createProducts(store, productIds, cause(), [product])
    expect(await item(shop.other, ids[1]!)).toMatchObject({ product_name: '另一个名字' })
    await shop.settle()
    const expected = ['狗粮', '另一个名字', '鱼食', '猫砂', '狗绳', '新品']
    for (const half of [shop.one, shop.other]) {
      await soon('the list is right', async () => (await namesIn(half)).join() === expected.join())
    }
  })
})
