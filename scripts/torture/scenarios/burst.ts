// Promise 7: a burst with nobody to do what follows: memory stays bounded, who is refused is told when to come, and the
// backlog is worked off.
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { backlogOf, timeToCatchUp } from '../../../tests/support/fleet.ts'
import type { Server } from '../../../tests/support/program.ts'
import { startBuyers } from '../buyers.ts'
import type { Run, Scenario } from '../scenario.ts'
import { closeBooks, MINUTE, openShop } from '../scene.ts'

const MOST_MIB = 1024
const PEOPLE = 100
/** A queue this short refuses part of the burst: who is refused must be told when to come again. */
const QUEUE = '20'

export const burst: Scenario = {
  name: 'burst',
  promise: 7,
  title: 'everybody orders at once while no consumer works; then the backlog is worked off',
  unit: 'deliveries waited',
  promised: 1_000_000,
  async run(run) {
    const goods = { buyers: PEOPLE, onHand: [10_000_000, 10_000_000] }
    const fleet = await openShop(run, { ...goods, engines: {} })
    const server = await fleet.serve({ env: { PETSHOP_ORDER_QUEUE: QUEUE } })
    const seconds = Math.min(60, Math.max(3, run.secondsLeft() / 2))
    const crowd = startBuyers({
      seed: run.seed,
      people: fleet.stage.buyers,
      products: fleet.stage.products,
      urls: () => [server.url],
      pauseMs: 0,
      againMs: 200,
    })
    run.onEnd(() => crowd.stop())
    run.fault(`${PEOPLE} people order without a pause for ${seconds.toFixed(0)} s, no worker runs`)
    for (let left = seconds; left > 0 && !run.stopped(); left--) await sleep(1000)
    await crowd.stop()
    run.count('answers', crowd.answered())
    run.count('refused for a while', crowd.told.get('503') ?? 0)
    run.control('a queue that is full refuses', (crowd.told.get('503') ?? 0) > 0)
    checkMemory(run, server, 'API')
    const backlog = await backlogOf(fleet)
    run.count('deliveries waited', backlog)
    const worker = await fleet.worker()
    const took = await timeToCatchUp(fleet, undefined, 10 * MINUTE)
    run.most('deliveries a second', backlog / (took / 1000))
    checkMemory(run, worker, 'worker')
    await closeBooks(run, fleet, [crowd])
  },
}

/** The most that it ever held. */
function checkMemory(run: Run, { pid }: Server, name: string): void {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const mib = Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? NaN) / 1024
  run.most(`memory of the ${name}, MiB`, mib)
  if (!(mib < MOST_MIB)) run.problem(`the ${name} held ${mib.toFixed(0)} MiB`)
}
