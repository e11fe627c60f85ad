// Shows that a shop may change its event log by a restart, with work left over: nothing is lost, nothing comes twice.
import { expect, onTestFinished, test } from 'vitest'
import { createRandom } from '../../src/demo/random.ts'
import { describeEngine } from '../support/engines/describe.ts'
import { anySeed } from '../support/load.ts'
import { type LogName, makeStack } from '../support/stack.ts'
import { auditEffects, type Memory } from '../support/audit.ts'
import { backlogOf, type Fleet, timeToCatchUp, untilAllIsDone } from '../support/fleet.ts'
import { makeFleet } from './fleet.ts'
import { streamOrders } from './order-stream.ts'

/** While nobody works for a group, all its events are left over: numbered, and in the broker if there is one. */
const STAGES: readonly { readonly log: LogName; readonly idle: string }[] = [
  { log: 'embedded', idle: 'notify-people-on-order-change' },
  { log: 'redis', idle: 'update-stock-on-stock-change' },
  { log: 'kafka', idle: 'notify-people-on-order-change' },
  { log: 'redis', idle: 'confirm-order-on-placed' },
  { log: 'embedded', idle: 'notify-people-on-order-change' },
]
const DRIVEN = 12

const seed = anySeed()
const replay = `SEED=${seed} repeats it`

describeEngine('redis', '[embedded] a shop', () =>
  describeEngine('kafka', 'that changes its event log', () => {
    test(
      'from embedded to Redis, Kafka, Redis and back, always with work left over',
      async () => {
        const fleet = await fleetOnAll()
        const random = createRandom(seed)
        const server = await fleet.serve()
        const orders = streamOrders(fleet.stage, seed, [server.url])
        const driven = new Set<number>()
        for (const { log, idle } of STAGES) {
          const env = { PETSHOP_EVENT_LOG: log }
          const worker = await fleet.worker({ env, args: ['--except', idle] })
          await orders.more(20)
          for (const order_id of newest(orders.memories, DRIVEN)) {
            await drive(fleet, server.url, order_id)
            driven.add(order_id)
          }
          // This log has brought something to everybody else; now its worker dies in the middle of something.
          await timeToCatchUp(fleet, idle)
          const burst = orders.burst(40)
          await orders.more(random.int(5, 40))
          await worker.kill9()
          await burst
          await orders.more(10)
          expect(await backlogOf(fleet)).toBeGreaterThan(DRIVEN)
        }
        await orders.stop()
        await fleet.worker({ env: { PETSHOP_EVENT_LOG: 'embedded' } })
        await untilAllIsDone(fleet)
        expect(await auditEffects(fleet.store.db, orders.memories), replay).toEqual([])
        expect(await fleet.findings(), replay).toEqual({})
        for (const order_id of driven) {
          expect(await toldOf(fleet, order_id), replay).toEqual([
            'order.confirmed',
            'order.shipped',
            'order.completed',
          ])
        }
      },
      5 * 60_000,
    )
  }),
)

async function fleetOnAll(): Promise<Fleet> {
  const stacks = [await makeStack('sqlite', 'redis'), await makeStack('sqlite', 'kafka')]
  onTestFinished(async () => {
    for (const stack of stacks) await stack.drop()
  })
  const engines = Object.assign({ PETSHOP_EVENT_LOG: 'embedded' }, ...stacks.map(({ env }) => env))
  return makeFleet(engines, { buyers: 4, onHand: [100_000, 100_000, 100_000] })
}

/** Those that were acknowledged last, oldest first. */
function newest(memories: readonly Memory[], count: number): number[] {
  const placed = memories.flatMap(({ outcome }) =>
    outcome === 'unknown' ? [] : (outcome.body.order_id ?? []),
  )
  return placed.slice(-count)
}

/** The owner does it all at once: its events stand close together. */
async function drive({ stage }: Fleet, url: string, order_id: number): Promise<void> {
  const shipment = { carrier: 'SF', tracking_number: String(order_id) }
  for (const [step, body] of [['confirmation'], ['shipment', shipment], ['completion']] as const) {
    const response = await fetch(`${url}/api/orders/${order_id}/${step}`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${stage.owner.token}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    expect([step, response.status, await response.json()]).toMatchObject([step, 200, {}])
  }
}

/** What the order's customer was told, in that order. */
async function toldOf({ store }: Fleet, order_id: number): Promise<string[]> {
  const { user_id } = await store.db
    .selectFrom('orders')
    .select('user_id')
    .where('order_id', '=', order_id)
    .executeTakeFirstOrThrow()
  const rows = await store.db
    .selectFrom('notifications')
    .select(['kind', 'data'])
    .where('user_id', '=', user_id)
    .orderBy('notification_id')
    .execute()
  return rows
    .filter(({ data }) => (JSON.parse(data) as { order_id?: number }).order_id === order_id)
    .map(({ kind }) => kind)
}
