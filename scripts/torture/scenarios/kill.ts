// Promise 1: an order that was acknowledged survives `kill -9`, of whichever process, at whatever moment.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Server } from '../../../tests/support/program.ts'
import type { Buyers } from '../buyers.ts'
import { nth } from '../nth.ts'
import type { Run, Scenario } from '../scenario.ts'
import { closeBooks, databaseOn, openDoors, openShop, ownRedis } from '../scene.ts'

const GOODS = { buyers: 8, onHand: [1_000_000, 1_000_000, 1_000_000, 1_000_000] }
/** However short the time is. */
const LEAST_KILLS = { whole: 8, fleet: 4 }

export const kill: Scenario = {
  name: 'kill',
  promise: 1,
  title: 'kill -9 of API and workers at random moments under load',
  unit: 'kills',
  promised: 1000,
  weight: 2,
  async run(run) {
    await killWhole(run)
    if (!run.stopped()) await killFleet(run)
  },
}

/** One process, one file. */
async function killWhole(run: Run): Promise<void> {
  const fleet = await openShop(run, { ...GOODS, engines: {} })
  let server = await fleet.whole()
  const buyers = openDoors(run, fleet, { urls: () => [server.url], cuts: 0.02, copies: 2 })
  for (let done = 0; run.goesOn(done, LEAST_KILLS.whole, 0.5); done++) {
    await killUnderLoad(run, buyers, server, 'the shop on SQLite')
    // Sometimes the books are looked at before anybody has repaired anything.
    if (done % 20 === 3)
      for (const [check, found] of Object.entries(await fleet.findings()))
        run.problem(`right after a kill: ${check}: ${found.join('; ')}`)
    server = await fleet.whole()
  }
  await buyers.more(20)
  await closeBooks(run, fleet, [buyers])
  if ((await server.stop()).code !== 0) run.problem('the shop did not end in order')
}

/** Two API processes and two workers on MariaDB with Redis: any of the four. */
async function killFleet(run: Run): Promise<void> {
  const [database, redis] = [await databaseOn(run, 'mariadb'), await ownRedis(run)]
  const engines = { ...database, REDIS_URL: redis.url, PETSHOP_EVENT_LOG: 'redis' }
  const fleet = await openShop(run, { ...GOODS, engines })
  const starts = [fleet.serve, fleet.serve, fleet.worker, fleet.worker]
  const servers: Server[] = await Promise.all(starts.map((start) => start()))
  const urls = () => servers.slice(0, 2).map(({ url }) => url)
  const buyers = openDoors(run, fleet, { urls, copies: 2 })
  for (let done = 0; run.goesOn(done, LEAST_KILLS.fleet); done++) {
    const victim = run.random.int(0, 3)
    const name = victim < 2 ? `API ${victim + 1}` : `worker ${victim - 1}`
    await killUnderLoad(run, buyers, nth(servers, victim), `${name} on MariaDB`)
    servers[victim] = await nth(starts, victim)()
  }
  await buyers.more(20)
  await closeBooks(run, fleet, [buyers])
}

/** After some more answers and a little more: on a slow machine too there is load at that moment. */
async function killUnderLoad(run: Run, buyers: Buyers, victim: Server, name: string) {
  await buyers.more(run.random.int(10, 60))
  await sleep(run.random.between(0, 20))
  await victim.kill9()
  run.count('kills')
  run.fault(`kill -9 ${name}`)
}
