// Owns the backup that is made by itself, for timers: named by its time, proved, restored for a try, sent to the
// bucket, and only then old ones are forgotten.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { migrations } from '../../migrations/index.ts'
import { systemClock } from '../lib/clock.ts'
import { EXIT, StartupError } from '../lib/startup-error.ts'
import {
  listBackups,
  makeBackupFolder,
  nextName,
  noteProblem,
  removeBackup,
  settleDeadMark,
} from '../platform/backup/folder.ts'
import { openRemote, type RemoteBackups } from '../platform/backup/remote.ts'
import { chooseForgotten } from '../platform/backup/retention.ts'
import { handOver, keepBeating, mark, unmark } from '../platform/backup/running.ts'
import type { Config } from '../platform/config.ts'
import { restoreFile } from '../platform/db/backup/restore-file.ts'
import { examineCopy } from './examine.ts'
import type { OneLine } from './one-line.ts'

export interface Kept<T> {
  readonly file: string
  readonly found: T
  /** The bucket's address; null without one. */
  readonly sent: string | null
  /** Names of those that are gone, wherever they were. */
  readonly forgotten: readonly string[]
}

export interface KeptOptions<T> {
  readonly config: Config
  readonly signal: AbortSignal
  readonly line: OneLine
  /** Makes the file and proves it. */
  readonly make: (file: string) => Promise<T>
  readonly rehearse: boolean
}

/** @throws StartupError; the backup may be there all the same, and nothing is forgotten then */
export async function keepBackup<T extends { readonly healthy: boolean }>(
  options: KeptOptions<T>,
): Promise<Kept<T>> {
  const { config, signal, line } = options
  const folder = config.backupDir
  const { name, found } = await makeMarked(options)
  const file = join(folder, name)
  if (!found.healthy) {
    noteFindings(folder, name)
    return { file, found, sent: null, forgotten: [] }
  }
  const remote = config.backup.remote && openRemote(config.backup.remote, { signal })
  if (remote) {
    line.show(`… sending it to ${remote.place}`)
    await remote.upload(file, name)
  }
  const forgotten = await forget(config, remote, name)
  return { file, found, sent: remote?.place ?? null, forgotten }
}

/** Nobody else makes one meanwhile: from the office, or by another timer. */
async function makeMarked<T extends { readonly healthy: boolean }>({
  config,
  make,
  rehearse,
  line,
}: KeptOptions<T>): Promise<{ name: string; found: T }> {
  const folder = config.backupDir
  makeBackupFolder(folder)
  settleDeadMark(folder)
  const name = nextName(folder, systemClock.now())
  if (!mark(folder, name)) {
    throw new StartupError('Another backup is being made. Try again later.', EXIT.unavailable)
  }
  handOver(folder, name, process.pid)
  const stopBeating = keepBeating(folder)
  try {
    const found = await make(join(folder, name))
    if (rehearse && found.healthy) await restoreForATry(folder, name, line)
    return { name, found }
  } finally {
    stopBeating()
    unmark(folder, name)
  }
}

const TRY = '.try-'

/** What `petshop restore` would do on a new machine, in a folder of its own. @throws StartupError */
async function restoreForATry(folder: string, name: string, line: OneLine): Promise<void> {
  for (const left of readdirSync(folder).filter((it) => it.startsWith(TRY)))
    rmSync(join(folder, left), { recursive: true, force: true })
  const place = mkdtempSync(join(folder, TRY))
  const file = join(folder, name)
  try {
    const { found } = await restoreFile({
      file,
      target: join(place, 'petshop.db'),
      migrations,
      replace: false,
      now: systemClock.now(),
      worker: () => Promise.resolve(null),
      onProgress: (bytes, total) => line.bytes('restoring it for a try', bytes, total),
      verify: (copy) => examineCopy(copy, (check) => line.show(`… restored: ${check.name}`)),
    })
    const [finding] = found.checks.flatMap(({ findings }) => findings)
    if (finding) throw new StartupError(finding.message, EXIT.data)
  } catch (error) {
    // Without room for the try nothing is known against the backup.
    const isFull = error instanceof StartupError && error.exitCode === EXIT.cannotWrite
    if (!isFull) noteFindings(folder, name)
    const { message } = error as Error
    throw new StartupError(
      `${file} was made, but restoring it for a try failed: ${message} Nothing was forgotten.`,
      error instanceof StartupError ? error.exitCode : EXIT.data,
    )
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}

/** So many of those whose books don't add up are kept: a shop that stays so would fill the disk night by night. */
const MOST_WITH_FINDINGS = 3

function noteFindings(folder: string, name: string): void {
  noteProblem(folder, name, 'FINDINGS')
  const names = listBackups(folder)
    .filter(({ state, problem }) => state === 'ready' && problem !== null)
    .map((backup) => backup.name)
    .sort()
  for (const old of names.slice(0, -MOST_WITH_FINDINGS)) {
    if (old !== name) removeBackup(folder, old)
  }
}

/**
 * Only names that the program gives itself, and one with a problem never counts as a day's backup. The one just made
 * stays, also when the clock was set back before it.
 */
async function forget(
  config: Config,
  remote: RemoteBackups | null,
  made: string,
): Promise<string[]> {
  const { keep } = config.backup
  const good = listBackups(config.backupDir).filter(
    ({ state, problem }) => state === 'ready' && problem === null,
  )
  const isOld = ({ name }: { readonly name: string }) => name !== made
  const here = chooseForgotten(good, keep).filter(isOld)
  for (const { name } of here) removeBackup(config.backupDir, name)
  const there = remote ? chooseForgotten(await remote.list(), keep).filter(isOld) : []
  for (const { name } of there) await remote?.remove(name)
  return [...new Set([...here, ...there].map(({ name }) => name))].sort()
}
