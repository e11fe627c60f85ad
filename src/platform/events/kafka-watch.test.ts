// Shows that Kafka's going and coming is told once each, also by a worker that only reads.
import { beforeEach, expect, test } from 'vitest'
import { createKafkaLog } from './kafka-log.ts'
import { createWatch, type Watch } from './kafka-watch.ts'
import { LogAway, LostEvents } from './log.ts'
import { createLog } from '../logging.ts'

let told: string[]
let watch: Watch
const [one, other] = [{}, {}]
beforeEach(() => {
  told = []
  const write = (line: string) => told.push((JSON.parse(line) as { message: string }).message)
  watch = createWatch(createLog('info', { write }), () => undefined)
})

const THERE = 'Kafka is there'
const AWAY = 'Kafka is away: the shop goes on without'
const fine = () => Promise.resolve([])
const gone = () => Promise.reject(new LogAway('connection refused'))
const quietly = (work: Promise<unknown>) => work.catch(() => undefined)

test('readers alone tell it once, and its return when all of them are back', async () => {
  for (const reader of [one, other, one, other]) await quietly(watch.read(reader, gone()))
  expect(told).toEqual([AWAY])
  await watch.read(one, fine())
  expect(told).toEqual([AWAY])
  await watch.read(other, fine())
  await watch.read(one, fine())
  expect(told).toEqual([AWAY, THERE])
})

test('beside calls they add nothing, and a reader that has not noticed yet says nothing', async () => {
  await watch.call(fine())
  await quietly(watch.call(gone()))
  await watch.read(one, fine())
  await quietly(watch.read(one, gone()))
  expect(told).toEqual([THERE, AWAY])
  await watch.call(fine())
  await watch.read(one, fine())
  expect(told).toEqual([THERE, AWAY, THERE])
})

test('events that were lost are no sign of its being away', async () => {
  await quietly(watch.read(one, Promise.reject(new LostEvents('forgotten', async () => undefined))))
  expect(told).toEqual([])
})

test('a reader of a Kafka that nobody answers for has it in the log', async () => {
  const lines: string[] = []
  const log = createLog('warn', { write: (line: string) => lines.push(line) })
  const config = { brokers: ['127.0.0.1:1'], prefix: '', partitions: 1, replicas: 1 }
  const events = createKafkaLog(config, log)
  const consumer = { name: 'nobody', stream: 'orders' } as const
  const lease = { hold: async () => true }
  const reader = events.reader(consumer as never, lease as never)
  while (lines.length === 0) {
    await quietly(reader.read(1))
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  await events.close()
  expect(lines).toEqual([expect.stringContaining(AWAY)])
})
