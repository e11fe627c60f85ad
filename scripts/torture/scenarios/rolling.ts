// Promise 22: API processes are restarted one after the other under load, and clients that ask only once see nothing.
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../../../tests/support/engines/ports.ts'
import type { Fleet } from '../../../tests/support/fleet.ts'
import type { Buyers } from '../buyers.ts'
import type { Scenario } from '../scenario.ts'
import { closeBooks, databaseOn, openDoors, openShop, quantile } from '../scene.ts'

const LEAST_RESTARTS = 4
const PAUSE_MS = 1000
/** A kill that falls between two requests is seen by nobody. */
const MOST_KILLS = 10

export const rolling: Scenario = {
  name: 'rolling',
  promise: 22,
  title: 'rolling restarts behind a balancer, clients that never ask twice',
  unit: 'restarts',
  promised: 20,
  async run(run) {
    const engines = await databaseOn(run, 'mariadb')
    const fleet = await openShop(run, { buyers: 30, onHand: [10_000_000, 10_000_000], engines })
    const doors = await Promise.all([openDoor(fleet), openDoor(fleet), fleet.worker()])
    const [one, other] = doors
    const urls = [one.url, other.url]
    const buyers = openDoors(run, fleet, {
      urls: () => urls,
      failover: true,
      again: 0,
      pauseMs: 120,
    })
    await buyers.more(50)
    const begun = performance.now()
    for (let round = 0; run.goesOn(round, LEAST_RESTARTS); round++) {
      await sleep(PAUSE_MS)
      run.fault(`API ${(round % 2) + 1} restarted`)
      run.most('one of two away for, ms', await (round % 2 === 0 ? one : other).restart('SIGTERM'))
      run.count('restarts')
    }
    await sleep(PAUSE_MS)
    run.count('requests', buyers.answered())
    run.most('requests a second', buyers.answered() / ((performance.now() - begun) / 1000))
    run.most(
      'p99, ms',
      quantile(
        buyers.times.map(({ ms }) => ms),
        0.99,
      ),
    )
    for (const failure of failuresOf(buyers)) {
      run.record.verdict.unexpected++
      run.problem(`somebody who asked once was answered: ${failure}`)
    }
    // The same less politely: somebody must see it.
    const before = failuresOf(buyers).length
    for (let i = 0; i < MOST_KILLS && failuresOf(buyers).length === before; i++)
      await one.restart('SIGKILL')
    run.control('killed instead of asked to stop', failuresOf(buyers).length > before)
    await closeBooks(run, fleet, [buyers])
  },
}

function failuresOf({ told }: Buyers): string[] {
  return [...told].flatMap(([word, times]) =>
    word === '201' ? [] : Array<string>(times).fill(word),
  )
}

interface Door {
  readonly url: string
  /** What takes its place listens on the same port. @returns the milliseconds it was away */
  restart(signal: NodeJS.Signals): Promise<number>
}

async function openDoor(fleet: Fleet): Promise<Door> {
  const env = { PETSHOP_PORT: String(await freePort()) }
  let server = await fleet.serve({ env })
  return {
    url: server.url,
    async restart(signal) {
      const begun = performance.now()
      await server.stop(signal)
      server = await fleet.serve({ env })
      return performance.now() - begun
    },
  }
}
