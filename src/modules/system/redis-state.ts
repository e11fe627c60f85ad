// Owns what the system page tells of Redis: the page never fails or waits long because of it.
import type { Redis } from '../../platform/redis/connection.ts'
import { readFacts, type RedisFacts } from '../../platform/redis/facts.ts'
import type { RedisWarning, SystemState } from './schema.ts'

export async function readRedis(redis: Redis | null): Promise<SystemState['redis']> {
  if (!redis) return null
  const server = await readFacts(redis)
  return {
    up: server !== null,
    calls: redis.calls.answered,
    calls_failed: redis.calls.failed,
    warnings: server ? warningsOf(server) : [],
    server,
  }
}

function warningsOf(facts: RedisFacts): RedisWarning[] {
  const warnings: RedisWarning[] = []
  // Events wait in Redis too: a full one must refuse new entries, and never throw old ones away.
  if (facts.max_memory_policy !== 'noeviction') warnings.push('EVICTION_POLICY')
  if (!facts.persistence_ok) warnings.push('PERSISTENCE_FAILING')
  return warnings
}
