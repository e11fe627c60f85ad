// Owns `petshop backup`: one whole, proved file of the shop, while it runs.
import { resolve } from 'node:path'
import { statSync } from 'node:fs'
import { Command } from 'commander'
import { EXIT, StartupError } from '../lib/startup-error.ts'
import { readConfig } from '../platform/config.ts'
import { parseStoreAddress, showAddress, type StoreAddress } from '../platform/db/address.ts'
import { makeBackup } from '../platform/db/backup/make-backup.ts'
import { type CopyReport, examineCopy } from './examine.ts'
import { keepBackup } from './kept-backup.ts'
import { createLine, type OneLine, toMb } from './one-line.ts'

interface BackupFlags {
  readonly from?: string
  /** False with `--no-try`. */
  readonly try: boolean
  readonly force?: boolean
  readonly json?: boolean
}

interface BackupReport extends Pick<CopyReport, 'healthy' | 'older' | 'rows' | 'checks'> {
  readonly file: string
  readonly bytes: number
  readonly seconds: number
  /** The bucket that it was sent to. */
  readonly sent?: string | null
  readonly forgotten?: readonly string[]
}

export function backupCommand(): Command {
  return new Command('backup')
    .description('Write the whole shop into one file and prove it, also while the shop runs')
    .argument(
      '[file]',
      'the file to make; without it: one in PETSHOP_BACKUP_DIR and in the bucket, where old ones are forgotten',
    )
    .option('--from <url>', 'the shop, as in sqlite:PATH (default: the configured one)')
    .option('--force', 'overwrite the file if it is there')
    .option('--no-try', 'without a file: do not restore it for a try')
    .option('--json', 'print the report as JSON')
    .action(async (name: string | undefined, flags: BackupFlags) => {
      const report = await (name === undefined
        ? backUpByItself(flags)
        : backUp(resolve(name), flags))
      process.stdout.write(flags.json ? `${JSON.stringify(report, null, 2)}\n` : inWords(report))
      // The file is there: it is what the shop is.
      process.exitCode = report.healthy ? 0 : EXIT.failure
    })
}

type Made = Pick<BackupReport, 'healthy' | 'older' | 'rows' | 'checks'>

async function backUp(file: string, flags: BackupFlags): Promise<BackupReport> {
  const source = sourceOf(flags)
  const line = createLine(flags.json)
  const began = performance.now()
  const overwrite = flags.force ?? false
  const found = await make({ source, file, overwrite, line, signal: endOnSignal() }).finally(
    line.end,
  )
  return { ...reportOf(file, found), seconds: secondsSince(began) }
}

/** For timers. */
async function backUpByItself(flags: BackupFlags): Promise<BackupReport> {
  const source = sourceOf(flags)
  const line = createLine(flags.json)
  const began = performance.now()
  const signal = endOnSignal()
  const { file, found, sent, forgotten } = await keepBackup({
    ...{ config: readConfig(), signal, line, rehearse: flags.try },
    make: (target) => make({ source, file: target, overwrite: false, line, signal }),
  }).finally(line.end)
  return { ...reportOf(file, found), seconds: secondsSince(began), sent, forgotten }
}

interface MakeOptions {
  readonly source: string
  readonly file: string
  readonly overwrite: boolean
  readonly line: OneLine
  readonly signal: AbortSignal
}

function make({ source, file, overwrite, line, signal }: MakeOptions): Promise<CopyReport> {
  return makeBackup({
    source,
    target: file,
    overwrite,
    signal,
    onProgress: (bytes, total) => line.bytes('copying', bytes, total),
    verify: async (copy) => {
      const report = await examineCopy(copy, ({ name }) => line.show(`… ${name}`))
      if (report.damaged) throw damaged(source, report)
      return report
    },
  })
}

function reportOf(file: string, { healthy, older, rows, checks }: Made) {
  return { file, bytes: statSync(file).size, healthy, older, rows, checks }
}

function secondsSince(began: number): number {
  return Math.round((performance.now() - began) / 100) / 10
}

function sourceOf(flags: BackupFlags): string {
  return fileOf(flags.from === undefined ? readConfig().store.address : from(flags.from))
}

function from(text: string): StoreAddress {
  const address = parseStoreAddress(text)
  if (typeof address === 'string') throw new StartupError(`--from ${address}.`, EXIT.config)
  return address
}

/** @throws StartupError for servers: they bring their own tools */
function fileOf(address: StoreAddress): string {
  if (address.engine === 'sqlite') return address.path
  const tool = address.engine === 'mysql' ? 'mariadb-dump (or mysqldump)' : 'pg_dump'
  throw new StartupError(
    `The shop is at ${showAddress(address)}: back it up with ${tool}. A stopped one can also be moved into a file with \`petshop transfer --to sqlite:…\`; see docs/operations.md.`,
    EXIT.config,
  )
}

/** Whoever ends it, or dies having started it, leaves nothing behind. */
function endOnSignal(): AbortSignal {
  const controller = new AbortController()
  const end = (code: number) => () => {
    controller.abort(new StartupError('The backup was broken off; nothing is left of it.', code))
  }
  process.once('SIGINT', end(130))
  process.once('SIGTERM', end(143))
  process.once('disconnect', end(143))
  // Listening alone would keep this process from ending.
  process.channel?.unref()
  return controller.signal
}

function damaged(source: string, { checks }: CopyReport): StartupError {
  const finding = checks.flatMap(({ findings }) => findings)[0]?.message
  return new StartupError(
    `${source} is damaged (${finding}), and no backup was kept. Go back to an earlier one.`,
    EXIT.data,
  )
}

function inWords(report: BackupReport): string {
  const { file, bytes, seconds, healthy, older, rows, checks, sent, forgotten } = report
  const sum = Object.values(rows).reduce((total, count) => total + count, 0)
  const findings = checks.flatMap(({ check, findings: wrong }) =>
    wrong.map(({ message }) => `✗ ${check}: ${message}`),
  )
  return [
    ...findings,
    `${file}: ${toMb(bytes)} MB, ${sum} rows (${rows['orders'] ?? 0} orders), in ${seconds} s.`,
    ...(older ? ['It is of an older version: only the file itself was examined.'] : []),
    healthy
      ? 'It is whole, and everything in it adds up.'
      : 'It is whole, but what is in it does not add up: the shop itself is like that. See `petshop doctor`.',
    ...(sent ? [`It is at ${sent}, too: read back, and the same.`] : []),
    ...(forgotten?.length ? [`Forgotten: ${forgotten.join(', ')}.`] : []),
    '',
  ].join('\n')
}
