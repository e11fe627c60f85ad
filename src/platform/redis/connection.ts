// Owns the shop's Redis: one connection for calls, messages and news of changed keys. Without it the shop goes on.
import { EXIT, StartupError } from '../../lib/startup-error.ts'
import type { RedisConfig } from '../config.ts'
import type { Log } from '../logging.ts'
import type { Metrics } from '../metrics.ts'
import { createRedisGauges, type RedisGauges } from './gauges.ts'
import { type Line, openLine, type RedisClient } from './line.ts'

export type { Line, RedisClient } from './line.ts'

export interface Redis extends Line {
  /** Stands before every key and channel; whoever names one puts it there. */
  readonly prefix: string
  /** To whoever listens at this moment, in any process. Nobody hears it when Redis is away. */
  publish(channel: string, message: string): void
  /** Hears what others and this process publish; after a reconnect too, but not what came meanwhile. */
  subscribe(channel: string, listener: (message: string) => void): () => void
  /** Keys that changed after they were read over this connection; null stands for any key. */
  onInvalidate(listener: (key: string | null) => void): () => void
  /** A connection for calls that block; whoever opens it closes it, and gives each call its bound. */
  duplicate(): Line
  /** How many calls were answered and how many weren't, since the start. */
  readonly calls: { readonly answered: number; readonly failed: number }
  readonly setGauges: RedisGauges
}

export interface RedisOptions {
  readonly config: RedisConfig
  readonly log: Log
  readonly metrics: Metrics
  /** For tests that mustn't depend on the machine's speed. */
  readonly callMs?: number
}

/** Returns at once; `settled` tells when it is known whether Redis is there. @throws StartupError */
export function openRedis({ config, log, metrics, callMs }: RedisOptions): Redis {
  const calls = { answered: 0, failed: 0 }
  const line = openShopLine(config, {
    ...(callMs === undefined ? {} : { callMs }),
    onCall(seconds, answered) {
      calls[answered ? 'answered' : 'failed']++
      metrics.redisCallSeconds.observe(seconds)
      if (!answered) metrics.redisCallsFailed.inc()
    },
  })
  const invalidations = new Set<(key: string | null) => void>()
  line.onUp((client) => {
    log.info('Redis is there')
    client.on('invalidate', (key: Buffer | null) => {
      for (const listener of invalidations) listener(key && key.toString())
    })
  })
  line.onAway((reason) => log.warn({ reason }, 'Redis is away: the shop goes on without it'))
  return {
    ...line,
    ...createMessages(line),
    prefix: config.prefix,
    calls,
    setGauges: createRedisGauges(metrics.registry),
    onInvalidate(listener) {
      invalidations.add(listener)
      return () => void invalidations.delete(listener)
    },
    duplicate: () => openLine({ url: config.url, beats: false, tracks: false }),
  }
}

function openShopLine(
  { url }: RedisConfig,
  options: Pick<Parameters<typeof openLine>[0], 'callMs' | 'onCall'>,
): Line {
  try {
    return openLine({ url, beats: true, tracks: true, ...options })
  } catch (error) {
    // The address may hold a password: only what is wrong with it is said.
    const { message } = error as Error
    throw new StartupError(`The configuration is wrong:\n  REDIS_URL: ${message}`, EXIT.config)
  }
}

function createMessages(line: Line): Pick<Redis, 'publish' | 'subscribe'> {
  const channels = new Map<string, Set<(message: string) => void>>()
  const join = (client: RedisClient, channel: string) =>
    client.subscribe(channel, (message) => {
      for (const listener of channels.get(channel) ?? []) listener(message)
    })
  const ignore = () => {}
  line.onUp((client) => {
    for (const channel of channels.keys()) join(client, channel).catch(ignore)
  })
  return {
    publish(channel, message) {
      line.call((client) => client.publish(channel, message)).catch(ignore)
    },
    subscribe(channel, listener) {
      const listeners = channels.get(channel)
      if (listeners) listeners.add(listener)
      else {
        channels.set(channel, new Set([listener]))
        line.call((client) => join(client, channel)).catch(ignore)
      }
      return () => void channels.get(channel)?.delete(listener)
    },
  }
}
