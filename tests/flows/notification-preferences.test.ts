// Shows that everybody chooses what they are told and where, that it is kept to, and that each is mailed once.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createNotifications, type Notice } from '../../src/modules/notifications/index.ts'
import type { NotificationPreferences } from '../../src/modules/notifications/schema.ts'
import { keepActiveUsers, listStaffIds } from '../../src/modules/users/index.ts'
import { drain } from '../../src/platform/events/drain.ts'
import { openShop, type Shop, type Who } from '../support/shop.ts'

const path = '/api/me/notification-preferences'

let shop: Shop
let product_id: number
beforeEach(async () => {
  shop = await openShop()
  await shop.set({ auto_confirm: false })
  product_id = await shop.addProduct({ quantity: 50 })
})
afterEach(() => shop.close())

const choose = (who: Who, ...kinds: readonly object[]) => shop.as(who).put(path, { kinds })

async function preferences(who: Who): Promise<NotificationPreferences> {
  return (await shop.as(who).get(path)).body.item as NotificationPreferences
}

async function preferenceOf(who: Who, kind: string) {
  return (await preferences(who)).kinds.find((one) => one.kind === kind)
}

async function kindsHeard(who: Who): Promise<string[]> {
  await shop.settle()
  const { items } = (await shop.as(who).get('/api/notifications')).body
  return (items as { kind: string }[]).map(({ kind }) => kind).toSorted()
}

async function confirmed(): Promise<number> {
  const order_id = await shop.order('customer', { lines: [[product_id, 1]] })
  const answer = await shop.as('clerk').put(`/api/orders/${order_id}/confirmation`)
  expect(answer.status).toBe(200)
  return order_id
}

/** The program's consumers, with a mail server that writes down what it is given. */
function withMail() {
  const sent: Notice[] = []
  const { store, clock } = shop.core
  const { consumers } = createNotifications(shop.core, {
    currency: () => Promise.resolve('CNY'),
    activeUsers: async (trx, ids) => new Set((await keepActiveUsers(store, trx, ids)).keys()),
    staffIds: (trx, least) => listStaffIds(trx, least === 'customer' ? 'clerk' : least),
    isSessionLive: () => Promise.resolve(clock.now() > 0),
    reachable: () => Promise.resolve(new Map()),
    mail: { works: () => true, queue: async (_, notices) => void sent.push(...notices) },
  })
  const others = shop.consumers.filter(({ name }) => !name.startsWith('notify-'))
  const settle = () => drain(shop.core, [...others, ...consumers])
  return { sent, settle }
}

test('at first everything is shown, and mailed what concerns a customer', async () => {
  const { channels, kinds } = await preferences('customer')
  expect(channels).toEqual({ page: true, mail: false })
  expect(kinds.every(({ page }) => page)).toBe(true)
  expect(kinds.filter(({ mail }) => mail).map(({ kind }) => kind)).toEqual([
    'order.ready',
    'order.shipped',
    'order.cancelled',
    'order.refunded',
    'user.signed_in_from_new_device',
    'user.role_changed',
  ])
  const names = kinds.map(({ kind }) => kind)
  expect(names).not.toContain('order.placed')
  expect(names).not.toContain('stock.low')
  expect((await preferences('clerk')).kinds.map(({ kind }) => kind)).toContain('stock.low')
  expect(await preferenceOf('clerk', 'order.cancelled')).toMatchObject({ mail: false })
  expect(await preferenceOf('clerk', 'delivery.dead_lettered')).toBeUndefined()
  expect(await preferenceOf('manager', 'delivery.dead_lettered')).toMatchObject({ page: true })
})

test('a choice is kept, for that kind and channel only, and by that person only', async () => {
  const answer = await choose('customer', { kind: 'order.confirmed', page: false, mail: true })
  expect(answer.status).toBe(200)
  const expected = { kind: 'order.confirmed', page: false, mail: true, page_fixed: false }
  expect(await preferenceOf('customer', 'order.confirmed')).toEqual(expected)
  expect(answer.body.item.kinds).toContainEqual(expected)
  await choose('customer', { kind: 'order.confirmed', page: true })
  expect(await preferenceOf('customer', 'order.confirmed')).toMatchObject({
    page: true,
    mail: true,
  })
  expect(await preferenceOf('customer', 'order.shipped')).toMatchObject({ page: true, mail: true })
  expect(await preferenceOf('other', 'order.confirmed')).toMatchObject({ page: true, mail: false })
})

test('what somebody switched off isn’t made; the numbers go on without a gap', async () => {
  await choose('customer', { kind: 'order.confirmed', page: false })
  const order_id = await confirmed()
  expect(await kindsHeard('customer')).toEqual([])
  await shop.as('clerk').put(`/api/orders/${order_id}/shipment`, {
    carrier: '顺丰',
    tracking_number: 'SF1',
  })
  expect(await kindsHeard('customer')).toEqual(['order.shipped'])
  const { items } = (await shop.as('customer').get('/api/notifications')).body
  expect(items[0].notification_id).toBe(1)
  expect(await kindsHeard('clerk')).toEqual(['order.placed'])
  // Nobody was told of the confirmation, and that is right.
  expect(await shop.findings()).toEqual([])

  await choose('customer', { kind: 'order.confirmed', page: true })
  await confirmed()
  expect(await kindsHeard('customer')).toEqual(['order.confirmed', 'order.shipped'])
})

test('mail goes to who wants it, once for each event, with or without the page', async () => {
  const { sent, settle } = withMail()
  await choose('customer', { kind: 'order.confirmed', page: false, mail: true })
  await choose('clerk', { kind: 'order.placed', mail: true })
  const order_id = await confirmed()
  await settle()
  await settle()
  const told = sent.map(({ user_id, kind }) => [user_id, kind])
  expect(told).toEqual([
    [shop.people.clerk.user_id, 'order.placed'],
    [shop.people.customer.user_id, 'order.confirmed'],
  ])
  expect(sent[1]).toMatchObject({ data: { order_id }, created_at: shop.clock.now() })
  expect(new Set(sent.map(({ event_id }) => event_id)).size).toBe(2)
  expect(await kindsHeard('customer')).toEqual([])
  expect(await kindsHeard('clerk')).toEqual(['order.placed'])

  sent.length = 0
  await choose('customer', { kind: 'order.shipped', mail: false })
  await shop.as('clerk').put(`/api/orders/${order_id}/shipment`, {
    carrier: '顺丰',
    tracking_number: 'SF1',
  })
  await settle()
  expect(sent).toEqual([])
})

test('account safety is always shown, and nonsense is refused', async () => {
  const hidden = await choose('customer', { kind: 'user.role_changed', page: false, mail: false })
  expect([hidden.status, hidden.code]).toEqual([422, 'NOTIFICATION_ALWAYS_SHOWN'])
  expect(await preferenceOf('customer', 'user.role_changed')).toMatchObject({ mail: true })
  expect((await choose('customer', { kind: 'user.role_changed', mail: false })).status).toBe(200)
  for (const body of [
    {},
    { kinds: [{ kind: 'order.eaten' }] },
    { kinds: [{ kind: 'order.ready', page: 'no' }] },
    { kinds: [{ kind: 'order.ready', webhook: true }] },
    { kinds: [], user_id: 1 },
  ]) {
    expect((await shop.as('customer').put(path, body)).status, JSON.stringify(body)).toBe(400)
  }
  expect((await shop.as('customer').put(path, { kinds: [] })).status).toBe(200)
  expect((await shop.guest.get(path)).status).toBe(401)
  expect((await shop.guest.put(path, { kinds: [] })).status).toBe(401)
})

test('many choices at the same moment leave one answer, and a deleted person none', async () => {
  await Promise.all(
    Array.from({ length: 10 }, (_, i) =>
      choose(
        'other',
        { kind: 'order.ready', page: i % 2 === 0 },
        { kind: 'order.shipped', mail: false },
      ),
    ),
  )
  const rows = () => shop.core.store.db.selectFrom('notification_preferences').selectAll().execute()
  expect(await rows()).toHaveLength(2)
  const { user_id } = shop.people.other
  expect((await shop.as('owner').delete(`/api/users/${user_id}`)).status).toBe(200)
  expect(await rows()).toEqual([])
})
