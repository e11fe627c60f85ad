// Owns `petshop transfer`: moves a whole shop to another database, and proves that nothing was lost.
import { Command } from 'commander'
import { migrations } from '../../migrations/index.ts'
import { systemClock } from '../lib/clock.ts'
import { EXIT, StartupError } from '../lib/startup-error.ts'
import { readConfig } from '../platform/config.ts'
import { parseStoreAddress, showAddress, type StoreAddress } from '../platform/db/address.ts'
import type { Store } from '../platform/db/store.ts'
import type { Comparison } from '../platform/db/transfer/compare.ts'
import { transfer, type TransferReport } from '../platform/db/transfer/transfer.ts'
import { findWorker } from '../platform/events/at-work.ts'
import { createMeter } from './transfer-meter.ts'

interface TransferFlags {
  readonly from?: string
  readonly to?: string
  readonly verifyOnly?: boolean
  readonly json?: boolean
}

export function transferCommand(): Command {
  return new Command('transfer')
    .description(
      'Move a stopped shop to another, empty database; run again, it goes on where it was',
    )
    .option(
      '--from <url>',
      'the shop: sqlite:PATH, mysql://… or postgres://… (default: the configured one)',
    )
    .option('--to <url>', 'where it goes (default: the configured one)')
    .option('--verify-only', 'compare the two, and copy nothing')
    .option('--json', 'print the report as JSON')
    .action(async (flags: TransferFlags) => {
      const { from, to } = addressesOf(flags)
      const meter = createMeter(process.stderr)
      const report = await transfer({
        from,
        to,
        migrations,
        verifyOnly: flags.verifyOnly ?? false,
        refuseInUse: (source) => refuseInUse(source, from),
        onProgress: meter.show,
      }).finally(meter.end)
      process.stdout.write(flags.json ? `${JSON.stringify(report, null, 2)}\n` : inWords(report))
      process.exitCode = report.equal ? 0 : EXIT.failure
    })
}

/** One may be left out: its password then doesn't stand in the system's list of processes. */
function addressesOf(flags: TransferFlags): { from: StoreAddress; to: StoreAddress } {
  if (flags.from === undefined && flags.to === undefined) {
    throw new StartupError(
      'Say where the shop goes with --to, or where it is with --from.',
      EXIT.config,
    )
  }
  const configured = () => readConfig().store.address
  return {
    from: flags.from === undefined ? configured() : addressOf('--from', flags.from),
    to: flags.to === undefined ? configured() : addressOf('--to', flags.to),
  }
}

function addressOf(flag: string, text: string): StoreAddress {
  const address = parseStoreAddress(text)
  // The text may hold a password: only what is wrong with it is said.
  if (typeof address === 'string') throw new StartupError(`${flag} ${address}.`, EXIT.config)
  return address
}

async function refuseInUse(source: Store, address: StoreAddress): Promise<void> {
  const owner = await findWorker(source.db, systemClock)
  if (owner === null) return
  const [machine = '', pid] = owner.split(':')
  const [host] = machine.split('/')
  throw new StartupError(
    `The shop at ${showAddress(address)} is open (process ${pid} on ${host}). Stop all its processes first: what they write meanwhile would be missing.`,
    EXIT.unavailable,
  )
}

function inWords({ from, to, equal, tables, left_behind }: TransferReport): string {
  const width = Math.max(...tables.map(({ table }) => table.length))
  const lines = tables.map((comparison) => rowOf(comparison, width))
  const rows = tables.reduce((sum, { source }) => sum + source.rows, 0)
  const names = left_behind.join(', ')
  return [
    `${'table'.padEnd(width)} ${'rows'.padStart(11)}  digest`,
    ...lines,
    ...(names ? [`Not the shop's, and not copied: ${names}`] : []),
    equal
      ? `All ${rows} rows are the same in ${from} and ${to}.`
      : `${from} and ${to} differ: see ✗ above.`,
    '',
  ].join('\n')
}

function rowOf({ table, source, target, difference }: Comparison, width: number): string {
  const name = table.padEnd(width)
  const rows = String(source.rows).padStart(11)
  if (!difference) return `${name} ${rows}  ${source.digest.slice(0, 16)} ✓`
  const digests = `${source.digest.slice(0, 16)} ≠ ${target.digest.slice(0, 16)}`
  const key = difference.key.join(', ')
  return `${name} ${rows}  ${digests} ✗ ${target.rows} rows on the target; ${WORDS[difference.kind](key)}`
}

const WORDS: Record<NonNullable<Comparison['difference']>['kind'], (key: string) => string> = {
  changed: (key) => `first difference: ${key} is another row there`,
  missing: (key) => `first difference: ${key} is missing there`,
  extra: (key) => `first difference: ${key} is there only`,
  order: (key) => `at ${key} its text is not sorted by bytes: wrong collation`,
}
