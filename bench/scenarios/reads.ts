// How much of what HTTP can do at all do the reads reach that everybody makes? A bare Fastify route answers the same
// bytes in the same run, without looking at who asks.
// Goal: at least 50 % of it each, stretch 70 %; quantities never come from a cache.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { path, products, warmUp } from '../lib/loads.ts'
import {
  alternate,
  type Bench,
  type Goal,
  type Load,
  type Scenario,
  type Shop,
} from '../lib/scenario.ts'

const ROWS = ['product by id', 'list of 20', 'order by id'] as const
const GOALS: readonly Goal[] = ROWS.map((row) => ({ row, of: 'ratio', least: 0.5, stretch: 0.7 }))
const CONNECTIONS = 64
const ORDERS = 300
const LIST = '/api/inventory?limit=20'

export const scenario: Scenario = {
  name: 'reads',
  question: 'How fast are a product, a list of 20 products and an order read, beside a bare route?',
  goals: GOALS,
  async run(bench) {
    const shop = await bench.startShop()
    const orderIds = await placeOrders(shop)
    await shop.settled()
    const rowsFile = join(bench.folder, 'orders')
    writeFileSync(rowsFile, orderIds.map((id, i) => `${tokenOf(shop, i)}\t${id}\n`).join(''))
    const bare = await bench.startBare('fastify', [
      { path: '/api/inventory/:product_id', body: await bytesOf(shop, '/api/inventory/1') },
      { path: '/api/inventory', body: await bytesOf(shop, LIST) },
      { path: '/api/orders/:order_id', body: await bytesOf(shop, `/api/orders/${orderIds[0]}`) },
    ])
    const seconds = bench.seconds(5)
    const loads: Record<(typeof ROWS)[number], () => Load> = {
      'product by id': () => products(shop, CONNECTIONS, seconds),
      'list of 20': () => path(shop, LIST, CONNECTIONS, seconds),
      'order by id': () => ({
        script: 'own',
        connections: CONNECTIONS,
        seconds,
        args: { rows: rowsFile, path: '/api/orders/' },
      }),
    }
    for (const name of ROWS) await measure(bench, name, { shop, bare }, loads[name])
  },
}

async function measure(
  bench: Bench,
  name: string,
  { shop, bare }: { shop: Shop; bare: Awaited<ReturnType<Bench['startBare']>> },
  load: () => Load,
): Promise<void> {
  for (const target of [shop, bare]) await warmUp(bench, target, load())
  const samples = await alternate(bench.repetitions(3), {
    shop: () => bench.drive(shop, load()),
    bare: () => bench.drive(bare, load()),
  })
  const against = { name: 'a bare Fastify route of the same bytes', samples: samples.bare }
  bench.row({ name, unit: 'reads', samples: samples.shop, against })
}

/** Of customer i; there are fewer orders than customers. */
async function placeOrders(shop: Shop): Promise<number[]> {
  const ids: number[] = []
  for (let i = 0; i < ORDERS; i++) {
    const items = [0, 1, 2].map((k) => ({
      product_id: 1 + ((i * 7 + k * 101) % shop.products),
      quantity: 1,
    }))
    const response = await fetch(`${shop.url}/api/orders`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokenOf(shop, i)}`, 'content-type': 'application/json' },
      body: JSON.stringify({ user_id: shop.customers[i]?.user_id, items }),
    })
    const { order_id } = (await response.json()) as { order_id?: number }
    if (order_id === undefined) throw new Error(`an order was answered ${response.status}`)
    ids.push(order_id)
  }
  return ids
}

/** As customer 0 gets it. */
async function bytesOf(shop: Shop, address: string): Promise<string> {
  const response = await fetch(`${shop.url}${address}`, {
    headers: { authorization: `Bearer ${tokenOf(shop, 0)}` },
  })
  if (!response.ok) throw new Error(`${address} was answered ${response.status}`)
  return response.text()
}

function tokenOf(shop: Shop, i: number): string {
  return shop.customers[i % shop.customers.length]?.token ?? ''
}
