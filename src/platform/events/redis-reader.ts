// Owns a group's way through its Redis stream: first what somebody was handed and never finished, then what is new.
import type { Log } from '../logging.ts'
import type { Lease } from './leases.ts'
import { type Delivery, type GroupReader, LostEvents } from './log.ts'
import { decodeEvent } from './recorded.ts'
import { isMissing, type RedisStreams, workerName } from './redis-streams.ts'

export interface ReaderOptions {
  readonly redis: RedisStreams
  readonly log: Log
  /** Its holder is the group's only reader, so that events of one key stay in their order. */
  readonly lease: Lease
  readonly group: string
  readonly key: string
}

interface Entry {
  readonly id: string
  readonly message: Readonly<Record<string, string>>
  readonly deliveries: number
}

interface Held {
  readonly id: string
  readonly delivery: Delivery
}

const START = '0-0'

export function createRedisReader(options: ReaderOptions): GroupReader {
  const { redis, lease, group, key } = options
  const me = workerName()
  let held: Held[] = []
  /** How far the entries of earlier readers were taken over; null when all of them were. */
  let cursor: string | null = START

  async function fetch(limit: number): Promise<Entry[]> {
    if (cursor === null) return readNew(options, me, limit)
    const claimed = await claim(options, me, cursor, limit)
    cursor = claimed.next === START ? null : claimed.next
    return claimed.entries
  }

  async function refill(limit: number): Promise<void> {
    try {
      // Entries that were trimmed away leave a claim empty: the next one may have some.
      do held = await unwrap(options, await fetch(limit))
      while (held.length === 0 && cursor !== null)
    } catch (error) {
      // What was handed to us in an answer that never came is pending: it is taken over like everybody's.
      cursor = START
      if (!isMissing(error)) throw error
      // A Redis that is new or was emptied: what it should have is sent again.
      await joinStream(redis, key, group)
    }
  }

  return {
    async read(limit) {
      if (!(await lease.hold())) {
        // Whoever holds it now takes over what is pending.
        held = []
        cursor = START
        return []
      }
      if (held.length === 0) await refill(limit)
      return held.slice(0, limit).map(({ delivery }) => delivery)
    },
    async acknowledge(events) {
      const done = new Set(events)
      const ids = held.filter(({ delivery }) => done.has(delivery)).map(({ id }) => id)
      if (ids.length === 0) return
      await redis.run((client) => client.xAck(key, group, ids))
      held = held.filter(({ delivery }) => !done.has(delivery))
    },
    close: () => Promise.resolve(),
  }
}

/** A page of what any reader of the group was handed and hasn't acknowledged. */
async function claim(
  { redis, key, group }: ReaderOptions,
  me: string,
  from: string,
  limit: number,
): Promise<{ next: string; entries: Entry[] }> {
  const { nextId, messages } = await redis.run((client) =>
    client.xAutoClaim(key, group, me, 0, from, { COUNT: limit }),
  )
  const entries = messages.filter((entry) => entry !== null)
  const [first, last] = [entries[0], entries.at(-1)]
  if (!first || !last) return { next: nextId, entries: [] }
  const pending = await redis.run((client) =>
    client.xPendingRange(key, group, first.id, last.id, limit),
  )
  const counts = new Map(pending.map(({ id, deliveriesCounter }) => [id, deliveriesCounter]))
  return {
    next: nextId,
    entries: entries.map(({ id, message }) => ({
      id,
      message,
      deliveries: counts.get(id) ?? 2,
    })),
  }
}

async function readNew(
  { redis, key, group }: ReaderOptions,
  me: string,
  limit: number,
): Promise<Entry[]> {
  const streams = (await redis.run((client) =>
    client.xReadGroup(group, me, { key, id: '>' }, { COUNT: limit }),
  )) as readonly { readonly messages: readonly Omit<Entry, 'deliveries'>[] }[] | null
  return (streams?.[0]?.messages ?? []).map(({ id, message }) => ({ id, message, deliveries: 1 }))
}

/**
 * Makes the group, at the beginning of the stream: what it has done already it knows by itself.
 * @throws LostEvents when it comes late: the others had done the first events, and they were trimmed away. Then
 *   it begins at what is the end now, behind which all that it has yet to do is sent again, in order
 */
async function joinStream(redis: RedisStreams, key: string, group: string): Promise<void> {
  const end = await endOf(redis, key)
  if (end === null) {
    await createGroup(redis, key, group, START)
    // From now on nothing is trimmed that the group needs; just before, something may have been.
    if ((await endOf(redis, key)) === null) return
  }
  // The group only after the sending: whoever finds none, should this process end in between, asks for it again.
  throw new LostEvents(`${key}: Redis has forgotten what ${group} had yet to do`, () =>
    createGroup(redis, key, group, end ?? START),
  )
}

/** @returns the last id; null when the stream still has everything that was ever added to it */
async function endOf(redis: RedisStreams, key: string): Promise<string | null> {
  try {
    const stream = await redis.run((client) => client.xInfoStream(key))
    const { length, 'entries-added': added, 'last-generated-id': last } = stream
    return length === added ? null : String(last)
  } catch (error) {
    if (isMissing(error)) return null
    throw error
  }
}

async function createGroup(
  redis: RedisStreams,
  key: string,
  group: string,
  after: string,
): Promise<void> {
  try {
    await redis.run((client) => client.xGroupCreate(key, group, after, { MKSTREAM: true }))
  } catch (error) {
    if (!String(error).includes('BUSYGROUP')) throw error
  }
}

/** What isn't an event of ours is acknowledged and left: nobody could ever apply it. */
async function unwrap(options: ReaderOptions, entries: readonly Entry[]): Promise<Held[]> {
  const { redis, log, key, group } = options
  const found: Held[] = []
  const strange: string[] = []
  for (const { id, message, deliveries } of entries) {
    const event = decodeEvent(message['event'] ?? '')
    if (event) found.push({ id, delivery: { ...event, deliveries } })
    else strange.push(id)
  }
  if (strange.length > 0) {
    log.warn({ key, group, entries: strange }, 'entries that are no events were passed over')
    await redis.run((client) => client.xAck(key, group, strange))
  }
  return found
}
