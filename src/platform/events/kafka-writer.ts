// Owns appending to Kafka: idempotent, durable, and one batch at a time, so that nothing overtakes.
import { Producer, stringSerializers } from '@platformatic/kafka'
import type { KafkaConfig } from '../config.ts'
import { ask, connectionOptions } from './kafka-connection.ts'

export interface Message {
  readonly topic: string
  readonly key: string
  readonly value: string
  readonly headers: Readonly<Record<string, string>>
}

export interface KafkaWriter {
  /** Resolves when all replicas that are in step have all messages. @throws LogAway; they may be there all the same */
  append(messages: readonly Message[]): Promise<void>
  close(): Promise<void>
}

export function createKafkaWriter(config: KafkaConfig): KafkaWriter {
  const producer = new Producer({
    ...connectionOptions(config, 'relay'),
    serializers: stringSerializers,
    idempotent: true,
  })
  // Sends that overlap lose their order, and even messages, when the broker restarts.
  let last: Promise<unknown> = Promise.resolve()
  return {
    async append(messages) {
      const batch = messages.map((message) => ({ ...message, headers: { ...message.headers } }))
      const sent = last.then(() => ask(producer.send({ messages: batch })))
      last = sent.catch(() => undefined)
      await sent
    },
    async close() {
      await last
      await producer.close()
    },
  }
}
