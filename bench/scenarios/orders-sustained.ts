// Do the consumers keep up with a minute of orders that never pause, and what do CPU and memory do meanwhile?
// Goal: at least 3,000 orders/s (stretch 6,000) over 60 s with four staff accounts to notify, and a bounded backlog:
// in the second half it grows by less than 2 % of the orders that come, so that no longer time would sink the shop.
import { orders, warmUp } from '../lib/loads.ts'
import type { Goal, Scenario } from '../lib/scenario.ts'
import { slope } from '../lib/statistics.ts'
import { watching } from '../lib/watch.ts'

const ROW = '64 connections, sustained'
const GOALS: readonly Goal[] = [
  { row: ROW, of: 'rate', least: 3000, stretch: 6000 },
  { row: ROW, of: 'backlog_growth', most: 0.02 },
]
const CONNECTIONS = 64
const LOOK_MS = 1000
const LONGEST_DRAIN_SECONDS = 300

export const scenario: Scenario = {
  name: 'orders-sustained',
  question: 'How many orders does the shop take for a minute, with its consumers keeping up?',
  goals: GOALS,
  async run(bench) {
    const shop = await bench.startShop()
    await warmUp(bench, shop, orders(shop, CONNECTIONS, 1))
    await shop.settled()
    const load = bench.drive(shop, orders(shop, CONNECTIONS, bench.seconds(60)))
    const { result: sample, moments } = await watching(shop, LOOK_MS, load)
    const backlog_end = await shop.backlog()
    const empty = await shop.settled(LONGEST_DRAIN_SECONDS)
    if (empty === null) bench.note(`The backlog was not empty ${LONGEST_DRAIN_SECONDS} s later.`)
    const half = moments.slice(moments.length >> 1).map(({ t, backlog }) => [t, backlog] as const)
    const more = {
      backlog_max: Math.max(backlog_end, ...moments.map(({ backlog }) => backlog)),
      backlog_end,
      empty_after_s: empty ?? LONGEST_DRAIN_SECONDS,
      backlog_growth: slope(half) / sample.rate,
      wal_mib_max: Math.max(0, ...moments.map(({ wal_mib }) => wal_mib)),
    }
    bench.row({ name: ROW, unit: 'orders', samples: [{ ...sample, more }] })
    bench.series(
      'every second',
      moments.map((moment) => ({ ...moment })),
    )
    bench.note(
      'The backlog is that of the slowest group, in events; reading it costs the shop some ms a second.',
    )
  },
}
