// How much of what is read comes from the cache when most look at the same few products, and does it ever lie?
// Goal: no quantity older than the order before it; the rest is a figure, not a goal.
import { openRedisServer } from '../load/engines.ts'
import { countStale } from '../load/freshness.ts'
import { type Metrics, sumOf } from '../lib/metrics.ts'
import { alternate, type Bench, type Sample, type Scenario, type Shop } from '../lib/scenario.ts'

const CONNECTIONS = 64
/** 90 % of the reads are of 5 % of the products. */
const HOT_SHARE = 0.9
const HOT_PRODUCTS = 0.05
/** Orders whose quantities are looked at, while others read the same products. */
const ORDERS = 100

export const scenario: Scenario = {
  name: 'cache',
  question: 'How many reads come from the cache (90 % of them of 5 % of the products)?',
  goals: [
    { row: 'with Redis', of: 'stale', most: 0 },
    { row: 'without Redis', of: 'stale', most: 0 },
  ],
  async run(bench) {
    const redis = await openRedisServer(bench)
    const shops = {
      with: await bench.startShop({ env: redis('cache-') }),
      without: await bench.startShop(),
    }
    const samples = await alternate(bench.repetitions(3), {
      with: () => readAndLook(bench, shops.with),
      without: () => readAndLook(bench, shops.without),
    })
    const without = { name: 'without Redis', samples: samples.without }
    bench.row({ name: 'with Redis', unit: 'reads', samples: samples.with, against: without })
    bench.row({ ...without, unit: 'reads' })
    bench.note('stale: quantities read after an order’s answer that were not those after it.')
  },
}

let seed = 0

async function readAndLook(bench: Bench, shop: Shop): Promise<Sample> {
  const before = await shop.metrics()
  const [sample, stale] = await Promise.all([
    bench.drive(shop, {
      script: 'product',
      connections: CONNECTIONS,
      seconds: bench.seconds(6),
      args: {
        tokens: shop.tokensFile,
        products: shop.products,
        seed: ++seed,
        hot: Math.ceil(shop.products * HOT_PRODUCTS),
        share: HOT_SHARE,
      },
    }),
    countStale(shop, ORDERS),
  ])
  const after = await shop.metrics()
  return {
    ...sample,
    more: {
      product_hits_percent: hitsBetween(before, after, 'product'),
      session_hits_percent: hitsBetween(before, after, 'session'),
      stale,
    },
  }
}

/** 0 when nothing was asked. */
function hitsBetween(before: Metrics, after: Metrics, cache: string): number {
  const grown = (labels: Record<string, string>) =>
    sumOf(after, 'petshop_cache_reads_total', { cache, ...labels }) -
    sumOf(before, 'petshop_cache_reads_total', { cache, ...labels })
  const all = grown({})
  return all === 0 ? 0 : (grown({ outcome: 'hit' }) / all) * 100
}
