// Promise 10: the database is stopped or killed for a while: 503 within a second, no restart, back in five seconds.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Engine } from '../../../tests/support/engines/engine.ts'
import { ensureInstalled } from '../../../tests/support/engines/install.ts'
import { startMariadb } from '../../../tests/support/engines/mariadb.ts'
import { startPostgres } from '../../../tests/support/engines/postgres.ts'
import { childrenOf } from '../../../tests/support/engines/processes.ts'
import type { Server } from '../../../tests/support/program.ts'
import { openCaller } from '../ask.ts'
import type { Buyers } from '../buyers.ts'
import { nth } from '../nth.ts'
import type { Run, Scenario } from '../scenario.ts'
import { closeBooks, databaseIn, MINUTE, openDoors, openShop, quantile } from '../scene.ts'

/**
 * Promised is a second. A database that is frozen is noticed by its silence: it is asked after one second and given
 * two more; a machine that has a lot else to do is given more before it counts as wrong.
 */
const ANSWER_MS = 10_000
/** Promised are five seconds. */
const BACK_MS = 30_000
const NAMES = ['mariadb', 'postgres'] as const

const FAULTS = {
  async stopped(engine: Engine, ms: number) {
    // PostgreSQL serves each client by a process of its own.
    const pids = [engine.pid, ...childrenOf(engine.pid)]
    for (const pid of pids) process.kill(pid, 'SIGSTOP')
    await sleep(ms)
    for (const pid of pids) process.kill(pid, 'SIGCONT')
  },
  async killed(engine: Engine, ms: number) {
    await engine.kill()
    await sleep(ms)
    await engine.restart()
  },
}
type FaultName = keyof typeof FAULTS

export const databaseAway: Scenario = {
  name: 'database-away',
  promise: 10,
  title: 'MariaDB and PostgreSQL stopped and killed for a while under load',
  unit: 'outages',
  promised: 50,
  async run(run) {
    const seconds = Math.min(60, Math.max(2, run.secondsLeft() / 12))
    for (const [i, name] of NAMES.entries()) {
      if (i > 0 && run.stopped()) return
      const engine = await ownDatabase(run, name)
      const engines = await databaseIn(run, name, engine.url)
      const fleet = await openShop(run, { buyers: 8, onHand: [1_000_000, 1_000_000], engines })
      const [server, worker] = await Promise.all([fleet.serve(), fleet.worker()])
      const buyers = openDoors(run, fleet, {
        urls: () => [server.url],
        again: 1000,
        timeoutMs: MINUTE,
      })
      await buyers.more(20)
      for (let round = 0; run.goesOn(round, 2, (i + 1) / NAMES.length); round++) {
        const fault = nth(['stopped', 'killed'] as const, round)
        await stayAway(run, { name, engine, buyers, fault, seconds, server })
      }
      for (const process of [server, worker])
        if (process.process.exitCode !== null) run.problem(`a process ended with ${name}`)
      await closeBooks(run, fleet, [buyers])
    }
  },
}

async function ownDatabase(run: Run, name: 'mariadb' | 'postgres'): Promise<Engine> {
  const missing = await ensureInstalled([name === 'mariadb' ? 'mariadb-server' : 'postgresql'])
  if (missing !== undefined) throw new Error(missing)
  const engine = await (name === 'mariadb' ? startMariadb() : startPostgres())
  run.onEnd(() => engine.stop())
  return engine
}

interface Outage {
  readonly name: string
  readonly engine: Engine
  readonly buyers: Buyers
  readonly fault: FaultName
  readonly seconds: number
  readonly server: Server
}

async function stayAway(run: Run, outage: Outage): Promise<void> {
  const { name, engine, buyers, fault, seconds, server } = outage
  run.fault(`${name} ${fault} for ${seconds.toFixed(1)} s`)
  let away = true
  const asking = askMeanwhile(server.url, () => !away)
  await FAULTS[fault](engine, seconds * 1000)
  const back = performance.now()
  away = false
  const answers = await asking
  // It was an outage at all: this is seen to fail when nothing was done to the database.
  const waited = answers.some(({ ms }) => ms > (seconds * 1000) / 2)
  run.control(`${fault}: it was away`, waited || answers.some(({ status }) => status === 503))
  const odd = answers.filter(({ status }) => status !== 200 && status !== 503)
  for (const { status } of odd) run.problem(`${name} ${fault}: somebody who looked got ${status}`)
  const times = answers.filter(({ status }) => status === 503).map(({ ms }) => ms)
  run.most(`503 after, ${fault}, median, ms`, quantile(times, 0.5))
  run.most(`503 after, ${fault}, longest, ms`, Math.max(0, ...times))
  if (Math.max(0, ...times) > ANSWER_MS) run.problem(`${name} ${fault}: 503 came too late`)
  const placed = () => buyers.times.some(({ at, status }) => at > back && status === 201)
  while (!placed() && performance.now() - back < MINUTE) await sleep(5)
  const first = buyers.times.find(({ at, status }) => at > back && status === 201)
  const took = (first?.at ?? Infinity) - back
  run.most('selling again after, ms', took)
  if (took > BACK_MS) run.problem(`${name} ${fault}: selling again only after ${took} ms`)
  await buyers.more(20)
  run.count('outages')
}

interface Seen {
  readonly status: number | string
  readonly ms: number
}

/** Somebody looks at the shop four times a second, never waiting for the answer before. */
async function askMeanwhile(url: string, isOver: () => boolean): Promise<Seen[]> {
  const caller = openCaller()
  const looks: Promise<Seen>[] = []
  while (!isOver()) {
    const begun = performance.now()
    const look = caller.ask(url, { method: 'GET', path: '/api/inventory/1', timeoutMs: MINUTE })
    looks.push(
      look.then((told) => ({
        status: typeof told === 'string' ? told : told.status,
        ms: performance.now() - begun,
      })),
    )
    await sleep(250)
  }
  return Promise.all(looks).finally(() => caller.close())
}
