// Owns examining a store from outside: every module's checks and every table's rows, at one moment.
import { migrations } from '../../migrations/index.ts'
import { wire } from '../app.ts'
import { NO_PACE } from '../lib/pace.ts'
import { systemClock } from '../lib/clock.ts'
import { EXIT, StartupError } from '../lib/startup-error.ts'
import { openCaches } from '../platform/cache/open.ts'
import { type Config, readConfig } from '../platform/config.ts'
import { countTables } from '../platform/db/backup/counts.ts'
import { engineChecks } from '../platform/db/checks.ts'
import { isUpToDate } from '../platform/db/migrate.ts'
import { openStore, type Reader, type Store } from '../platform/db/store.ts'
import { type Check, type CheckResult, runCheck } from '../platform/doctor.ts'
import { createEmbeddedLog } from '../platform/events/embedded-log.ts'
import { type GroupState, listGroupStates } from '../platform/events/undone.ts'
import { createLog } from '../platform/logging.ts'
import { createMetrics } from '../platform/metrics.ts'

export interface Report {
  readonly healthy: boolean
  readonly checks: readonly CheckResult[]
  readonly groups: readonly GroupState[]
}

type OnCheck = (check: Check) => void

/** Of the configured shop, also while it runs. @throws StartupError */
export function examine(onCheck: OnCheck): Promise<Report> {
  const config = readConfig()
  return onReader(config, async (store) => {
    if (!(await isUpToDate(store, migrations(store.dialect)))) {
      throw new StartupError(
        'The database is older than this version: run `petshop migrate`.',
        EXIT.data,
      )
    }
    const checks = checksOf(config, store)
    return store.snapshot(async (trx) => {
      const results = await runChecks(trx, checks, onCheck)
      const groups = await listGroupStates(trx)
      return { healthy: isHealthy(results), checks: results, groups }
    })
  })
}

export interface CopyReport extends Report {
  /** Nobody may use it: the file itself is damaged. */
  readonly damaged: boolean
  /** Of an older version: only the file was examined, not what is in it. */
  readonly older: boolean
  readonly rows: Readonly<Record<string, number>>
}

/** Of a copy that nobody else has. @throws StartupError */
export function examineCopy(path: string, onCheck: OnCheck): Promise<CopyReport> {
  const plain = readConfig()
  const config = {
    ...plain,
    store: { ...plain.store, address: { engine: 'sqlite', path } },
  } as const
  return onReader(config, async (store) => {
    const older = !(await isUpToDate(store, migrations(store.dialect)))
    const engine = engineChecks(store.dialect)
    const checks = older ? engine : checksOf(config, store)
    const [whole] = engine
    return store.snapshot(async (trx) => {
      const results = await runChecks(trx, checks, onCheck)
      const isWhole = ({ check, findings }: CheckResult) =>
        check !== whole?.name || findings.length === 0
      const damaged = !results.every(isWhole)
      const groups = older || damaged ? [] : await listGroupStates(trx)
      const rows = damaged ? {} : await countTables(store.dialect, trx)
      return { healthy: isHealthy(results), checks: results, groups, damaged, older, rows }
    })
  })
}

async function onReader<T>(config: Config, work: (store: Store) => Promise<T>): Promise<T> {
  // A reading connection of its own: all checks see one moment, and the running shop isn't held up.
  const store = await openStore({ store: config.store, readOnly: true })
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

function checksOf(config: Config, store: Store): readonly Check[] {
  const metrics = createMetrics()
  const core = {
    config,
    store,
    // What is proved stands in the store, whichever log brings it.
    events: createEmbeddedLog(store),
    redis: null,
    caches: openCaches(null, metrics),
    clock: systemClock,
    log: createLog('silent'),
    metrics,
    tracing: null,
    pace: NO_PACE,
    background: null,
  }
  return wire(core).modules.flatMap((module) => module.checks)
}

async function runChecks(
  reader: Reader,
  checks: readonly Check[],
  onCheck: OnCheck,
): Promise<CheckResult[]> {
  const results: CheckResult[] = []
  for (const check of checks) {
    onCheck(check)
    results.push(await runCheck(check, reader, systemClock.now()))
  }
  return results
}

function isHealthy(results: readonly CheckResult[]): boolean {
  return results.every((result) => result.findings.length === 0)
}
