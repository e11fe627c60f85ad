// Owns putting a restored shop in its place: the one before is kept beside it, and nobody ever sees half of one.
import { existsSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileBytes } from '../sqlite.ts'
import { link, syncPath } from './partial.ts'

/**
 * Nobody has the old one open, and its log was written back unless it is damaged.
 * @returns where the one before is; null when there was none
 */
export function putInPlace(restored: string, target: string, now: number): string | null {
  const kept = existsSync(target) ? keepBeside(target, now) : null
  // A log that could not be written back belongs to the old file; beside the new one it would destroy it.
  const hasLog = fileBytes(`${target}-wal`) > 0 || fileBytes(`${target}-journal`) > 0
  if (kept && hasLog) rmSync(target, { force: true })
  for (const end of ['-wal', '-shm', '-journal']) rmSync(target + end, { force: true })
  renameSync(restored, target)
  syncPath(dirname(target))
  return kept
}

function keepBeside(target: string, now: number): string {
  const time = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '')
  const kept = freeName(`${target}.before-restore-${time}`)
  for (const end of ['-wal', '-journal', '']) {
    if (fileBytes(target + end) === 0 && end !== '') continue
    if (!link(target + end, kept + end)) renameSync(target + end, kept + end)
  }
  syncPath(dirname(target))
  return kept
}

/** A shop restored twice within a second keeps both that were there before. */
function freeName(name: string): string {
  let free = name
  for (let n = 2; existsSync(free); n++) free = `${name}-${n}`
  return free
}
