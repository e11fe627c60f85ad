// Owns the memory of failures, per process: bounded, so that a flood of names can't fill the machine.
import {
  addFailure,
  countOne,
  type Failures,
  waitLeft,
  type Window,
  windowLeft,
} from './back-off-rules.ts'
import { tooManyFailures } from './errors.ts'

const MAX_ENTRIES = 20_000

export interface BackOff {
  /**
   * Runs an attempt of this key. It counts as a failure from its beginning, so that many at once don't slip
   * through; a success clears the count, and an attempt that broke off for another reason takes it back.
   * @param work resolves to null when the guess was wrong
   * @throws TOO_MANY_FAILURES while the key has to wait
   */
  attempt<T>(key: string, now: number, work: () => Promise<T | null>): Promise<T | null>
}

/** Growing pauses after failures of one key, such as an account tried from one address. */
export function createBackOff(): BackOff {
  const failures = createRecent<Failures>()
  return {
    async attempt(key, now, work) {
      const before = failures.get(key)
      const wait = waitLeft(before, now)
      if (wait > 0) {
        const seconds = Math.ceil(wait / 1000)
        throw tooManyFailures({ retryAfter: seconds, params: { seconds } })
      }
      failures.set(key, addFailure(before, now))
      try {
        const result = await work()
        if (result !== null) failures.delete(key)
        return result
      } catch (error) {
        const current = failures.get(key)
        if (current) failures.set(key, { ...current, count: Math.max(0, current.count - 1) })
        throw error
      }
    },
  }
}

export interface Quota {
  /** Milliseconds until the key has room again; 0 when it has. */
  left(key: string, now: number): number
  count(key: string, now: number): void
}

/** At most `limit` counts per key and minute. */
export function createQuota(limit: number): Quota {
  const windows = createRecent<Window>()
  return {
    left: (key, now) => windowLeft(windows.get(key), limit, now),
    count: (key, now) => windows.set(key, countOne(windows.get(key), now)),
  }
}

/** A map that forgets what was set longest ago. */
function createRecent<Value>() {
  const map = new Map<string, Value>()
  return {
    get: (key: string) => map.get(key),
    set(key: string, value: Value): void {
      map.delete(key)
      map.set(key, value)
      const oldest = map.keys().next()
      if (map.size > MAX_ENTRIES && !oldest.done) map.delete(oldest.value)
    },
    delete(key: string): void {
      map.delete(key)
    },
  }
}
