// Shows how what INFO answers is read, also where something is missing or wrong.
import { expect, test } from 'vitest'
import { parseInfo } from './facts.ts'

const INFO = [
  '# Server',
  'redis_version:7.0.15',
  '',
  '# Memory',
  'used_memory:1048576',
  'maxmemory:0',
  'maxmemory_policy:noeviction',
  '# Persistence',
  'aof_enabled:1',
  'aof_last_write_status:ok',
  'rdb_last_bgsave_status:ok',
  '# Stats',
  'keyspace_hits:3',
  'keyspace_misses:1',
  'evicted_keys:0',
  'connected_clients:7',
].join('\r\n')

test('every fact is read', () => {
  expect(parseInfo(INFO)).toEqual({
    version: '7.0.15',
    used_memory_bytes: 1_048_576,
    max_memory_bytes: 0,
    max_memory_policy: 'noeviction',
    hit_rate: 0.75,
    evicted_keys: 0,
    connected_clients: 7,
    aof_enabled: true,
    persistence_ok: true,
  })
})

test('a file that could not be written is known, whichever it is', () => {
  const statuses = ['aof_last_write_status', 'rdb_last_bgsave_status']
  for (const status of statuses) {
    expect(parseInfo(INFO.replace(`${status}:ok`, `${status}:err`)).persistence_ok).toBe(false)
  }
})

test('what is missing is nothing, and before the first look-up none has missed', () => {
  expect(parseInfo('')).toMatchObject({ version: '', used_memory_bytes: 0, hit_rate: 1 })
})
