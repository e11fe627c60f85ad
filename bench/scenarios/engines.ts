// How many orders does a shop take on a database server, beside one on SQLite in the same run?
// Goal: at least 4,000 orders/s each on MariaDB and on PostgreSQL, 64 connections, every commit on the disk.
import { openStores } from '../load/engines.ts'
import { alternate, type Sample, type Scenario } from '../lib/scenario.ts'

const CONNECTIONS = 64
const WARM_UP_SECONDS = 2

export const scenario: Scenario = {
  name: 'engines',
  question: 'How many orders of 3 lines does a shop take from 64 connections on each database?',
  goals: [
    { row: 'MariaDB', of: 'rate', least: 4000 },
    { row: 'PostgreSQL', of: 'rate', least: 4000 },
  ],
  async run(bench) {
    const stores = openStores(bench)
    const turns: Record<string, () => Promise<Sample>> = {}
    let seed = 0
    for (const [name, database] of Object.entries(stores)) {
      const shop = await bench.startShop({ env: await database.settings() })
      const drive = (seconds: number) =>
        bench.drive(shop, {
          script: 'orders',
          connections: CONNECTIONS,
          seconds,
          args: { tokens: shop.tokensFile, products: shop.products, seed: ++seed },
        })
      await drive(WARM_UP_SECONDS)
      turns[name] = async () => {
        const before = database.cpuSeconds()
        const sample = await drive(bench.seconds(6))
        const server_s = database.cpuSeconds() - before
        bench.say(`that was ${name}`)
        const backlog_left = await shop.backlog()
        // The next one has the machine to itself.
        const catch_up_s = await shop.settled()
        const more = {
          backlog_left,
          database_us_each: (server_s / sample.count) * 1e6,
          ...(catch_up_s === null ? {} : { catch_up_s }),
        }
        return { ...sample, more }
      }
    }
    const samples = await alternate(bench.repetitions(3), turns)
    for (const [name, list] of Object.entries(samples)) {
      bench.row({ name, unit: 'orders', samples: list })
    }
    bench.note('CPU and memory are those of the shop; the database server shares the machine.')
  },
}
