// Promise 4: each POST may be sent as often as one likes with one key, and cut at any moment: one order, one answer.
import type { Scenario } from '../scenario.ts'
import { closeBooks, databaseOn, openDoors, openShop } from '../scene.ts'

const COPIES = 5
const CUT_SHARE = 0.3
const LEAST_ROUNDS = 2
const ANSWERS = 100

export const retries: Scenario = {
  name: 'retries',
  promise: 4,
  title: 'each POST 1 to 5 times at once with one key, to two processes, lines cut in the answer',
  unit: 'keys',
  promised: 100_000,
  async run(run) {
    // In its shortest form on one file alone.
    const stores = run.secondsLeft() > 30 ? (['sqlite', 'mariadb'] as const) : (['sqlite'] as const)
    for (const [i, store] of stores.entries()) {
      if (i > 0 && run.stopped()) return
      const engines = store === 'sqlite' ? {} : await databaseOn(run, store)
      const goods = { buyers: 24, onHand: [10_000_000, 10_000_000, 10_000_000] }
      const fleet = await openShop(run, { ...goods, engines })
      const servers = await Promise.all([fleet.whole(), fleet.serve()])
      const urls = servers.map(({ url }) => url)
      const buyers = openDoors(run, fleet, {
        urls: () => urls,
        copies: COPIES,
        cuts: CUT_SHARE,
        pauseMs: 5,
        againMs: 50,
      })
      run.fault(`up to ${COPIES} copies, ${CUT_SHARE * 100} % of them cut, on ${store}`)
      for (let done = 0; run.goesOn(done, LEAST_ROUNDS, (i + 1) / stores.length); done++)
        await buyers.more(ANSWERS)
      await closeBooks(run, fleet, [buyers])
      run.count('keys', buyers.memories.length)
      run.count(
        'requests',
        [...buyers.told.values()].reduce((sum, n) => sum + n, 0),
      )
    }
  },
}
