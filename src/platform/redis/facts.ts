// Owns what an operator wants to know of Redis: read with one call, bounded, and never a reason to fail.
import type { Redis } from './connection.ts'

export interface RedisFacts {
  readonly version: string
  readonly used_memory_bytes: number
  /** 0: no limit but the machine's. */
  readonly max_memory_bytes: number
  readonly max_memory_policy: string
  /** Of all look-ups of keys since Redis started; 1 before the first. */
  readonly hit_rate: number
  readonly evicted_keys: number
  readonly connected_clients: number
  readonly aof_enabled: boolean
  readonly persistence_ok: boolean
}

const PATIENCE_MS = 1000

/** Null when Redis is away or doesn't answer. */
export async function readFacts(redis: Redis): Promise<RedisFacts | null> {
  try {
    return parseInfo(await redis.call((client) => client.info(), PATIENCE_MS))
  } catch {
    return null
  }
}

/** Reads what INFO answers: a line `name:value` for each fact. */
export function parseInfo(text: string): RedisFacts {
  const lines = new Map(text.split(/\r?\n/).map((line) => splitOnce(line)))
  const word = (name: string) => lines.get(name) ?? ''
  const number = (name: string) => Number(word(name)) || 0
  const hits = number('keyspace_hits')
  const lookups = hits + number('keyspace_misses')
  const statuses = ['aof_last_write_status', 'aof_last_bgrewrite_status', 'rdb_last_bgsave_status']
  return {
    version: word('redis_version'),
    used_memory_bytes: number('used_memory'),
    max_memory_bytes: number('maxmemory'),
    max_memory_policy: word('maxmemory_policy'),
    hit_rate: lookups === 0 ? 1 : hits / lookups,
    evicted_keys: number('evicted_keys'),
    connected_clients: number('connected_clients'),
    aof_enabled: word('aof_enabled') === '1',
    persistence_ok: statuses.every((name) => word(name) !== 'err'),
  }
}

function splitOnce(line: string): [string, string] {
  const colon = line.indexOf(':')
  return colon < 0 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1)]
}
