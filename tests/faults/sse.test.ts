// Shows that live notifications are complete for whoever is slow, late or logged out. Lines that are cut, and what they
// leave behind, are in the torture.
import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createLive } from '../../src/modules/notifications/live-actions.ts'
import { presentWith } from '../../src/modules/notifications/routes.ts'
import { insertNotifications } from '../../src/modules/notifications/store.ts'
import { streamRoute } from '../../src/modules/notifications/stream-routes.ts'
import { testCore, testServer } from '../support/core.ts'
import { makeStage, metric, placeOrder, until } from '../support/load.ts'
import { type Server, startServer } from '../support/server.ts'
import { tempDir } from '../support/temp-dir.ts'
import { openReader, type SseReader } from '../support/sse-reader.ts'
import { openFolder } from '../support/open-folder.ts'

const clientsOf = (server: Server) => metric(server.url, 'petshop_sse_clients')

/** Whoever reads every number from 1 once, in order, has missed nothing and got nothing twice. */
const range = (count: number) => Array.from({ length: count }, (_, i) => i + 1)

describe('a page that is too slow', () => {
  const NOTIFICATIONS = 4000
  /** For one page about as much as the server may use, for three of them far more. */
  const SIZE = 20_000

  test('is waited for without piling up memory, and gets everything', async () => {
    const stage = await makeStage(tempDir(), { buyers: 1, onHand: [10] })
    const { owner, dataDir } = stage
    const server = await startServer({
      dataDir,
      env: { NODE_OPTIONS: '--max-old-space-size=96', PETSHOP_LOG_LEVEL: 'warn' },
    })
    const slow: SseReader[] = []
    for (let i = 0; i < 3; i++) {
      slow.push(await openReader(server.url, { token: owner.token, since: 0 }))
      slow[i]!.pause()
    }
    await writeNotifications(dataDir, owner.user_id, NOTIFICATIONS, SIZE)
    // Somebody else's page shows that the server has had its time.
    const quick = await openReader(server.url, { token: owner.token, since: 0 })
    await until('the quick one has all', () => quick.ids.length >= NOTIFICATIONS)
    expect(slow.every(({ ids }) => ids.length < NOTIFICATIONS)).toBe(true)

    // One takes a sip now and then, one all at once, one comes back after having been cut off.
    const [sipping, resuming, cut] = slow as [SseReader, SseReader, SseReader]
    for (let i = 0; i < 25; i++) {
      sipping.resume()
      await new Promise((resolve) => setTimeout(resolve, 10))
      sipping.pause()
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    sipping.resume()
    resuming.resume()
    const before = [...cut.ids]
    cut.cut()
    const since = before.at(-1) ?? 0
    const back = await openReader(server.url, { token: owner.token, since })
    await until(
      'the one who came back has all',
      () => before.length + back.ids.length >= NOTIFICATIONS,
    )
    expect([...before, ...back.ids]).toEqual(range(NOTIFICATIONS))
    for (const reader of [sipping, resuming, quick]) {
      await until('it has all', () => reader.ids.length >= NOTIFICATIONS)
      expect(reader.ids).toEqual(range(NOTIFICATIONS))
    }
    for (const reader of [sipping, resuming, quick, back]) reader.cut()
    await until('nobody listens any more', async () => (await clientsOf(server)) === 0)
    expect(await server.stop()).toEqual({ code: 0, signal: null })
    expect(server.output()).not.toMatch(/Warning|"log.level"/)
  })
})

describe('a page that nobody needs any more', () => {
  test('is ended at the next heartbeat after its session was revoked; others stay', async () => {
    const stage = await makeStage(tempDir(), { buyers: 1, onHand: [10] })
    const server = await startServer({ dataDir: stage.dataDir })
    const [owner, buyer] = [stage.owner, stage.buyers[0]!]
    const ended = await openReader(server.url, { token: buyer.token })
    const staying = await openReader(server.url, { token: owner.token })
    let gone = false
    let stayed = true
    void ended.ended.then(() => (gone = true))
    void staying.ended.then(() => (stayed = false))
    const revoked = await fetch(`${server.url}/api/logout`, {
      method: 'POST',
      headers: { authorization: `Bearer ${buyer.token}` },
    })
    expect(revoked.status).toBe(200)
    await until('the stream has ended', () => gone)
    expect(stayed).toBe(true)
    const again = openReader(server.url, { token: buyer.token })
    await expect(again).rejects.toThrow('the stream was refused: 401')
    staying.cut()
    await until('nobody listens any more', async () => (await clientsOf(server)) === 0)
  })

  test('counts no one who left before the stream had begun', async () => {
    const { core, close } = await testCore()
    const live = createLive(core)
    const gate = Promise.withResolvers<void>()
    const asked = Promise.withResolvers<void>()
    const begun = Promise.withResolvers<void>()
    const caller = { user_id: 1, username: 'a', role: 'customer', session_id: 1 } as const
    const routes: Parameters<typeof testServer>[1] = [
      {
        routes: (app) =>
          streamRoute(app, {
            live: {
              ...live,
              listen(...place) {
                begun.resolve()
                return live.listen(...place)
              },
            },
            isSessionLive: () => Promise.resolve(true),
            async presentFor() {
              asked.resolve()
              await gate.promise
              return presentWith({ language: 'zh', currency: 'CNY' })
            },
          }),
      },
    ]
    const app = await testServer(core, routes, () => Promise.resolve(caller))
    onTestFinished(async () => {
      await live.stop()
      await app.close()
      await close()
    })
    await app.listen({ port: 0, host: '127.0.0.1' })
    const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
    socket.write(
      'GET /api/notifications/stream HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\n\r\n',
    )
    const [connection] = await Promise.all([once(app.server, 'connection'), asked.promise])
    socket.resetAndDestroy()
    await new Promise((resolve) => connection[0].once('close', resolve))
    gate.resolve()
    await begun.promise
    await until('nobody listens', () => live.count() === 0)
  })

  test('may not come in while the shop closes', async () => {
    const { core, close } = await testCore()
    onTestFinished(close)
    const live = createLive(core)
    await live.stop()
    let closed = false
    const leave = live.listen(
      {
        user_id: 1,
        write: () => true,
        drained: () => Promise.resolve(),
        beat: () => Promise.resolve(true),
        close: () => (closed = true),
      },
      null,
    )
    expect(closed).toBe(true)
    leave()
    expect(live.count()).toBe(0)
  })
})

describe('a page that has seen more than there is', () => {
  test('as after an older shop was restored, hears what comes', async () => {
    const stage = await makeStage(tempDir(), { buyers: 1, onHand: [10] })
    const server = await startServer({ dataDir: stage.dataDir })
    const { owner } = stage
    const reader = await openReader(server.url, { token: owner.token, since: 1000 })
    await placeOrder(server.url, stage.buyers[0]!, [
      { product_id: stage.products[0]!, quantity: 1 },
    ])
    await until('the owner hears of the order', () => reader.ids.length > 0)
    expect(reader.ids[0]).toBe(1)
    reader.cut()
    await server.stop()
  })
})

describe('pages that are open when the server stops', () => {
  test('are ended and may not come in again, so that the server can go', async () => {
    const stage = await makeStage(tempDir(), { buyers: 8, onHand: [10] })
    const server = await startServer({ dataDir: stage.dataDir })
    let over = false
    // Impatient pages: they come back in the very moment in which they are cut off.
    const pages = stage.buyers.map(async ({ token }) => {
      while (!over) {
        const reader = await openReader(server.url, { token, since: 0 }).catch(() => null)
        if (reader) await reader.ended
        else await new Promise((resolve) => setTimeout(resolve, 1))
      }
    })
    await until('all listen', async () => (await clientsOf(server)) === stage.buyers.length)
    expect(await server.stop()).toEqual({ code: 0, signal: null })
    over = true
    await Promise.all(pages)
  })
})

async function writeNotifications(
  dataDir: string,
  user_id: number,
  count: number,
  size: number,
): Promise<void> {
  const store = await openFolder(dataDir)
  const data = { order_number: '1', reason: 'x'.repeat(size) }
  for (let i = 0; i < count; i += 200) {
    await store.transaction((trx) =>
      insertNotifications(
        store,
        trx,
        Array.from({ length: 200 }, (_, k) => ({
          user_id,
          kind: 'order.cancelled',
          data,
          event_id: `event ${i + k}`,
          created_at: 0,
        })),
      ),
    )
  }
  await store.close()
}
