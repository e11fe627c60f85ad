// Owns the event log on Kafka: one topic a stream, keys in order; what Kafka loses the outbox sends again.
import { type RecordedEvent, type Stream, STREAMS } from '../../lib/events.ts'
import type { KafkaConfig } from '../config.ts'
import type { Log } from '../logging.ts'
import { createKafkaAdmin, type KafkaAdmin } from './kafka-admin.ts'
import { createKafkaReader } from './kafka-reader.ts'
import { createWatch, type Watch } from './kafka-watch.ts'
import { createKafkaWriter, type KafkaWriter, type Message } from './kafka-writer.ts'
import type { Broker, BrokerState, DeadLetter, EventLog, GroupName, GroupReader } from './log.ts'
import { encodeEvent } from './recorded.ts'

export function createKafkaLog(config: KafkaConfig, log: Log): EventLog {
  const admin = createKafkaAdmin(config)
  const writer = createKafkaWriter(config)
  const listeners = new Set<() => void>()
  const readers = new Set<GroupReader>()
  const onArrival = () => listeners.forEach((listener) => listener())
  const watch = createWatch(log, () => admin.forget())
  return {
    name: 'kafka',
    broker: createBroker({ config, admin, writer, listeners, watch: watch.call }),
    reader(consumer, lease) {
      const membership = {
        group: config.prefix + consumer.name,
        topic: topicOf(config, consumer.stream),
      }
      const reader = createKafkaReader({ config, admin, log, onArrival }, membership)
      readers.add(reader)
      return {
        ...reader,
        async read(limit) {
          // Kafka shares the work out by itself; the lease only tells others that somebody works here.
          await lease.hold()
          return watch.read(reader, reader.read(limit))
        },
      }
    },
    async close() {
      await Promise.all([...readers].map((reader) => reader.close()))
      await writer.close()
      await admin.close()
    },
  }
}

function topicOf(config: KafkaConfig, stream: Stream): string {
  return `${config.prefix}${stream}`
}

function deadTopicOf(config: KafkaConfig, stream: Stream): string {
  return `${topicOf(config, stream)}.dead`
}

interface Parts {
  readonly config: KafkaConfig
  readonly admin: KafkaAdmin
  readonly writer: KafkaWriter
  readonly listeners: Set<() => void>
  readonly watch: Watch['call']
}

function createBroker({ config, admin, writer, listeners, watch }: Parts): Broker {
  const topics = STREAMS.flatMap((stream) => [topicOf(config, stream), deadTopicOf(config, stream)])
  return {
    // Topics that were lost and made again have other ids, another cluster has another one.
    epoch: () => watch(admin.identify(topics)),
    publish: (stream, events) =>
      watch(writer.append(events.map((event) => messageOf(topicOf(config, stream), event)))),
    bury: (letter) => watch(writer.append([letterOf(config, letter)])),
    // A fetch returns as soon as something is there, whoever has sent it.
    onArrival(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    // Kafka forgets by its own retention; what it forgets too early its readers notice.
    trim: () => Promise.resolve(),
    state: (groups) => readState(config, admin, groups),
  }
}

function messageOf(topic: string, event: RecordedEvent): Message {
  return { topic, key: event.key, value: encodeEvent(event), headers: { type: event.type } }
}

function letterOf(config: KafkaConfig, { group, error, event }: DeadLetter): Message {
  const message = messageOf(deadTopicOf(config, event.stream), event)
  return { ...message, headers: { ...message.headers, group, error } }
}

async function readState(
  config: KafkaConfig,
  admin: KafkaAdmin,
  groups: readonly GroupName[],
): Promise<BrokerState> {
  try {
    const topics = STREAMS.flatMap((stream) => [
      topicOf(config, stream),
      deadTopicOf(config, stream),
    ])
    const lengths = await admin.lengths(topics)
    const lags: BrokerState['groups'][number][] = []
    for (const { group, stream } of groups) {
      // Kafka knows what was acknowledged, and not what was handed out.
      const lag = await admin.lag(config.prefix + group, topicOf(config, stream))
      lags.push({ group, lag, pending: null })
    }
    const streams = STREAMS.map((stream) => ({
      stream,
      length: lengths.get(topicOf(config, stream)) ?? 0,
      dead: lengths.get(deadTopicOf(config, stream)) ?? 0,
    }))
    return { up: true, streams, groups: lags }
  } catch {
    return { up: false, streams: [], groups: [] }
  }
}
