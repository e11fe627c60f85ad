// Owns the memory of failures and counts in this process: bounded, so that a flood of names can't fill the machine.
import {
  addFailure,
  countOne,
  type Failures,
  waitLeft,
  type Window,
  windowLeft,
} from './back-off-rules.ts'

/** Keys that are remembered; beyond it the one that was set longest ago is forgotten. */
export const MOST_KEYS = 20_000

/** Where failures are counted. */
export interface FailureBook {
  /** Counts a failure, unless the key has to wait. @returns milliseconds it has to wait; 0 when it is counted */
  begin(key: string, now: number): Promise<number>
  /** It was no failure after all. */
  takeBack(key: string): Promise<void>
  /** A success forgets the failures before it. */
  forget(key: string): Promise<void>
}

/** Where counts of one window are kept. */
export interface CountBook {
  /** Milliseconds until the key has room again; 0 when it has. */
  left(key: string, now: number): Promise<number>
  count(key: string, now: number): Promise<void>
  /** Counts if there is room, both at once. @returns what `left` would have said before */
  take(key: string, now: number): Promise<number>
}

export function createLocalFailures(): FailureBook {
  const failures = createRecent<Failures>()
  return {
    async begin(key, now) {
      const before = failures.get(key)
      const wait = waitLeft(before, now)
      if (wait === 0) failures.set(key, addFailure(before, now))
      return wait
    },
    async takeBack(key) {
      const current = failures.get(key)
      if (current) failures.set(key, { ...current, count: Math.max(0, current.count - 1) })
    },
    async forget(key) {
      failures.delete(key)
    },
  }
}

export function createLocalCounts(limit: number): CountBook {
  const windows = createRecent<Window>()
  const left = (key: string, now: number) => windowLeft(windows.get(key), limit, now)
  const count = (key: string, now: number) => windows.set(key, countOne(windows.get(key), now))
  return {
    left: async (key, now) => left(key, now),
    count: async (key, now) => count(key, now),
    async take(key, now) {
      const wait = left(key, now)
      if (wait === 0) count(key, now)
      return wait
    },
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
      if (map.size > MOST_KEYS && !oldest.done) map.delete(oldest.value)
    },
    delete(key: string): void {
      map.delete(key)
    },
  }
}
