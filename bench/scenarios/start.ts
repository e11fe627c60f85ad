// How long after its start is the shop ready, and how much memory does it hold when it has nothing to do? The file is
// warm: it has been read since the machine started.
// Goal: ready within 1.5 s with 1,000,000 orders; at most 160 MiB, 10 s after the start.
import { setTimeout as pause } from 'node:timers/promises'
import { largeShop } from '../lib/large-shop.ts'
import { residentMib } from '../lib/process-state.ts'
import type { Bench, Goal, Sample, Scenario, Shop } from '../lib/scenario.ts'

const EMPTY = '2,000 products, no orders'
const GROWN = 'the grown shop'
const GOALS: readonly Goal[] = [
  { row: GROWN, of: 'ready_ms', most: 1500 },
  { row: EMPTY, of: 'idle_mib', most: 160 },
  { row: GROWN, of: 'idle_mib', most: 160 },
]
const IDLE_MS = 10_000

export const scenario: Scenario = {
  name: 'start',
  question: 'How long until the shop is ready, and how much memory does it hold when idle?',
  goals: GOALS,
  async run(bench) {
    const empty = await bench.startShop()
    await measure(bench, EMPTY, empty)
    await empty.stop()
    const large = await largeShop(bench)
    bench.note(`The grown shop: ${large.how}`)
    const grown = await bench.startShop({ from: large.dataDir, products: large.products })
    await measure(bench, GROWN, grown)
  },
}

async function measure(bench: Bench, name: string, shop: Shop): Promise<void> {
  const samples: Sample[] = []
  for (let i = 0; i < bench.repetitions(3); i++) {
    await shop.restart()
    const seconds = shop.readyMs / 1000
    await pause(IDLE_MS)
    const more = { ready_ms: shop.readyMs, idle_mib: residentMib(shop.pid) }
    samples.push({ count: 1, seconds, rate: 1 / seconds, more })
    bench.say(`${name}: ready in ${Math.round(shop.readyMs)} ms`)
  }
  bench.row({ name, unit: 'starts', samples })
}
