// Shows what an operator sees of the running shop, and how a delivery that was given up is replayed.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Consumer, Permanent } from '../../src/platform/events/consumer.ts'
import { redeliver } from '../../src/platform/events/delivery.ts'
import { claimDue } from '../../src/platform/events/failed-deliveries.ts'
import { drain } from '../../src/platform/events/drain.ts'
import type { SystemState } from '../../src/modules/system/schema.ts'
import { openShop, type Shop } from '../support/shop.ts'

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop.close())

const owner = () => shop.as('owner')

async function state(): Promise<SystemState> {
  return (await owner().get('/api/system')).body.item
}

async function group(name: string) {
  return (await state()).groups.find((candidate) => candidate.group === name)
}

async function deadLetters(query = '') {
  const { body } = await owner().get(`/api/system/dead-letters${query}`)
  return body.items as { dead_letter_id: number; group: string; type: string; error: string }[]
}

/** What a worker does with deliveries whose time has come. */
async function retryDue(consumers: readonly Consumer[]) {
  const names = consumers.map((consumer) => consumer.name)
  const due = await claimDue(shop.core.store, names, shop.clock.now(), 100)
  for (const row of due) {
    await redeliver(
      shop.core,
      consumers.find((c) => c.name === row.group_name)!,
      row,
    )
  }
  return due.length
}

/** Chokes on every order until it is mended. */
function choking(error: () => Error) {
  const seen: string[] = []
  const consumer = {
    name: 'choke-on-order-placed',
    stream: 'orders' as const,
    types: ['order.placed'],
    broken: true,
    handle(_trx: unknown, events: readonly { key: string }[]) {
      if (consumer.broken) return Promise.reject(error())
      seen.push(...events.map((event) => event.key))
      return Promise.resolve()
    },
  }
  return { consumer, seen }
}

describe('[sqlite] [embedded] the state of the system', () => {
  test('names the engines, the version and every group of consumers', async () => {
    await shop.settle()
    const item = await state()
    expect(item.version).toMatch(/^\d+\.\d+\.\d+/)
    expect(item.started_at).toBe('2026-01-15T04:00:00.000Z')
    expect(item.store.engine).toBe(shop.core.store.dialect.name)
    expect(item.store.bytes + item.store.wal_bytes).toBeGreaterThan(4096)
    expect(item.event_log).toMatchObject({ engine: shop.core.events.name, unsent: 0 })
    expect(item.groups.map((each) => each.group).toSorted()).toEqual(
      shop.consumers.map((consumer) => consumer.name).toSorted(),
    )
    expect(
      item.groups.every(({ backlog, retrying, dead }) => backlog + retrying + dead === 0),
    ).toBe(true)
    expect([item.sse_clients, item.order_queue]).toEqual([0, { waiting: 0, oldest_ms: 0 }])
  })

  test('counts what each group has before it, and nothing once it is done', async () => {
    await shop.set({ auto_confirm: false })
    const product_id = await shop.addProduct()
    await shop.settle()
    for (let i = 0; i < 3; i++) await shop.order('customer', { lines: [[product_id, 1]] })
    expect((await state()).event_log.unsent).toBe(6)
    expect((await group('confirm-order-on-placed'))?.backlog).toBe(3)
    expect((await group('update-stock-on-stock-change'))?.backlog).toBe(3)
    await shop.settle()
    expect((await state()).event_log.unsent).toBe(0)
    expect((await group('confirm-order-on-placed'))?.backlog).toBe(0)
  })

  test('is in the metrics too, with orders by outcome', async () => {
    const product_id = await shop.addProduct({ quantity: 1 })
    await shop.settle()
    await shop.order('customer', { lines: [[product_id, 1]] })
    const body = { user_id: shop.people.customer.user_id, items: [{ product_id, quantity: 1 }] }
    await shop.as('customer').post('/api/orders', body)
    const { status, text } = await shop.guest.get('/metrics')
    expect(status).toBe(200)
    expect(text).toMatch(/^petshop_orders_placed_total\{channel="web"\} 1$/m)
    expect(text).toMatch(/^petshop_orders_refused_total\{reason="OUT_OF_STOCK"\} 1$/m)
    expect(text).toMatch(
      /^petshop_consumer_backlog\{group="confirm-order-on-placed",stream="orders"\} 1$/m,
    )
    for (const name of [
      'petshop_http_request_seconds_bucket',
      'petshop_order_batch_size_bucket',
      'petshop_order_queue_age_seconds',
      'petshop_consumer_batch_seconds_bucket',
      'petshop_sse_clients',
      'petshop_sqlite_bytes',
      'petshop_sqlite_wal_bytes',
      'petshop_sqlite_lock_wait_seconds',
    ]) {
      expect(text).toContain(name)
    }
  })

  test('the metrics are for this machine, unless asked with the token', async () => {
    const ask = (settings: object) =>
      shop.send({ url: '/metrics', remoteAddress: '203.0.113.7', ...settings })
    expect((await ask({})).status).toBe(403)
    expect((await ask({ headers: { authorization: 'Bearer wrong' } })).status).toBe(403)
    const forwarded = { 'x-forwarded-for': '203.0.113.7' }
    expect((await ask({ remoteAddress: '127.0.0.1', headers: forwarded })).status).toBe(403)
    expect((await ask({ remoteAddress: '127.0.0.1' })).status).toBe(200)
    await shop.close()
    shop = await openShop({ metricsToken: 'scraper' })
    expect((await ask({ headers: { authorization: 'Bearer scraper' } })).status).toBe(200)
    expect((await ask({ headers: { authorization: 'Bearer scrapers' } })).status).toBe(403)
  })

  test('alive and ready are told to anybody; one that is closing is alive, but not ready', async () => {
    for (const path of ['/healthz', '/readyz']) {
      expect((await shop.guest.get(path)).body).toEqual({ status: 'success' })
    }
    shop.app.system.startClosing()
    expect((await shop.guest.get('/healthz')).status).toBe(200)
    const closing = await shop.guest.get('/readyz')
    expect([closing.status, closing.code]).toEqual([503, 'SHUTTING_DOWN'])
    expect(closing.headers['retry-after']).toBe('5')
  })
})

describe('[sqlite] [embedded] a delivery that was given up', () => {
  test('is listed with what it was and why, and its replay applies it once', async () => {
    const { consumer, seen } = choking(() => new Permanent('the printer is on fire'))
    const consumers = [...shop.consumers, consumer]
    const product_id = await shop.addProduct()
    const order_id = await shop.order('customer', { lines: [[product_id, 2]] })
    await drain(shop.core, consumers)

    const { body } = await owner().get('/api/system/dead-letters')
    expect(body.items).toEqual([
      {
        dead_letter_id: expect.any(Number),
        group: consumer.name,
        stream: 'orders',
        event_id: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-7/),
        type: 'order.placed',
        payload: expect.objectContaining({ order_id, total_cents: 2000 }),
        attempts: 1,
        error: 'the printer is on fire',
        failed_at: '2026-01-15T04:00:00.000Z',
      },
    ])
    expect(await group(consumer.name)).toMatchObject({ backlog: 0, dead: 1, retrying: 0 })
    expect((await shop.readOrder(order_id)).status).toBe('confirmed')

    consumer.broken = false
    const url = `/api/system/dead-letters/${body.items[0].dead_letter_id}/replay`
    expect((await owner().post(url)).status).toBe(200)
    expect(await group(consumer.name)).toMatchObject({ dead: 0, retrying: 1 })
    expect(await deadLetters()).toEqual([])
    expect(await retryDue(consumers)).toBe(1)
    expect(seen).toEqual([String(order_id)])
    expect(await group(consumer.name)).toMatchObject({ dead: 0, retrying: 0 })
    expect((await owner().post(url)).code).toBe('NOT_FOUND')
    expect(await retryDue(consumers)).toBe(0)
  })

  test('comes back when its replay fails for good again', async () => {
    const { consumer } = choking(() => new Permanent('still'))
    const consumers = [...shop.consumers, consumer]
    await shop.order('customer', { lines: [[await shop.addProduct(), 1]] })
    await drain(shop.core, consumers)
    const [letter] = await deadLetters()
    await owner().post(`/api/system/dead-letters/${letter?.dead_letter_id}/replay`)
    await retryDue(consumers)
    expect(await deadLetters()).toMatchObject([{ error: 'still', attempts: 1 }])
  })

  test('whose trouble may pass is tried five times before', async () => {
    const { consumer } = choking(() => new Error('not yet'))
    const consumers = [...shop.consumers, consumer]
    await shop.order('customer', { lines: [[await shop.addProduct(), 1]] })
    await drain(shop.core, consumers)
    for (const pause of [500, 2000, 8000, 30_000]) {
      expect(await group(consumer.name)).toMatchObject({ retrying: 1, dead: 0 })
      shop.clock.advance(pause - 1)
      expect(await retryDue(consumers)).toBe(0)
      shop.clock.advance(1)
      expect(await retryDue(consumers)).toBe(1)
    }
    expect(await deadLetters()).toMatchObject([{ group: consumer.name, attempts: 5 }])
  })

  test('because its event is damaged keeps nobody else, and the doctor tells of the gap', async () => {
    const product_id = await shop.addProduct()
    const damaged = await shop.order('customer', { lines: [[product_id, 1]] })
    await shop.core.store.db
      .updateTable('outbox')
      .set({ payload: '{"order_id":"none"}' })
      .where('type', '=', 'stock.reserved')
      .execute()
    await shop.order('customer', { lines: [[product_id, 2]] })
    await shop.settle()
    expect(await deadLetters('?group=update-stock-on-stock-change')).toMatchObject([
      { type: 'stock.reserved', error: expect.stringContaining('not as promised') },
    ])
    expect((await shop.readOrder(damaged)).status).toBe('confirmed')
    const { body } = await shop.as('clerk').get(`/api/inventory/${product_id}/movements`)
    expect(body.items).toMatchObject([
      { kind: 'allocation', delta_reserved: 2 },
      { kind: 'receipt' },
    ])
    expect(await shop.findings()).toEqual([
      expect.stringContaining('stock.reserved v1: the payload is not as promised'),
      expect.stringContaining(`product ${product_id}: reserved 3, ledger 2`),
    ])
  })
})

describe('[sqlite] [embedded] the dead letters', () => {
  test('come newest first, a page at a time, by group', async () => {
    const { consumer } = choking(() => new Permanent('no'))
    const product_id = await shop.addProduct({ quantity: 100 })
    for (let i = 0; i < 7; i++) await shop.order('customer', { lines: [[product_id, 1]] })
    await drain(shop.core, [...shop.consumers, consumer])
    const all = (await deadLetters()).map((letter) => letter.dead_letter_id)
    expect(all).toHaveLength(7)
    expect(all).toEqual(all.toSorted((a, b) => b - a))
    const seen: number[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const query = `?group=${consumer.name}&limit=3${cursor ? `&cursor=${cursor}` : ''}`
      const { body } = await owner().get(`/api/system/dead-letters${query}`)
      seen.push(...body.items.map((item: { dead_letter_id: number }) => item.dead_letter_id))
      cursor = body.next_cursor
    }
    expect(seen).toEqual(all)
    expect(await deadLetters('?group=somebody-else')).toEqual([])
  })

  test('that do not exist cannot be replayed', async () => {
    expect((await owner().post('/api/system/dead-letters/1/replay')).code).toBe('NOT_FOUND')
  })
})
