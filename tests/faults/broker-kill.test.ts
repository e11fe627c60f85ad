// Shows on every event log that a worker may be killed at any moment: another takes over, each effect comes once.
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type App, openCore } from '../../src/app.ts'
import { createRandom } from '../../src/demo/random.ts'
import { readConfig } from '../../src/platform/config.ts'
import { type EventLog, LogAway } from '../../src/platform/events/log.ts'
import { startWorker } from '../../src/platform/events/worker.ts'
import { createLog } from '../../src/platform/logging.ts'
import { describeEngine } from '../support/engines/describe.ts'
import { startRedis } from '../support/engines/redis.ts'
import { anySeed, until } from '../support/load.ts'
import { type LogName, makeStack, type StoreName } from '../support/stack.ts'
import { auditEffects } from './effects.ts'
import {
  activeWorker,
  type Fleet,
  makeFleet,
  progressOf,
  timeToCatchUp,
  untilAllIsDone,
} from './fleet.ts'
import { type OrderStream, streamOrders } from './order-stream.ts'
import { redisCommand } from './redis-command.ts'

/** What operators are promised; Kafka alone needs six seconds to notice a death. */
const TAKEOVER_MS = 10_000
const MINUTE = 60_000
const GOODS = { buyers: 6, onHand: [100_000, 100_000, 100_000] }

const seed = anySeed()
const replay = `SEED=${seed} repeats it`

async function fleetOn(store: StoreName, log: LogName): Promise<Fleet> {
  const stack = await makeStack(store, log)
  onTestFinished(() => stack.drop())
  return makeFleet({ ...stack.env, PETSHOP_EVENT_LOG: log }, GOODS)
}

async function expectEachEffectOnce(fleet: Fleet, { memories }: OrderStream): Promise<void> {
  await untilAllIsDone(fleet)
  expect(await auditEffects(fleet.store.db, memories), replay).toEqual([])
  expect(await fleet.findings(), replay).toEqual({})
}

function workersMayDie(store: StoreName, log: LogName, kills: number): void {
  test(
    `the active one is killed ${kills} times under load: another has taken over within 10 s`,
    async () => {
      const fleet = await fleetOn(store, log)
      const random = createRandom(seed)
      const [server, ...workers] = await Promise.all([
        fleet.serve(),
        fleet.worker(),
        fleet.worker(),
      ])
      const orders = streamOrders(fleet.stage, seed, [server.url])
      for (let kill = 1; kill <= kills; kill++) {
        const victim = await activeWorker(fleet, workers)
        // So much at once that it dies in the middle of something.
        const begun = await progressOf(fleet)
        const burst = orders.burst(100)
        const middle = begun + random.int(20, 200)
        while ((await progressOf(fleet)) < middle) await sleep(1)
        await victim.kill9()
        await burst
        // The other one does it alone: a new one comes only afterwards.
        expect(await timeToCatchUp(fleet), replay).toBeLessThan(TAKEOVER_MS)
        if (kill < kills) workers[workers.indexOf(victim)] = await fleet.worker()
      }
      await orders.stop()
      await expectEachEffectOnce(fleet, orders)
    },
    5 * MINUTE,
  )
}

function acknowledgementsMayBeLost(store: StoreName, log: LogName): void {
  test(
    'what was done and never acknowledged has its effect once, whoever is handed it next',
    async () => {
      const fleet = await fleetOn(store, log)
      const server = await fleet.serve()
      const orders = streamOrders(fleet.stage, seed, [server.url])
      await orders.more(60)
      await orders.stop()
      const app = await openCore({ config: readConfig(fleet.env), log: createLog('silent') })
      onTestFinished(() => app.close())

      await workWithoutAcknowledging(app, fleet)
      expect(await unacknowledged(app)).toBeGreaterThan(60)
      await fleet.worker()
      await until('all is acknowledged', async () => (await unacknowledged(app)) === 0)
      await expectEachEffectOnce(fleet, orders)
    },
    5 * MINUTE,
  )
}

/** Every group does the orders there are, up to the moment after the commit, and no log hears of it. */
async function workWithoutAcknowledging(app: App, fleet: Fleet): Promise<void> {
  const withheld: EventLog = {
    ...app.core.events,
    reader: (consumer, lease) => ({
      ...app.core.events.reader(consumer, lease),
      acknowledge: () => Promise.reject(new LogAway('withheld')),
    }),
  }
  const consumers = app.modules.flatMap((module) => module.consumers)
  const worker = await startWorker({ ...app.core, events: withheld }, consumers, [])
  await until('every order is confirmed', async () => (await ordersThatAre(fleet, 'pending')) === 0)
  await worker.stop()
}

async function ordersThatAre({ store }: Fleet, status: string): Promise<number> {
  const rows = await store.db
    .selectFrom('orders')
    .select('order_id')
    .where('status', '=', status)
    .execute()
  return rows.length
}

/** How many deliveries the broker still thinks that it has to make. */
async function unacknowledged({ core, modules }: App): Promise<number> {
  const consumers = modules.flatMap((module) => module.consumers)
  const groups = consumers.map(({ name, stream }) => ({ group: name, stream }))
  const state = await core.events.broker!.state(groups)
  expect(state.up).toBe(true)
  return state.groups.reduce((sum, { lag, pending }) => sum + (lag ?? 0) + (pending ?? 0), 0)
}

describe('[embedded] workers that are killed', () => workersMayDie('sqlite', 'embedded', 4))

describeEngine('redis', 'workers that are killed', () => {
  workersMayDie('sqlite', 'redis', 4)
  acknowledgementsMayBeLost('sqlite', 'redis')

  test(
    'a worker that is killed between effect and acknowledgement leaves nothing to do twice',
    async () => {
      const redis = await startRedis()
      onTestFinished(() => redis.stop())
      const fleet = await makeFleet({ REDIS_URL: redis.url, PETSHOP_EVENT_LOG: 'redis' }, GOODS)
      const [server, worker] = await Promise.all([fleet.serve(), fleet.worker()])
      // From here on it can do its work, and can't say so.
      await redisCommand(redis.url, 'ACL', 'SETUSER', 'default', '-xack')
      const orders = streamOrders(fleet.stage, seed, [server.url])
      await orders.more(60)
      await orders.stop()
      const pending = async () =>
        Number(await redisCommand(redis.url, 'EVAL', COUNT_PENDING, '0', 'confirm-order-on-placed'))
      const confirmed = () => ordersThatAre(fleet, 'confirmed')
      await until('it has confirmed some', async () => (await confirmed()) > 0)
      await worker.kill9()
      await redisCommand(redis.url, 'ACL', 'SETUSER', 'default', '+xack')
      expect(await pending()).toBeGreaterThanOrEqual(await confirmed())
      await fleet.worker()
      await until('all is acknowledged', async () => (await pending()) === 0)
      await expectEachEffectOnce(fleet, orders)
    },
    5 * MINUTE,
  )
})

/** How many events of the orders were handed out and not acknowledged. */
const COUNT_PENDING = `return redis.call('xpending', 'orders', ARGV[1])[1]`

describeEngine('kafka', 'workers that are killed', () =>
  describeEngine('postgres', 'the store', () => {
    workersMayDie('postgres', 'kafka', 2)
    acknowledgementsMayBeLost('postgres', 'kafka')
  }),
)
