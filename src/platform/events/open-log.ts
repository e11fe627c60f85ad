// Owns the choice of the event log: one switch on the configuration.
import type { Core } from '../module.ts'
import type { Redis } from '../redis/connection.ts'
import { createEmbeddedLog } from './embedded-log.ts'
import { createKafkaLog } from './kafka-log.ts'
import type { EventLog } from './log.ts'
import { createRedisLog } from './redis-log.ts'
import { openRedisStreams } from './redis-streams.ts'

export interface LogParts extends Pick<Core, 'config' | 'store' | 'log'> {
  readonly redis: Redis | null
}

export function openEventLog({ config, store, log, redis }: LogParts): EventLog {
  switch (config.eventLog) {
    case 'embedded':
      return createEmbeddedLog(store)
    case 'redis': {
      // The configuration is refused without REDIS_URL.
      if (!redis) throw new Error('the event log on Redis needs Redis')
      return createRedisLog(openRedisStreams(redis), redis.prefix, log)
    }
    case 'kafka':
      if (!config.kafka) throw new Error('the event log on Kafka needs its brokers')
      return createKafkaLog(config.kafka, log)
  }
}
