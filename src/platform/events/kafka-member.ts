// Owns a group's membership in Kafka: which partitions are ours, since when, and where we stand in each.
import { Consumer, findErrorBy } from '@platformatic/kafka'
import type { KafkaConfig } from '../config.ts'
import type { Log } from '../logging.ts'
import { ask, connectionOptions } from './kafka-connection.ts'

export interface Membership {
  readonly group: string
  readonly topic: string
}

export interface Place {
  readonly partition: number
  /** Where the next fetch begins. */
  next: bigint
}

export interface KafkaMember {
  readonly consumer: Consumer
  /** Rises with every assignment: what was read in an earlier one may be somebody else's now. */
  term(): number
  /** Our partitions; empty while they are being shared out. */
  places(): readonly Place[]
  /** Begins anew where the group stands; in a topic that was made again, at its beginning. */
  placeAgain(options?: { readonly inNewTopic: boolean }): void
  close(): Promise<void>
}

export interface MemberEvents {
  /** What was read and not acknowledged comes again, here or elsewhere. */
  onTurn(): void
  /** Messages were gone before the group had been handed them. */
  onLoss(): void
}

/**
 * The broker takes a silent member's partitions away after this time; less it doesn't allow. A dead worker's
 * work is so taken over within ten seconds.
 */
const SESSION_MS = 6000
const PAUSE_MS = 300
const EARLIEST = -2n
const LATEST = -1n

export function joinGroup(
  config: KafkaConfig,
  membership: Membership,
  log: Log,
  events: MemberEvents,
): KafkaMember {
  const { group, topic } = membership
  const consumer = new Consumer({
    ...connectionOptions(config, group),
    groupId: group,
    // With retries, a member that was thrown out would commit all the same, under its next membership.
    retries: 0,
    autocommit: false,
    sessionTimeout: SESSION_MS,
    rebalanceTimeout: SESSION_MS,
    heartbeatInterval: 1000,
    // Joining waits for the other members.
    requestTimeout: SESSION_MS + 4000,
  })
  let term = 0
  let assigned: readonly number[] = []
  let places: Place[] = []
  let closed = false

  async function join(): Promise<void> {
    while (!closed) {
      try {
        await consumer.joinGroup({})
        return
      } catch {
        await pause(PAUSE_MS)
      }
    }
  }

  function begin(partitions: readonly number[], inNewTopic = false): void {
    term++
    assigned = partitions
    places = []
    events.onTurn()
    if (partitions.length > 0) void findPlaces(term, partitions, inNewTopic)
  }

  async function findPlaces(
    mine: number,
    partitions: readonly number[],
    inNewTopic: boolean,
  ): Promise<void> {
    while (!closed && mine === term) {
      try {
        const found = await ask(readPlaces(consumer, topic, partitions, inNewTopic))
        if (mine !== term) return
        if (found.lost) events.onLoss()
        places = found.places
        return
      } catch {
        await pause(PAUSE_MS)
      }
    }
  }

  consumer.topics.track(topic)
  consumer.on('consumer:group:join', ({ assignments }) =>
    begin(assignments?.find((assignment) => assignment.topic === topic)?.partitions ?? []),
  )
  // Joining again has failed for good: nobody tells the broker any more that we live, until we join anew. The
  // client's types don't know of this event.
  consumer.on('error' as 'client:broker:failed', (...[error]: unknown[]) => {
    log.debug({ error, group }, 'the Kafka group was left and is joined again')
    void join()
  })
  void join()

  return {
    consumer,
    term: () => term,
    places: () => places,
    placeAgain: ({ inNewTopic } = { inNewTopic: false }) => begin(assigned, inNewTopic),
    async close() {
      closed = true
      term++
      await consumer.close(true).catch(() => undefined)
    },
  }
}

async function readPlaces(
  consumer: Consumer,
  topic: string,
  partitions: readonly number[],
  inNewTopic: boolean,
): Promise<{ places: Place[]; lost: boolean }> {
  const asked = { topics: [{ topic, partitions: [...partitions] }] }
  const committed = (await consumer.listCommittedOffsets(asked)).get(topic) ?? []
  const offsets = async (timestamp: bigint) =>
    (await consumer.listOffsets({ topics: [topic], timestamp })).get(topic) ?? []
  const [first, last] = [await offsets(EARLIEST), await offsets(LATEST)]
  let lost = false
  const places = partitions.map((partition) => {
    const [earliest, end] = [first[partition] ?? 0n, last[partition] ?? 0n]
    // What was committed in the topic that is gone says nothing of this one.
    const place = inNewTopic ? -1n : (committed[partition] ?? -1n)
    const next = place > earliest ? place : earliest
    // Nothing committed and the beginning gone, or the end is: who knows what stood there. All that the group
    // has yet to do is sent again, in order, behind the end.
    const isGone = place < earliest ? earliest > 0n : place > end
    lost ||= isGone
    return { partition, next: isGone ? end : next }
  })
  return { places, lost }
}

export function isOutOfRange(error: unknown): boolean {
  return findErrorBy(error as Error, 'apiId', 'OFFSET_OUT_OF_RANGE') !== null
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
