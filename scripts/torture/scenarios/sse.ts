// Promises 16 and 17: live notifications are complete whatever cuts the line, and who goes leaves nothing behind.
import { readdirSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createRandom, type Random } from '../../../src/demo/random.ts'
import type { Fleet } from '../../../tests/support/fleet.ts'
import { type Account, metric, until } from '../../../tests/support/load.ts'
import type { Server } from '../../../tests/support/program.ts'
import { openReader } from '../../../tests/support/sse-reader.ts'
import { nth } from '../nth.ts'
import type { Run, Scenario } from '../scenario.ts'
import { closeBooks, endInOrder, openDoors, openShop } from '../scene.ts'

const GOODS = { buyers: 4, onHand: [10_000_000] }

export const sseCuts: Scenario = {
  name: 'sse-cuts',
  promise: 16,
  title: 'pages whose line is cut again and again, servers killed meanwhile',
  unit: 'cuts',
  promised: 10_000,
  async run(run) {
    const fleet = await openShop(run, { ...GOODS, engines: {} })
    const servers = await Promise.all([fleet.whole(), fleet.serve()])
    const urls = () => servers.map(({ url }) => url)
    const buyers = openDoors(run, fleet, { urls, pauseMs: 100 })
    let over = false
    const everybody = [fleet.stage.owner, ...fleet.stage.buyers]
    const pages = everybody.map((account, i) =>
      readThroughCuts(account, urls, createRandom(run.seed + i), () => over),
    )
    for (let round = 0; run.goesOn(round, 2); round++) {
      await buyers.more(run.random.int(40, 80))
      const victim = round % 2
      await nth(servers, victim).kill9()
      run.fault(`API ${victim + 1} killed while pages listen`)
      servers[victim] = await (victim === 0 ? fleet.whole() : fleet.serve())
    }
    await buyers.more(20)
    await closeBooks(run, fleet, [buyers])
    over = true
    for (const [i, page] of pages.entries())
      await compare(run, fleet, nth(everybody, i), await page)
  },
}

interface Page {
  readonly seen: readonly number[]
  readonly cuts: number
}

/** It goes on after the last one it has seen; when it is over it reads what is left, and ends. */
async function readThroughCuts(
  { token }: Account,
  urls: () => readonly string[],
  random: Random,
  isOver: () => boolean,
): Promise<Page> {
  const seen: number[] = []
  let cuts = 0
  for (let last = false; !last; cuts++) {
    last = isOver()
    const since = seen.at(-1) ?? 0
    const by = random.pick(['address', 'header'] as const)
    const onEvent = (id: number) => seen.push(id)
    const url = random.pick(urls())
    const reader = await openReader(url, { token, since, by, onEvent }).catch(() => null)
    if (!reader) {
      await sleep(50)
      last = false
      continue
    }
    // The last time it listens until it has heard nothing for a while.
    await sleep(random.int(5, 300))
    if (last) for (let n = -1; n !== seen.length; await sleep(1500)) n = seen.length
    reader.cut()
  }
  return { seen, cuts }
}

async function compare(run: Run, { store }: Fleet, { user_id }: Account, page: Page) {
  run.count('cuts', page.cuts)
  run.count('notifications read', page.seen.length)
  const rows = await store.db
    .selectFrom('notifications')
    .select('notification_id')
    .where('user_id', '=', user_id)
    .orderBy('notification_id')
    .execute()
  const there = rows.map(({ notification_id }) => notification_id)
  const differs = (seen: readonly number[]) => seen.join() !== there.join()
  if (differs(page.seen)) {
    run.record.verdict.unexpected++
    run.problem(`the page of user ${user_id} has read ${page.seen.length} of ${there.length}`)
  }
  run.control('a notification that was missed', differs(page.seen.slice(1)))
  run.control('one that came twice', differs([...page.seen.slice(0, 1), ...page.seen]))
}

/** Bytes in use that may stay after so many connections, beside the noise of the collector. */
const GROWTH_MB = 10
/** Connections of whoever looks, and the like. */
const FILES_MORE = 20

export const sseLeft: Scenario = {
  name: 'sse-left',
  promise: 17,
  title: 'pages that come and go, half of them abruptly, some too slow to read',
  unit: 'connects',
  promised: 100_000,
  async run(run) {
    const fleet = await openShop(run, { ...GOODS, engines: {} })
    const env = { NODE_OPTIONS: '--expose-gc --max-old-space-size=256' }
    const server = await fleet.whole({ env })
    const buyers = openDoors(run, fleet, { urls: () => [server.url], pauseMs: 200 })
    const everybody = [fleet.stage.owner, ...fleet.stage.buyers]
    await buyers.more(20)
    await comeAndGo(run, server, everybody, 100)
    const [heap, files] = [await heapOf(server), filesOf(server)]
    for (let round = 0; run.goesOn(round, 1); round++) await comeAndGo(run, server, everybody, 200)
    const staying = connectPage(server, nth(everybody, 0)).resume()
    const listening = () => metric(server.url, 'petshop_sse_clients')
    await until('somebody listens', async () => (await listening()) > 0)
    run.control('a page that stays', (await listening()) > 0)
    staying.destroy()
    await until('nobody listens any more', async () => (await listening()) === 0)
    await buyers.stop()
    // A line that was only half closed is noticed at the next beat.
    await until('they are closed', () => filesOf(server) <= files + FILES_MORE).catch(
      () => undefined,
    )
    run.most('heap grown by, MB', ((await heapOf(server)) - heap) / 1e6)
    run.most('open files more', filesOf(server) - files)
    if ((run.record.most['heap grown by, MB'] ?? 0) > GROWTH_MB * 3)
      run.problem('the heap has grown')
    if (filesOf(server) > files + FILES_MORE)
      run.problem(`${filesOf(server) - files} more open files`)
    await closeBooks(run, fleet, [buyers])
    await endInOrder(run, [server])
  },
}

function connectPage(server: Server, { token }: Account): Socket {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  socket.on('error', () => undefined)
  const head = 'GET /api/notifications/stream?since=0 HTTP/1.1\r\nHost: x\r\n'
  socket.write(`${head}Authorization: Bearer ${token}\r\n\r\n`)
  return socket
}

async function comeAndGo(run: Run, server: Server, people: readonly Account[], count: number) {
  for (let i = 0; i < count; i++) {
    const socket = connectPage(server, run.random.pick(people))
    // Some never read what they are sent.
    if (run.random.chance(0.3)) socket.pause()
    else socket.resume()
    const abrupt = run.random.chance(0.5)
    setTimeout(() => (abrupt ? socket.resetAndDestroy() : socket.end()), run.random.int(0, 200))
    await sleep(run.random.int(0, 6))
    run.count('connects')
  }
  await sleep(300)
}

async function heapOf(server: Server): Promise<number> {
  const samples: number[] = []
  for (let i = 0; i < 5; i++) {
    samples.push(await metric(server.url, 'nodejs_heap_size_used_bytes'))
    await sleep(50)
  }
  return Math.min(...samples)
}

function filesOf({ pid }: Server): number {
  return readdirSync(`/proc/${pid}/fd`).length
}
