// What happens when far more orders come than the shop can take, and nobody does the work behind them?
// Goal: 10,000 orders/s offered for 60 s with consumers paused: at most 1 GiB, every answer 201, 429 or 503 with
// Retry-After; then the backlog is worked off at 10,000 deliveries/s or more, and the doctor finds nothing.
import { drainWith } from '../load/backlog.ts'
import { askDoctor } from '../load/doctor.ts'
import { possibleConnections } from '../load/file-limit.ts'
import { offerOrders, startOrderer } from '../load/orders.ts'
import type { OrdersDone } from '../load/orders-process.ts'
import { peakMib, resetPeak, residentMib } from '../lib/process-state.ts'
import type { Bench, Sample, Scenario, Shop } from '../lib/scenario.ts'

const PER_SECOND = 10_000
/** More than the shop lets wait (PETSHOP_ORDER_QUEUE is 2,000): some have to be refused. */
const CONNECTIONS = 3000
/** A customer who finds no free connection for so long goes away. */
const PATIENCE_MS = 2000
const DRAIN_SECONDS = 600
const LOOK_MS = 500

export const scenario: Scenario = {
  name: 'burst',
  question:
    'Does the shop stand 10,000 orders/s offered with consumers paused, and catch up afterwards?',
  goals: [
    { row: 'burst', of: 'all_processes_mib', most: 1024 },
    { row: 'burst', of: 'failed', most: 0 },
    { row: 'burst', of: 'without_retry_after', most: 0 },
    { row: 'drained afterwards', of: 'rate', least: 10_000 },
    { row: 'drained afterwards', of: 'all_processes_mib', most: 1024 },
  ],
  async run(bench) {
    const shop = await bench.startShop({ args: ['--no-worker'] })
    bench.row({ name: 'burst', unit: 'orders', samples: [await burst(bench, shop)] })
    bench.row({
      name: 'drained afterwards',
      unit: 'deliveries',
      samples: [await drainAll(bench, shop)],
    })
    bench.note(`the doctor: ${await askDoctor(bench, shop)}`)
  },
}

async function burst(bench: Bench, shop: Shop): Promise<Sample> {
  const { count, warning } = possibleConnections(CONNECTIONS)
  if (warning !== null) bench.note(warning)
  const orderer = startOrderer(bench)
  const pace = { perSecond: PER_SECOND, seconds: bench.seconds(60) }
  bench.say(`${PER_SECOND} orders/s are offered for ${pace.seconds} s`)
  const { done, sample } = await offerOrders(orderer, shop, {
    connections: count,
    pace,
    patienceMs: PATIENCE_MS,
  })
  bench.series(
    'burst',
    done.seconds.map((second) => ({ ...second })),
  )
  bench.note(inWords(done))
  return {
    ...sample,
    more: {
      offered: done.come,
      found_no_connection: done.gone,
      without_retry_after: done.withoutRetryAfter,
      // The shop is the only one: whoever measures it doesn't count.
      all_processes_mib: sample.peak_mib ?? 0,
    },
  }
}

function inWords({ answers }: OrdersDone): string {
  const counts = Object.entries(answers).map(([status, count]) => {
    return `${status === '0' ? 'broken connections' : status}: ${count}`
  })
  return `answers: ${counts.join(', ')}`
}

async function drainAll(bench: Bench, shop: Shop): Promise<Sample> {
  resetPeak(shop.pid)
  const points: { t: number; deliveries: number; shop_mib: number; worker_mib: number }[] = []
  let worker_peak_mib = 0
  const sample = await drainWith(bench, shop, {
    withinSeconds: DRAIN_SECONDS,
    lookMs: LOOK_MS,
    onLook(t, deliveries, pid) {
      const [shop_mib, worker_mib] = [residentMib(shop.pid), residentMib(pid)]
      points.push({ t, deliveries, shop_mib, worker_mib })
      worker_peak_mib = peakMib(pid)
    },
  })
  bench.series('drain', points)
  const shop_peak_mib = peakMib(shop.pid)
  return {
    ...sample,
    more: { shop_peak_mib, worker_peak_mib, all_processes_mib: shop_peak_mib + worker_peak_mib },
  }
}
