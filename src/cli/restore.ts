// Owns `petshop restore`: a backup becomes the shop again, proved before it takes the place of what is there.
import { basename, resolve } from 'node:path'
import { Command } from 'commander'
import { migrations } from '../../migrations/index.ts'
import { systemClock } from '../lib/clock.ts'
import { EXIT, StartupError } from '../lib/startup-error.ts'
import { recordAct } from '../modules/audit/index.ts'
import { type Config, readConfig } from '../platform/config.ts'
import { showAddress, type StoreAddress } from '../platform/db/address.ts'
import { restoreFile } from '../platform/db/backup/restore-file.ts'
import { openStore } from '../platform/db/store.ts'
import { findWorker } from '../platform/events/at-work.ts'
import { type CopyReport, examineCopy } from './examine.ts'
import { fileAt, fileOfName } from './known-backups.ts'
import { createLine } from './one-line.ts'

interface RestoreFlags {
  readonly at?: string
  readonly force?: boolean
  readonly json?: boolean
}

interface RestoreReport {
  readonly file: string
  readonly shop: string
  /** Where the shop before is now; null when there was none. */
  readonly kept: string | null
  /** What brought the backup of an older version up to date. */
  readonly steps: readonly string[]
  readonly healthy: boolean
  readonly rows: Readonly<Record<string, number>>
  readonly checks: CopyReport['checks']
}

export function restoreCommand(): Command {
  return new Command('restore')
    .description('Make a backup the shop again; the shop must be stopped')
    .argument('[file]', 'a backup: a file, or a name that `petshop backups` lists')
    .option('--at <time>', 'instead of a file: the newest backup that is not younger than this')
    .option('--force', 'keep the shop that is there beside, and take a backup that does not add up')
    .option('--json', 'print the report as JSON')
    .action(async (name: string | undefined, flags: RestoreFlags) => {
      const report = await restore(await choose(name, flags), flags)
      process.stdout.write(flags.json ? `${JSON.stringify(report, null, 2)}\n` : inWords(report))
    })
}

/** @throws StartupError unless exactly one of both is given */
async function choose(name: string | undefined, { at }: RestoreFlags): Promise<string> {
  if ((name === undefined) === (at === undefined)) {
    throw new StartupError(
      'Name a backup, or a time with --at; `petshop backups` lists what there is.',
      EXIT.usage,
    )
  }
  const config = readConfig()
  fileOf(config.store.address)
  return resolve(at === undefined ? await fileOfName(config, name ?? '') : await fileAt(config, at))
}

async function restore(file: string, flags: RestoreFlags): Promise<RestoreReport> {
  const config = readConfig()
  const shop = fileOf(config.store.address)
  const line = createLine(flags.json)
  const force = flags.force ?? false
  const { found, kept, steps } = await restoreFile({
    file,
    target: shop,
    migrations,
    replace: force,
    now: systemClock.now(),
    worker: () => workerOf(config),
    onProgress: (bytes, total) => line.bytes('copying', bytes, total),
    verify: async (copy) => {
      const report = await examineCopy(copy, ({ name }) => line.show(`… ${name}`))
      refuseWrong(file, report, force)
      return report
    },
  }).finally(line.end)
  await note(config, file)
  const { healthy, rows, checks } = found
  return { file, shop, kept, steps, healthy, rows, checks }
}

/** In the audit log of the shop that it has become: what happened since the backup is gone. */
async function note({ store: config }: Config, file: string): Promise<void> {
  const store = await openStore({ store: config })
  const cause = { actor_id: null, request_id: null, now: systemClock.now() }
  const after = { backup: basename(file) }
  try {
    await recordAct(store, cause, { act: 'shop.restored', subject: ['shop', 'restore'], after })
  } finally {
    await store.close()
  }
}

/** @throws StartupError for servers: they bring their own tools */
function fileOf(address: StoreAddress): string {
  if (address.engine === 'sqlite') return address.path
  const tool = address.engine === 'mysql' ? 'mariadb (or mysql)' : 'psql or pg_restore'
  throw new StartupError(
    `The shop is at ${showAddress(address)}: restore its dump with ${tool}. A backup made of a file is moved there with \`petshop transfer --from sqlite:…\`; see docs/operations.md.`,
    EXIT.config,
  )
}

async function workerOf({ store: config }: Config): Promise<string | null> {
  const store = await openStore({ store: config, readOnly: true })
  try {
    return await findWorker(store.db, systemClock)
  } finally {
    await store.close()
  }
}

function refuseWrong(file: string, { damaged, checks }: CopyReport, force: boolean): void {
  const wrong = checks.flatMap(({ check, findings }) =>
    findings.map(({ message }) => `${check}: ${message}`),
  )
  if (wrong.length === 0 || (force && !damaged)) return
  const [first] = wrong
  throw new StartupError(
    damaged
      ? `${file} is damaged (${first}). Take another backup; nothing was changed.`
      : `What is in ${file} does not add up (${first}; ${wrong.length} findings). Take another backup, or this one all the same with --force; nothing was changed.`,
    EXIT.data,
  )
}

function inWords(report: RestoreReport): string {
  const { file, shop, kept, steps, healthy, rows } = report
  const sum = Object.values(rows).reduce((total, count) => total + count, 0)
  return [
    `${shop} is the shop of ${file} again: ${sum} rows (${rows['orders'] ?? 0} orders).`,
    ...(kept ? [`The shop before is kept as ${kept}.`] : []),
    ...(steps.length > 0 ? [`It was brought up to date: ${steps.join(', ')}.`] : []),
    healthy ? 'Everything adds up.' : 'It does not add up: see `petshop doctor`.',
    'Everybody has to log in again. Start the shop.',
    '',
  ].join('\n')
}
