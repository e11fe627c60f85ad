// Shows that the past is taken into the daily sales exactly, while the shop goes on and events find their places.
import type { KyselyPlugin } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRandom, type Random } from '../../src/demo/random.ts'
import type { Caller } from '../../src/lib/cause.ts'
import { moveOrder, type Transition } from '../../src/modules/orders/index.ts'
import type { Trx } from '../../src/platform/db/store.ts'
import type { Consumer } from '../../src/platform/events/consumer.ts'
import { drain } from '../../src/platform/events/drain.ts'
import { registerGroups, remakeGroup } from '../../src/platform/events/progress.ts'
import { describeStores } from '../support/describe-stores.ts'
import { anySeed, until } from '../support/load.ts'
import { type Process, type Processes, startProcesses } from './processes.ts'

const GROUP = 'project-sales-on-order-change'
const ROUNDS = 3
const seed = anySeed()

describeStores('a past that is taken in', (fresh, store) => {
  let processes: Processes
  let owner: Caller
  let products: number[]
  beforeAll(async () => {
    processes = await startProcesses(fresh)
    const { app } = processes.all[0]
    const account = {
      username: 'owner',
      email: 'o@example.com',
      password: null,
      role: 'owner',
    } as const
    const [user_id = 0] = await app.users.createUsersBulk([account], processes.now())
    owner = { user_id, username: 'owner', role: 'owner', session_id: 0 }
    products = await app.inventory.createProducts(
      cause(),
      [1, 2, 3].map((i) => ({
        sku: `P-${i}`,
        product_name: `商品${i}`,
        price_cents: 100 * i,
        quantity: 100_000,
      })),
    )
  })
  afterAll(() => processes.close())

  const cause = () => ({ actor_id: null, request_id: null, now: processes.now() })

  /** Orders, cancels and gives money back until it is told to stop. */
  async function doBusiness({ app, store: own }: Process, random: Random, isOver: () => boolean) {
    for (; !isOver(); await breath()) {
      const items = [{ product_id: random.pick(products), quantity: random.int(1, 3) }]
      const order = { user_id: owner.user_id, items }
      const { order_id } = await app.orders.placements.place(owner, cause(), null, order)
      const act = (transition: Transition) => moveOrder(own, owner, cause(), order_id, transition)
      const steps: Transition[] = []
      if (random.chance(0.4)) steps.push({ action: 'payment' }, { action: 'refund' })
      // What is cancelled cannot be paid any more.
      const place = Math.min(steps.length, random.int(1, 2))
      if (random.chance(0.4)) steps.splice(place, 0, { action: 'cancellation', reason: 'x' })
      for (const step of steps) await act(step)
    }
  }

  /** While the shop goes on, and one process relays and applies events to these groups. */
  async function amidBusiness(
    seller: Process,
    worker: Process,
    consumers: readonly Consumer[],
    random: Random,
    work: () => Promise<void>,
  ): Promise<void> {
    let isOver = false
    const meanwhile = Promise.all([
      ...[1, 2].map(() => doBusiness(seller, random, () => isOver)),
      (async () => {
        for (; !isOver; await breath()) await drain(worker.core, consumers)
      })(),
    ])
    try {
      const before = await countOrders(worker)
      await until('there are orders', async () => (await countOrders(worker)) > before + 5)
      await work()
    } finally {
      isOver = true
      await meanwhile
    }
  }

  test.each(['a new group', 'a group that is made anew while it works'])(
    'counts every order once: %s',
    async (what) => {
      const isNew = what === 'a new group'
      const [taker, seller, worker] = processes.all
      const sales = consumersOf(taker).find(({ name }) => name === GROUP)!
      // SERIALIZABLE lets nobody take long who meets others: they, or this, would begin again for ever.
      const isSlow = store !== 'postgres-serializable'
      const slow: Consumer = {
        ...sales,
        begin: (trx) => sales.begin!(isSlow ? slowed(trx) : trx),
      }
      const working = consumersOf(worker).filter(({ name }) => !isNew || name !== GROUP)
      for (let round = 0; round < ROUNDS; round++) {
        let added = 0
        await amidBusiness(seller, worker, working, createRandom(seed + round), async () => {
          if (isNew) await forgetGroup(taker)
          const before = await countOrders(taker)
          if (isNew) await registerGroups(taker.store, [slow])
          else await remakeGroup(taker.store, slow)
          added = (await countOrders(taker)) - before
        })
        await processes.settle()
        expect(await processes.findings(), `SEED=${seed} repeats it`).toEqual([])
        // It was a test at all; SQLite's other writers wait.
        if (store !== 'sqlite' && isSlow) expect(added).toBeGreaterThan(0)
      }
    },
  )
})

/** On SQLite nothing waits for anything: the other loops would never have their turn. */
const breath = () => new Promise((resolve) => setTimeout(resolve, 5))

const consumersOf = ({ app }: Process) => app.modules.flatMap((module) => module.consumers)

async function countOrders({ store }: Process): Promise<number> {
  const row = await store.db
    .selectFrom('orders')
    .select((eb) => eb.fn.countAll().as('orders'))
    .executeTakeFirstOrThrow()
  return Number(row.orders)
}

async function forgetGroup({ store }: Process): Promise<void> {
  await store.transaction(async (trx) => {
    await trx.deleteFrom('consumer_groups').where('group_name', '=', GROUP).execute()
    await trx.deleteFrom('applied_events').where('group_name', '=', GROUP).execute()
  })
}

/** Much happens between any two of its statements. */
function slowed(trx: Trx): Trx {
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      await new Promise((resolve) => setTimeout(resolve, 40))
      return result
    },
  }
  return trx.withPlugin(plugin)
}
