// Promise 19: the clock jumps by an hour, a day, over the summer time: no number twice, nobody logged out, no event
// stuck.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { sql } from 'kysely'
import { readConfig } from '../../../src/platform/config.ts'
import { openStore, type Store } from '../../../src/platform/db/store.ts'
import { breakTable } from '../../../tests/support/broken-table.ts'
import { type Fleet, timeToCatchUp } from '../../../tests/support/fleet.ts'
import { until } from '../../../tests/support/load.ts'
import type { Server } from '../../../tests/support/program.ts'
import type { Buyers } from '../buyers.ts'
import { nth } from '../nth.ts'
import type { Run, Scenario } from '../scenario.ts'
import { closeBooks, MINUTE, openDoors, openShop, patiently } from '../scene.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/**
 * Where the shop's days change: in Berlin an hour comes twice, or never, and a year ends. The clock starts hours before,
 * in the past: the sessions, which begin now, are not so old by then that they have ended.
 */
const ZONE = 'Europe/Berlin'
const TURNS = ['2025-10-26T01:00:00Z', '2026-03-29T01:00:00Z', '2025-12-31T23:00:00Z']
const CATCH_UP_MS = 20_000

/** By how much the clock is wrong, one after the other; `turn`: milliseconds from the start to where the days change. */
const JUMPS: readonly (readonly [name: string, ms: (turn: number) => number])[] = [
  ['an hour ahead', () => HOUR],
  ['an hour back', () => -HOUR],
  ['a day ahead', () => DAY],
  ['a day back', () => -DAY],
  ['to just before the days change', (turn) => turn - 1000],
  ['to before it once more', (turn) => turn - 2000],
  ['to where it belongs', () => 0],
]

export const clock: Scenario = {
  name: 'clock',
  promise: 19,
  title: 'the clock set ahead, back, over the summer time and the new year, under load',
  unit: 'jumps',
  promised: 100,
  async run(run) {
    const file = join(run.folder, 'clock')
    const turn = run.random.pick(TURNS)
    const start = Date.parse(turn) - 5 * HOUR - Date.now()
    const setClock = (ms: number) => writeFileSync(file, String(start + ms))
    setClock(0)
    run.fault(`five hours before ${turn}`)
    const preload = pathToFileURL(join(import.meta.dirname, '../clock-preload.ts')).href
    const processes = { NODE_OPTIONS: `--import=${preload}`, TORTURE_CLOCK: file }
    const goods = { buyers: 6, onHand: [1_000_000, 1_000_000] }
    const fleet = await openShop(run, { ...goods, engines: {}, processes })
    const store = await openStore({ store: readConfig(fleet.env).store })
    run.onEnd(() => store.close())
    const [server, ...workers] = await Promise.all([fleet.serve(), fleet.worker(), fleet.worker()])
    await setZone(server, fleet)
    const buyers = openDoors(run, fleet, { urls: () => [server.url] })
    await buyers.more(20)
    for (let round = 0; run.goesOn(round, JUMPS.length); round++)
      await jump(run, { fleet, store, setClock, buyers, round, workers })
    setClock(0)
    for (const [word, times] of buyers.told)
      if (word !== '201') run.problem(`${times} were answered ${word}`)
    await closeBooks(run, fleet, [buyers])
  },
}

interface Scene {
  readonly fleet: Fleet
  readonly store: Store
  readonly setClock: (ms: number) => void
  readonly buyers: Buyers
  readonly round: number
  readonly workers: Server[]
}

/** What failed and is tried again later is not forgotten until the clock is where it was. */
async function jump(run: Run, scene: Scene): Promise<void> {
  const { fleet, store, setClock, buyers, round, workers } = scene
  const [name, ms] = nth(JUMPS, round)
  const victim = run.random.pick(fleet.stage.buyers).user_id
  const when = `new.status = 'confirmed' and new.user_id = ${victim}`
  await patiently(() => breakTable(store, 'update', 'orders', when))
  await until('a delivery waits for its next attempt', async () => (await waiting(store)) > 0)
  setClock(ms(5 * HOUR))
  run.fault(`the clock is set ${name}`)
  run.count('jumps')
  await sleep(100)
  await patiently(() => sql`drop trigger broken`.execute(store.db))
  // Sometimes the one who works dies with the clock.
  if (run.random.chance(0.3)) {
    await nth(workers, 0).kill9()
    workers.reverse()[1] = await fleet.worker()
  }
  await buyers.more(30)
  const took = await timeToCatchUp(fleet, undefined, MINUTE)
  run.most('caught up after a jump, ms', took)
  await until('nothing waits for another day', async () => (await waiting(store)) === 0, MINUTE)
  if (took > CATCH_UP_MS) run.problem(`${name}: caught up only after ${took.toFixed(0)} ms`)
}

async function waiting({ db }: Store): Promise<number> {
  return (await db.selectFrom('failed_deliveries').select('event_id').execute()).length
}

async function setZone(server: Server, { stage }: Fleet): Promise<void> {
  const response = await fetch(`${server.url}/api/settings`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${stage.owner.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ time_zone: ZONE }),
  })
  if (!response.ok) throw new Error(`the time zone was refused: ${await response.text()}`)
}
