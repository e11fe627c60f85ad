// Shows that a broker that fails keeps nobody from what another one has answered.
import { expect, test } from 'vitest'
import { createKafkaFetch } from './kafka-fetch.ts'
import type { KafkaMember, Place } from './kafka-member.ts'

test('what one broker gives is kept when another one is away, and nothing is passed over', async () => {
  const places: Place[] = [0, 1].map((partition) => ({ partition, next: 5n }))
  let isAway = true
  const member = {
    places: () => places,
    consumer: {
      // Two brokers, of which the second is away at first: more than the tests' single one could show.
      async fetch({ node, topics }: FetchRequest) {
        if (node === 11 && isAway) throw new Error('away')
        return { responses: [{ partitions: topics[0]!.partitions.map(answer) }] }
      },
    },
  }
  const fetching = createKafkaFetch({ brokers: ['127.0.0.1:1'] } as never, 'count')
  const fetch = () =>
    fetching.fetch(member as unknown as KafkaMember, { id: 'x', leaders: [10, 11] } as never)

  const first = await fetch()
  expect(first.found.map(({ partition, value }) => [partition, value])).toEqual([[0, 'five']])
  expect(first.failure).toEqual(new Error('away'))
  expect(places.map(({ next }) => next)).toEqual([6n, 5n])
  isAway = false
  const second = await fetch()
  expect(second.failure).toBeNull()
  expect(second.found.map(({ partition, value }) => [partition, value])).toEqual([[1, 'five']])
  await fetching.close()
})

interface FetchRequest {
  readonly node: number
  readonly topics: readonly {
    readonly partitions: readonly { readonly partition: number; readonly fetchOffset: bigint }[]
  }[]
}

function answer({ partition, fetchOffset }: { partition: number; fetchOffset: bigint }) {
  const batch = {
    attributes: 0,
    firstOffset: 5n,
    lastOffsetDelta: 0,
    records: [{ offsetDelta: 0, value: Buffer.from('five') }],
  }
  return { partitionIndex: partition, records: fetchOffset <= 5n ? [batch] : [] }
}
