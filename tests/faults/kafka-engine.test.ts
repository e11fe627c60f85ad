// Shows that the tests' Kafka is a real one: it keeps its data when it is killed, and leaves nothing behind.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  Admin,
  Consumer,
  Producer,
  stringDeserializers,
  stringSerializers,
} from '@platformatic/kafka'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Kafka, startKafka } from '../support/engines/kafka.ts'
import { isAlive } from '../support/engines/processes.ts'

const ENGINE = join(import.meta.dirname, '../support/engines/kafka.ts')
const TOPIC = 'notes'

describe('[kafka] the broker of the tests', () => {
  let kafka: Kafka | undefined
  let reason = ''

  beforeAll(async () => {
    const started = await startKafka()
    if ('reason' in started) reason = `Kafka: not run – ${started.reason}`
    else kafka = started
  }, 600_000) // the first time it is fetched

  afterAll(() => kafka?.stop())

  it('keeps what it was given when it is killed, on the same port and folder', async (context) => {
    if (!kafka) return context.skip(reason)
    if (!kafka.pid) return context.skip('Kafka: not killed – it is not ours')
    await createTopic(kafka.brokers)
    await produce(kafka.brokers, ['first', 'second'])
    const { pid, brokers, dir } = kafka

    await kafka.kill()
    expect(isAlive(pid)).toBe(false)
    expect(existsSync(dir)).toBe(true)

    await kafka.restart()
    expect(kafka.pid).not.toBe(pid)
    expect(kafka.brokers).toBe(brokers)
    expect(await consume(brokers, 2)).toEqual(['first', 'second'])

    await produce(brokers, ['third'])
    expect(await consume(brokers, 3)).toEqual(['first', 'second', 'third'])
  })

  it('leaves neither a process nor a folder when it stops', async (context) => {
    if (!kafka) return context.skip(reason)
    if (!kafka.pid) return context.skip('Kafka: not stopped – it is not ours')
    const { pid, dir } = kafka
    await kafka.stop()
    expect(isAlive(pid)).toBe(false)
    expect(existsSync(dir)).toBe(false)
  })

  it('is gone soon after the process that started it was killed', async (context) => {
    if (!kafka) return context.skip(reason)
    if (!kafka.pid) return context.skip('Kafka: not stopped – it is not ours')
    const { pid, dir } = await startInKilledProcess()
    await expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false)
    await expect.poll(() => existsSync(dir), { timeout: 20_000 }).toBe(false)
  })

  it('says in plain words why a given broker is not used', async (context) => {
    const { KAFKA_BROKERS } = process.env
    if (KAFKA_BROKERS) return context.skip('Kafka: a broker is given')
    process.env['KAFKA_BROKERS'] = '127.0.0.1:1'
    try {
      expect(await startKafka()).toEqual({
        reason: expect.stringMatching(/KAFKA_BROKERS \(127.0.0.1:1\) is not usable/) as string,
      })
    } finally {
      delete process.env['KAFKA_BROKERS']
    }
  })
})

async function startInKilledProcess(): Promise<{ pid: number; dir: string }> {
  const script = `
    const { startKafka } = await import(process.argv[1])
    const { pid, dir } = await startKafka()
    console.log(JSON.stringify({ pid, dir }))
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, ENGINE], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  child.kill('SIGKILL')
  return JSON.parse(String(line)) as { pid: number; dir: string }
}

async function createTopic(brokers: string): Promise<void> {
  const admin = new Admin({ clientId: 'test', bootstrapBrokers: [brokers] })
  await admin.createTopics({ topics: [TOPIC], partitions: 1, replicas: 1 })
  await admin.close()
}

async function produce(brokers: string, values: readonly string[]): Promise<void> {
  const producer = new Producer({
    clientId: 'test',
    bootstrapBrokers: [brokers],
    serializers: stringSerializers,
  })
  await producer.send({ messages: values.map((value) => ({ topic: TOPIC, value })), acks: -1 })
  await producer.close()
}

/** The first messages of the topic. */
async function consume(brokers: string, count: number): Promise<string[]> {
  const consumer = new Consumer({
    clientId: 'test',
    groupId: crypto.randomUUID(),
    bootstrapBrokers: [brokers],
    deserializers: stringDeserializers,
  })
  const stream = await consumer.consume({ topics: [TOPIC], mode: 'earliest', autocommit: false })
  const values: string[] = []
  for await (const { value } of stream) {
    values.push(value)
    if (values.length === count) break
  }
  await consumer.close(true)
  await sleep(0) // what the stream still had to say
  return values
}
