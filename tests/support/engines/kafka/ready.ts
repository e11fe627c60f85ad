// Owns the answer to whether a Kafka broker is ready: it keeps a message, gives it back, and knows groups.
import { Admin, Consumer, Producer, stringSerializers } from '@platformatic/kafka'

const MAX_BYTES = 1024

/** Fails until a client can do all that ours do: create a topic, write, read, ask for a group's place. */
export async function pingKafka(brokers: string): Promise<void> {
  const options = {
    clientId: 'petshop-ready',
    bootstrapBrokers: brokers.split(','),
    connectTimeout: 2_000,
    requestTimeout: 10_000,
    retries: 3, // a topic has no leader in its first moment
    retryDelay: 100,
  }
  const topic = `petshop-ready-${crypto.randomUUID()}`
  const admin = new Admin(options)
  const producer = new Producer({ ...options, serializers: stringSerializers })
  const consumer = new Consumer({ ...options, groupId: 'petshop-ready' })
  try {
    await admin.createTopics({ topics: [topic], partitions: 1, replicas: 1 })
    await producer.send({ messages: [{ topic, value: 'ready?' }], acks: -1 })
    await readFirst(consumer, topic)
    await consumer.listCommittedOffsets({ topics: [{ topic, partitions: [0] }] })
    await admin.deleteTopics({ topics: [topic] })
  } finally {
    await Promise.all([admin, producer, consumer].map((client) => client.close()))
  }
}

async function readFirst(consumer: Consumer, topic: string): Promise<void> {
  consumer.topics.track(topic)
  const { topics } = await consumer.metadata({ topics: [topic] })
  const { id, partitions } = topics.get(topic)!
  const place = { partition: 0, fetchOffset: 0n, currentLeaderEpoch: -1, lastFetchedEpoch: -1 }
  const { responses } = await consumer.fetch({
    node: partitions[0]!.leader,
    topics: [{ topicId: id, partitions: [{ ...place, partitionMaxBytes: MAX_BYTES }] }],
    maxWaitTime: 1_000,
  })
  if (!responses[0]?.partitions[0]?.records?.length) throw new Error('it lost a message')
}
