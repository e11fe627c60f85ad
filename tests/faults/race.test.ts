// Shows that two hundred buyers get exactly what is there: over HTTP, with retries, through two processes.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { findingsOf } from '../support/doctor.ts'
import { anySeed, type Line, makeStage, type Stage, until } from '../support/load.ts'
import { type Server, startServer } from '../support/server.ts'
import { tempDir } from '../support/temp-dir.ts'
import { ordersOf, race, verdict } from './race.ts'
import { openFolder } from '../support/open-folder.ts'

const BUYERS = 200
/** A hundred units in all. */
const ON_HAND = [10, 20, 5, 15, 1, 9, 10, 10, 12, 8]

const seed = anySeed()

test('two hundred buyers race for the last hundred units: exactly a hundred are sold', async () => {
  const stage = await makeStage(tempDir(), { buyers: BUYERS, onHand: ON_HAND })
  const server = await startServer({ dataDir: stage.dataDir })
  const attempts = await race(stage, { urls: [server.url], seed, copies: 1 })
  expect(verdict(stage, ON_HAND, attempts), `SEED=${seed}`).toEqual([])
  await expectCleanBooks(stage, [server], ordersOf(attempts))
})

test('the same when each request is sent up to three times at once: one order a key, one answer', async () => {
  const stage = await makeStage(tempDir(), { buyers: BUYERS, onHand: ON_HAND })
  const server = await startServer({ dataDir: stage.dataDir })
  const attempts = await race(stage, { urls: [server.url], seed, copies: 3 })
  expect(verdict(stage, ON_HAND, attempts), `SEED=${seed}`).toEqual([])
  await expectCleanBooks(stage, [server], ordersOf(attempts))
})

test('the same with two processes on one file, the copies of a request going to either', async () => {
  const stage = await makeStage(tempDir(), { buyers: BUYERS, onHand: ON_HAND })
  const { dataDir } = stage
  const servers = await Promise.all([
    startServer({ dataDir }),
    startServer({ dataDir, args: ['--no-worker'] }),
  ])
  const urls = servers.map(({ url }) => url)
  const attempts = await race(stage, { urls, seed, copies: 3 })
  expect(verdict(stage, ON_HAND, attempts), `SEED=${seed}`).toEqual([])
  await expectCleanBooks(stage, servers, ordersOf(attempts))
})

test('a shop that looks first and reserves later is caught: by the verdict and by the doctor', async () => {
  const stage = await makeStage(tempDir(), { buyers: BUYERS, onHand: ON_HAND })
  const naive = await openNaiveShop(stage)
  const attempts = await race(stage, { urls: [naive.url], seed, copies: 1 })
  await naive.close()
  expect(verdict(stage, ON_HAND, attempts).join()).toMatch(/product \d+: sold \d+ of \d+/)
  expect(Object.keys(await findingsOf(stage.dataDir))).toContain(
    'reserved stock is what open orders hold',
  )
})

/** Nothing waits, the books add up, also while the shop is open; and so do they after its end. */
async function expectCleanBooks(
  { dataDir, products }: Stage,
  servers: readonly Server[],
  orders: number,
): Promise<void> {
  expect(await findingsOf(dataDir)).toEqual({})
  const store = await openFolder(dataDir, { readOnly: true })
  const { db } = store
  await until('all orders are confirmed', async () => {
    const pending = db.selectFrom('orders').select('order_id').where('status', '=', 'pending')
    return (await pending.limit(1).execute()).length === 0
  })
  const stock = await db.selectFrom('inventory').select(['on_hand', 'reserved']).execute()
  expect(stock.reduce((sum, { reserved }) => sum + reserved, 0)).toBe(100)
  expect(stock.filter(({ on_hand, reserved }) => on_hand !== reserved)).toEqual([])
  expect(stock).toHaveLength(products.length)
  expect(await db.selectFrom('orders').select('order_id').execute()).toHaveLength(orders)
  await store.close()
  for (const server of servers) {
    expect(await server.stop()).toEqual({ code: 0, signal: null })
    expect(server.output()).not.toMatch(/"log.level":"(warn|error|fatal)"|Warning/)
  }
  expect(await findingsOf(dataDir)).toEqual({})
}

/** What everybody writes first: it decides outside of the lock. */
async function openNaiveShop(stage: Stage): Promise<{ url: string; close(): Promise<void> }> {
  const store = await openFolder(stage.dataDir)
  let orders = 0
  async function place(items: readonly Line[]): Promise<[status: number, body: unknown]> {
    const rows = await store.db
      .selectFrom('inventory')
      .select(['product_id', 'on_hand', 'reserved'])
      .execute()
    await nextTurn()
    const short = rows
      .filter((row) => items.some(({ product_id }) => product_id === row.product_id))
      .filter((row) => row.on_hand - row.reserved < 1)
    if (short.length > 0) {
      const details = short.map(({ product_id }) => ({ product_id, requested: 1, available: 0 }))
      return [409, { status: 'error', error: { code: 'OUT_OF_STOCK', details } }]
    }
    await store.transaction(async (trx) => {
      for (const { product_id, quantity } of items) {
        const set = trx
          .updateTable('inventory')
          .set((eb) => ({ reserved: eb('reserved', '+', quantity) }))
        await set.where('product_id', '=', product_id).execute()
      }
    })
    return [201, { status: 'success', order_id: ++orders }]
  }
  const server = createServer((request, response) => {
    void json(request)
      .then((body) => place((body as { items: Line[] }).items))
      .then(([status, body]) => response.writeHead(status).end(JSON.stringify(body)))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
      await store.close()
    },
  }
}
