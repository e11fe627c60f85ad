// Shows how files reach the import, what whoever waits is told meanwhile, and that nothing is left half done.
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate, setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listBySkuKeys } from '../../src/modules/inventory/import-store.ts'
import { writeSteps } from '../../src/modules/inventory/import-writing-actions.ts'
import { importAs, watchImport } from '../support/imports.ts'
import { openShop, type Shop } from '../support/shop.ts'

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop.close())

const HEADER = 'sku,product_name,price,quantity'
const rows = (count: number, price = '1.00') =>
  [HEADER, ...Array.from({ length: count }, (_, i) => `S${i},商品 ${i},${price},2`)].join('\n')
const countProducts = async () =>
  (await shop.core.store.db.selectFrom('inventory').select('product_id').execute()).length
const headers = (more: Record<string, string>) => ({ ...shop.people.manager.headers, ...more })
const url = '/api/inventory/import'

function form(parts: readonly string[]) {
  const payload = parts.map((part) => `--b0undary\r\nContent-Disposition: form-data; ${part}\r\n`)
  return {
    method: 'POST' as const,
    url,
    headers: headers({ 'content-type': 'multipart/form-data; boundary=b0undary' }),
    payload: `${payload.join('')}--b0undary--\r\n`,
  }
}
const filePart = (text: string) =>
  `name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n${text}`

describe('a file', () => {
  test('may come in a form', async () => {
    const { status, body } = await shop.send(form([filePart(`${HEADER}\r\nA1,x,1,1`)]))
    expect([status, body.created]).toEqual([200, 1])
  })

  test('that is missing from its form, or not alone there, is told', async () => {
    expect((await shop.send(form(['name="note"\r\n\r\nhello']))).code).toBe('FILE_MISSING')
    const two = form([filePart('a'), filePart('b')])
    expect(await shop.send(two)).toMatchObject({ status: 400, code: 'BAD_REQUEST' })
    const broken = { ...form([]), payload: '--b0undary\r\nnonsense' }
    expect(await shop.send(broken)).toMatchObject({ status: 400, code: 'BAD_REQUEST' })
  })

  test('of another type is refused with what to send', async () => {
    for (const type of ['application/json', 'text/plain', 'application/vnd.ms-excel']) {
      const payload = '{"items":[]}'
      const answer = await shop.send({
        method: 'POST',
        url,
        headers: headers({ 'content-type': type }),
        payload,
      })
      expect([answer.status, answer.code]).toEqual([415, 'WRONG_MEDIA_TYPE'])
      expect(answer.body.error.message).toContain('text/csv')
    }
    expect((await shop.send({ method: 'POST', url, headers: headers({}) })).status).toBe(415)
  })

  test('may have 50 MiB, and no byte more', async () => {
    const line = `A1,"${'x'.repeat(1000)}",1,1\n`
    const huge = HEADER + '\n' + line.repeat(Math.ceil((50 * 1024 * 1024) / line.length))
    expect(await importAs(shop, 'manager', huge)).toMatchObject({
      status: 413,
      code: 'BODY_TOO_LARGE',
    })
    expect(await shop.send(form([filePart(huge)]))).toMatchObject({
      status: 413,
      code: 'BODY_TOO_LARGE',
    })
    const large = huge.slice(0, 3 * 1024 * 1024)
    const { body } = await importAs(shop, 'manager', large, '?dry_run=true')
    expect(body.errors[0].code).toBe('TOO_LONG')
  })

  test('with an unknown query is refused', async () => {
    expect((await importAs(shop, 'manager', HEADER, '?dryrun=true')).code).toBe('VALIDATION')
    expect((await importAs(shop, 'manager', HEADER, '?dry_run=perhaps')).code).toBe('VALIDATION')
  })
})

describe('whoever watches', () => {
  const watch = (text: string) => watchImport(shop, 'manager', text)

  test('is told how far it is, and gets the report last', async () => {
    const { answer, lines, last } = await watch(rows(3000))
    expect(answer.headers['content-type']).toContain('application/x-ndjson')
    expect(lines[0]).toEqual({ status: 'working', done: 0, total: 0 })
    expect(lines.slice(0, -1).every((line) => line.status === 'working')).toBe(true)
    const done = lines.slice(0, -1).map((line) => line.done)
    expect(done).toEqual(done.toSorted((a, b) => a - b))
    expect(last).toMatchObject({ status: 'success', created: 3000 })
  })

  test('gets a failure as the last line', async () => {
    const { answer, last } = await watch(`${HEADER}\nA1,x,free,1`)
    expect(answer.statusCode).toBe(200)
    expect(last).toMatchObject({ status: 'error', error: { code: 'IMPORT_INVALID' } })
    expect(last.error.details.errors).toHaveLength(1)
    expect(last.error.request_id).toBeTypeOf('string')
  })

  test.each([
    ['with progress', { accept: 'application/x-ndjson' }],
    ['without', {}],
  ])('and hangs up, %s, stops it; imported again, it goes on', async (_, accept) => {
    await shop.http.listen({ port: 0, host: '127.0.0.1' })
    const { port } = shop.http.server.address() as AddressInfo
    const own = headers({ ...accept, 'content-type': 'text/csv' })
    const call = request({ port, path: url, method: 'POST', headers: own })
    call.on('error', () => undefined)
    call.end(rows(20_000))
    while ((await countProducts()) === 0) await setImmediate()
    call.destroy()
    await stopped()
    const written = await countProducts()
    expect(written).toBeLessThan(20_000)
    expect(await shop.findings()).toEqual([])
    const { body } = await importAs(shop, 'manager', rows(20_000))
    expect(body).toMatchObject({ created: 20_000 - written, updated: 0, unchanged: written })
  })

  /** Until nothing is written any more. */
  async function stopped() {
    for (
      let before = -1, now = await countProducts();
      now !== before;
      now = await countProducts()
    ) {
      before = now
      await setTimeout(300)
    }
  }
})

describe('when it is done', () => {
  test('whoever imported is told once, and nobody of each price', async () => {
    await importAs(shop, 'manager', rows(5))
    await shop.settle()
    await importAs(shop, 'manager', rows(5, '2.00'))
    await importAs(shop, 'manager', rows(5, '3.00'), '?dry_run=true')
    await importAs(shop, 'manager', rows(5, 'free'))
    await shop.settle()
    const { body } = await shop.as('manager').get('/api/notifications', { 'accept-language': 'en' })
    expect(body.items).toMatchObject([
      { kind: 'inventory.imported', body: '0 products made, 5 changed, 0 left as they were.' },
      { kind: 'inventory.imported', data: { created: 5, updated: 0, unchanged: 0 } },
    ])
    expect((await shop.as('owner').get('/api/notifications')).body.items).toEqual([])
    expect(await shop.core.store.db.selectFrom('price_changes').selectAll().execute()).toHaveLength(
      5,
    )
  })

  test('from the command line managers and the owner are told', async () => {
    const cause = { actor_id: null, request_id: null, now: shop.clock.now() }
    const bytes = Buffer.from(rows(1))
    await shop.app.inventory.importFile({ bytes, dryRun: false, cause, language: 'en' })
    await shop.settle()
    for (const who of ['manager', 'owner'] as const) {
      expect((await shop.as(who).get('/api/notifications')).body.items).toHaveLength(1)
    }
    expect((await shop.as('clerk').get('/api/notifications')).body.items).toEqual([])
  })

  test('caches know: what was just read is as it is now', async () => {
    const product_id = await shop.addProduct({ sku: 'S0', price_cents: 1 })
    await shop.as('customer').get(`/api/inventory/${product_id}`)
    await shop.as('customer').get('/api/inventory')
    await importAs(shop, 'manager', rows(300))
    const read = (await shop.as('customer').get(`/api/inventory/${product_id}`)).body.item
    const { items } = (await shop.as('customer').get('/api/inventory')).body
    expect([read.price_cents, items.length]).toEqual([100, 20])
  })
})

describe('meanwhile', () => {
  test('a SKU that somebody takes costs that row, whole, and no other', async () => {
    const text = `${rows(250)}\n`
    const importing = importAs(shop, 'manager', text)
    // The plan is made; the last batch isn't written yet.
    for (let n = 0; n === 0; n = await countProducts()) await setImmediate()
    await shop.addProduct({ sku: 'S249', quantity: 1 })
    const { body } = await importing
    expect(body).toMatchObject({ status: 'success', created: 249, error_count: 1 })
    expect(body.errors).toMatchObject([{ line: 251, code: 'SKU_TAKEN' }])
    expect(await countProducts()).toBe(250)
    await shop.settle()
    expect(await shop.findings()).toEqual([])
  })

  test('orders are answered: nobody waits for the end of the import', async () => {
    const product_id = await shop.addProduct({ quantity: 1000 })
    let done = false
    const importing = importAs(shop, 'manager', rows(10_000)).finally(() => (done = true))
    let placed = 0
    while (!done) {
      await shop.order('customer', { lines: [[product_id, 1]] })
      placed++
    }
    expect((await importing).body.created).toBe(10_000)
    expect(placed).toBeGreaterThan(10)
    await shop.settle()
    expect(await shop.findings()).toEqual([])
  })

  test('two of the same file make one catalogue', async () => {
    const both = await Promise.all([1, 2].map(() => importAs(shop, 'manager', rows(500))))
    const counts = both.map(({ body }) => [body.created, body.unchanged])
    // Whichever comes first.
    expect(counts.toSorted(([a], [b]) => a - b)).toEqual([
      [0, 500],
      [500, 0],
    ])
  })

  test('somebody else’s edit, after the plan was made, is kept', async () => {
    const { store } = shop.core
    const product_id = await shop.addProduct({ sku: 'A1' })
    const product = (await listBySkuKeys(store.db, ['a1']))[0]!
    const draft = {
      ...{ line: 2, sku: 'A1', derivedSku: null, key: null, quantity: 0, valid: true },
      fields: { price: 900 },
    }
    const edit = { description: 'edited', price_cents: 500 }
    await shop.as('owner').patch(`/api/inventory/${product_id}`, edit)
    const cause = { actor_id: null, request_id: null, now: shop.clock.now() }
    const productIds = { take: () => Promise.resolve([]), giveBack: () => Promise.resolve() }
    const writing = { store, productIds, cause, document_id: 7, lowStockThreshold: 0 }
    const step = { action: 'update', draft, product, learnsKey: false } as const
    expect(await writeSteps(writing, [step])).toMatchObject({ updated: 1, problems: [] })
    expect(await shop.product(product_id)).toMatchObject({ ...edit, price_cents: 900 })
    const prices = await store.db.selectFrom('price_changes').select(['from_cents']).execute()
    expect(prices).toEqual([{ from_cents: 1000 }, { from_cents: 500 }])
    // Done already: nothing is left to do.
    expect(await writeSteps(writing, [step])).toMatchObject({ updated: 0, problems: [] })
  })
})
