// Promise 9: bad lines to database and Redis: no wrong result, nothing hangs, and whoever asks again gets through.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '../../../src/demo/random.ts'
import type { FaultProxy, Line } from '../proxy.ts'
import { startProxy } from '../proxy.ts'
import type { Buyers } from '../buyers.ts'
import { nth } from '../nth.ts'
import type { Run, Scenario } from '../scenario.ts'
import {
  closeBooks,
  databaseOn,
  openDoors,
  openShop,
  ownRedis,
  quantile,
  type Settings,
} from '../scene.ts'

const HANGS_MS = 10_000
/** One that says at once that it is busy is asked again, as it asks for; so often at most. */
const TRIES = 4
const PROMISED_SHARE = 0.999

const LINES: Readonly<Record<string, (random: Random) => Line>> = {
  'slow, 200 ± 200 ms': () => ({ latencyMs: 0, jitterMs: 400 }),
  '5 % of the connections in use reset each second': () => ({ resets: 0.05, jitterMs: 5 }),
  'a black hole': () => ({ blackhole: true }),
  'slices of a few bytes': (random) => ({ sliceBytes: random.int(1, 40), jitterMs: 1 }),
  'a narrow line': (random) => ({ bytesPerSecond: random.int(20_000, 200_000) }),
  'everything a little': (random) => ({
    latencyMs: random.int(0, 20),
    jitterMs: random.int(0, 50),
    resets: 0.02,
    sliceBytes: random.int(20, 400),
  }),
}

export const jitter: Scenario = {
  name: 'jitter',
  promise: 9,
  title: 'latency, resets, black holes, slices and narrow lines before the database and Redis',
  unit: 'orders',
  promised: 100_000,
  async run(run) {
    const [database, redis] = [await databaseOn(run, 'mariadb'), await ownRedis(run)]
    const [first, second] = [
      await throughProxy(run, database['DATABASE_URL'] ?? '', 1),
      await throughProxy(run, redis.url, 2),
    ]
    const engines: Settings = { ...database, REDIS_URL: redis.url, PETSHOP_EVENT_LOG: 'redis' }
    const processes = { DATABASE_URL: first.url, REDIS_URL: second.url }
    const goods = { buyers: 8, onHand: [1_000_000, 1_000_000, 1_000_000] }
    const fleet = await openShop(run, { ...goods, engines, processes })
    const [server] = await Promise.all([fleet.serve(), fleet.worker()])
    const buyers = openDoors(run, fleet, {
      urls: () => [server.url],
      again: TRIES - 1,
      againMs: 500,
      timeoutMs: 3 * HANGS_MS,
    })
    await buyers.more(20)
    const proxies = [first.proxy, second.proxy]
    const lines = Object.entries(LINES)
    for (let round = 0; run.goesOn(round, lines.length); round++)
      await badLine(run, nth(lines, round), proxies, buyers)
    for (const proxy of proxies) proxy.set({})
    await buyers.more(10)
    await closeBooks(run, fleet, [buyers])
    judge(run, buyers)
    const resets = first.proxy.resets() + second.proxy.resets()
    run.count('resets', resets)
    run.control('bad lines broke connections', resets > 0)
  },
}

async function throughProxy(run: Run, to: string, n: number) {
  const url = new URL(to)
  const proxy = await startProxy(Number(url.port), run.seed + n)
  run.onEnd(() => proxy.close())
  url.port = String(proxy.port)
  return { proxy, url: url.href }
}

async function badLine(
  run: Run,
  [name, makeLine]: readonly [string, (random: Random) => Line],
  proxies: readonly FaultProxy[],
  buyers: Buyers,
): Promise<void> {
  const line = makeLine(run.random)
  // Now before the one, now before the other, now before both.
  const which = run.random.int(1, 3)
  const where = ['', 'the database', 'Redis', 'both'][which]
  const seconds = line.blackhole ? run.random.between(1, 4) : run.random.between(2, 5)
  run.fault(`${name}, before ${where}, ${seconds.toFixed(1)} s: ${JSON.stringify(line)}`)
  proxies.forEach((proxy, i) => proxy.set(which & (i + 1) ? line : {}))
  await sleep(seconds * 1000)
  for (const proxy of proxies) proxy.set({})
  await buyers.more(5)
  run.count('bad lines')
}

function judge(run: Run, { memories, times, told, tries }: Buyers): void {
  run.count('orders', memories.length)
  const soon = tries.filter((count) => count <= TRIES).length
  const share = soon / Math.max(1, tries.length)
  run.count('orders that got no word in 4 tries', tries.length - soon)
  if (share < PROMISED_SHARE && tries.length - soon > 1)
    run.problem(`only ${(share * 100).toFixed(2)} % of the orders got through in ${TRIES} tries`)
  const longest = Math.max(...times.map(({ ms }) => ms))
  run.most('longest answer, ms', longest)
  run.most(
    'p99, ms',
    quantile(
      times.map(({ ms }) => ms),
      0.99,
    ),
  )
  const hung = (told.get('timeout') ?? 0) + times.filter(({ ms }) => ms > HANGS_MS).length
  if (hung > 0) run.problem(`${hung} answers took longer than ${HANGS_MS} ms`)
}
