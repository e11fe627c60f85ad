// Owns the choice of the event log: one switch on the configuration.
import type { Core } from '../module.ts'
import type { Redis } from '../redis/connection.ts'
import { createEmbeddedLog } from './embedded-log.ts'
import type { EventLog } from './log.ts'

export interface LogParts extends Pick<Core, 'config' | 'store' | 'log'> {
  readonly redis: Redis | null
}

/** A driver is loaded when it is chosen: together they take half a second. */
export async function openEventLog({ config, store, log, redis }: LogParts): Promise<EventLog> {
  switch (config.eventLog) {
    case 'embedded':
      return createEmbeddedLog(store)
    case 'redis': {
      // The configuration is refused without REDIS_URL.
      if (!redis) throw new Error('the event log on Redis needs Redis')
      const { createRedisLog } = await import('./redis-log.ts')
      const { openRedisStreams } = await import('./redis-streams.ts')
      return createRedisLog(openRedisStreams(redis), redis.prefix, log)
    }
    case 'kafka': {
      if (!config.kafka) throw new Error('the event log on Kafka needs its brokers')
      const { createKafkaLog } = await import('./kafka-log.ts')
      return createKafkaLog(config.kafka, log)
    }
  }
}
