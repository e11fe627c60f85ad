// Owns Kafka's topics: that they are there, which ones they are, and how far groups have come in them.
import { Admin, type ClusterMetadata, findErrorBy } from '@platformatic/kafka'
import type { KafkaConfig } from '../config.ts'
import { ask, connectionOptions } from './kafka-connection.ts'

export interface KafkaAdmin {
  /**
   * Makes what is missing.
   * @returns a name for these very topics: another one after they were lost and made again
   * @throws LogAway
   */
  identify(topics: readonly string[]): Promise<string>
  /** The topic, made if it is missing. @throws LogAway */
  topic(name: string): Promise<Topic>
  /** How many messages each topic has. @throws LogAway */
  lengths(topics: readonly string[]): Promise<Map<string, number>>
  /** How many messages of the topic the group has not acknowledged. @throws LogAway */
  lag(group: string, topic: string): Promise<number>
  /** Something has failed: what is remembered of the topics, for seconds, isn't believed any more. */
  forget(): void
  close(): Promise<void>
}

export interface Topic {
  readonly id: string
  /** Each partition's leading broker. */
  readonly leaders: readonly number[]
}

const EARLIEST = -2n
const LATEST = -1n

export function createKafkaAdmin(config: KafkaConfig): KafkaAdmin {
  const admin = new Admin(connectionOptions(config, 'admin'))
  const seen = new Set<string>()
  let creating: Promise<unknown> = Promise.resolve()

  async function metadata(topics: readonly string[]): Promise<ClusterMetadata> {
    // Asking for a topic that isn't there is tried again and again by the client.
    if (topics.some((topic) => !seen.has(topic))) await createMissing(topics)
    try {
      return await admin.metadata({ topics: [...topics] })
    } catch (error) {
      if (!isUnknownTopic(error)) throw error
      await createMissing(topics)
      return admin.metadata({ topics: [...topics], forceUpdate: true })
    }
  }

  /** One after the other: many readers begin at the same moment. */
  function createMissing(topics: readonly string[]): Promise<void> {
    const mine = creating.then(async () => {
      const existing = new Set(await admin.listTopics())
      const missing = topics.filter((topic) => !existing.has(topic))
      if (missing.length > 0) await create(missing)
      for (const topic of topics) seen.add(topic)
    })
    creating = mine.catch(() => undefined)
    return mine
  }

  async function create(topics: string[]): Promise<void> {
    const { partitions, replicas } = config
    try {
      await admin.createTopics({ topics, partitions, replicas })
    } catch (error) {
      // Another process was faster.
      if (!findErrorBy(error as Error, 'apiId', 'TOPIC_ALREADY_EXISTS')) throw error
    }
  }

  async function offsets(name: string, timestamp: bigint): Promise<bigint[]> {
    const { leaders } = toTopic(await metadata([name]), name)
    const partitions = leaders.map((_, partitionIndex) => ({ partitionIndex, timestamp }))
    const [found] = await admin.listOffsets({ topics: [{ name, partitions }] })
    const result = leaders.map(() => 0n)
    for (const { partitionIndex, offset } of found?.partitions ?? [])
      result[partitionIndex] = offset
    return result
  }

  async function countLag(groupId: string, name: string): Promise<number> {
    const [first, end] = [await offsets(name, EARLIEST), await offsets(name, LATEST)]
    const partitionIndexes = end.map((_, i) => i)
    const [group] = await admin.listConsumerGroupOffsets({
      groups: [{ groupId, topics: [{ name, partitionIndexes }] }],
    })
    const committed = new Map(
      group?.topics[0]?.partitions.map((place) => [place.partitionIndex, place.committedOffset]),
    )
    return end.reduce((sum, last, i) => {
      const place = committed.get(i) ?? -1n
      return sum + Number(last - (place < 0n ? (first[i] ?? 0n) : place))
    }, 0)
  }

  return {
    identify: (topics) =>
      ask(
        metadata(topics).then((found) => {
          const ids = topics.map((name) => found.topics.get(name)?.id ?? '')
          // Long names of many topics: a part of each tells them apart.
          return [found.id, ...ids.map((id) => id.slice(0, 13))].join(' ')
        }),
      ),
    topic: (name) => ask(metadata([name]).then((found) => toTopic(found, name))),
    async lengths(topics) {
      const counts = new Map<string, number>()
      for (const name of topics) {
        const [first, end] = [await ask(offsets(name, EARLIEST)), await ask(offsets(name, LATEST))]
        counts.set(
          name,
          end.reduce((sum, last, i) => sum + Number(last - (first[i] ?? 0n)), 0),
        )
      }
      return counts
    },
    lag: (group, topic) => ask(countLag(group, topic)),
    forget() {
      seen.clear()
      admin.clearMetadata()
    },
    close: () => admin.close(),
  }
}

function toTopic(found: ClusterMetadata, name: string): Topic {
  const topic = found.topics.get(name)
  if (!topic) throw new Error(`Kafka has no topic ${name}`)
  return { id: topic.id, leaders: topic.partitions.map(({ leader }) => leader) }
}

function isUnknownTopic(error: unknown): boolean {
  return (
    /unknown topic/i.test(String(error)) ||
    findErrorBy(error as Error, 'apiId', 'UNKNOWN_TOPIC_OR_PARTITION') !== null
  )
}
