// Shows that a restored shop and a broker that has gone on without it agree: nothing lost, nothing twice, nothing undead.
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openCore } from '../../src/app.ts'
import { readConfig } from '../../src/platform/config.ts'
import { createLog } from '../../src/platform/logging.ts'
import { describeEngine } from '../support/engines/describe.ts'
import { type Account, placeOrder, type Stage, until } from '../support/load.ts'
import { petshop } from '../support/server.ts'
import { makeStack } from '../support/stack.ts'
import { tempDir } from '../support/temp-dir.ts'
import { auditEffects, type Memory } from '../support/audit.ts'
import { backlogOf, type Fleet, timeToCatchUp, untilAllIsDone } from '../support/fleet.ts'
import { makeFleet } from './fleet.ts'
import { openFolder } from '../support/open-folder.ts'

/** Its events are in the broker when the backup is made, and done and acknowledged afterwards. */
const LATE = 'notify-people-on-order-change'
/** It never gets to the events that are lost with the restore: the broker still has them. */
const IDLE = 'update-stock-on-stock-change'

for (const log of ['redis', 'kafka'] as const) {
  describeEngine(log, `[${log}] a shop that is restored`, () => {
    test(
      'twice, while its broker goes on, has exactly what its own orders lead to',
      async () => {
        const stack = await makeStack('sqlite', log)
        onTestFinished(stack.drop)
        const fleet = await makeFleet(stack.env, { buyers: 3, onHand: [10_000, 10_000] })
        const file = join(tempDir(), 'backup.db')
        // Whoever has the file open keeps it from being replaced; one that was never used isn't closed.
        await fleet.store.ping()
        await fleet.store.close()

        const first = await atWork(fleet, LATE, 8)
        await timeToCatchUpAndStop(fleet, first, LATE)
        expect(await petshop(['backup', file], fleet.env)).toMatchObject({ code: 0 })

        const lost: Memory[] = []
        for (let round = 0; round < 2; round++) {
          // What the backup had left over is done now, and what comes is left over for others.
          const gone = await atWork(fleet, IDLE, 12 + round)
          await timeToCatchUpAndStop(fleet, gone, IDLE)
          lost.push(...gone.memories)
          const done = await petshop(['restore', file, '--force'], fleet.env)
          expect(done.code, done.stderr).toBe(0)
          await logInAgain(fleet)
        }

        const shop = { ...fleet, store: await openFolder(fleet.stage.dataDir, { readOnly: true }) }
        onTestFinished(() => shop.store.close())
        const last = await atWork(shop, null, 9)
        await untilAllIsDone(shop)
        const memories = [...first.memories, ...last.memories]
        expect(await auditEffects(shop.store.db, memories)).toEqual([])
        expect(await shop.findings()).toEqual({})
        // What people have on paper names one order.
        const ids = [...memories, ...lost].map(orderIdOf)
        expect(new Set(ids).size).toBe(ids.length)
      },
      3 * 60_000,
    )
  })
}

interface Work {
  readonly memories: readonly Memory[]
  stop(): Promise<void>
}

/** A server and a worker for all groups but one, and so many orders. */
async function atWork(fleet: Fleet, except: string | null, orders: number): Promise<Work> {
  const server = await fleet.serve()
  const worker = await fleet.worker({ args: except === null ? [] : ['--except', except] })
  const memories: Memory[] = []
  for (let i = 0; i < orders; i++) memories.push(await order(fleet.stage, server.url, i))
  return {
    memories,
    async stop() {
      await worker.stop()
      await server.stop()
    },
  }
}

async function order({ buyers, products }: Stage, url: string, i: number): Promise<Memory> {
  const buyer = buyers[i % buyers.length]!
  const lines = [{ product_id: products[i % products.length]!, quantity: 1 + (i % 3) }]
  const outcome = await placeOrder(url, buyer, lines)
  expect(outcome).toMatchObject({ status: 201 })
  return { key: String(i), buyer, lines, outcome }
}

function orderIdOf({ outcome }: Memory): number {
  return outcome === 'unknown' ? 0 : (outcome.body.order_id ?? 0)
}

async function timeToCatchUpAndStop(fleet: Fleet, work: Work, but: string): Promise<void> {
  const store = await openFolder(fleet.stage.dataDir, { readOnly: true })
  try {
    await timeToCatchUp({ ...fleet, store }, but)
    await until('they have been confirmed', async () => {
      const pending = store.db
        .selectFrom('orders')
        .select('order_id')
        .where('status', '=', 'pending')
      return (await pending.execute()).length === 0
    })
    await timeToCatchUp({ ...fleet, store }, but)
    expect(await backlogOf({ ...fleet, store })).toBeGreaterThan(0)
  } finally {
    await store.close()
  }
  await work.stop()
}

/** The restored shop knows nobody's session any more. */
async function logInAgain({ env, stage }: Fleet): Promise<void> {
  const settings = { ...env, PETSHOP_EVENT_LOG: 'embedded', REDIS_URL: '', KAFKA_BROKERS: '' }
  const app = await openCore({ config: readConfig(settings), log: createLog('silent') })
  const now = app.core.clock.now()
  const enter = (account: Account, role: 'owner' | 'customer') =>
    app.core.store.transaction(async (trx) => {
      const { user_id } = account
      const cause = { actor_id: user_id, request_id: null, now }
      const device = { user_agent: 'test', address: '127.0.0.1' }
      const { token } = await app.users.openSession(trx, { user_id, role }, device, cause)
      Object.assign(account, { token })
    })
  for (const buyer of stage.buyers) await enter(buyer, 'customer')
  await enter(stage.owner, 'owner')
  await app.close()
}
