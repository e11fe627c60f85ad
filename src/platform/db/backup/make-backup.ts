// Owns making a backup: copied, on the disk and proved before it gets its name; killed at any moment, there is none.
import { existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { EXIT, StartupError } from '../../../lib/startup-error.ts'
import type { StoreAddress } from '../address.ts'
import { isSamePlace } from '../transfer/place.ts'
import { copyDatabase } from './copy.ts'
import {
  alreadyThere,
  clearStale,
  createPartial,
  place,
  removeDatabase,
  syncPath,
} from './partial.ts'
import { explainWriteFailure } from './write-failure.ts'

export interface BackupOptions<T> {
  /** SQLite's file. */
  readonly source: string
  readonly target: string
  readonly overwrite: boolean
  /** Proves the copy; what it throws makes the backup fail. */
  readonly verify: (copy: string) => Promise<T>
  readonly signal?: AbortSignal
  readonly onProgress: (bytes: number, total: number) => void
}

/** @returns what `verify` has found. @throws StartupError; nothing is left behind then */
export async function makeBackup<T>(options: BackupOptions<T>): Promise<T> {
  const { source, target, overwrite } = options
  refuseTarget(source, target, overwrite)
  let partial: string | null = null
  try {
    clearStale(dirname(target))
    partial = createPartial(target)
    await copyDatabase({ ...options, target: partial })
    // Before it is proved: what is read then is what the disk was given.
    syncPath(partial)
    const found = await options.verify(partial)
    options.signal?.throwIfAborted()
    place(partial, target, overwrite)
    return found
  } catch (error) {
    if (partial) removeDatabase(partial)
    throw explainWriteFailure(error, target)
  }
}

function refuseTarget(source: string, target: string, overwrite: boolean): void {
  const [from, to]: StoreAddress[] = [
    { engine: 'sqlite', path: source },
    { engine: 'sqlite', path: target },
  ] as const
  if (from && to && isSamePlace(from, to)) {
    throw new StartupError(`${target} is the shop itself. Choose another name.`, EXIT.usage)
  }
  const there = statSync(target, { throwIfNoEntry: false })
  if (there && !there.isFile()) {
    throw new StartupError(`${target} is no file. Name one in a folder.`, EXIT.cannotWrite)
  }
  if (!overwrite && existsSync(target)) throw alreadyThere(target)
}
