// Owns what the event log needs of Redis: bounded calls, and one meaning for everything that isn't an answer.
import { hostname } from 'node:os'
import { ErrorReply } from 'redis'
import type { Redis } from '../redis/connection.ts'
import { type RedisClient, RedisAway } from '../redis/line.ts'
import { LogAway } from './log.ts'

export interface RedisStreams {
  /** @throws LogAway when Redis doesn't answer in time, or says that it can't serve now */
  run<T>(work: (client: RedisClient) => Promise<T>): Promise<T>
  /** Names the server's present run: another one after every restart. @throws LogAway */
  runId(): Promise<string>
  /** @returns how to stop listening */
  subscribe(channel: string, listener: () => void): () => void
  close(): Promise<void>
}

/** Nobody's answer waits for these calls, and some carry hundreds of events. */
const CALL_MS = 5000

/** What a server says that is full, starting, or following another one: it may serve later. */
const NOT_NOW =
  /^(OOM|LOADING|READONLY|MISCONF|MASTERDOWN|CLUSTERDOWN|NOREPLICAS|EXECABORT|UNBLOCKED)/

/** A connection of its own, so that long batches don't hold up the shop's short calls. */
export function openRedisStreams(redis: Redis): RedisStreams {
  const line = redis.duplicate()
  let runId: string | null = null
  const offUp = line.onUp(() => (runId = null))

  async function run<T>(work: (client: RedisClient) => Promise<T>): Promise<T> {
    try {
      await line.settled()
      return await line.call(work, CALL_MS)
    } catch (error) {
      throw isNotNow(error) ? new LogAway(String(error), { cause: error }) : error
    }
  }

  return {
    run,
    async runId() {
      runId ??= /^run_id:(\w+)/m.exec(await run((client) => client.info('server')))?.[1] ?? ''
      return runId
    },
    subscribe: (channel, listener) => redis.subscribe(channel, listener),
    async close() {
      offUp()
      await line.close()
    },
  }
}

function isNotNow(error: unknown): boolean {
  return error instanceof RedisAway || (error instanceof ErrorReply && NOT_NOW.test(error.message))
}

/** The stream or the group isn't there: Redis is new, or was emptied. */
export function isMissing(error: unknown): boolean {
  return error instanceof ErrorReply && /^NOGROUP|no such key/.test(error.message)
}

/** As operators see it in XINFO CONSUMERS: the same after a restart. */
export function workerName(): string {
  return hostname()
}
