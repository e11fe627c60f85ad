// Shows a worker that does only the sales: killed again and again the days still add up, and nobody's lease is taken.
import { copyFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, test } from 'vitest'
import { createRandom, type Random } from '../../src/demo/random.ts'
import { databasePath } from '../../src/platform/db/store.ts'
import { listGroupStates } from '../../src/platform/events/undone.ts'
import { findingsOf } from '../support/doctor.ts'
import { describeEngine } from '../support/engines/describe.ts'
import { type Account, anySeed, makeStage, placeOrder, type Stage, until } from '../support/load.ts'
import { openFolder } from '../support/open-folder.ts'
import { petshop, type Server, startServer } from '../support/server.ts'
import { makeStack } from '../support/stack.ts'
import { tempDir } from '../support/temp-dir.ts'

const GROUP = 'project-sales-on-order-change'
const CHECK = 'the daily sales are what the orders say'
const ONLY = ['--only', 'sales-projection']
const MINUTES = 60_000

const seed = anySeed()
const replay = `SEED=${seed} repeats it`

let servers: Server[] = []
afterEach(async () => {
  await Promise.all(servers.map((server) => server.kill9()))
  servers = []
})

type Env = Readonly<Record<string, string>>

async function start(
  dataDir: string,
  command: 'serve' | 'worker',
  args: readonly string[] = [],
  env: Env = {},
): Promise<Server> {
  const server = await startServer({ dataDir, command, args, env })
  servers.push(server)
  return server
}

/** Business goes on while the sales' worker is killed, beside the worker for all the rest. @returns the folder */
async function killAgainAndAgain(kills: number, env: Env = {}): Promise<string> {
  const stage = await makeStage(tempDir(), { buyers: 4, onHand: [100_000, 100_000, 100_000] })
  const { dataDir } = stage
  const random = createRandom(seed)
  const shop = await start(dataDir, 'serve', ['--no-worker'], env)
  await start(dataDir, 'worker', ['--except', 'sales-projection'], env)
  const customers = startCustomers(stage, shop.url)
  let interrupted = 0
  for (let kill = 0; kill < kills; kill++) {
    const worker = await start(dataDir, 'worker', ONLY, env)
    const enough = customers.done() + random.int(20, 60)
    await until('there is business', () => customers.done() >= enough)
    await worker.kill9()
    if ((await backlogOf(dataDir)) > 0) interrupted++
  }
  await start(dataDir, 'worker', ONLY, env)
  await customers.stop()
  await until('the sales are counted', async () => (await backlogOf(dataDir)) === 0)

  expect(await wrongDays(dataDir), replay).toEqual([])
  expect(await findingsOf(dataDir), replay).toEqual({})
  // It was a test at all.
  expect(interrupted, replay).toBeGreaterThan(0)
  expect(Math.min(...Object.values(await reversals(dataDir))), replay).toBeGreaterThan(0)
  return dataDir
}

describe('a worker for the sales alone', () => {
  let dataDir: string

  test(
    'is killed while it works, beside the worker for all the rest: every order counts once',
    async () => {
      dataDir = await killAgainAndAgain(5)
    },
    5 * MINUTES,
  )

  test.each([
    ['an order that was counted twice', 'update daily_orders set orders = orders + 1'],
    ['a sale that was lost', 'update daily_sales set units = units - 1 where product_id = 2'],
    ['a refund that was forgotten', 'update daily_orders set refunded_cents = 0'],
  ])('%s would have been seen', async (_what, sql) => {
    const copy = tempDir()
    const source = await openFolder(dataDir)
    await source.checkpoint()
    await source.close()
    copyFileSync(databasePath(dataDir), databasePath(copy))
    const database = new DatabaseSync(databasePath(copy))
    database.exec(sql)
    database.close()
    expect(await wrongDays(copy)).not.toEqual([])
    expect(Object.keys(await findingsOf(copy))).toEqual([CHECK])
  })
})

for (const log of ['redis', 'kafka'] as const) {
  describeEngine(log, 'a worker for the sales alone', () => {
    test(
      'is killed while it works: every order counts once',
      async () => {
        const { env } = await makeStack('sqlite', log)
        await killAgainAndAgain(2, env)
      },
      5 * MINUTES,
    )
  })
}

test(
  'a worker for the sales alone, beside one for everything, does no harm',
  async () => {
    const stage = await makeStage(tempDir(), { buyers: 3, onHand: [100_000, 100_000] })
    const { dataDir } = stage
    const shop = await start(dataDir, 'serve')
    await start(dataDir, 'worker', ONLY)
    const customers = startCustomers(stage, shop.url)
    await until('there is business', () => customers.done() >= 60)
    await customers.stop()
    await until('the sales are counted', async () => (await backlogOf(dataDir)) === 0)
    expect(await wrongDays(dataDir), replay).toEqual([])
    expect(await findingsOf(dataDir), replay).toEqual({})
  },
  2 * MINUTES,
)

test('a worker for the sales alone leaves the relay to the next whole worker', async () => {
  const stage = await makeStage(tempDir(), { buyers: 1, onHand: [100] })
  const { dataDir } = stage
  const shop = await start(dataDir, 'serve', ['--no-worker'])
  const sales = await start(dataDir, 'worker', ONLY)
  expect(sales.output()).toContain('It relays no events')
  const product_id = stage.products[0]!
  await placeOrder(shop.url, stage.buyers[0]!, [{ product_id, quantity: 1 }])
  // Longer than a worker takes to look, and to renew a lease.
  await new Promise((resolve) => setTimeout(resolve, 2500))
  expect(await backlogOf(dataDir)).toBe(1)
  const store = await openFolder(dataDir, { readOnly: true })
  const leases = await store.db.selectFrom('leases').select(['name', 'expires_at']).execute()
  await store.close()
  const held = leases.filter(({ expires_at }) => expires_at > Date.now()).map(({ name }) => name)
  expect(held).toContain(`group ${GROUP}`)
  expect(held).not.toContain('worker')

  await start(dataDir, 'worker', ['--except', 'sales-projection'])
  await until('the sale is counted', async () => (await backlogOf(dataDir)) === 0)
  expect(await wrongDays(dataDir)).toEqual([])
  expect((await reversals(dataDir)).orders).toBe(1)
})

test('wrong sums are counted anew by a command, while the shop is open', async () => {
  const stage = await makeStage(tempDir(), { buyers: 1, onHand: [100] })
  const { dataDir } = stage
  const shop = await start(dataDir, 'serve')
  const order = () =>
    placeOrder(shop.url, stage.buyers[0]!, [{ product_id: stage.products[0]!, quantity: 1 }])
  await order()
  await until('the sale is counted', async () => (await backlogOf(dataDir)) === 0)
  const store = await openFolder(dataDir)
  await store.db.updateTable('daily_orders').set({ orders: 7 }).execute()
  await store.close()
  expect(Object.keys(await findingsOf(dataDir))).toEqual([CHECK])

  const env = { PETSHOP_DATA_DIR: dataDir, PETSHOP_LOG_LEVEL: 'silent' }
  const answer = await petshop(['reports', 'rebuild'], env)
  expect([answer.code, answer.stdout]).toEqual([0, 'The daily sales are counted anew.\n'])
  await order()
  await until('the sale is counted', async () => (await backlogOf(dataDir)) === 0)
  expect(await wrongDays(dataDir)).toEqual([])
  expect(await findingsOf(dataDir)).toEqual({})
})

test('a consumer that there is not ends the worker at once, with the names of those there are', async () => {
  const env = { PETSHOP_DATA_DIR: tempDir() }
  for (const option of ['--only', '--except']) {
    const { code, stdout, stderr } = await petshop(['worker', option, 'sales'], env)
    expect([code, stdout]).toEqual([64, ''])
    expect(stderr).toMatch(/^There is no consumer sales\. There are:\n/)
    expect(stderr).toContain(`\n  sales-projection (${GROUP})\n`)
  }
  const both = await petshop(['worker', ...ONLY, '--except', GROUP], env)
  expect(both.code).toBe(1)
  expect(both.stderr).toContain('cannot be used with')
})

interface Customers {
  /** Orders placed, and taken back, so far. */
  done(): number
  stop(): Promise<void>
}

/** Buyers that order all the time; now and then one cancels, and the owner gives money back. */
function startCustomers(stage: Stage, url: string): Customers {
  let [done, stopped] = [0, false]
  const act = async (who: Account, order_id: number, action: string, body?: object) => {
    const { status } = await fetch(`${url}/api/orders/${order_id}/${action}`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${who.token}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    if (status !== 200) throw new Error(`${action} of order ${order_id}: ${status}`)
    done++
  }
  const buy = async (buyer: Account, random: Random) => {
    while (!stopped) {
      const items = stage.products
        .filter(() => random.chance(0.7))
        .map((product_id) => ({ product_id, quantity: random.int(1, 4) }))
      if (items.length === 0) continue
      const answer = await placeOrder(url, buyer, items)
      if (answer === 'unknown' || answer.status !== 201) throw new Error(JSON.stringify(answer))
      done++
      const id = answer.body.order_id!
      const [refunded, cancelled] = [random.chance(0.3), random.chance(0.3)]
      const cancel = () => act(buyer, id, 'cancellation', { reason: '测试' })
      if (cancelled && !refunded) await cancel()
      if (!refunded) continue
      await act(stage.owner, id, 'payment')
      const cancelFirst = random.chance(0.5)
      if (cancelled && cancelFirst) await cancel()
      await act(stage.owner, id, 'refund')
      if (cancelled && !cancelFirst) await cancel()
    }
  }
  const buying = stage.buyers.map((buyer, i) => buy(buyer, createRandom(seed + i)))
  return {
    done: () => done,
    async stop() {
      stopped = true
      await Promise.all(buying)
    },
  }
}

async function backlogOf(dataDir: string): Promise<number> {
  const store = await openFolder(dataDir, { readOnly: true })
  const groups = await listGroupStates(store.db)
  await store.close()
  return groups.find(({ group }) => group === GROUP)?.backlog ?? Infinity
}

/** What is wrong with the sums, found without any code of the reports. */
async function wrongDays(dataDir: string): Promise<string[]> {
  const database = new DatabaseSync(databasePath(dataDir), { readOnly: true })
  const all = (sql: string) =>
    database
      .prepare(sql)
      .all()
      .map((row) => JSON.stringify(row))
  const day = (column: string) => `date(${column} / 1000 + 8 * 3600, 'unixepoch')`
  const lines = `orders join order_items using (order_id)`
  const sums = (kept: string, refunded: string, by: string) =>
    `select ${by}, sum(orders) as orders, sum(units) as units, sum(cents) as cents, sum(refunded) as refunded
       from (${kept} union all ${refunded}) group by ${by}
       having sum(units) <> 0 or sum(refunded) <> 0 order by ${by}`
  const products = sums(
    `select ${day('created_at')} as day, product_id, 1 as orders, quantity as units,
       quantity * unit_price_cents as cents, 0 as refunded from ${lines} where status <> 'cancelled'`,
    `select ${day('refunded_at')}, product_id, 0, 0, 0, quantity * unit_price_cents
       from ${lines} where status <> 'cancelled' and payment_status = 'refunded'`,
    'day, product_id',
  )
  const days = sums(
    `select ${day('created_at')} as day, 1 as orders,
       (select sum(quantity) from order_items i where i.order_id = orders.order_id) as units,
       total_cents as cents, 0 as refunded from orders where status <> 'cancelled'`,
    `select ${day('refunded_at')}, 0, 0, 0, total_cents
       from orders where status <> 'cancelled' and payment_status = 'refunded'`,
    'day',
  )
  const stored = (table: string, by: string) =>
    `select ${by}, orders, units, revenue_cents as cents, refunded_cents as refunded from ${table}
       where units <> 0 or refunded_cents <> 0 order by ${by}`
  const found = [
    [all(stored('daily_orders', 'day')), all(days)],
    [all(stored('daily_sales', 'day, product_id')), all(products)],
  ].flatMap(([is = [], should = []]) => [
    ...is.filter((row) => !should.includes(row)).map((row) => `wrong: ${row}`),
    ...should.filter((row) => !is.includes(row)).map((row) => `missing: ${row}`),
  ])
  database.close()
  return found
}

async function reversals(
  dataDir: string,
): Promise<{ orders: number; cancelled: number; refunded: number; both: number }> {
  const database = new DatabaseSync(databasePath(dataDir), { readOnly: true })
  const row = database
    .prepare(
      `select count(*) as orders, sum(status = 'cancelled') as cancelled,
         sum(payment_status = 'refunded') as refunded,
         sum(status = 'cancelled' and payment_status = 'refunded') as both from orders`,
    )
    .get()
  database.close()
  return row as Awaited<ReturnType<typeof reversals>>
}
