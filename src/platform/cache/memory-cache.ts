// Owns the cache of one process: what other processes change on the same database shows within a second.
import type { Cache, CacheOptions, CountRead, Found } from './cache.ts'
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

  function find(key: string): Found<T> {
    return { value: entries.get(key)?.value, ticket: { key, generation: String(generation) } }
  }

  return {
    get(key) {
      const found = find(key)
      count(found.value === undefined ? 'miss' : 'hit')
      return Promise.resolve(found)
    },
    getAll(keys) {
      const found = keys.map(find)
      const hits = found.filter(({ value }) => value !== undefined).length
      if (hits > 0) count('hit', hits)
      if (hits < keys.length) count('miss', keys.length - hits)
      return Promise.resolve(found)
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
