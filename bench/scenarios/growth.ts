// Does the shop stay fast as it grows? The same loads on a file with 1,000,000 orders and 100,000 products, and on one
// with 2,000 products and no past, in turns. Of the large catalogue's lines 9 of 10 are for the 2,000 products that
// everybody buys; "any product" is the harsher variant where each line is for any of the 100,000.
// Goal: orders/s at least 90 % of the empty shop's, and the lists' p99 at most 1.5 times as long.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { largeShop } from '../lib/large-shop.ts'
import { orders, ordersAsBought, path, warmUp } from '../lib/loads.ts'
import { placeFor } from '../lib/placing.ts'
import {
  alternate,
  type Bench,
  type Goal,
  type Load,
  type Sample,
  type Scenario,
  type Shop,
} from '../lib/scenario.ts'

const LISTS = {
  'list of products': '/api/inventory?limit=20',
  "list of a customer's orders": '/api/orders?limit=20',
  'list of all orders (staff)': '/api/orders?limit=20',
} as const
type List = keyof typeof LISTS

const GOALS: readonly Goal[] = [
  { row: 'orders', of: 'ratio', least: 0.9 },
  ...Object.keys(LISTS).map((row) => ({ row, of: 'p99_to_empty', most: 1.5 })),
]
const CONNECTIONS = 64
const READERS = 50
const MOST_FILLS = 30

interface Pair {
  readonly empty: Shop
  readonly grown: Shop
}

export const scenario: Scenario = {
  name: 'growth',
  question: 'How fast is a shop with a long past and a large catalogue, beside an empty one?',
  goals: GOALS,
  async run(bench) {
    const large = await largeShop(bench)
    bench.note(`The grown shop: ${large.how}`)
    const grown = await bench.startShop({ from: large.dataDir, products: large.products })
    const pair: Pair = { empty: await bench.startShop(), grown }
    await measureOrders(bench, pair)
    for (const shop of [pair.empty, pair.grown]) await fillLists(bench, shop)
    for (const list of Object.keys(LISTS) as List[]) await measureList(bench, list, pair)
  },
}

async function measureOrders(bench: Bench, { empty, grown }: Pair): Promise<void> {
  const seconds = bench.seconds(6)
  const place = async (shop: Shop, load: Load) => {
    await Promise.all([empty.settled(), grown.settled()])
    return placeFor(bench, shop, CONNECTIONS, seconds, load)
  }
  for (const shop of [empty, grown]) await warmUp(bench, shop, ordersAsBought(shop, CONNECTIONS, 1))
  const samples = await alternate(bench.repetitions(3), {
    empty: () => place(empty, orders(empty, CONNECTIONS, seconds)),
    bought: () => place(grown, ordersAsBought(grown, CONNECTIONS, seconds)),
    any: () => place(grown, orders(grown, CONNECTIONS, seconds)),
  })
  const against = { name: 'the same in the empty shop', samples: samples.empty }
  bench.row({ name: 'orders', unit: 'orders', samples: samples.bought, against })
  bench.row({ name: 'orders of any product', unit: 'orders', samples: samples.any, against })
  bench.row({ name: 'orders, empty shop', unit: 'orders', samples: samples.empty })
}

/** A list that isn't full would be cheaper: those who read lists have ordered 40 times each, so 20 at least. */
async function fillLists(bench: Bench, shop: Shop): Promise<void> {
  const file = join(bench.folder, `readers-${shop.pid}`)
  const readers = shop.customers.slice(0, READERS)
  writeFileSync(file, readers.map((c) => `${c.token}\t${c.user_id}\n`).join(''))
  for (let i = 0, placed = 0; placed < READERS * 40 && i < MOST_FILLS; i++) {
    const load = ordersAsBought(shop, CONNECTIONS, 1)
    placed += (await bench.drive(shop, { ...load, args: { ...load.args, tokens: file } })).count
  }
}

async function measureList(bench: Bench, name: List, { empty, grown }: Pair): Promise<void> {
  const seconds = bench.seconds(4)
  const load = (shop: Shop) =>
    path(shop, LISTS[name], CONNECTIONS, seconds, tokensFor(bench, name, shop))
  await Promise.all([empty.settled(), grown.settled()])
  for (const shop of [empty, grown]) await warmUp(bench, shop, load(shop))
  const samples = await alternate(bench.repetitions(3), {
    empty: () => bench.drive(empty, load(empty)),
    grown: () => bench.drive(grown, load(grown)),
  })
  const against = { name: 'the same in the empty shop', samples: samples.empty }
  bench.row({ name, unit: 'reads', samples: withRatios(samples.grown, samples.empty), against })
  bench.row({ name: `${name}, empty shop`, unit: 'reads', samples: samples.empty })
}

/** Each repetition's p99, to that of the empty shop right before or after it. */
function withRatios(grown: readonly Sample[], empty: readonly Sample[]): Sample[] {
  return grown.map((sample, i) => {
    const base = empty[i]?.p99_ms ?? 0
    return base > 0 ? { ...sample, more: { p99_to_empty: (sample.p99_ms ?? 0) / base } } : sample
  })
}

/** A file for wrk, of those who read the list. */
function tokensFor(bench: Bench, name: List, shop: Shop): string {
  if (name === 'list of products') return shop.tokensFile
  if (name === "list of a customer's orders") return join(bench.folder, `readers-${shop.pid}`)
  const file = join(bench.folder, `staff-${shop.pid}`)
  const { clerk1, clerk2 } = shop.staff
  writeFileSync(file, [clerk1, clerk2].map((a) => `${a.token}\t${a.user_id}\n`).join(''))
  return file
}
