// Owns `petshop doctor`: proves that the shop's data adds up, also while it runs.
import { Command } from 'commander'
import { migrations } from '../../migrations/index.ts'
import { wire } from '../app.ts'
import { systemClock } from '../lib/clock.ts'
import { EXIT, StartupError } from '../lib/startup-error.ts'
import { openCaches } from '../platform/cache/open.ts'
import { readConfig } from '../platform/config.ts'
import { isUpToDate } from '../platform/db/migrate.ts'
import { openStore, type Reader } from '../platform/db/store.ts'
import { type Check, type CheckResult, runCheck } from '../platform/doctor.ts'
import { createEmbeddedLog } from '../platform/events/embedded-log.ts'
import { type GroupState, listGroupStates } from '../platform/events/undone.ts'
import { createLog } from '../platform/logging.ts'
import { createMetrics } from '../platform/metrics.ts'

interface Report {
  readonly healthy: boolean
  readonly checks: readonly CheckResult[]
  readonly groups: readonly GroupState[]
}

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('Prove that stock, orders and events add up; exits 1 if anything is wrong')
    .option('--json', 'print the report as JSON')
    .action(async (options: { json?: boolean }) => {
      const report = await examine((check) => {
        if (!options.json) process.stderr.write(progress(`… ${check.name}`))
      })
      if (!options.json) process.stderr.write(progress(''))
      process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : inWords(report))
      process.exitCode = report.healthy ? 0 : EXIT.failure
    })
}

async function examine(onCheck: (check: Check) => void): Promise<Report> {
  const config = readConfig()
  // A reading connection of its own: all checks see one moment, and the running shop isn't held up.
  const store = await openStore({ store: config.store, readOnly: true })
  try {
    if (!(await isUpToDate(store, migrations(store.dialect)))) {
      throw new StartupError(
        'The database is older than this version: run `petshop migrate`.',
        EXIT.data,
      )
    }
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
    }
    const checks = wire(core).modules.flatMap((module) => module.checks)
    return await store.snapshot((trx) => examineSnapshot(trx, checks, onCheck))
  } finally {
    await store.close()
  }
}

async function examineSnapshot(
  reader: Reader,
  checks: readonly Check[],
  onCheck: (check: Check) => void,
): Promise<Report> {
  const results: CheckResult[] = []
  for (const check of checks) {
    onCheck(check)
    results.push(await runCheck(check, reader, systemClock.now()))
  }
  const healthy = results.every((result) => result.findings.length === 0)
  return { healthy, checks: results, groups: await listGroupStates(reader) }
}

function inWords({ healthy, checks, groups }: Report): string {
  const lines = checks.flatMap(({ check, findings, more }) => [
    `${findings.length === 0 ? '✓' : '✗'} ${check}`,
    ...findings.map((finding) => `    ${finding.message}`),
    ...(more ? ['    … and more'] : []),
  ])
  for (const { group, backlog, retrying, dead } of groups) {
    if (backlog > 0) lines.push(`  ${group}: ${backlog} events wait (not an error)`)
    if (retrying > 0)
      lines.push(`  ${group}: ${retrying} deliveries are being retried (not an error)`)
    if (dead > 0) lines.push(`  ${group}: ${dead} dead letters; replay them on the system page`)
  }
  lines.push(healthy ? 'Everything adds up.' : 'Something is wrong; see ✗ above.')
  return `${lines.join('\n')}\n`
}

/** One line that is overwritten, on terminals only. */
function progress(text: string): string {
  return process.stderr.isTTY ? `\r\u001b[K${text}` : ''
}
