// Owns Redis' numbers for Prometheus; a shop that runs without Redis doesn't have them at all.
import { Gauge, type Registry } from 'prom-client'
import type { RedisFacts } from './facts.ts'

export type RedisGauges = ReturnType<typeof createRedisGauges>

export function createRedisGauges(registry: Registry) {
  const gauge = (name: string, help: string) =>
    new Gauge({ name: `petshop_redis_${name}`, help, registers: [registry] })
  const up = gauge('up', 'Whether Redis answers')
  const gauges = {
    used_memory_bytes: gauge('used_memory_bytes', 'Memory that Redis uses'),
    max_memory_bytes: gauge('max_memory_bytes', "Redis' limit of memory; 0 is none"),
    hit_rate: gauge('hit_rate', "Part of Redis' look-ups of keys that found one"),
    evicted_keys: gauge('evicted_keys', 'Keys that Redis threw away for lack of memory'),
    connected_clients: gauge('connected_clients', 'Connections to Redis'),
    aof_enabled: gauge('aof_enabled', 'Whether Redis writes its append-only file'),
    persistence_ok: gauge('persistence_ok', 'Whether Redis could write its files the last time'),
  }
  const policy = new Gauge({
    name: 'petshop_redis_max_memory_policy',
    help: 'What Redis does when its memory is full, as a label',
    labelNames: ['policy'],
    registers: [registry],
  })
  /** @param facts null while Redis is away: what was last known stays */
  return (facts: Omit<RedisFacts, 'version'> | null): void => {
    up.set(facts ? 1 : 0)
    if (!facts) return
    const { max_memory_policy, ...numbers } = facts
    for (const [name, g] of Object.entries(gauges))
      g.set(Number(numbers[name as keyof typeof gauges]))
    policy.reset()
    policy.set({ policy: max_memory_policy }, 1)
  }
}
