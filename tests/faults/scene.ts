// Owns a shop under load whose broker is about to fail: what may happen meanwhile, and what must have at the end.
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { until } from '../support/load.ts'
import type { Server } from '../support/server.ts'
import { auditEffects } from '../support/audit.ts'
import { backlogOf, type Fleet, timeToCatchUp, untilAllIsDone } from '../support/fleet.ts'
import { makeFleet } from './fleet.ts'
import { type OrderStream, streamOrders } from './order-stream.ts'

/** Whoever is back has everything that was done meanwhile within this time. */
const CATCH_UP_MS = 10_000
const AWAY_MS = 3000

export interface Scene {
  readonly fleet: Fleet
  readonly server: Server
  readonly worker: Server
  readonly orders: OrderStream
  /** For messages of what fails. */
  readonly replay: string
}

/** Epoch milliseconds; certainly away in between. */
interface Absence {
  readonly begun: number
  readonly ended: number
}

interface Line {
  readonly '@timestamp': string
  readonly 'log.level': string
  readonly message: string
}

/** A shop on SQLite, with its events in a broker that only it uses. `args`: of its worker. */
export async function openScene(
  engines: Readonly<Record<string, string>>,
  seed: number,
  args: readonly string[] = [],
): Promise<Scene> {
  const fleet = await makeFleet(engines, { buyers: 6, onHand: [100_000, 100_000, 100_000] })
  const [server, worker] = await Promise.all([fleet.serve(), fleet.worker({ args })])
  const orders = streamOrders(fleet.stage, seed, [server.url])
  await orders.more(50)
  return { fleet, server, worker, orders, replay: `SEED=${seed} repeats it` }
}

/** While the broker is away people go on buying, and what follows from it waits. */
export async function stayAway({ fleet, orders }: Scene): Promise<Absence> {
  const begun = Date.now()
  const waiting = await backlogOf(fleet)
  await Promise.all([sleep(AWAY_MS), orders.more(100)])
  expect(await backlogOf(fleet)).toBeGreaterThan(waiting + 100)
  return { begun, ended: Date.now() }
}

/** All groups, but one that nobody works for, have soon done what is there now. */
export async function expectToCatchUp({ fleet, replay }: Scene, but?: string): Promise<void> {
  const took = await timeToCatchUp(fleet, but)
  expect(took, replay).toBeLessThan(CATCH_UP_MS)
}

/** Nobody was refused or logged out, each effect is there once, and the books add up. */
export async function expectNothingHappened({ fleet, orders, replay }: Scene): Promise<void> {
  await orders.more(20)
  await orders.stop()
  await untilAllIsDone(fleet)
  expect(await auditEffects(fleet.store.db, orders.memories), replay).toEqual([])
  expect(await fleet.findings(), replay).toEqual({})
}

/**
 * It has said once that the broker was away while it was, and that it was there afterwards; nothing else was worth a
 * line. A machine that is busy enough may miss it at other times as well.
 */
export async function expectToBeTold(
  process: Server,
  broker: string,
  absence: Absence,
): Promise<void> {
  const isNews = ({ message }: Line) => message.startsWith(`${broker} is `)
  const isAway = ({ message }: Line) => message.startsWith(`${broker} is away`)
  const news = () => linesOf(process).filter(isNews)
  await until('it says that the broker is there', () => news().some((line) => !isAway(line)))
  await until('it is the last that it says', () => !isAway(news().at(-1)!))

  const before = news().filter((line) => timeOf(line) <= absence.begun)
  const during = news().filter(
    (line) => absence.begun < timeOf(line) && timeOf(line) < absence.ended,
  )
  const said = [...before.slice(-1).filter(isAway), ...during]
  expect(said.map(isAway), process.output()).toEqual([true])
  const again = news().filter((line, i, all) => i > 0 && isAway(line) === isAway(all[i - 1]!))
  expect(again, 'said twice in a row').toEqual([])
  const others = linesOf(process).filter((line) => timeOf(line) > absence.begun && !isNews(line))
  expect(others.filter((line) => !['info', 'debug'].includes(line['log.level']))).toEqual([])
}

function linesOf(process: Server): Line[] {
  const lines = process.output().split('\n').slice(0, -1)
  return lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Line)
}

function timeOf(line: Line): number {
  return Date.parse(line['@timestamp'])
}
