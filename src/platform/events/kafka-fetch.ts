// Owns reading from Kafka: one long poll for each broker, and what its batches mean.
import { ConnectionPool, type KafkaRecord, type RecordsBatch } from '@platformatic/kafka'
import type { KafkaConfig } from '../config.ts'
import type { Topic } from './kafka-admin.ts'
import { connectionOptions } from './kafka-connection.ts'
import type { KafkaMember, Place } from './kafka-member.ts'

export interface Fetched {
  readonly partition: number
  readonly offset: bigint
  readonly value: string
}

export interface Catch {
  readonly found: readonly Fetched[]
  /** Why a broker's part is missing; the places of what was found have moved on all the same. */
  readonly failure: unknown
}

export interface KafkaFetch {
  /** What there is beyond our places, which move on; waits a moment when there is nothing. */
  fetch(member: KafkaMember, topic: Topic): Promise<Catch>
  close(): Promise<void>
}

/** Longer than the poll of whoever waits for events, shorter than anybody's patience at the end. */
const WAIT_MS = 1000
const PARTITION_BYTES = 256 * 1024
const BYTES = 1024 * 1024
/** Batches that carry no messages, but the ends of transactions. */
const CONTROL = 0b10_0000

export function createKafkaFetch(config: KafkaConfig, group: string): KafkaFetch {
  const options = connectionOptions(config, group)
  // A long poll would hold up heartbeats and commits on the same connection.
  const connectionPool = new ConnectionPool(options.clientId, options)

  async function fetchFrom(
    { consumer }: KafkaMember,
    { id }: Topic,
    node: number,
    places: readonly Place[],
  ): Promise<Fetched[]> {
    const partitions = places.map(({ partition, next }) => ({
      partition,
      fetchOffset: next,
      currentLeaderEpoch: -1,
      lastFetchedEpoch: -1,
      partitionMaxBytes: PARTITION_BYTES,
    }))
    const { responses } = await consumer.fetch({
      node,
      topics: [{ topicId: id, partitions }],
      maxWaitTime: WAIT_MS,
      minBytes: 1,
      maxBytes: BYTES,
      connectionPool,
    })
    const byPartition = new Map(places.map((place) => [place.partition, place]))
    return responses.flatMap((response) =>
      response.partitions.flatMap(({ partitionIndex, records }) => {
        const place = byPartition.get(partitionIndex)
        return place ? (records ?? []).flatMap((batch) => unpack(batch, place)) : []
      }),
    )
  }

  return {
    async fetch(member, topic) {
      const byLeader = Map.groupBy(
        member.places(),
        ({ partition }) => topic.leaders[partition] ?? -1,
      )
      const parts = await Promise.allSettled(
        [...byLeader].map(([node, places]) => fetchFrom(member, topic, node, places)),
      )
      const failed = parts.find((part) => part.status === 'rejected')
      return {
        found: parts.flatMap((part) => (part.status === 'fulfilled' ? part.value : [])),
        failure: failed?.reason ?? null,
      }
    },
    close: () => connectionPool.close(),
  }
}

/** Batches come whole: a part of the first may have been read before. */
function unpack(batch: RecordsBatch, place: Place): Fetched[] {
  const records = batch.attributes & CONTROL ? [] : batch.records
  const found = records
    .map((record) => toFetched(record, batch, place.partition))
    .filter(({ offset }) => offset >= place.next)
  const end = batch.firstOffset + BigInt(batch.lastOffsetDelta) + 1n
  if (end > place.next) place.next = end
  return found
}

function toFetched(record: KafkaRecord, { firstOffset }: RecordsBatch, partition: number): Fetched {
  const offset = firstOffset + BigInt(record.offsetDelta)
  return { partition, offset, value: String(record.value) }
}
