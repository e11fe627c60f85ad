// Shows that kill -9 at any moment loses no acknowledged order, doubles none, and leaves the books right.
import { copyFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRandom } from '../../src/demo/random.ts'
import { databasePath } from '../../src/platform/db/store.ts'
import { listGroupStates } from '../../src/platform/events/undone.ts'
import { findingsOf } from '../support/doctor.ts'
import { anySeed, makeStage, type Stage, until } from '../support/load.ts'
import { type Server, startServer } from '../support/server.ts'
import { tempDir } from '../support/temp-dir.ts'
import { audit, type Memory, resolveUnknown, startClients } from './history.ts'
import { openFolder } from '../support/open-folder.ts'

const KILLS = 20
const MINUTES = 60_000

const seed = anySeed()
const replay = `SEED=${seed} repeats it`

let stage: Stage
const memories: Memory[] = []

describe('a server that is killed again and again', () => {
  test(
    `${KILLS} kills at random moments under load: nothing lost, nothing doubled`,
    async () => {
      stage = await makeStage(tempDir(), { buyers: 8, onHand: [100_000, 100_000, 300, 40] })
      const random = createRandom(seed)
      let server = await startServer({ dataDir: stage.dataDir })
      const clients = startClients(stage, seed, () => server.url)
      for (let kill = 1; kill <= KILLS; kill++) {
        await somewhereUnderLoad(random, clients.answered)
        await server.kill9()
        // Sometimes the books are looked at before anybody has repaired anything.
        if (kill % 7 === 0) expect(await findingsOf(stage.dataDir), replay).toEqual({})
        server = await startServer({ dataDir: stage.dataDir })
      }
      await somewhereUnderLoad(random, clients.answered)
      await clients.stop()
      const unknown = await resolveUnknown(server.url, clients.memories)
      memories.push(...clients.memories)
      await stopWhenAllIsDone(server)

      expect(await audit(stage.dataDir, memories), replay).toEqual([])
      expect(await findingsOf(stage.dataDir), replay).toEqual({})
      // It was a test at all: orders came, and some were cut off in the middle.
      expect(clients.answered()).toBeGreaterThan(KILLS * 5)
      expect(unknown, replay).toBeGreaterThan(0)
    },
    5 * MINUTES,
  )

  describe('the audit after it', () => {
    let copy: string
    const tamper = (sql: string) => {
      copy = tempDir()
      copyFileSync(databasePath(stage.dataDir), databasePath(copy))
      const database = new DatabaseSync(databasePath(copy), { enableForeignKeyConstraints: false })
      database.exec(sql)
      database.close()
    }

    test.each([
      ['a lost order', 'delete from orders where order_id = ?', /acknowledged and is lost/],
      [
        'an order of another',
        'update orders set user_id = 0 where order_id = ?',
        /not the one that was placed/,
      ],
      [
        'a doubled order',
        `insert into order_items select 999999, line, product_id, product_name, quantity, unit_price_cents
           from order_items where order_id = ?;
         insert into orders select 999999, 'n', 'r', user_id, placed_by, channel, fulfilment, status,
           payment_status, total_cents, note, address, carrier, tracking_number, cancellation_reason,
           created_at, confirmed_at, ready_at, shipped_at, completed_at, cancelled_at, paid_at, refunded_at
           from orders where order_id = ?`,
        /order 999999 is there, and nobody was told/,
      ],
      [
        'a lost event',
        `delete from outbox where type = 'order.placed' and event_key = '?'`,
        /events order.placed/,
      ],
      [
        'an effect that is missing',
        `delete from notifications where kind = 'order.placed' and data like '%"order_id":?,%'`,
        /the owner heard of/,
      ],
      [
        'an effect that came twice',
        `update notifications set event_id = (select event_id from notifications where kind = 'order.placed' limit 1)
           where kind = 'order.placed'`,
        /told the same twice/,
      ],
    ])('sees %s', async (_what, sql, says) => {
      const placed = memories.find(({ outcome }) => outcome !== 'unknown' && outcome.status === 201)
      const outcome = placed?.outcome
      const id = outcome && outcome !== 'unknown' ? outcome.body.order_id : 0
      tamper(sql.replaceAll('?', String(id)))
      expect((await audit(copy, memories)).join('\n')).toMatch(says)
    })
  })
})

describe('workers that are killed again and again', () => {
  let workers: Server[]
  beforeAll(() => {
    workers = []
  })
  afterAll(() => Promise.all(workers.map((worker) => worker.kill9())))

  test(
    'another one goes on at once, and each effect comes once',
    async () => {
      const shop = await makeStage(tempDir(), { buyers: 6, onHand: [100_000, 100_000] })
      const { dataDir } = shop
      const random = createRandom(seed)
      const startWorker = () => startServer({ dataDir, command: 'worker' })
      const server = await startServer({ dataDir, args: ['--no-worker'] })
      workers = await Promise.all([startWorker(), startWorker()])
      const clients = startClients(shop, seed, () => server.url)
      for (let kill = 0; kill < 6; kill++) {
        await somewhereUnderLoad(random, clients.answered)
        const victim = workers.splice(random.int(0, 1), 1)[0]!
        await victim.kill9()
        // The other one goes on before a new one comes.
        const before = await backlog(dataDir)
        await until('the backlog moves', async () => (await backlog(dataDir)).done > before.done)
        workers.push(await startWorker())
      }
      await clients.stop()
      await resolveUnknown(server.url, clients.memories)
      await stopWhenAllIsDone(server)
      expect(await audit(dataDir, clients.memories), replay).toEqual([])
      expect(await findingsOf(dataDir), replay).toEqual({})
    },
    5 * MINUTES,
  )
})

/** After some more answers and a little more: on a slow machine too there is load at that moment. */
async function somewhereUnderLoad(
  random: ReturnType<typeof createRandom>,
  answered: () => number,
): Promise<void> {
  const enough = answered() + random.int(10, 60)
  await until('there is load', () => answered() >= enough)
  await new Promise((resolve) => setTimeout(resolve, random.between(0, 20)))
}

async function backlog(dataDir: string): Promise<{ done: number; waiting: number }> {
  const store = await openFolder(dataDir, { readOnly: true })
  const places = await store.db.selectFrom('consumer_groups').select('position').execute()
  const groups = await listGroupStates(store.db)
  await store.close()
  return {
    done: places.reduce((sum, { position }) => sum + position, 0),
    waiting: groups.reduce((sum, group) => sum + group.backlog, 0),
  }
}

async function stopWhenAllIsDone(server: Server): Promise<void> {
  await until('all events are done', async () => (await backlog(server.dataDir)).waiting === 0)
  expect(await server.stop()).toEqual({ code: 0, signal: null })
}
