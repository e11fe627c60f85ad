// Owns the cache of one process: what other processes change on the same database shows within a second.
import type { Cache, CacheOptions, CountRead } from './cache.ts'
import { createRecent } from './recent.ts'

const LONGEST_LIFE_MS = 1000

interface Entry<T> {
  /** Undefined: removed, and nothing older than the version is taken. */
  readonly value: T | undefined
  readonly version: number
}

export function createMemoryCache<T>({ lifeMs, most }: CacheOptions, count: CountRead): Cache<T> {
  const entries = createRecent<Entry<T>>(most)
  const life = Math.min(lifeMs, LONGEST_LIFE_MS)
  let generation = 0
  return {
    get(key) {
      const value = entries.get(key)?.value
      count(value === undefined ? 'miss' : 'hit')
      return Promise.resolve({ value, ticket: { key, generation: String(generation) } })
    },
    put(ticket, value, version) {
      const wanted = ticket?.generation === String(generation)
      if (wanted && (entries.get(ticket.key)?.version ?? 0) <= version) {
        entries.set(ticket.key, { value, version }, life)
      }
      return Promise.resolve()
    },
    remove(key, version) {
      const kept = entries.get(key)
      const isNewer = kept && (kept.version > version || (kept.version === version && kept.value))
      if (!isNewer) entries.set(key, { value: undefined, version }, REMOVED_MS)
      return Promise.resolve()
    },
    clear() {
      generation++
      entries.clear()
      return Promise.resolve()
    },
  }
}

/** A value that takes longer than this from the database into the cache could come too late to be refused. */
const REMOVED_MS = 60_000
