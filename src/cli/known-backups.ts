// Owns the backups there are, in the folder and in the bucket: their list, one by its time, bringing it here.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { EXIT, StartupError } from '../lib/startup-error.ts'
import { findBackup, listBackups, makeBackupFolder } from '../platform/backup/folder.ts'
import { timeOfBackup } from '../platform/backup/names.ts'
import { openRemote } from '../platform/backup/remote.ts'
import { chooseAt } from '../platform/backup/retention.ts'
import type { Config } from '../platform/config.ts'

export interface KnownBackup {
  readonly name: string
  /** Null while it is being made, or when it failed. */
  readonly bytes: number | null
  /** Epoch milliseconds. */
  readonly created_at: number
  readonly where: readonly ('folder' | 'bucket')[]
  /** Whole, and what is in it adds up. */
  readonly good: boolean
  /** Why not; blank for good ones. */
  readonly problem: string
}

/** Newest first. @throws StartupError when the bucket doesn't answer */
export async function listKnown({ backupDir, backup }: Config): Promise<KnownBackup[]> {
  const here = listBackups(backupDir)
  const there = backup.remote ? await openRemote(backup.remote).list() : []
  const inBucket = new Set(there.map(({ name }) => name))
  const inFolder = new Set(here.filter(({ state }) => state === 'ready').map(({ name }) => name))
  const known = here.map(({ name, bytes, created_at, state, problem }): KnownBackup => {
    const where = inFolder.has(name) ? (['folder'] as const) : []
    const good = state === 'ready' && problem === null
    return {
      ...{ name, bytes, created_at, good },
      where: inBucket.has(name) ? [...where, 'bucket'] : where,
      problem: problem ?? (state === 'running' ? 'RUNNING' : ''),
    }
  })
  const names = new Set(here.map(({ name }) => name))
  const far = there
    .filter(({ name }) => !names.has(name))
    .map((it): KnownBackup => ({ ...it, where: ['bucket'], good: true, problem: '' }))
  return [...known, ...far].sort((one, other) => other.created_at - one.created_at)
}

/** The file of the newest good backup that isn't younger than this. @throws StartupError */
export async function fileAt(config: Config, text: string): Promise<string> {
  const time = parseTime(text)
  const good = (await listKnown(config)).filter((it) => it.good)
  const chosen = chooseAt(good, time)
  if (chosen) return bringHere(config, chosen.name)
  const oldest = good.at(-1)
  const told = oldest ? `the oldest is ${oldest.name}` : 'there is none at all'
  throw new StartupError(
    `There is no backup from ${new Date(time).toISOString()} or before; ${told}.`,
    EXIT.data,
  )
}

/** A path; or, where there is no such file, the name of a backup as `petshop backups` lists it. */
export async function fileOfName(config: Config, text: string): Promise<string> {
  const isName = !existsSync(text) && timeOfBackup(text) !== null
  return isName ? bringHere(config, text) : text
}

async function bringHere({ backupDir, backup }: Config, name: string): Promise<string> {
  const file = join(backupDir, name)
  if (findBackup(backupDir, name)?.state === 'ready' || !backup.remote) return file
  makeBackupFolder(backupDir)
  await openRemote(backup.remote).download(name, file)
  return file
}

const TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?$/

/** Of this machine's clock unless it names its zone. @throws StartupError */
function parseTime(text: string): number {
  const time = TIME.test(text) ? Date.parse(text.replace(' ', 'T')) : NaN
  if (!Number.isNaN(time)) return time
  throw new StartupError(
    `--at ${text}: must be a time as in 2026-11-22T10:00 (of this machine), or 2026-11-22T10:00Z.`,
    EXIT.usage,
  )
}
