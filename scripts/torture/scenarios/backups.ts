// Promise 21: whatever is sold meanwhile, a backup is a whole shop that has every order acknowledged before it began.
import { copyFileSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { databasePath } from '../../../src/platform/db/store.ts'
import type { Fleet } from '../../../tests/support/fleet.ts'
import { petshop } from '../../../tests/support/program.ts'
import type { Buyers } from '../buyers.ts'
import type { Run, Scenario } from '../scenario.ts'
import { closeBooks, openDoors, openShop, quantile } from '../scene.ts'

const LEAST_BACKUPS = 2
/** People buy for so long before the first: what a backup does to them is compared with this. */
const BEFORE_MS = 2000

export const backups: Scenario = {
  name: 'backups',
  promise: 21,
  title: 'backups while people buy, each restored elsewhere and examined',
  unit: 'backups',
  promised: 100,
  async run(run) {
    const fleet = await openShop(run, { buyers: 8, onHand: [1_000_000, 1_000_000], engines: {} })
    const server = await fleet.whole()
    const buyers = openDoors(run, fleet, { urls: () => [server.url] })
    await buyers.more(50)
    const begun = performance.now()
    while (performance.now() - begun < BEFORE_MS) await buyers.more(10)
    run.most('p99 without a backup, ms', p99(buyers))
    for (let done = 0; run.goesOn(done, LEAST_BACKUPS); done++)
      await backUpAndRestore(run, fleet, buyers, done === 0)
    await closeBooks(run, fleet, [buyers])
  },
}

async function backUpAndRestore(run: Run, fleet: Fleet, buyers: Buyers, withControl: boolean) {
  const file = join(run.folder, 'backup.db')
  const before = acknowledged(buyers)
  const heard = buyers.times.length
  run.fault(`a backup with ${before.length} orders`)
  const made = await petshop(['backup', file, '--force', '--json'], fleet.env, true)
  run.most('p99 beside a backup, ms', p99(buyers, heard))
  if (made.code !== 0) return run.problem(`backup ended with ${made.code}: ${made.stderr}`)
  run.count('backups')
  run.count('orders placed beside them', acknowledged(buyers).length - before.length)

  const missing = await ordersMissing(run, file, before)
  if (missing > 0) {
    run.record.verdict.lost += missing
    run.problem(`a backup is without ${missing} orders that were acknowledged before it began`)
  }
  if (withControl) run.control('a backup with a changed order', await isRefused(run, file))
}

/** Restored as an operator would; the program proves it before it takes it. */
async function ordersMissing(run: Run, file: string, ids: readonly number[]): Promise<number> {
  const dataDir = join(run.folder, 'restored')
  mkdirSync(dataDir)
  try {
    const restored = await petshop(['restore', file], { PETSHOP_DATA_DIR: dataDir }, true)
    if (restored.code !== 0) {
      run.problem(`restore ended with ${restored.code}: ${restored.stderr}`)
      return 0
    }
    const there = new DatabaseSync(databasePath(dataDir), { readOnly: true })
    const find = there.prepare('select 1 from orders where order_id = ?')
    const missing = ids.filter((order_id) => find.get(order_id) === undefined)
    there.close()
    return missing.length
  } finally {
    rmSync(dataDir, { recursive: true })
  }
}

/** One order's sum is another: nobody takes that for a shop. */
async function isRefused(run: Run, file: string): Promise<boolean> {
  const [changed, dataDir] = [join(run.folder, 'changed.db'), join(run.folder, 'refused')]
  copyFileSync(file, changed)
  const copy = new DatabaseSync(changed)
  copy.exec(
    'update orders set total_cents = total_cents + 1 where order_id = (select min(order_id) from orders)',
  )
  copy.close()
  mkdirSync(dataDir)
  const { stderr } = await petshop(['restore', changed], { PETSHOP_DATA_DIR: dataDir }, true)
  return /does not add up/.test(stderr)
}

function acknowledged({ memories }: Buyers): number[] {
  return memories.flatMap(({ outcome }) =>
    outcome !== 'unknown' && outcome.status === 201 ? (outcome.body.order_id ?? []) : [],
  )
}

function p99({ times }: Buyers, from = 0): number {
  return quantile(
    times.slice(from).map(({ ms }) => ms),
    0.99,
  )
}
