// Shows that Redis and Kafka may die, freeze and lose everything: the shop says so once, sells on, and catches up by
// itself. What Redis loses with its files, or is made to forget, is in the torture.
import { Admin } from '@platformatic/kafka'
import { afterAll, beforeAll, onTestFinished, test } from 'vitest'
import { describeEngine } from '../support/engines/describe.ts'
import type { Engine } from '../support/engines/engine.ts'
import { startKafka } from '../support/engines/kafka.ts'
import { startRedis } from '../support/engines/redis.ts'
import { anySeed } from '../support/load.ts'
import {
  expectNothingHappened,
  expectToBeTold,
  expectToCatchUp,
  openScene,
  type Scene,
  stayAway,
} from './scene.ts'

const MINUTE = 60_000
/** While nobody works for this group, its events pile up in the broker, and may be lost there. */
const IDLE = 'notify-people-on-order-change'

const seed = anySeed()

async function wakeAll({ fleet, worker }: Scene): Promise<void> {
  await worker.stop()
  await fleet.worker()
}

describeEngine('redis', 'Redis', () => {
  async function startOwnRedis(): Promise<Engine> {
    const redis = await startRedis()
    onTestFinished(() => redis.stop())
    return redis
  }
  const open = ({ url }: Engine) => openScene({ REDIS_URL: url, PETSHOP_EVENT_LOG: 'redis' }, seed)

  test(
    'is killed and comes back with its file',
    async () => {
      const redis = await startOwnRedis()
      const scene = await open(redis)
      await redis.kill()
      const absence = await stayAway(scene)
      await redis.restart()
      await expectToCatchUp(scene)
      await expectNothingHappened(scene)
      await expectToBeTold(scene.server, 'Redis', absence)
      await expectToBeTold(scene.worker, 'Redis', absence)
    },
    5 * MINUTE,
  )

  test(
    'freezes for a while',
    async () => {
      const redis = await startOwnRedis()
      const scene = await open(redis)
      process.kill(redis.pid, 'SIGSTOP')
      const absence = await stayAway(scene)
      process.kill(redis.pid, 'SIGCONT')
      await expectToCatchUp(scene)
      await expectNothingHappened(scene)
      await expectToBeTold(scene.server, 'Redis', absence)
      await expectToBeTold(scene.worker, 'Redis', absence)
    },
    5 * MINUTE,
  )
})

describeEngine('kafka', 'Kafka', () => {
  let kafka: Engine | undefined
  beforeAll(async () => {
    const started = await startKafka()
    if (!('reason' in started) && started.pid !== 0) kafka = started
  }, 5 * MINUTE)
  afterAll(() => kafka?.stop())
  const NOT_OURS = 'Kafka: not killed – it is not ours'

  const open = ({ url }: Engine, prefix: string, args?: readonly string[]) => {
    const settings = { KAFKA_BROKERS: url, PETSHOP_KAFKA_PARTITIONS: '3' }
    const chosen = { PETSHOP_KAFKA_PREFIX: prefix, PETSHOP_EVENT_LOG: 'kafka' }
    return openScene({ ...settings, ...chosen }, seed, args)
  }

  test(
    'is killed and comes back with its files',
    async ({ skip }) => {
      if (!kafka) return skip(NOT_OURS)
      const scene = await open(kafka, 'killed.')
      await kafka.kill()
      const absence = await stayAway(scene)
      await kafka.restart()
      await expectToCatchUp(scene)
      await expectNothingHappened(scene)
      await expectToBeTold(scene.worker, 'Kafka', absence)
    },
    5 * MINUTE,
  )

  test(
    'loses its topics',
    async ({ skip }) => {
      if (!kafka) return skip(NOT_OURS)
      const scene = await open(kafka, 'lost.', ['--except', IDLE])
      await scene.orders.more(20)
      await deleteTopics(kafka.url, 'lost.')
      await expectToCatchUp(scene, IDLE)
      await wakeAll(scene)
      await expectToCatchUp(scene)
      // Topics that are young: the new ones are soon as long as these were.
      for (let times = 0; times < 3; times++) {
        const burst = scene.orders.burst(60)
        await scene.orders.more(20)
        await deleteTopics(kafka.url, 'lost.')
        await burst
        await expectToCatchUp(scene)
      }
      await expectNothingHappened(scene)
    },
    5 * MINUTE,
  )
})

async function deleteTopics(brokers: string, prefix: string): Promise<void> {
  const admin = new Admin({ clientId: 'test', bootstrapBrokers: [brokers] })
  const streams = ['orders', 'inventory', 'notifications']
  const topics = streams.flatMap((stream) => [prefix + stream, `${prefix}${stream}.dead`])
  await admin.deleteTopics({ topics })
  await admin.close()
}
