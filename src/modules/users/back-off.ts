// Owns how guessing is slowed down: counted in Redis for all processes, and in this one while Redis is away.
import type { Redis } from '../../platform/redis/connection.ts'
import { tooManyFailures } from './errors.ts'
import {
  type CountBook,
  createLocalCounts,
  createLocalFailures,
  type FailureBook,
} from './local-limits.ts'
import { createSharedCounts, createSharedFailures } from './shared-limits.ts'

export interface BackOff {
  /**
   * Runs an attempt of this key. It counts as a failure from its beginning, so that many at once don't slip
   * through; a success clears the count, and an attempt that broke off for another reason takes it back.
   * @param work resolves to null when the guess was wrong
   * @throws TOO_MANY_FAILURES while the key has to wait
   */
  attempt<T>(key: string, now: number, work: () => Promise<T | null>): Promise<T | null>
}

/**
 * Growing pauses after failures of one key, such as an account tried from one address.
 * @param name of what is counted: another name, other counts
 */
export function createBackOff(redis: Redis | null, name: string): BackOff {
  const local = createLocalFailures()
  const shared = redis && createSharedFailures(redis, name)

  /** Where it was counted, there it is taken back. */
  async function begin(key: string, now: number): Promise<FailureBook> {
    let book = shared ?? local
    let wait: number
    try {
      wait = await book.begin(key, now)
    } catch {
      book = local
      wait = await book.begin(key, now)
    }
    if (wait === 0) return book
    const seconds = Math.ceil(wait / 1000)
    throw tooManyFailures({ retryAfter: seconds, params: { seconds } })
  }

  return {
    async attempt(key, now, work) {
      const book = await begin(key, now)
      try {
        const result = await work()
        if (result !== null) await book.forget(key).catch(ignore)
        return result
      } catch (error) {
        await book.takeBack(key).catch(ignore)
        throw error
      }
    },
  }
}

/** At most `limit` counts per key and minute. */
export function createQuota(redis: Redis | null, name: string, limit: number): CountBook {
  const local = createLocalCounts(limit)
  if (!redis) return local
  const shared = createSharedCounts(redis, name, limit)
  return {
    left: (key, now) => shared.left(key, now).catch(() => local.left(key, now)),
    count: (key, now) => shared.count(key, now).catch(() => local.count(key, now)),
    take: (key, now) => shared.take(key, now).catch(() => local.take(key, now)),
  }
}

/** Redis went away between the attempt's beginning and its end: what it counted, it will forget. */
function ignore(): void {}
