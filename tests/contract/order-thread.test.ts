// Tests for a shop on SQLite as `petshop serve` runs it: its orders are placed by the background thread.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type App, openCore } from '../../src/app.ts'
import { runCheck } from '../../src/platform/doctor.ts'
import { readConfig } from '../../src/platform/config.ts'
import type { HttpServer } from '../../src/platform/http/server.ts'
import { buildHttp } from '../../src/serve.ts'
import { startWork } from '../../src/work.ts'
import { type People, testPeople } from '../support/people.ts'
import { tempDir } from '../support/temp-dir.ts'

let app: App
let http: HttpServer
let people: People
let products: readonly number[]

beforeAll(async () => {
  const config = readConfig({ PETSHOP_DATA_DIR: tempDir(), PETSHOP_LOG_LEVEL: 'silent' })
  app = await openCore({ config, withThread: true })
  http = await buildHttp(app)
  people = await testPeople(app.core, app.users)
  const cause = { actor_id: null, request_id: null, now: Date.now() }
  products = await app.inventory.createProducts(
    cause,
    [5, 500].map((quantity, i) => ({
      sku: `S-${i}`,
      product_name: `商品${i}`,
      price_cents: 1000,
      quantity,
    })),
  )
})

afterAll(async () => {
  await http.close()
  await app.close()
})

interface Wish {
  readonly lines?: readonly (readonly [product: number, quantity: number])[]
  readonly user_id?: number
  readonly key?: string
}

async function order({ lines = [[1, 1]], user_id = people.customer.user_id, key }: Wish = {}) {
  const items = lines.map(([i, quantity]) => ({ product_id: products[i] ?? 999_999, quantity }))
  const answer = await http.inject({
    method: 'POST',
    url: '/api/orders',
    headers: { ...people.customer.headers, ...(key && { 'idempotency-key': key }) },
    payload: { user_id, items },
  })
  return { status: answer.statusCode, body: answer.json() as Record<string, never> }
}

async function findings(): Promise<unknown[]> {
  const checks = app.modules.flatMap((module) => module.checks)
  const results = await Promise.all(
    checks.map((check) => runCheck(check, app.core.store.db, Date.now())),
  )
  return results.flatMap((result) => result.findings)
}

describe('orders that the background thread places', () => {
  test('are there when they are answered, each with its own answer', async () => {
    const answers = await Promise.all(Array.from({ length: 150 }, () => order()))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
    const ids = new Set(answers.map(({ body }) => body['order_id']))
    expect(ids.size).toBe(150)
    const rows = await app.core.store.db.selectFrom('orders').select('order_id').execute()
    expect(rows).toHaveLength(150)
  })

  test('are refused with what the caller has to know', async () => {
    const short = await order({ lines: [[0, 6]] })
    expect(short.status).toBe(409)
    expect(short.body['error']).toMatchObject({
      code: 'OUT_OF_STOCK',
      details: [{ product_id: products[0], requested: 6, available: 5 }],
    })
    const unknown = await order({ lines: [[7, 1]] })
    expect([unknown.status, unknown.body['error']]).toMatchObject([
      422,
      { code: 'UNKNOWN_PRODUCT' },
    ])
  })

  test('are placed once for a key, however often it comes', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => order({ key: 'once' })))
    expect(new Set(answers.map(({ body }) => body['order_id'])).size).toBe(1)
    const other = await order({ key: 'once', lines: [[1, 2]] })
    expect([other.status, other.body['error']]).toMatchObject([
      422,
      { code: 'IDEMPOTENCY_KEY_REUSED' },
    ])
  })

  test('are counted once, whichever thread counts', async () => {
    const page = (await http.inject({ url: '/metrics', remoteAddress: '127.0.0.1' })).payload
    const value = (name: string) => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(page)?.[1])
    expect(value('petshop_orders_placed_total\\{channel="web"\\}')).toBe(155)
    // The copies of one key were asked for as well, and the refused ones.
    expect(value('petshop_order_batch_size_sum')).toBe(158)
  })

  test('have their consequences there too, beside what the serving thread writes', async () => {
    const work = await startWork(app)
    const changes = Array.from({ length: 20 }, (_, i) =>
      app.shop.changeSettings({ receipt_text: `${i}` }, Date.now()),
    )
    await Promise.all([...changes, ...Array.from({ length: 50 }, () => order())])
    const pending = () =>
      app.core.store.db
        .selectFrom('orders')
        .select('order_id')
        .where('status', '=', 'pending')
        .execute()
    await expect.poll(pending, { timeout: 30_000 }).toEqual([])
    await work.stop()
    expect(await findings()).toEqual([])
  })
})
