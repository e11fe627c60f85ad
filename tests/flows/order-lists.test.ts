// Shows how orders are found: one's own or everybody's, by each filter, a page at a time without gap or double.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Order } from '../../src/modules/orders/index.ts'
import { openShop, type Shop, type Who } from '../support/shop.ts'

const MINUTE = 60_000

let shop: Shop
let product_id: number
beforeAll(async () => {
  shop = await openShop()
  await shop.set({ auto_confirm: false })
  product_id = await shop.addProduct({ quantity: 100_000 })
})
afterAll(() => shop.close())

const order = (who: Who) => shop.order(who, { lines: [[product_id, 1]] })

async function list(who: Who, query: Record<string, string | number> = {}) {
  const words = new URLSearchParams(Object.entries(query).map(([k, v]) => [k, String(v)]))
  const answer = await shop.as(who).get(`/api/orders?${words}`)
  if (answer.status !== 200) throw new Error(answer.text)
  return answer.body as { items: Order[]; next_cursor: string | null }
}

async function idsOf(who: Who, query: Record<string, string | number> = {}) {
  return (await list(who, query)).items.map((item) => item.order_id)
}

/** Every page, one after another; `between` runs after each. */
async function walk(
  who: Who,
  query: Record<string, string | number>,
  between: () => Promise<unknown> = () => Promise.resolve(),
): Promise<number[]> {
  const ids: number[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const page = await list(who, cursor ? { ...query, cursor } : query)
    ids.push(...page.items.map((item) => item.order_id))
    cursor = page.next_cursor
    await between()
  }
  return ids
}

describe('[sqlite] the list of orders', () => {
  test('is the newest first, with lines', async () => {
    const person = await shop.addPerson()
    const first = await order(person)
    shop.clock.advance(1000)
    const second = await order(person)
    const third = await order(person)
    const { items, next_cursor } = await list(person)
    expect(items.map((item) => item.order_id)).toEqual([third, second, first])
    expect(items[0]?.items).toMatchObject([{ product_id, quantity: 1, unit_price_cents: 1000 }])
    expect(next_cursor).toBeNull()
  })

  test("shows customers their own orders only, and nobody's name", async () => {
    const [me, other] = [await shop.addPerson(), await shop.addPerson()]
    const mine = await order(me)
    const theirs = await order(other)
    expect(await idsOf(me)).toEqual([mine])
    expect(await idsOf(me, { user_id: me.user_id })).toEqual([mine])
    expect((await list(me)).items[0]?.username).toBeNull()
    const { order_number } = await shop.readOrder(theirs)
    for (const search of [order_number, other.username, String(theirs)]) {
      expect(await idsOf(me, { search })).toEqual([])
    }
    const refused = await shop.as(me).get(`/api/orders?user_id=${other.user_id}`)
    expect([refused.status, refused.code]).toEqual([403, 'NOT_ALLOWED'])
  })

  test.each(['clerk', 'manager', 'owner'] as const)(
    "shows a %s everybody's, with their names",
    async (staff) => {
      const [a, b] = [await shop.addPerson(), await shop.addPerson()]
      const ids = [await order(a), await order(b)]
      const { items } = await list(staff, { limit: 2 })
      expect(items.map((item) => item.order_id)).toEqual(ids.toReversed())
      expect(items.map((item) => item.username)).toEqual([b.username, a.username])
      expect(await idsOf(staff, { user_id: a.user_id })).toEqual([ids[0]])
    },
  )

  test('filters by status and payment', async () => {
    const person = await shop.addPerson()
    const [pending, paid, cancelled] = [
      await order(person),
      await order(person),
      await order(person),
    ]
    await shop.as('clerk').put(`/api/orders/${paid}/payment`)
    await shop.as('clerk').put(`/api/orders/${paid}/confirmation`)
    await shop.as('clerk').put(`/api/orders/${cancelled}/cancellation`, { reason: '重复' })
    const filtered = (query: Record<string, string>) =>
      idsOf('clerk', { user_id: person.user_id, ...query })
    expect(await filtered({ status: 'pending' })).toEqual([pending])
    expect(await filtered({ status: 'confirmed' })).toEqual([paid])
    expect(await filtered({ status: 'cancelled' })).toEqual([cancelled])
    expect(await filtered({ status: 'shipped' })).toEqual([])
    expect(await filtered({ payment_status: 'paid' })).toEqual([paid])
    expect(await filtered({ payment_status: 'unpaid' })).toEqual([cancelled, pending])
    expect(await filtered({ status: 'confirmed', payment_status: 'unpaid' })).toEqual([])
  })

  test('filters by time: from the first instant on, before the last', async () => {
    const person = await shop.addPerson()
    const times: string[] = []
    const ids: number[] = []
    for (let i = 0; i < 3; i++) {
      shop.clock.advance(MINUTE)
      times.push(new Date(shop.clock.now()).toISOString())
      ids.push(await order(person))
    }
    const [first, second, third] = times as [string, string, string]
    expect(await idsOf(person, { from: second })).toEqual([ids[2], ids[1]])
    expect(await idsOf(person, { to: second })).toEqual([ids[0]])
    expect(await idsOf(person, { from: first, to: third })).toEqual([ids[1], ids[0]])
    expect(await idsOf(person, { from: third, to: first })).toEqual([])
    const inShanghai = new Date(Date.parse(second) + 8 * 3600 * 1000).toISOString()
    const offset = inShanghai.replace('Z', '+08:00')
    expect(await idsOf(person, { from: offset })).toEqual([ids[2], ids[1]])
  })

  test('finds by number, the beginning of a number, id, tracking number and username', async () => {
    const person = await shop.addPerson()
    const [a, b] = [await order(person), await order(person)]
    await shop.as('clerk').put(`/api/orders/${a}/confirmation`)
    const tracking_number = `YT-${a}`
    const shipment = { carrier: '圆通', tracking_number }
    await shop.as('clerk').put(`/api/orders/${a}/shipment`, shipment)
    const { order_number } = await shop.readOrder(a)
    const day = order_number.slice(0, 8)
    expect(await idsOf('clerk', { search: order_number })).toEqual([a])
    expect(await idsOf('clerk', { search: ` ${order_number} ` })).toEqual([a])
    expect(await idsOf('clerk', { search: day, user_id: person.user_id })).toEqual([b, a])
    expect(await idsOf('clerk', { search: String(b) })).toEqual([b])
    expect(await idsOf('clerk', { search: tracking_number })).toEqual([a])
    expect(await idsOf('clerk', { search: person.username.toUpperCase() })).toEqual([b, a])
    expect(await idsOf(person, { search: tracking_number })).toEqual([a])
    for (const search of ['%', '_', "' or 1=1 --", '不存在', 'YT']) {
      expect(await idsOf('clerk', { search })).toEqual([])
    }
  })
})

describe('[sqlite] pages of orders', () => {
  test('hold every order once, whatever their size', async () => {
    const person = await shop.addPerson()
    const ids: number[] = []
    for (let i = 0; i < 23; i++) {
      // Several share their time: the id decides.
      if (i % 4 === 0) shop.clock.advance(1000)
      ids.push(await order(person))
    }
    for (const limit of [1, 4, 10, 22, 23, 24, 100]) {
      expect(await walk(person, { limit })).toEqual(ids.toReversed())
    }
  })

  test('are twenty long unless asked otherwise', async () => {
    const person = await shop.addPerson()
    for (let i = 0; i < 21; i++) await order(person)
    const { items, next_cursor } = await list(person)
    expect(items).toHaveLength(20)
    expect(next_cursor).not.toBeNull()
    expect((await list(person, { cursor: next_cursor! })).items).toHaveLength(1)
  })

  test('stay stable while orders are added and others change', async () => {
    const person = await shop.addPerson()
    const ids: number[] = []
    for (let i = 0; i < 12; i++) ids.push(await order(person))
    let next = 0
    const seen = await walk(person, { limit: 5 }, async () => {
      for (let i = 0; i < 5; i++) await order(person)
      const changing = ids[next++]
      await shop.as('clerk').put(`/api/orders/${changing}/confirmation`)
    })
    expect(seen).toEqual(ids.toReversed())
  })

  test('keep their filter', async () => {
    const person = await shop.addPerson()
    const ids: number[] = []
    for (let i = 0; i < 9; i++) ids.push(await order(person))
    const confirmed = ids.filter((_, i) => i % 2 === 0)
    for (const id of confirmed) await shop.as('clerk').put(`/api/orders/${id}/confirmation`)
    const query = { user_id: person.user_id, status: 'confirmed', limit: 2 }
    expect(await walk('clerk', query)).toEqual(confirmed.toReversed())
  })
})

describe('[sqlite] one order', () => {
  test("is found by its owner and by staff; somebody else's does not exist", async () => {
    const order_id = await order('customer')
    const url = `/api/orders/${order_id}`
    expect((await shop.as('customer').get(url)).body.item.username).toBeNull()
    expect((await shop.as('clerk').get(url)).body.item.username).toBe('customer')
    const hidden = await shop.as('other').get(url)
    const missing = await shop.as('other').get('/api/orders/999999')
    expect([hidden.status, hidden.code]).toEqual([404, 'NOT_FOUND'])
    expect(hidden.body.error.message).toBe(missing.body.error.message)
  })

  test('of a person who was erased keeps its lines, and loses what tells of the person', async () => {
    const person = await shop.addPerson()
    const order_id = await shop.order(person, {
      lines: [[product_id, 1]],
      address: '长宁区愚园路 1 号',
      note: '请打电话',
    })
    const erase = () => shop.as('manager').delete(`/api/users/${person.user_id}`)
    const refused = await erase()
    expect([refused.status, refused.code]).toEqual([409, 'USER_HAS_OPEN_ORDERS'])
    await shop.as('clerk').put(`/api/orders/${order_id}/cancellation`, { reason: '搬家' })
    expect((await erase()).status).toBe(200)
    expect(await shop.readOrder(order_id)).toMatchObject({
      username: `deleted-${person.user_id}`,
      address: null,
      note: null,
      items: [{ product_id, quantity: 1 }],
    })
  })
})
