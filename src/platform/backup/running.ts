// Owns the mark of a backup under way: a file that all processes of the machine see, and that a dead one can't hold.
import {
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { isAlive } from '../db/backup/partial.ts'
import { machineName } from '../events/machine.ts'

export interface Running {
  /** Of the backup. */
  readonly name: string
  /** The process that makes it; null before it is there. */
  readonly maker: number | null
  /** The process that has begun it, and says what became of it. */
  readonly pid: number
  readonly machine: string
}

const FILE = 'running.json'
const BEAT_MS = 5000
/** Without a beat for so long, whoever should give it is dead, whatever its number says. */
const SILENT_MS = 30_000

/** @returns false when there is such a mark already, a dead one's or not */
export function mark(folder: string, name: string): boolean {
  try {
    writeFileSync(join(folder, FILE), textOf(name, null), { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    // A full disk has room for its name, and not for what is in it.
    rmSync(join(folder, FILE), { force: true })
    throw error
  }
}

/** Another process makes it. */
export function handOver(folder: string, name: string, maker: number): void {
  const next = join(folder, `${FILE}.${process.pid}`)
  writeFileSync(next, textOf(name, maker), { mode: 0o600 })
  renameSync(next, join(folder, FILE))
}

/** Nobody else's. */
export function unmark(folder: string, name: string): void {
  if (readMark(folder)?.running.name === name) rmSync(join(folder, FILE), { force: true })
}

/** Keeps the mark young. @returns how to end that */
export function keepBeating(folder: string): () => void {
  const beat = () => {
    try {
      utimesSync(join(folder, FILE), new Date(), new Date())
    } catch {
      // Somebody has cleared the folder: nobody sees the mark any more.
    }
  }
  const timer = setInterval(beat, BEAT_MS).unref()
  return () => clearInterval(timer)
}

/**
 * A power cut may leave a mark without its words: after a while nobody is still writing them. It would keep every
 * later backup from being made.
 */
export function clearUnreadable(folder: string): void {
  const path = join(folder, FILE)
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found || readMark(folder) || isYoung(found)) return
  rmSync(path, { force: true })
}

/** @returns the mark, and whether somebody lives behind it; null when there is none */
export function readMark(folder: string): { running: Running; alive: boolean } | null {
  const path = join(folder, FILE)
  try {
    const running = JSON.parse(readFileSync(path, 'utf8')) as Running
    const isHere = running.machine === machineName()
    return { running, alive: isYoung(statSync(path)) && (!isHere || isAlive(running.pid)) }
  } catch {
    return null
  }
}

function isYoung({ mtimeMs }: Stats): boolean {
  return Math.abs(Date.now() - mtimeMs) < SILENT_MS
}

function textOf(name: string, maker: number | null): string {
  const running: Running = { name, maker, pid: process.pid, machine: machineName() }
  return JSON.stringify(running)
}
