// Owns measuring orders beside the bare server in turns: the same for one connection and for many.
import { orders, warmUp } from './loads.ts'
import { grownMean } from './metrics.ts'
import { alternate, type Bench, type Sample, type Shop } from './scenario.ts'

export async function measureOrders(
  bench: Bench,
  name: string,
  connections: number,
  own: { readonly seconds: number; readonly repetitions: number },
): Promise<void> {
  const shop = await bench.startShop()
  const bare = await bench.startBare('http')
  const seconds = bench.seconds(own.seconds)
  for (const target of [shop, bare]) await warmUp(bench, target, orders(shop, connections, 1))
  const samples = await alternate(bench.repetitions(own.repetitions), {
    shop: async () => {
      await shop.settled()
      return placeFor(bench, shop, connections, seconds)
    },
    bare: async () => {
      // Consumers that still work would take the bare server's CPU.
      await shop.settled()
      return bench.drive(bare, orders(shop, connections, seconds))
    },
  })
  const against = { name: 'bare node:http', samples: samples.bare }
  bench.row({ name, unit: 'orders', samples: samples.shop, against })
}

/** With what was left to do for the consumers, and how many orders shared a commit. */
export async function placeFor(
  bench: Bench,
  shop: Shop,
  connections: number,
  seconds: number,
  load = orders(shop, connections, seconds),
): Promise<Sample> {
  const before = await shop.metrics()
  const sample = await bench.drive(shop, load)
  const backlog_left = await shop.backlog()
  const batch = grownMean(before, await shop.metrics(), 'petshop_order_batch_size')
  return { ...sample, more: { backlog_left, ...(batch !== null && { orders_a_commit: batch }) } }
}
