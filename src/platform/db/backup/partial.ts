// Owns files under way: they stand beside their final name, and get it when they are whole and on the disk.
import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { EXIT, StartupError } from '../../../lib/startup-error.ts'
import { machineName } from '../../events/machine.ts'

const PARTIAL = /\.(\d+)-([0-9a-f]{8})\.petshop-partial(?:-wal|-shm|-journal)?$/
const DAY_MS = 24 * 3600 * 1000
const here = createHash('sha256').update(machineName()).digest('hex').slice(0, 8)

/** Where the file is while it isn't whole: in the same folder, so that renaming it moves no byte. */
export function partialPath(target: string, pid: number = process.pid): string {
  return `${target}.${pid}-${here}.petshop-partial`
}

/** Makes it, empty, for nobody else to read: it holds everything the shop knows of its customers. */
export function createPartial(target: string): string {
  const path = partialPath(target)
  closeSync(openSync(path, 'wx', 0o600))
  return path
}

/** With what SQLite may have put beside it. */
export function removeDatabase(path: string): void {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(path + end, { force: true })
}

/** Removes what was left by processes that ended in the middle. */
export function clearStale(folder: string): void {
  for (const name of readdirSync(folder)) {
    const [, pid, machine] = PARTIAL.exec(name) ?? []
    if (pid === undefined) continue
    const path = join(folder, name)
    const isStale = machine === here ? !isAlive(Number(pid)) : isOld(path)
    if (isStale) rmSync(path, { force: true })
  }
}

/** Whether this machine has a process of this number. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Somebody else's process is one too.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

/** Another machine's process, or one from before this machine was started again: its number tells nothing. */
function isOld(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats !== undefined && Date.now() - stats.mtimeMs > DAY_MS
}

/** Waits until the disk has it. */
export function syncPath(path: string): void {
  const file = openSync(path, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** From one moment to the next the whole file stands under its name. @throws StartupError when one is there already */
export function place(partial: string, target: string, overwrite: boolean): void {
  if (overwrite) renameSync(partial, target)
  else placeNew(partial, target)
  syncPath(dirname(target))
}

function placeNew(partial: string, target: string): void {
  if (link(partial, target)) rmSync(partial)
  else if (existsSync(target)) throw alreadyThere(target)
  else renameSync(partial, target)
}

/** A second name for the file. @returns false on file systems without them */
export function link(path: string, name: string): boolean {
  try {
    linkSync(path, name)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST') throw alreadyThere(name)
    if (code === 'EPERM' || code === 'ENOTSUP' || code === 'ENOSYS' || code === 'EOPNOTSUPP')
      return false
    throw error
  }
}

export function alreadyThere(path: string): StartupError {
  return new StartupError(
    `${path} is there already, and was left as it is. Choose another name than ${basename(path)}, or overwrite it with --force.`,
    EXIT.cannotWrite,
  )
}
