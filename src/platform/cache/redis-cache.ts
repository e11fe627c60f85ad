// Owns the cache that all processes share: kept in Redis, and in this process until Redis says that it changed.
import type { Redis } from '../redis/connection.ts'
import { runScript } from '../redis/script.ts'
import type { Budget } from './budget.ts'
import type { Cache, CacheOptions, CountRead, Found, Ticket } from './cache.ts'
import { createGeneration, GENERATION_LENGTH } from './generation.ts'
import { createRecent } from './recent.ts'
import { MOVED, PUT, REMOVE } from './scripts.ts'

/** A value that takes longer than this from the database into the cache could come too late to be refused. */
const REMOVED_MS = 60_000
const TRIES = 3

export function createRedisCache<T>(
  redis: Redis,
  { name, lifeMs, most }: CacheOptions,
  count: CountRead,
  budget: Budget,
): Cache<T> {
  const root = `${redis.prefix}cache:${name}:`
  // An entry may be copied from Redis into this process in the last moment of its life there.
  const halfLife = Math.floor(lifeMs / 2)
  const local = createRecent<T>(most)
  const loading = new Map<string, Promise<T | undefined>>()
  const generation = createGeneration(redis, `${root}generation`, () => {
    local.clear()
    loading.clear()
  })
  const entryKey = (ticket: Ticket) => `${root}${ticket.generation}:${ticket.key}`

  /** What is being read at this moment is too old to be kept. */
  function drop(key: string): void {
    local.delete(key)
    loading.delete(key)
  }

  redis.onInvalidate((key) => {
    if (key === null || key === generation.key) generation.forget()
    else if (key.startsWith(root)) drop(key.slice(root.length + GENERATION_LENGTH + 1))
  })

  async function load(ticket: Ticket): Promise<T | undefined> {
    const { key } = ticket
    const reading = loading.get(key) ?? readEntry<T>(redis, entryKey(ticket))
    loading.set(key, reading)
    try {
      const value = await reading
      if (value !== undefined && loading.get(key) === reading) local.set(key, value, halfLife)
      return value
    } finally {
      if (loading.get(key) === reading) loading.delete(key)
    }
  }

  /** @returns false when it isn't certain that the entry is gone */
  async function tryRemove(key: string, version: number): Promise<boolean> {
    for (let tries = 0; tries < TRIES; tries++) {
      const current = await generation.known()
      if (current === null) return false
      const keys = [generation.key, entryKey({ key, generation: current })]
      const values = [current, version, REMOVED_MS]
      const outcome = await redis.call((client) => runScript(client, REMOVE, keys, values))
      if (outcome !== MOVED) return true
      generation.forget()
    }
    return false
  }

  async function get(key: string): Promise<Found<T>> {
    const current = generation.current() ?? (await generation.known())
    if (current === null) {
      count('error')
      return { value: undefined, ticket: null }
    }
    const ticket = { key, generation: current }
    const kept = local.get(key)
    if (kept !== undefined) {
      count('hit')
      return { value: kept, ticket }
    }
    try {
      const read = await load(ticket)
      const value = generation.current() === current ? read : undefined
      count(value === undefined ? 'miss' : 'hit')
      return { value, ticket }
    } catch {
      count('error')
      return { value: undefined, ticket: null }
    }
  }

  return {
    get,
    getAll: (keys) => Promise.all(keys.map(get)),
    async put(ticket, value, version) {
      if (!ticket || ticket.generation !== generation.current() || !budget.take()) return
      const values = [version, JSON.stringify(value), halfLife]
      await redis
        .call((client) => runScript(client, PUT, [entryKey(ticket)], values))
        .catch(() => count('error'))
    },
    async remove(key, version) {
      drop(key)
      // Away: whoever comes back begins a new generation.
      if (!redis.isUp()) return
      if (!(await tryRemove(key, version).catch(() => false))) await generation.renew()
    },
    clear: generation.renew,
  }
}

async function readEntry<T>(redis: Redis, key: string): Promise<T | undefined> {
  const text = await redis.call((client) => client.get(key))
  const blank = text?.indexOf(' ') ?? -1
  return text === null || blank < 0 ? undefined : (JSON.parse(text.slice(blank)) as T)
}
