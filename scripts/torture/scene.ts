// Owns the shop that a scenario tortures: made on its engines, bought from, and judged when the torture is over.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readConfig } from '../../src/platform/config.ts'
import { openStore } from '../../src/platform/db/store.ts'
import { audit, type Memory } from '../../tests/support/audit.ts'
import {
  createMariadbDatabase,
  createPostgresDatabase,
} from '../../tests/support/engines/databases.ts'
import type { Engine } from '../../tests/support/engines/engine.ts'
import { ensureInstalled } from '../../tests/support/engines/install.ts'
import { startRedis } from '../../tests/support/engines/redis.ts'
import { type Fleet, openFleet, untilAllIsDone } from '../../tests/support/fleet.ts'
import type { Goods } from '../../tests/support/load.ts'
import type { Server } from '../../tests/support/program.ts'
import { type Buyers, type BuyersOptions, startBuyers } from './buyers.ts'
import type { Run } from './scenario.ts'
import { isSeen, tamper, TAMPERING_NAMES } from './tamperings.ts'

export type Settings = Readonly<Record<string, string>>

export const MINUTE = 60_000
/** With more orders than this each break on purpose would take longer than the torture. */
const MOST_FOR_ALL_CONTROLS = 3000
/** Looked at in any case: one of each kind of finding. */
const FEW_CONTROLS = ['lost-order', 'doubled-order', 'oversold', 'lost-event'] as const

let folders = 0

export interface ShopOptions extends Goods {
  readonly engines: Settings
  /** What its processes are told besides. */
  readonly processes?: Settings
}

/** Nothing runs yet. Its processes end with the run. */
export async function openShop(run: Run, options: ShopOptions): Promise<Fleet> {
  const dataDir = join(run.folder, `shop-${++folders}`)
  mkdirSync(dataDir)
  const processes = { PETSHOP_LOG_LEVEL: 'warn', ...options.processes }
  const fleet = await openFleet({ ...options, processes, dataDir, detached: true })
  run.onEnd(() => fleet.close())
  return fleet
}

/** A new database on a server that nobody hurts. */
export async function databaseOn(run: Run, name: 'mariadb' | 'postgres'): Promise<Settings> {
  return databaseIn(run, name, await run.engine(name))
}

export async function databaseIn(
  run: Run,
  name: 'mariadb' | 'postgres',
  adminUrl: string,
): Promise<Settings> {
  const create = name === 'mariadb' ? createMariadbDatabase : createPostgresDatabase
  const { url, drop } = await create(adminUrl)
  run.onEnd(drop)
  return { DATABASE_URL: url }
}

/** A Redis that is this run's own, to be hurt. */
export async function ownRedis(run: Run, config?: Settings): Promise<Engine> {
  const missing = await ensureInstalled(['redis-server'])
  if (missing !== undefined) throw new Error(missing)
  const redis = await startRedis(config ? { config } : {})
  run.onEnd(() => redis.stop())
  return redis
}

/** They buy until the books are closed. */
export function openDoors(
  run: Run,
  { stage }: Fleet,
  options: Pick<BuyersOptions, 'urls'> & Partial<BuyersOptions>,
): Buyers {
  const buyers = startBuyers({
    seed: run.seed,
    people: stage.buyers,
    products: stage.products,
    ...options,
  })
  run.onEnd(() => buyers.stop())
  return buyers
}

export interface Closing {
  readonly maySellOut?: boolean
  /** Milliseconds in which all that follows from the orders must be done. */
  readonly mostMs?: number
}

/**
 * Nobody buys any more; what is unknown is asked for; what follows is waited for; then the shop is compared with what
 * its clients remember, asked for its own opinion, and broken on purpose to see whether that is seen.
 */
export async function closeBooks(
  run: Run,
  fleet: Fleet,
  crowds: readonly Buyers[],
  { maySellOut = false, mostMs = 2 * MINUTE }: Closing = {},
): Promise<void> {
  run.say('the books are closed')
  for (const buyers of crowds) await buyers.stop()
  for (const buyers of crowds) run.record.verdict.recovered += await buyers.resolve()
  await untilAllIsDone(fleet, mostMs).catch((error: Error) => run.problem(error.message))
  const odd = crowds.flatMap((buyers) => buyers.odd)
  run.record.verdict.unexpected += odd.length
  for (const what of new Set(odd)) run.problem(what)
  const memories = crowds.flatMap((buyers) => buyers.memories)
  await judge(run, fleet, memories, maySellOut)
  run.keep(memories)
}

async function judge(
  run: Run,
  fleet: Fleet,
  memories: readonly Memory[],
  maySellOut: boolean,
): Promise<void> {
  const store = await openStore({ store: readConfig(fleet.env).store })
  try {
    const remembered = run.tampering ? await tamper(store, run.tampering, memories) : memories
    for (const { kind, what } of await audit(fleet.store.db, remembered, { maySellOut })) {
      run.record.verdict[kind]++
      run.problem(what)
    }
    for (const [check, findings] of Object.entries(await fleet.findings())) {
      for (const finding of findings) run.problem(`doctor: ${check}: ${finding}`)
    }
    const placed = memories.filter(({ outcome }) => outcome !== 'unknown' && outcome.status === 201)
    run.record.verdict.orders += placed.length
    if (placed.length === 0) return run.problem('nobody has bought anything: nothing was tried')
    const few = placed.length > MOST_FOR_ALL_CONTROLS
    for (const name of few ? FEW_CONTROLS : TAMPERING_NAMES)
      run.control(name, await isSeen(store, name, memories))
  } finally {
    await store.close()
  }
}

/** Asked to stop they end with 0, and never had anything to complain of. */
export async function endInOrder(run: Run, servers: readonly Server[]): Promise<void> {
  for (const server of servers) {
    const { code, signal } = await server.stop()
    if (code !== 0) run.problem(`a process ended with ${code ?? signal}`)
    const words = /^.*"log.level":"(?:warn|error|fatal)".*$|^.*Warning.*$/m.exec(server.output())
    if (words) run.problem(`a process complained: ${words[0]}`)
  }
}

/** Changes the shop's file beside the shop: whoever finds it locked waits, as everybody does. */
export async function patiently(change: () => Promise<unknown>): Promise<void> {
  const latest = performance.now() + MINUTE
  for (;;) {
    try {
      await change()
      return
    } catch (error) {
      const isLocked = error instanceof Error && error.message.includes('locked')
      if (!isLocked || performance.now() > latest) throw error
      await sleep(5)
    }
  }
}

/** The value that `share` of them reach at most; 0 of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
