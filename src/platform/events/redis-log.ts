// Owns the event log on Redis Streams: what Redis has may be lost at any time, the outbox is the truth.
import { randomUUID } from 'node:crypto'
import { type RecordedEvent, type Stream, STREAMS } from '../../lib/events.ts'
import type { Log } from '../logging.ts'
import type { RedisClient } from '../redis/line.ts'
import type { Broker, BrokerState, DeadLetter, EventLog } from './log.ts'
import { encodeEvent } from './recorded.ts'
import { createRedisReader } from './redis-reader.ts'
import { isMissing, type RedisStreams } from './redis-streams.ts'
import { trimStream } from './redis-trim.ts'

/** The dead letters in Redis are a copy for operators; the database keeps them all. */
const KEPT_DEAD = 10_000

/** `prefix` stands before every key. */
export function createRedisLog(redis: RedisStreams, prefix: string, log: Log): EventLog {
  const keyOf = (stream: Stream) => `${prefix}${stream}`
  return {
    name: 'redis',
    broker: createBroker(redis, prefix, keyOf),
    reader: (consumer, lease) =>
      createRedisReader({ redis, log, lease, group: consumer.name, key: keyOf(consumer.stream) }),
    close: () => redis.close(),
  }
}

function createBroker(
  redis: RedisStreams,
  prefix: string,
  keyOf: (stream: Stream) => string,
): Broker {
  const epochKey = `${prefix}streams:epoch`
  const arrivals = `${prefix}streams:arrivals`
  const look = createStreamsWatch(keyOf)
  return {
    async epoch() {
      // Another server, or the same one started anew, may have lost the end of its file; a server that was
      // emptied has lost this key as well.
      const kept = await redis.run(async (client) => {
        const streams = await look(client)
        if (!streams.whole) await client.set(epochKey, randomUUID())
        streams.remember()
        const found = await client.get(epochKey)
        if (found !== null) return found
        const made = randomUUID()
        return (await client.set(epochKey, made, { condition: 'NX' })) === null
          ? await client.get(epochKey)
          : made
      })
      return `${await redis.runId()} ${kept}`
    },
    async publish(stream, events) {
      // All or nothing: a part of them would come in another order when the rest is sent again.
      await redis.run(async (client) => {
        const batch = client.multi()
        for (const event of events) batch.xAdd(keyOf(stream), '*', fieldsOf(event))
        batch.publish(arrivals, stream)
        await batch.exec()
      })
    },
    bury: (letter) => bury(redis, keyOf, letter),
    onArrival: (listener) => redis.subscribe(arrivals, listener),
    async trim() {
      for (const stream of STREAMS) await trimStream(redis, keyOf(stream))
    },
    state: () => readState(redis, keyOf),
  }
}

/**
 * Streams count what was ever added to them: one that has less than before was evicted or deleted, and may have been
 * made again, while the rest of Redis stayed.
 */
function createStreamsWatch(
  keyOf: (stream: Stream) => string,
): (client: RedisClient) => Promise<{ readonly whole: boolean; remember(): void }> {
  const seen = new Map<Stream, number>()
  return async (client) => {
    const counts = await Promise.all(
      STREAMS.map(async (stream) => [stream, await countAdded(client, keyOf(stream))] as const),
    )
    const whole = counts.every(([stream, added]) => added >= (seen.get(stream) ?? 0))
    return { whole, remember: () => counts.forEach(([stream, added]) => seen.set(stream, added)) }
  }
}

async function countAdded(client: RedisClient, key: string): Promise<number> {
  try {
    return (await client.xInfoStream(key))['entries-added']
  } catch (error) {
    if (isMissing(error)) return 0
    throw error
  }
}

/** `event` is what consumers read; the other fields are for people with redis-cli. */
function fieldsOf(event: RecordedEvent): Record<string, string> {
  return { type: event.type, key: event.key, event: encodeEvent(event) }
}

async function bury(
  redis: RedisStreams,
  keyOf: (stream: Stream) => string,
  { group, error, event }: DeadLetter,
): Promise<void> {
  const fields = { group, error, ...fieldsOf(event) }
  const TRIM = { strategy: 'MAXLEN', strategyModifier: '~', threshold: KEPT_DEAD } as const
  await redis.run((client) => client.xAdd(`${keyOf(event.stream)}:dead`, '*', fields, { TRIM }))
}

async function readState(
  redis: RedisStreams,
  keyOf: (stream: Stream) => string,
): Promise<BrokerState> {
  const streams: BrokerState['streams'][number][] = []
  const groups: BrokerState['groups'][number][] = []
  try {
    for (const stream of STREAMS) {
      const key = keyOf(stream)
      const [length, dead] = await redis.run((client) =>
        Promise.all([client.xLen(key), client.xLen(`${key}:dead`)]),
      )
      streams.push({ stream, length, dead })
      for (const { name, lag, pending } of await groupsOf(redis, key)) {
        groups.push({ group: name, lag: lag ?? null, pending })
      }
    }
    return { up: true, streams, groups }
  } catch {
    return { up: false, streams: [], groups: [] }
  }
}

async function groupsOf(redis: RedisStreams, key: string) {
  try {
    return await redis.run((client) => client.xInfoGroups(key))
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}
