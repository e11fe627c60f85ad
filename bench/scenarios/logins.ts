// Checking a password is made to be slow. What do 500 log-ins a second do to the customers who order meanwhile? They
// come whether or not the shop keeps up, with right passwords of eight accounts; as many are let in as the shop can
// check, the others are answered 429.
// Goal: at most double the orders' p99; every log-in is answered, with 200 or 429.
import { orders, warmUp } from '../lib/loads.ts'
import { offerLogins } from '../lib/login-load.ts'
import { alternate, type Bench, type Goal, type Sample, type Scenario } from '../lib/scenario.ts'

const BESIDE = 'orders beside log-ins'
const LOGINS = 'log-ins'
const GOALS: readonly Goal[] = [
  { row: BESIDE, of: 'p99_to_alone', most: 2 },
  { row: LOGINS, of: 'failed', most: 0 },
]
const CONNECTIONS = 16
const PER_SECOND = 500
const ACCOUNTS = 8

export const scenario: Scenario = {
  name: 'logins',
  question: 'What do 500 log-ins a second do to orders from 16 connections?',
  goals: GOALS,
  async run(bench) {
    const shop = await bench.startShop({ withPasswords: ACCOUNTS })
    const seconds = bench.seconds(8)
    const place = () => bench.drive(shop, orders(shop, CONNECTIONS, seconds))
    await warmUp(bench, shop, orders(shop, CONNECTIONS, 1))
    const logins: Sample[] = []
    const samples = await alternate(bench.repetitions(3), {
      alone: async () => {
        await shop.settled()
        return place()
      },
      beside: async () => {
        await shop.settled()
        const offer = { perSecond: PER_SECOND, seconds, accounts: ACCOUNTS }
        const [sample, offered] = await Promise.all([place(), offerLogins(shop, offer)])
        logins.push(offered)
        return sample
      },
    })
    report(bench, samples, logins)
  },
}

function report(
  bench: Bench,
  { alone, beside }: Readonly<Record<'alone' | 'beside', Sample[]>>,
  logins: readonly Sample[],
): void {
  bench.row({ name: 'orders alone', unit: 'orders', samples: alone })
  const withRatio = beside.map((sample, i) => ({
    ...sample,
    more: { p99_to_alone: (sample.p99_ms ?? 0) / (alone[i]?.p99_ms ?? Infinity) },
  }))
  const against = { name: 'orders alone', samples: alone }
  bench.row({ name: BESIDE, unit: 'orders', samples: withRatio, against })
  bench.row({ name: LOGINS, unit: 'let in', samples: logins })
}
