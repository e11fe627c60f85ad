// Owns restoring: a copy is brought up to date and proved beside the shop, and takes its place only then.
import { constants, existsSync, statSync } from 'node:fs'
import { chmod, chown, copyFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { EXIT, StartupError } from '../../../lib/startup-error.ts'
import { makeFolder } from '../../folders.ts'
import { isSamePlace } from '../transfer/place.ts'
import { fileBytes } from '../sqlite.ts'
import { closeForGood } from './alone.ts'
import { refuseForeignBackup } from './header.ts'
import { clearStale, createPartial, removeDatabase, syncPath } from './partial.ts'
import type { Numbers } from './numbers.ts'
import { reviveShop, type ReviveOptions } from './revive.ts'
import { putInPlace } from './swap.ts'
import { explainWriteFailure } from './write-failure.ts'

export interface RestoreOptions<T> extends Pick<ReviveOptions, 'file' | 'migrations' | 'now'> {
  /** The shop's file. */
  readonly target: string
  /** Puts the shop that is there aside. */
  readonly replace: boolean
  /** Names who has the shop open. */
  readonly worker: () => Promise<string | null>
  /** Proves the copy before it takes the shop's place; what it throws leaves all as it was. */
  readonly verify: (copy: string) => Promise<T>
  readonly onProgress: (bytes: number, total: number) => void
}

export interface Restored<T> {
  readonly found: T
  /** Where the shop before is now; null when there was none. */
  readonly kept: string | null
  /** What brought the backup of an older version up to date. */
  readonly steps: readonly string[]
}

/** @throws StartupError; the shop that is there is as it was then */
export async function restoreFile<T>(options: RestoreOptions<T>): Promise<Restored<T>> {
  const { file, target, now } = options
  refuseItself(file, target)
  refuseForeignBackup(file)
  const reached = await leaveShop(options)
  makeFolder(dirname(target))
  let copy: string | null = null
  try {
    clearStale(dirname(target))
    copy = createPartial(target)
    await copyBytes(file, copy, options.onProgress)
    const steps = await reviveShop({ ...options, path: copy, reached })
    const found = await options.verify(copy)
    syncPath(copy)
    // It took a while: somebody may have opened the shop, and given out numbers that the copy would give again.
    if (!isDeepStrictEqual(await leaveShop(options), reached)) throw openedMeanwhile(target)
    return { found, steps, kept: putInPlace(copy, target, now) }
  } catch (error) {
    throw explainWriteFailure(error, target)
  } finally {
    if (copy) removeDatabase(copy)
  }
}

function openedMeanwhile(target: string): StartupError {
  return new StartupError(
    `The shop at ${target} was opened meanwhile. Stop all its processes and restore again; nothing was changed.`,
    EXIT.unavailable,
  )
}

function refuseItself(file: string, target: string): void {
  if (!isSamePlace({ engine: 'sqlite', path: file }, { engine: 'sqlite', path: target })) return
  throw new StartupError(`${file} is the shop itself, and no backup.`, EXIT.usage)
}

/** @returns how far the numbers of the shop that is there have come. @throws StartupError unless it may go */
async function leaveShop({ target, replace, worker }: RestoreOptions<unknown>): Promise<Numbers> {
  if (!existsSync(target)) return new Map()
  if (!replace) {
    throw new StartupError(
      `There is a shop at ${target} already; nothing was changed. With --force it is kept beside, and the backup takes its place; stop the shop first.`,
      EXIT.cannotWrite,
    )
  }
  const reached = closeForGood(target)
  if (reached) return reached
  const owner = await worker().catch(() => null)
  const [machine = '', pid] = owner?.split(':') ?? []
  const who = owner ? `process ${pid} on ${machine.split('/')[0]}` : 'another process uses its file'
  throw new StartupError(
    `The shop at ${target} is open (${who}). Stop all its processes first; nothing was changed.`,
    EXIT.unavailable,
  )
}

const LOOK_MS = 200

async function copyBytes(
  file: string,
  copy: string,
  onProgress: RestoreOptions<unknown>['onProgress'],
): Promise<void> {
  const total = fileBytes(file)
  const look = setInterval(() => onProgress(fileBytes(copy), total), LOOK_MS)
  try {
    // Where the file system can, both share their bytes.
    await copyFile(file, copy, constants.COPYFILE_FICLONE)
    // A backup's rights may be wider, or none to write.
    await chmod(copy, 0o600)
    await giveToOwner(copy)
  } finally {
    clearInterval(look)
  }
  onProgress(total, total)
}

/** The administrator restores, and another account runs the shop: it is the folder's owner. */
async function giveToOwner(copy: string): Promise<void> {
  if (process.getuid?.() !== 0) return
  const { uid, gid } = statSync(dirname(copy))
  await chown(copy, uid, gid)
}
