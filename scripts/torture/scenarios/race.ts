// Promise 3: nothing is oversold, however many want the last units, through whichever process, on every store.
import type { Fleet } from '../../../tests/support/fleet.ts'
import type { Account } from '../../../tests/support/load.ts'
import type { Memory } from '../../../tests/support/audit.ts'
import type { Server } from '../../../tests/support/program.ts'
import { openCaller } from '../ask.ts'
import { type Buyers, startBuyers } from '../buyers.ts'
import { openNaiveShop } from '../naive-shop.ts'
import { nth } from '../nth.ts'
import type { Run, Scenario } from '../scenario.ts'
import { closeBooks, databaseOn, endInOrder, openShop, type Settings } from '../scene.ts'

const STORES = ['sqlite', 'mariadb', 'postgres'] as const
type StoreName = (typeof STORES)[number]

const PRODUCTS = 20
const WISHES = 5
const SEVERAL = { copies: 3, mostLines: 5, mostUnits: 2, pauseMs: 0, mostSockets: 100 }

interface Arena {
  readonly fleet: Fleet
  readonly servers: readonly Server[]
  readonly crowds: Buyers[]
}

export const race: Scenario = {
  name: 'race',
  promise: 3,
  title: 'many buyers for the last units, copies of each request going to several processes',
  unit: 'wishes',
  promised: 30_000,
  async run(run) {
    // The more time, the larger the race.
    const large = run.secondsLeft() > 60
    const [people, each] = large ? [400, 50] : [60, 5]
    const arenas = new Map<StoreName, Arena>()
    for (let round = 0; run.goesOn(round, 1); round++) {
      const store = nth(STORES, round)
      const arena = arenas.get(store) ?? (await openArena(run, store, people))
      arenas.set(store, arena)
      await raceOnce(run, arena, { store, round, each })
    }
    for (const { fleet, servers, crowds } of arenas.values()) {
      await closeBooks(run, fleet, crowds, { maySellOut: true })
      await endInOrder(run, servers)
    }
    if (!run.stopped()) await catchNaiveShop(run)
  },
}

async function openArena(run: Run, store: StoreName, people: number): Promise<Arena> {
  const engines: Settings = store === 'sqlite' ? {} : await databaseOn(run, store)
  const fleet = await openShop(run, { buyers: people, onHand: [], engines })
  const servers = await Promise.all([fleet.whole(), fleet.serve()])
  return { fleet, servers, crowds: [] }
}

interface Round {
  readonly store: StoreName
  readonly round: number
  readonly each: number
}

async function raceOnce(run: Run, { fleet, servers, crowds }: Arena, round: Round): Promise<void> {
  const { each } = round
  const urls = servers.map(({ url }) => url)
  const products = await makeProducts(nth(urls, 0), fleet.stage.owner, round)
  run.fault(`a race for ${PRODUCTS * each} units on ${round.store}`)
  const seed = run.seed + round.round
  const people = fleet.stage.buyers
  const crowd = startBuyers({
    ...SEVERAL,
    seed,
    people,
    products,
    orders: WISHES,
    urls: () => urls,
  })
  await crowd.done
  // Somebody takes what is left, piece by piece, and is refused in the end.
  const sweep = startBuyers({
    seed: seed + 1_000_000,
    people: products.map(() => nth(people, 0)),
    products,
    linesOf: (i) => [{ product_id: nth(products, i), quantity: 1 }],
    untilRefused: true,
    urls: () => urls,
    pauseMs: 0,
  })
  await sweep.done
  crowds.push(crowd, sweep)
  const sold = soldOf([...crowd.memories, ...sweep.memories])
  for (const product_id of products.filter((id) => sold.get(id) !== each)) {
    run.record.verdict.oversold++
    run.problem(`product ${product_id} on ${round.store}: sold ${sold.get(product_id)} of ${each}`)
  }
  run.count('wishes', crowd.memories.length)
  run.count(`races on ${round.store}`)
}

/** Units by product, of the orders that were acknowledged. */
function soldOf(memories: readonly Memory[]): Map<number, number> {
  const sold = new Map<number, number>()
  for (const { outcome, lines } of memories) {
    if (outcome === 'unknown' || outcome.status !== 201) continue
    for (const { product_id, quantity } of lines)
      sold.set(product_id, (sold.get(product_id) ?? 0) + quantity)
  }
  return sold
}

async function makeProducts(url: string, owner: Account, { store, round, each }: Round) {
  const caller = openCaller()
  const made = Array.from({ length: PRODUCTS }, async (_, i) => {
    const answer = await caller.ask(url, {
      method: 'POST',
      path: '/api/inventory',
      token: owner.token,
      timeoutMs: 30_000,
      body: {
        sku: `R-${store}-${round}-${i}`,
        product_name: '紧俏货',
        price_cents: 100,
        quantity: each,
      },
    })
    const text = typeof answer === 'string' ? answer : answer.text
    const product_id = /"product_id":(\d+)/.exec(text)?.[1]
    if (product_id === undefined) throw new Error(`no product was made: ${text}`)
    return Number(product_id)
  })
  return Promise.all(made).finally(() => caller.close())
}

/** Break on purpose: it looks first and reserves later. */
async function catchNaiveShop(run: Run): Promise<void> {
  const fleet = await openShop(run, { buyers: 40, onHand: [10, 10, 10, 10], engines: {} })
  const { buyers: people, products, dataDir } = fleet.stage
  const naive = await openNaiveShop(dataDir)
  const options = { seed: run.seed, people, products, urls: () => [naive.url] }
  const crowd = startBuyers({ ...options, mostUnits: 1, pauseMs: 0, orders: 10 })
  await crowd.done
  await crowd.resolve()
  await naive.close()
  const sold = soldOf(crowd.memories)
  const findings = Object.keys(await fleet.findings())
  run.control(
    'naive-shop',
    products.some((id) => (sold.get(id) ?? 0) > 10),
  )
  run.control('naive-shop-doctor', findings.includes('reserved stock is what open orders hold'))
}
