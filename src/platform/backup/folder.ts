// Owns the folder of backups: which there are, what became of each, and removing them.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { partialPath } from '../db/backup/partial.ts'
import { fileBytes } from '../db/sqlite.ts'
import { backupName, timeOfBackup } from './names.ts'
import { clearUnreadable, readMark, unmark } from './running.ts'

const BACKUP_PROBLEMS = [
  'DISK_FULL',
  'CANNOT_WRITE',
  'DAMAGED',
  'FINDINGS',
  'INTERRUPTED',
  'FAILED',
] as const
export type BackupProblem = (typeof BACKUP_PROBLEMS)[number]

export interface BackupFile {
  readonly name: string
  /** So far, of one under way; null when there is no file. */
  readonly bytes: number | null
  /** Epoch milliseconds. */
  readonly created_at: number
  readonly state: 'running' | 'ready' | 'failed'
  /** Why it failed; of a ready one, what its examination has found. */
  readonly problem: BackupProblem | null
}

const NOTE = '.json'

/** For nobody else to read. @throws NodeJS.ErrnoException when it can't be made or written */
export function makeBackupFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
}

/** Newest first. */
export function listBackups(folder: string): BackupFile[] {
  const names = new Set(
    namesIn(folder).map((name) => (name.endsWith(NOTE) ? name.slice(0, -NOTE.length) : name)),
  )
  const marked = readMark(folder)?.running.name
  if (marked !== undefined) names.add(marked)
  return [...names]
    .flatMap((name) => findBackup(folder, name) ?? [])
    .sort((one, other) => other.created_at - one.created_at)
}

export function findBackup(folder: string, name: string): BackupFile | null {
  const created_at = timeOfBackup(name)
  if (created_at === null) return null
  const path = join(folder, name)
  const mark = readMark(folder)
  const isMarked = mark?.running.name === name
  if (mark && isMarked && mark.alive) {
    const { maker } = mark.running
    const bytes = fileBytes(path) || (maker === null ? 0 : fileBytes(partialPath(path, maker)))
    return { name, bytes, created_at, state: 'running', problem: null }
  }
  const note = readNote(path)
  if (existsSync(path)) {
    return { name, bytes: fileBytes(path), created_at, state: 'ready', problem: note }
  }
  const problem = note ?? (isMarked ? 'INTERRUPTED' : null)
  return problem && { name, bytes: null, created_at, state: 'failed', problem }
}

/** The name of one that begins now; names are never given twice. */
export function nextName(folder: string, now: number): string {
  for (let time = now; ; time += 1000) {
    const name = backupName(time)
    if (!findBackup(folder, name)) return name
  }
}

/** Says what became of it. */
export function noteProblem(folder: string, name: string, problem: BackupProblem): void {
  writeFileSync(join(folder, name + NOTE), JSON.stringify({ problem }), { mode: 0o600 })
}

/** A mark whose process is dead becomes what it is: a backup that was interrupted. */
export function settleDeadMark(folder: string): void {
  clearUnreadable(folder)
  const mark = readMark(folder)
  if (!mark || mark.alive) return
  const { name } = mark.running
  if (findBackup(folder, name)?.state === 'failed') noteProblem(folder, name, 'INTERRUPTED')
  unmark(folder, name)
}

/** Nothing of one under way. */
export function removeBackup(folder: string, name: string): void {
  unmark(folder, name)
  const path = join(folder, name)
  for (const file of [path, path + NOTE]) rmSync(file, { force: true })
}

/** @returns null when it isn't there, or not ready; whoever gets it closes it */
export async function openBackup(
  folder: string,
  name: string,
): Promise<{ file: FileHandle; bytes: number } | null> {
  if (timeOfBackup(name) === null) return null
  try {
    const file = await open(join(folder, name), 'r')
    return { file, bytes: (await file.stat()).size }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

function readNote(path: string): BackupProblem | null {
  try {
    const { problem } = JSON.parse(readFileSync(path + NOTE, 'utf8')) as { problem?: unknown }
    return BACKUP_PROBLEMS.find((known) => known === problem) ?? 'FAILED'
  } catch {
    return null
  }
}
