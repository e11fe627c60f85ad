// Shows webhooks as their receiver sees them: signed, told again until taken, given up in the end, and never more than
// what was asked for.
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openShop, type Shop } from '../support/shop.ts'

interface Got {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

let shop: Shop
let url: string
let got: Got[]
/** What the receiver answers next. */
let status: number
/** What it answers to requests with these words in their bodies. */
let statusOf: (body: string) => number
const ends: (() => void)[] = []
const secretKey = 'a key of thirty-two characters!!'

beforeEach(async () => {
  shop = await openShop({ webhooksToLoopback: true, secretKey })
  got = []
  status = 204
  statusOf = () => status
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (text: string) => (body += text))
    request.on('end', () => {
      got.push({ headers: request.headers, body })
      response.writeHead(statusOf(body)).end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  ends.push(() => server.close().closeAllConnections())
})
afterEach(async () => {
  ends.splice(0).forEach((end) => end())
  await shop.close()
})

const owner = () => shop.as('owner')
const typesGot = () => got.map(({ body }) => (JSON.parse(body) as { type: string }).type)

async function add(kinds: string[], to = url): Promise<{ webhook_id: number; secret: string }> {
  const { status: code, body } = await owner().post('/api/webhooks', { url: to, kinds })
  expect(code).toBe(201)
  return body.item
}

/** Applies events, and sends what follows. @returns how many attempts were made */
async function send(): Promise<number> {
  await shop.settle()
  return shop.app.webhooks.sendDue()
}

const listed = async () => (await owner().get('/api/webhooks')).body.items[0]

describe('a webhook', () => {
  test('is told of what it wants, once, signed so that its receiver can check it', async () => {
    const { secret } = await add(['order.placed', 'stock.out'])
    const product_id = await shop.addProduct({ quantity: 2 })
    const order_id = await shop.order('customer', { lines: [[product_id, 2]] })
    await send()
    expect(await send()).toBe(0)
    expect(typesGot().toSorted()).toEqual(['order.placed', 'stock.out'])
    const placed = got.find(({ body }) => body.includes('order.placed'))!
    const told = JSON.parse(placed.body) as { data: { order_id: number }; event_id: string }
    expect(told.data).toMatchObject({ order_id, total_cents: 2000 })
    expect(placed.headers['petshop-event-id']).toBe(told.event_id)

    const [, time = '', hash] = /^t=(\d+),v1=([\da-f]{64})$/.exec(
      String(placed.headers['petshop-signature']),
    )!
    expect(Number(time) * 1000).toBe(shop.clock.now())
    const right = createHmac('sha256', secret).update(`${time}.${placed.body}`).digest('hex')
    expect(hash).toBe(right)
    expect(await listed()).toMatchObject({ waiting: 0, dead: 0, error: null })
    expect((await listed()).delivered_at).not.toBeNull()
  })

  test('that does not take an event is told again, later and later, and given up in the end', async () => {
    const { webhook_id } = await add(['order.placed'])
    await shop.order('customer', { lines: [[await shop.addProduct(), 1]] })
    status = 500
    expect(await send()).toBe(1)
    expect(await send()).toBe(0)
    expect(await listed()).toMatchObject({ waiting: 1, dead: 0, error: 'it answered 500' })
    shop.clock.advance(9_000)
    expect(await send()).toBe(0)
    shop.clock.advance(2_000)
    expect(await send()).toBe(1)
    for (let i = 0; i < 10; i++) {
      shop.clock.advance(25 * 3_600_000)
      await send()
    }
    expect(got).toHaveLength(9)
    expect(new Set(got.map(({ headers }) => headers['petshop-event-id'])).size).toBe(1)
    // Everybody's session has ended meanwhile.
    const later = shop.as(await shop.addPerson('owner'))
    const state = async () => (await later.get('/api/webhooks')).body.items[0]
    expect(await state()).toMatchObject({ waiting: 0, dead: 1 })
    await shop.settle()
    const news = await shop.core.store.db.selectFrom('notifications').select('kind').execute()
    expect(news.map(({ kind }) => kind)).toContain('delivery.dead_lettered')

    status = 200
    expect((await later.post(`/api/webhooks/${webhook_id}/replays`)).status).toBe(202)
    expect(await send()).toBe(1)
    expect(await state()).toMatchObject({ waiting: 0, dead: 0 })
  })

  test('that is away holds back what else waits for it, and nobody else', async () => {
    const { webhook_id } = await add(['order.placed'], 'http://127.0.0.1:1/')
    await add(['order.placed'])
    const product_id = await shop.addProduct({ quantity: 20 })
    // More than are tried at once.
    for (let i = 0; i < 12; i++) await shop.order('customer', { lines: [[product_id, 1]] })
    await send()
    expect(got).toHaveLength(12)
    expect(await listed()).toMatchObject({ waiting: 12, error: 'ECONNREFUSED' })
    const { items } = (await owner().get(`/api/webhooks/${webhook_id}/deliveries`)).body
    const untried = items.filter(({ attempts }: { attempts: number }) => attempts === 0)
    expect(untried.length).toBeGreaterThan(0)
    expect(await send()).toBe(0)
  })

  test('that does not take one event is told the others all the same', async () => {
    await add(['order.placed'])
    const product_id = await shop.addProduct({ quantity: 20 })
    const placed = await shop.order('customer', { lines: [[product_id, 1]] })
    for (let i = 0; i < 12; i++) await shop.order('customer', { lines: [[product_id, 1]] })
    statusOf = (body) => (body.includes(`"order_id":${placed},`) ? 500 : 204)
    await send()
    expect(got).toHaveLength(13)
    expect(await listed()).toMatchObject({ waiting: 1, error: 'it answered 500' })
  })

  test('that says it is gone is given up at once; one that is off, or deleted, is told nothing', async () => {
    const { webhook_id } = await add(['order.placed'])
    const path = `/api/webhooks/${webhook_id}`
    status = 410
    expect((await owner().post(`${path}/tests`)).status).toBe(202)
    await send()
    expect(typesGot()).toEqual(['webhook.test'])
    expect(await listed()).toMatchObject({ waiting: 0, dead: 1 })
    const deliveries = (await owner().get(`${path}/deliveries`)).body.items
    expect(deliveries).toMatchObject([{ type: 'webhook.test', state: 'dead', attempts: 1 }])

    await owner().patch(path, { active: false })
    const lines = [[await shop.addProduct(), 1]] as const
    await shop.order('customer', { lines })
    expect(await send()).toBe(0)
    await owner().patch(path, { active: true })
    await shop.order('customer', { lines })
    expect((await owner().delete(path)).status).toBe(200)
    expect(await send()).toBe(0)
    expect((await owner().get(`${path}/deliveries`)).status).toBe(404)
  })

  test('has a secret that is shown once, stored encrypted, and can be renewed', async () => {
    const { webhook_id, secret } = await add(['order.placed'])
    expect((await owner().get('/api/webhooks')).text).not.toContain(secret)
    const row = await shop.core.store.db
      .selectFrom('webhooks')
      .select('secret')
      .executeTakeFirstOrThrow()
    expect(row.secret).not.toContain(secret)
    const renewed = (await owner().put(`/api/webhooks/${webhook_id}/secret`)).body.item
    expect(renewed.secret).toMatch(/^whsec_[\w-]{43}$/)
    expect(renewed.secret).not.toBe(secret)
    await owner().post(`/api/webhooks/${webhook_id}/tests`)
    await send()
    const time = Math.floor(shop.clock.now() / 1000)
    const hash = createHmac('sha256', renewed.secret).update(`${time}.${got[0]?.body}`)
    expect(got[0]?.headers['petshop-signature']).toBe(`t=${time},v1=${hash.digest('hex')}`)
    const acts = (await owner().get('/api/audit?subject_kind=webhook')).body.items
    expect(acts.map(({ act }: { act: string }) => act)).toEqual([
      'webhook.changed',
      'webhook.added',
    ])
    expect(JSON.stringify(acts)).not.toMatch(/whsec|\/hook/)
  })
})

test('without the setting nothing inside is reached, whatever a name says later', async () => {
  const strict = await openShop()
  try {
    const post = (address: string) =>
      strict.as('owner').post('/api/webhooks', { url: address, kinds: ['order.placed'] })
    for (const address of [url, 'https://127.0.0.1/', 'https://[::ffff:10.0.0.1]/', 'x'])
      expect((await post(address)).code).toBe('WEBHOOK_URL')
    // A name that is this machine: nobody knows before it is looked up.
    expect((await post('https://localhost:1/')).status).toBe(201)
    await strict.as('owner').post('/api/webhooks/1/tests')
    expect(await strict.app.webhooks.sendDue()).toBe(1)
    const [webhook] = (await strict.as('owner').get('/api/webhooks')).body.items
    expect(webhook.error).toBe('localhost is no public address')
    for (const who of ['manager', 'clerk', 'customer'] as const)
      expect((await strict.as(who).get('/api/webhooks')).status).toBe(403)
  } finally {
    await strict.close()
  }
})
