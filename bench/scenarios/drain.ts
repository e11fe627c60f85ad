// How fast does the background work catch up with what has piled up?
// Goal: at least 10,000 deliveries/s (one event to one group, with its effects), from the embedded log and from Redis.
import { drainWith } from '../load/backlog.ts'
import { openKafka, openRedisServer, openStores, type Settings } from '../load/engines.ts'
import { offerOrders, startOrderer } from '../load/orders.ts'
import { alternate, type Bench, type Sample, type Scenario } from '../lib/scenario.ts'

const ORDERS = 10_000
const CONNECTIONS = 64
const WITHIN_SECONDS = 300
const LOOK_MS = 50

export const scenario: Scenario = {
  name: 'drain',
  question: 'How many deliveries of a backlog are done in a second, with their effects?',
  goals: [
    { row: 'embedded log into SQLite', of: 'rate', least: 10_000 },
    { row: 'Redis into SQLite', of: 'rate', least: 10_000 },
  ],
  async run(bench) {
    const orderer = startOrderer(bench)
    const turns: Record<string, () => Promise<Sample>> = {}
    for (const [name, env] of Object.entries(await stacks(bench))) {
      const shop = await bench.startShop({ args: ['--no-worker'], env })
      turns[name] = async () => {
        const pace = { perSecond: 1e6, seconds: ORDERS / 1e6 }
        const offer = { connections: CONNECTIONS, pace, patienceMs: null }
        const { failed } = (await offerOrders(orderer, shop, offer)).sample
        const options = { env, withinSeconds: WITHIN_SECONDS, lookMs: LOOK_MS }
        const sample = await drainWith(bench, shop, options)
        bench.say(`${name}: ${Math.round(sample.rate)} deliveries/s`)
        return { ...sample, failed }
      }
    }
    const samples = await alternate(bench.repetitions(3), turns)
    for (const [name, list] of Object.entries(samples)) {
      bench.row({ name, unit: 'deliveries', samples: list })
    }
  },
}

/** Every one has its own store: a backlog is its shop's own. */
async function stacks(bench: Bench): Promise<Record<string, Settings>> {
  const stores = openStores(bench)
  const logs: Record<string, ((prefix: string) => Settings) | null> = {
    'embedded log': () => ({}),
    Redis: await openRedisServer(bench),
    Kafka: await openKafka(bench),
  }
  const list: Record<string, Settings> = {}
  for (const store of ['SQLite', 'PostgreSQL'] as const) {
    for (const [log, settings] of Object.entries(logs)) {
      if (settings === null) continue
      list[`${log} into ${store}`] = {
        ...(await stores[store].settings()),
        ...settings(`${store}-`),
      }
    }
  }
  return list
}
