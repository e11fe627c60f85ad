// Shows who hears of what, in which language, and that everybody reads and marks only what is theirs.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Permanent } from '../../src/platform/events/consumer.ts'
import { drain } from '../../src/platform/events/drain.ts'
import type { Notification } from '../../src/modules/notifications/schema.ts'
import { insertNotifications } from '../../src/modules/notifications/store.ts'
import { until } from '../support/load.ts'
import { openShop, type Shop, type Who } from '../support/shop.ts'

let shop: Shop
let product_id: number
beforeEach(async () => {
  shop = await openShop()
  await shop.set({ auto_confirm: false })
  product_id = await shop.addProduct({ quantity: 20, low_stock_threshold: 5, price_cents: 4990 })
})
afterEach(() => shop.close())

async function inbox(who: Who, query = '', language = 'zh') {
  const headers = { 'accept-language': language }
  const answer = await shop.as(who).get(`/api/notifications?limit=100${query}`, headers)
  return answer.body as { items: Notification[]; unread: number; next_cursor: string | null }
}

/** The kinds that each of them has heard since the last time, oldest first; people who heard nothing are left out. */
async function heard(): Promise<Record<string, string[]>> {
  await shop.settle()
  const found: Record<string, string[]> = {}
  for (const who of ['owner', 'manager', 'clerk', 'customer', 'other'] as const) {
    const { items } = await inbox(who, '&unread=true')
    if (items.length > 0) found[who] = items.map((item) => item.kind).toReversed()
    await shop.as(who).put('/api/notifications/read')
  }
  return found
}

const order = (quantity = 1, fulfilment: 'delivery' | 'pickup' = 'delivery') =>
  shop.order('customer', { lines: [[product_id, quantity]], fulfilment })

async function act(who: Who, order_id: number, action: string, body?: object) {
  const answer = await shop.as(who).put(`/api/orders/${order_id}/${action}`, body)
  if (answer.status !== 200) throw new Error(answer.text)
}

const count = (quantity: number) =>
  shop.as('clerk').post(`/api/inventory/${product_id}/movements`, { kind: 'count', quantity })

const staff = (kind: string) => ({ owner: [kind], manager: [kind], clerk: [kind] })

describe('[sqlite] [embedded] orders', () => {
  test('a new one is told to all staff, but not to who placed it', async () => {
    await order()
    expect(await heard()).toEqual(staff('order.placed'))
    const body = { user_id: shop.people.customer.user_id, items: [{ product_id, quantity: 1 }] }
    await shop.as('clerk').post('/api/orders', body)
    expect(await heard()).toEqual({ owner: ['order.placed'], manager: ['order.placed'] })
  })

  test("the customer hears each step of a delivery, the staff don't", async () => {
    const order_id = await order()
    await heard()
    await act('clerk', order_id, 'confirmation')
    await act('clerk', order_id, 'payment')
    await act('clerk', order_id, 'shipment', { carrier: '顺丰', tracking_number: 'SF1' })
    await act('clerk', order_id, 'completion')
    await act('manager', order_id, 'refund')
    expect(await heard()).toEqual({
      customer: ['order.confirmed', 'order.shipped', 'order.completed', 'order.refunded'],
    })
  })

  test('and hears when a pick-up is ready', async () => {
    const order_id = await order(1, 'pickup')
    await heard()
    await act('clerk', order_id, 'confirmation')
    await act('clerk', order_id, 'readiness')
    expect(await heard()).toEqual({ customer: ['order.confirmed', 'order.ready'] })
  })

  test('a cancellation is told to the customer, and to all staff when the customer cancels', async () => {
    const [byStaff, byCustomer] = [await order(), await order()]
    await heard()
    await act('clerk', byStaff, 'cancellation', { reason: '缺货' })
    expect(await heard()).toEqual({ customer: ['order.cancelled'] })
    await act('customer', byCustomer, 'cancellation', { reason: '不要了' })
    const cancelled = ['order.cancelled']
    expect(await heard()).toEqual({ ...staff('order.cancelled'), customer: cancelled })
    // What a customer wrote stays with the order, where it can be erased.
    expect((await inbox('clerk')).items[0]?.data).not.toHaveProperty('reason')
    expect((await inbox('customer')).items[0]?.data).toMatchObject({ reason: '不要了' })
  })

  test('a step that is repeated is told once', async () => {
    const order_id = await order()
    await heard()
    for (let i = 0; i < 3; i++) await act('clerk', order_id, 'confirmation')
    expect(await heard()).toEqual({ customer: ['order.confirmed'] })
  })
})

describe('[sqlite] [embedded] stock and prices', () => {
  test('low, sold out and short are told to all staff', async () => {
    await order(16)
    await heard()
    await order(4)
    const kinds = (...list: string[]) => ({ owner: list, manager: list, clerk: list })
    expect(await heard()).toEqual(kinds('order.placed', 'stock.out'))
    await count(19)
    expect(await heard()).toEqual(kinds('stock.short'))
    await count(26)
    await shop.settle()
    expect(await heard()).toEqual({})
    await count(24)
    expect(await heard()).toEqual(kinds('stock.low'))
  })

  test('a new price is told to managers and owners, but not to who set it', async () => {
    const url = `/api/inventory/${product_id}`
    await shop.as('manager').patch(url, { price_cents: 5990 })
    expect(await heard()).toEqual({ owner: ['product.price_changed'] })
    await shop.as('owner').patch(url, { price_cents: 4990, product_name: '新' })
    expect(await heard()).toEqual({ manager: ['product.price_changed'] })
    await shop.as('owner').patch(url, { price_cents: 4990, unit: '箱' })
    expect(await heard()).toEqual({})
  })
})

describe('[sqlite] [embedded] accounts and trouble', () => {
  test('a log-in from a new device is told to that person', async () => {
    const { user_id } = shop.people.customer
    const device = { user_agent: 'Another/2.0 (phone)', address: '203.0.113.9' }
    const cause = { actor_id: user_id, request_id: null, now: shop.clock.now() }
    await shop.core.store.transaction((trx) =>
      shop.app.users.openSession(trx, { user_id, role: 'customer' }, device, cause),
    )
    expect(await heard()).toEqual({ customer: ['user.signed_in_from_new_device'] })
    const { items } = await inbox('customer')
    expect(items[0]?.body).toContain('203.0.113.9')
  })

  test('a new role is told to that person', async () => {
    const url = `/api/users/${shop.people.other.user_id}`
    await shop.as('owner').patch(url, { role: 'clerk' })
    expect(await heard()).toEqual({ other: ['user.role_changed'] })
    expect((await inbox('other')).items[0]?.body).toBe('您的角色由 顾客 变为 店员。')
  })

  test('a delivery that was given up is told to managers and owners', async () => {
    await order()
    const poison = {
      name: 'choke-on-order-placed',
      stream: 'orders' as const,
      types: ['order.placed'],
      handle: () => Promise.reject(new Permanent('cannot be done')),
    }
    await drain(shop.core, [...shop.consumers, poison])
    const [told] = (await inbox('manager')).items
    expect(told).toMatchObject({
      kind: 'delivery.dead_lettered',
      data: { group: 'choke-on-order-placed', type: 'order.placed', error: 'cannot be done' },
    })
    expect((await heard())['clerk']).toEqual(['order.placed'])
  })

  test('who was disabled meanwhile is not told of the own order any more', async () => {
    const order_id = await order()
    await heard()
    await act('clerk', order_id, 'confirmation')
    const { user_id } = shop.people.customer
    await shop.as('owner').patch(`/api/users/${user_id}`, { active: false })
    await shop.settle()
    const rows = await shop.core.store.db
      .selectFrom('notifications')
      .select('kind')
      .where('user_id', '=', user_id)
      .execute()
    expect(rows).toEqual([])
  })

  test('who is disabled hears nothing, who became staff hears at once', async () => {
    const { clerk, other } = shop.people
    await shop.as('owner').patch(`/api/users/${clerk.user_id}`, { active: false })
    await shop.as('owner').patch(`/api/users/${other.user_id}`, { role: 'clerk' })
    await order()
    await shop.settle()
    await shop.as('owner').patch(`/api/users/${clerk.user_id}`, { active: true })
    const rows = await shop.core.store.db
      .selectFrom('notifications')
      .select('kind')
      .where('user_id', '=', clerk.user_id)
      .execute()
    expect(rows).toEqual([])
    const kinds = (await inbox('other')).items.map((item) => item.kind).toSorted()
    expect(kinds).toEqual(['order.placed', 'user.role_changed'])
  })
})

describe('[sqlite] [embedded] an inbox', () => {
  test('is read in the language of the reader, with the money of the shop', async () => {
    const order_id = await order(2)
    await shop.settle()
    const { order_number } = await shop.readOrder(order_id)
    const zh = (await inbox('clerk')).items[0]
    const en = (await inbox('clerk', '', 'en-GB,en;q=0.9')).items[0]
    expect(zh).toMatchObject({ title: '新订单', body: `订单 ${order_number}，¥99.80。` })
    expect(en).toMatchObject({ title: 'New order', body: `Order ${order_number}, CN¥99.80.` })
    expect(zh).toMatchObject({
      notification_id: 1,
      kind: 'order.placed',
      data: { order_id, order_number, total_cents: 9980, lines: 1 },
      created_at: '2026-01-15T04:00:00.000Z',
      read_at: null,
    })
  })

  test('is numbered from one without a gap, per person, whatever comes at the same moment', async () => {
    const buyer = { user_id: shop.people.customer.user_id, items: [{ product_id, quantity: 1 }] }
    await Promise.all(
      Array.from({ length: 10 }, () => shop.as('customer').post('/api/orders', buyer)),
    )
    await Promise.all(Array.from({ length: 10 }, (_, i) => act('clerk', i + 1, 'confirmation')))
    await shop.settle()
    await count(3)
    await shop.settle()
    for (const [who, expected] of [
      ['clerk', 12],
      ['owner', 12],
      ['customer', 10],
    ] as const) {
      const ids = (await inbox(who)).items.map((item) => item.notification_id)
      expect(ids).toEqual(Array.from({ length: expected }, (_, i) => expected - i))
    }
  })

  test('counts the unread, and marks one or all', async () => {
    for (let i = 0; i < 3; i++) await order()
    await shop.settle()
    expect((await inbox('clerk')).unread).toBe(3)
    shop.clock.advance(1000)
    expect((await shop.as('clerk').put('/api/notifications/2/read')).status).toBe(200)
    const { items, unread } = await inbox('clerk')
    expect(unread).toBe(2)
    expect(items.map((item) => item.read_at)).toEqual([null, '2026-01-15T04:00:01.000Z', null])
    const left = await inbox('clerk', '&unread=true')
    expect(left.items.map((item) => item.notification_id)).toEqual([3, 1])

    shop.clock.advance(1000)
    expect((await shop.as('clerk').put('/api/notifications/read')).status).toBe(200)
    const all = await inbox('clerk')
    expect(all.unread).toBe(0)
    expect(all.items[1]?.read_at).toBe('2026-01-15T04:00:01.000Z')
    expect(all.items[0]?.read_at).toBe('2026-01-15T04:00:02.000Z')
    expect((await inbox('clerk', '&unread=true')).items).toEqual([])
  })

  test('marked twice keeps the time of the first', async () => {
    await order()
    await shop.settle()
    const mark = () => shop.as('clerk').put('/api/notifications/1/read')
    await mark()
    shop.clock.advance(60_000)
    expect((await mark()).status).toBe(200)
    expect((await inbox('clerk')).items[0]?.read_at).toBe('2026-01-15T04:00:00.000Z')
  })

  test("is one's own: nobody sees or marks another's", async () => {
    await order()
    await shop.settle()
    expect((await inbox('other')).items).toEqual([])
    const refused = await shop.as('other').put('/api/notifications/1/read')
    expect([refused.status, refused.code]).toEqual([404, 'NOT_FOUND'])
    await shop.as('other').put('/api/notifications/read')
    await shop.as('clerk').put('/api/notifications/read')
    expect((await inbox('owner')).unread).toBe(1)
    expect((await inbox('clerk')).unread).toBe(0)
  })

  test('comes a page at a time, newest first, each once, while more arrives', async () => {
    for (let i = 0; i < 7; i++) await order()
    await shop.settle()
    const seen: number[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const query = cursor ? `&cursor=${cursor}` : ''
      const { body } = await shop.as('clerk').get(`/api/notifications?limit=3${query}`)
      seen.push(...body.items.map((item: Notification) => item.notification_id))
      cursor = body.next_cursor
      await order()
      await shop.settle()
    }
    expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1])
  })

  test('a long past is not told to somebody who has left meanwhile', async () => {
    const { store } = shop.core
    const { user_id } = shop.people.clerk
    const news = Array.from({ length: 1000 }, () => ({
      ...{ user_id, kind: 'stock.low', data: {} },
      ...{ event_id: crypto.randomUUID(), created_at: shop.clock.now() },
    }))
    await store.transaction((trx) => insertNotifications(store, trx, news))
    let told = 0
    const listener = {
      user_id,
      write: () => ++told > 0,
      drained: () => Promise.resolve(),
      beat: () => Promise.resolve(true),
      close: () => undefined,
    }
    const leave = shop.app.notifications.live.listen(listener, 0)
    await new Promise<void>((resolve) => setImmediate(() => (leave(), resolve())))
    await until('it has been noticed', () => shop.app.notifications.live.count() === 0)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(told).toBeLessThan(news.length)
  })
})
