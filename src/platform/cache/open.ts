// Owns the choice of the cache's driver, and the count of what every cache was asked.
import type { Log } from '../logging.ts'
import type { Metrics } from '../metrics.ts'
import type { Redis } from '../redis/connection.ts'
import { createBudget } from './budget.ts'
import type { Cache, CacheOptions, Caches, CountRead } from './cache.ts'
import { createMemoryCache } from './memory-cache.ts'
import { countReads } from './reads.ts'
import { createRedisCache } from './redis-cache.ts'

/** Of one process and one cache: whoever asks for something else every time must not fill Redis. */
const PUTS_PER_SECOND = 500

/**
 * @param redis null keeps everything in this process
 * @param log of the category `cache`; null when that is off
 */
export function openCaches(redis: Redis | null, metrics: Metrics, log: Log | null = null): Caches {
  const reads = countReads(metrics, log)
  const open = <T>(options: CacheOptions, count: CountRead): Cache<T> =>
    redis
      ? createRedisCache<T>(redis, options, count, createBudget(PUTS_PER_SECOND))
      : createMemoryCache<T>(options, count)
  return {
    driver: redis ? 'redis' : 'memory',
    shared: redis !== null,
    open: (options) => open(options, reads.counter(options.name)),
    counts: reads.counts,
  }
}
