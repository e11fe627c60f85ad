// Shows notifications by mail: once for each event, to whoever wants them, in the shop's language.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type MailServer, startMailServer } from '../support/mail-server.ts'
import { openShop, type Shop } from '../support/shop.ts'

let server: MailServer
let shop: Shop

beforeAll(async () => {
  server = await startMailServer()
  shop = await openShop({ mail: server.config })
  await shop.set({ shop_name: '毛球' })
})
afterAll(async () => {
  await shop.close()
  await server.stop()
})
beforeEach(async () => {
  await deliver()
  server.mails.length = 0
})

async function deliver(): Promise<void> {
  await shop.settle()
  await shop.app.mail.sendDue()
}

async function want(who: 'clerk' | 'customer', kind: string, mail: boolean): Promise<void> {
  const body = { kinds: [{ kind, mail }] }
  const answer = await shop.as(who).put('/api/me/notification-preferences', body)
  expect(answer.status, answer.text).toBe(200)
}

async function shippedOrder(): Promise<number> {
  const product_id = await shop.addProduct()
  const order_id = await shop.order('customer', { lines: [[product_id, 1]], address: '1 号' })
  await shop.settle()
  const parcel = { carrier: '顺丰', tracking_number: 'SF123' }
  const sent = await shop.as('clerk').put(`/api/orders/${order_id}/shipment`, parcel)
  expect(sent.status).toBe(200)
  return order_id
}

const mailsTo = (name: string) =>
  server.mails.filter(({ to }) => to.includes(`${name}@example.com`)).map(({ subject }) => subject)

test('a customer hears by mail that the parcel is on its way, once, unless they don’t want to', async () => {
  await shippedOrder()
  await deliver()
  await deliver()
  expect(mailsTo('customer')).toEqual([expect.stringMatching(/^毛球 · .*发货/)])
  expect(server.mails[0]?.text).toContain('SF123')
  expect(server.mails[0]?.text).toContain('https://shop.example.com/account')
  await want('customer', 'order.shipped', false)
  await shippedOrder()
  await deliver()
  expect(mailsTo('customer')).toHaveLength(1)
  await want('customer', 'order.shipped', true)
})

test('staff get by mail what they ask for, in the shop’s first language', async () => {
  await shop.set({ languages: ['en', 'zh-CN'] })
  await want('clerk', 'stock.low', true)
  const product_id = await shop.addProduct({ quantity: 6, low_stock_threshold: 5 })
  await shop.order('other', { lines: [[product_id, 2]] })
  await deliver()
  expect(mailsTo('clerk')).toEqual([expect.stringMatching(/^毛球 · .*[Ss]tock/)])
  expect(mailsTo('manager')).toEqual([])
  expect(server.mails[0]?.text).toContain('/office/notifications')
  await shop.set({ languages: ['zh-CN', 'en'] })
})

test('whoever has no address, is disabled or deleted gets none, and nothing of them stays', async () => {
  const made = await shop.guest.post('/api/register', {
    username: 'plain',
    password: 'long enough',
  })
  const person = await shop.addPerson()
  const product_id = await shop.addProduct()
  const order_id = await shop.order(person, { lines: [[product_id, 1]] })
  await shop.settle()
  const cancelled = await shop
    .as('clerk')
    .put(`/api/orders/${order_id}/cancellation`, { reason: '缺货' })
  expect(cancelled.status).toBe(200)
  await shop.settle()
  const rows = () => shop.core.store.db.selectFrom('mails').selectAll().execute()
  expect((await rows()).map(({ user_id }) => user_id)).toContain(person.user_id)
  await shop.as('owner').delete(`/api/users/${person.user_id}`)
  expect((await rows()).map(({ user_id }) => user_id)).not.toContain(person.user_id)
  expect(made.status).toBe(201)
  await deliver()
  expect(server.mails.filter(({ to }) => to.includes(''))).toEqual([])
})
