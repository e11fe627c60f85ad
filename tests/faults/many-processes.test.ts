// Shows that many processes on one database are one shop: exactly what is there is sold, whoever of them dies.
import { expect, onTestFinished, test } from 'vitest'
import { describeEngine } from '../support/engines/describe.ts'
import { anySeed, type Stage, until } from '../support/load.ts'
import { type LogName, makeStack, type StoreName } from '../support/stack.ts'
import { type Crowd, startCrowd } from './crowd.ts'
import { auditEffects } from '../support/audit.ts'
import { type Fleet, untilAllIsDone } from '../support/fleet.ts'
import { makeFleet } from './fleet.ts'
import { verdict } from './race.ts'

const BUYERS = 200
/** A hundred units in all, twice. */
const ON_HAND = [10, 20, 5, 15, 1, 9, 10, 10, 12, 8]
const COPIES = 3
const MINUTES = 60_000

const seed = anySeed()
const replay = `SEED=${seed} repeats it`

function raceOn(store: StoreName, log: LogName): void {
  test(
    '200 buyers race for 100 units through four servers; and again, while a server and a worker are killed',
    async () => {
      const stack = await makeStack(store, log)
      onTestFinished(() => stack.drop())
      const engines = { ...stack.env, PETSHOP_EVENT_LOG: log }
      const fleet = await makeFleet(engines, { buyers: BUYERS, onHand: [...ON_HAND, ...ON_HAND] })
      const [servers, workers] = await Promise.all([
        Promise.all([1, 2, 3, 4].map(() => fleet.serve())),
        Promise.all([1, 2].map(() => fleet.worker())),
      ])
      const urls = servers.map(({ url }) => url)
      const { products } = fleet.stage
      const [first, second] = [products.slice(0, ON_HAND.length), products.slice(ON_HAND.length)]

      const calm = { ...fleet.stage, products: first }
      const race = startCrowd(calm, { urls, seed, copies: COPIES })
      await race.done
      expectFair(calm, race)
      // A process that lives answers everybody.
      expect(race.retries.unknown).toBe(0)

      const wild = {
        ...fleet.stage,
        products: second,
        buyers: fleet.stage.buyers.slice(0, BUYERS / 2),
      }
      const again = startCrowd(wild, { urls, seed: seed + BUYERS, copies: COPIES })
      await until('the race is in full swing', () => again.answered() > BUYERS / 4)
      await Promise.all([servers[seed % 4]!.kill9(), workers[seed % 2]!.kill9()])
      await again.done
      expectFair(wild, again)
      await expectOneShop(fleet, [race, again])
    },
    5 * MINUTES,
  )
}

function expectFair(stage: Stage, crowd: Crowd): void {
  expect(crowd.odd, replay).toEqual([])
  expect(verdict(stage, ON_HAND, [...crowd.attempts]), replay).toEqual([])
}

/** Each order is there once, everybody was told of it once, and the books add up. */
async function expectOneShop(fleet: Fleet, crowds: readonly Crowd[]): Promise<void> {
  await untilAllIsDone(fleet)
  const memories = crowds.flatMap(({ attempts }) =>
    attempts.flatMap(({ key, buyer, lines, outcomes: [outcome = 'unknown'] }) =>
      outcome !== 'unknown' && outcome.status === 201 ? [{ key, buyer, lines, outcome }] : [],
    ),
  )
  expect(await auditEffects(fleet.store.db, memories), replay).toEqual([])
  const stock = await fleet.store.db.selectFrom('stock').select(['on_hand', 'reserved']).execute()
  expect(stock.filter(({ on_hand, reserved }) => on_hand !== reserved)).toEqual([])
  expect(await fleet.findings(), replay).toEqual({})
}

describeEngine('mariadb', 'many processes', () =>
  describeEngine('redis', 'with Redis Streams', () => raceOn('mariadb', 'redis')),
)
describeEngine('postgres', 'many processes, [embedded] log', () => raceOn('postgres', 'embedded'))
describeEngine('postgres', 'many processes', () =>
  describeEngine('kafka', 'with Kafka', () => raceOn('postgres', 'kafka')),
)
