// Shows on every broker that what was done and never acknowledged comes once. Workers that are killed are in the torture.
import { expect, onTestFinished, test } from 'vitest'
import { type App, openCore } from '../../src/app.ts'
import { readConfig } from '../../src/platform/config.ts'
import { type EventLog, LogAway } from '../../src/platform/events/log.ts'
import { startWorker } from '../../src/platform/events/worker.ts'
import { createLog } from '../../src/platform/logging.ts'
import { describeEngine } from '../support/engines/describe.ts'
import { anySeed, until } from '../support/load.ts'
import { type LogName, makeStack, type StoreName } from '../support/stack.ts'
import { auditEffects } from '../support/audit.ts'
import { type Fleet, untilAllIsDone } from '../support/fleet.ts'
import { makeFleet } from './fleet.ts'
import { type OrderStream, streamOrders } from './order-stream.ts'

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

describeEngine('redis', 'acknowledgements that are lost', () =>
  acknowledgementsMayBeLost('sqlite', 'redis'),
)

describeEngine('kafka', 'acknowledgements that are lost', () =>
  describeEngine('postgres', 'the store', () => acknowledgementsMayBeLost('postgres', 'kafka')),
)
