// Owns what the suites on Redis share: a name space of its own, "processes" with a connection each, and redis-cli's view.
import { randomBytes } from 'node:crypto'
import { createClient } from 'redis'
import type { Cache, CacheOptions, Caches } from '../../src/platform/cache/cache.ts'
import { openCaches } from '../../src/platform/cache/open.ts'
import { createLog } from '../../src/platform/logging.ts'
import { createMetrics } from '../../src/platform/metrics.ts'
import { openRedis, type Redis } from '../../src/platform/redis/connection.ts'
import { until } from '../support/load.ts'

/** Whatever else the machine does: what takes this long is broken. */
const PATIENT_MS = 10_000

export interface RedisSpace {
  readonly prefix: string
  /** A connection of a process of its own. */
  connect(): Promise<Redis>
  /** As an operator sees it. */
  readonly raw: Awaited<ReturnType<typeof rawClient>>
  /** As FLUSHALL would, without touching what other tests have in the same server. */
  empty(): Promise<void>
  keys(): Promise<string[]>
  close(): Promise<void>
}

/** Keys that nobody else in the test's server has. */
export async function openSpace(url: string): Promise<RedisSpace> {
  const prefix = `test-${randomBytes(6).toString('hex')}:`
  const raw = await rawClient(url)
  const connections: Redis[] = []
  const keys = async () => {
    const found: string[] = []
    for await (const page of raw.scanIterator({ MATCH: `${prefix}*`, COUNT: 1000 }))
      found.push(...page)
    return found
  }
  const empty = async () => {
    for (const key of await keys()) await raw.del(key)
  }
  return {
    prefix,
    raw,
    keys,
    empty,
    async connect() {
      const [log, metrics] = [createLog('silent'), createMetrics()]
      const redis = openRedis({ config: { url, prefix }, log, metrics, callMs: PATIENT_MS })
      connections.push(redis)
      await redis.settled()
      return redis
    },
    async close() {
      await Promise.all(connections.map((redis) => redis.close()))
      await empty()
      raw.destroy()
    },
  }
}

async function rawClient(url: string) {
  const client = createClient({ url, RESP: 3 })
  client.on('error', () => {})
  await client.connect()
  return client
}

export interface Process<T> {
  readonly caches: Caches
  readonly cache: Cache<T>
  /** Null in memory. */
  readonly redis: Redis | null
}

/** A process' cache, ready to keep something. */
export async function openProcess<T>(
  redis: Redis | null,
  options: Partial<CacheOptions> = {},
): Promise<Process<T>> {
  const caches = openCaches(redis, createMetrics())
  const cache = caches.open<T>({ name: 'things', lifeMs: 60_000, most: 1000, ...options })
  await untilReady(cache)
  return { caches, cache, redis }
}

/** After a start or a clearing: the word of it may still be on its way, and whatever comes with it is refused. */
export async function untilReady(cache: Cache<unknown>): Promise<void> {
  await until('the cache is ready', async () => {
    await fill(cache, 'ready?', true, 1)
    return (await cache.get('ready?')).value === true
  })
}

/** What somebody does who has read `value` from the database after a miss. */
export async function fill<T>(cache: Cache<T>, key: string, value: T, version: number) {
  const { ticket } = await cache.get(key)
  await cache.put(ticket, value, version)
}
