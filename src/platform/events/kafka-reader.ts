// Owns a group's way through its topic: fetched ahead, handed out in order, committed after the effect.
import type { KafkaConfig } from '../config.ts'
import type { Log } from '../logging.ts'
import type { KafkaAdmin } from './kafka-admin.ts'
import { ask } from './kafka-connection.ts'
import { createKafkaFetch, type Fetched } from './kafka-fetch.ts'
import {
  isOutOfRange,
  joinGroup,
  type KafkaMember,
  type Membership,
  pause,
} from './kafka-member.ts'
import { type Delivery, type GroupReader, LogAway, LostEvents } from './log.ts'
import { decodeEvent } from './recorded.ts'

export interface KafkaParts {
  readonly config: KafkaConfig
  readonly admin: KafkaAdmin
  readonly log: Log
  /** Something came. */
  readonly onArrival: () => void
}

interface Held extends Omit<Fetched, 'value'> {
  readonly delivery: Delivery
}

/** So many wait for their turn at most; no more is fetched then. */
const AHEAD = 2000
const PAUSE_MS = 200

export function createKafkaReader(parts: KafkaParts, membership: Membership): GroupReader {
  const { config, admin, log, onArrival } = parts
  const fetching = createKafkaFetch(config, membership.group)
  let held: Held[] = []
  let away: unknown = null
  let lost = false
  let closed = false
  /** Which topic our places are in; its name alone doesn't say. */
  let topicId: string | null = null

  /** Topics first: who joins for one that isn't there gets no partitions. */
  async function begin(): Promise<KafkaMember | null> {
    while (!closed) {
      try {
        await admin.topic(membership.topic)
        return joinGroup(config, membership, log, {
          onTurn: () => (held = []),
          onLoss: () => (lost = true),
        })
      } catch (error) {
        away = error
        await pause(PAUSE_MS)
      }
    }
    return null
  }

  async function fetchAhead(member: KafkaMember): Promise<void> {
    while (!closed) {
      if (held.length >= AHEAD || member.places().length === 0) {
        await pause(held.length > 0 ? PAUSE_MS / 10 : PAUSE_MS / 4)
        continue
      }
      const term = member.term()
      try {
        const topic = await admin.topic(membership.topic)
        if (topicId !== null && topicId !== topic.id) member.placeAgain({ inNewTopic: true })
        topicId = topic.id
        const { found, failure } = await fetching.fetch(member, topic)
        if (failure === null) away = null
        if (term === member.term()) held.push(...found.flatMap((one) => hold(log, one) ?? []))
        if (found.length > 0) onArrival()
        if (failure !== null) throw failure
      } catch (error) {
        away = error
        admin.forget()
        if (isOutOfRange(error)) {
          lost = true
          member.placeAgain()
        }
        await pause(PAUSE_MS)
      }
    }
  }

  const member = begin()
  const running = member.then((joined) => joined && fetchAhead(joined))

  return {
    async read(limit) {
      if (lost) {
        const what = `${membership.topic}: Kafka has forgotten what a group had yet to do`
        throw new LostEvents(what, async () => void (lost = false))
      }
      const batch = held.slice(0, limit)
      if (batch.length === 0 && away) throw new LogAway(String(away), { cause: away })
      return batch.map(({ delivery }) => delivery)
    },
    async acknowledge(events) {
      const joined = await member
      const done = new Set(events)
      const last = held.findLastIndex(({ delivery }) => done.has(delivery))
      // None of them is ours any more: whoever has the partition now is handed them again.
      if (last < 0 || !joined) return
      const passed = held.slice(0, last + 1)
      await commit(joined, membership.topic, passed)
      held = held.filter((entry) => !passed.includes(entry))
    },
    async close() {
      closed = true
      await fetching.close().catch(() => undefined)
      await (await member)?.close()
      await running
    },
  }
}

/** What isn't an event of ours is passed over: nobody could ever apply it. */
function hold(log: Log, { partition, offset, value }: Fetched): Held | null {
  const event = decodeEvent(value)
  if (event) return { partition, offset, delivery: { ...event, deliveries: 1 } }
  const at = { partition, offset: String(offset) }
  log.warn(at, 'a message that is no event was passed over')
  return null
}

async function commit(member: KafkaMember, topic: string, passed: readonly Held[]): Promise<void> {
  const ends = new Map<number, bigint>()
  for (const { partition, offset } of passed) ends.set(partition, offset + 1n)
  const offsets = [...ends].map(([partition, offset]) => ({
    topic,
    partition,
    offset,
    leaderEpoch: -1,
  }))
  await ask(member.consumer.commit({ offsets }))
}
