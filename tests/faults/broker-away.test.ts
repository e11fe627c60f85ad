// Shows that Redis and Kafka may die, freeze and lose everything: the shop goes on selling, and catches up by itself.
import { rmSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { Admin } from '@platformatic/kafka'
import { afterAll, beforeAll, onTestFinished, test } from 'vitest'
import { createRandom } from '../../src/demo/random.ts'
import { describeEngine } from '../support/engines/describe.ts'
import type { Engine } from '../support/engines/engine.ts'
import { startKafka } from '../support/engines/kafka.ts'
import { startRedis } from '../support/engines/redis.ts'
import { anySeed } from '../support/load.ts'
import { redisCommand } from './redis-command.ts'
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
  const open = ({ url }: Engine, args?: readonly string[]) =>
    openScene({ REDIS_URL: url, PETSHOP_EVENT_LOG: 'redis' }, seed, args)

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
    'comes back without the end of its file, and then without its file',
    async () => {
      const redis = await startOwnRedis()
      const scene = await open(redis, ['--except', IDLE])
      const random = createRandom(seed)
      await redis.kill()
      const file = join(redis.dir, 'appendonlydir/appendonly.aof.1.incr.aof')
      truncateSync(file, Math.floor(statSync(file).size * random.between(0.2, 0.9)))
      await redis.restart()
      await scene.orders.more(50)

      await redis.kill()
      rmSync(join(redis.dir, 'appendonlydir'), { recursive: true })
      await redis.restart()
      await wakeAll(scene)
      await expectToCatchUp(scene)
      await expectNothingHappened(scene)
    },
    5 * MINUTE,
  )

  test(
    'is emptied again and again',
    async () => {
      const redis = await startOwnRedis()
      const scene = await open(redis)
      const random = createRandom(seed)
      let lost = 0
      for (let times = 0; times < 8 || lost < 20; times++) {
        const burst = scene.orders.burst(30)
        await scene.orders.more(random.int(5, 30))
        lost += Number(await redisCommand(redis.url, 'EVAL', COUNT_AND_EMPTY, '0'))
        await burst
      }
      await expectToCatchUp(scene)
      await expectNothingHappened(scene)
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

/** FLUSHALL; its answer says how many deliveries were still to be made. */
const COUNT_AND_EMPTY = `
  local left = 0
  for _, stream in ipairs({'orders', 'inventory', 'notifications'}) do
    if redis.call('exists', stream) == 1 then
      for _, group in ipairs(redis.call('xinfo', 'groups', stream)) do
        for i = 1, #group, 2 do
          if group[i] == 'lag' or group[i] == 'pending' then left = left + (group[i + 1] or 0) end
        end
      end
    end
  end
  redis.call('flushall')
  return left`

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
