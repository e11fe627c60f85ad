// Owns making a backup beside a serving process: another process does it, and ends when this one does.
import { type ChildProcess, fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { EXIT } from '../../lib/startup-error.ts'
import type { Log } from '../logging.ts'
import {
  type BackupProblem,
  makeBackupFolder,
  nextName,
  noteProblem,
  settleDeadMark,
} from './folder.ts'
import { handOver, keepBeating, mark, unmark } from './running.ts'

export interface BackupMaker {
  /** Begins one; it goes on by itself. @returns its name, or null when one is under way in any process */
  start(now: number): string | null
  /** Ends what this process has begun. */
  stop(): void
}

export interface MakerOptions {
  readonly folder: string
  /** SQLite's file. */
  readonly source: string
  readonly log: Log
}

const PROGRAM = fileURLToPath(new URL('../../main.js', import.meta.url))
const KEPT_WORDS = 2000

export function createBackupMaker({ folder, source, log }: MakerOptions): BackupMaker {
  let child: ChildProcess | null = null

  function run(name: string): void {
    const args = ['backup', join(folder, name), '--from', `sqlite:${source}`, '--json']
    // It copies and proves: both would stand still with this whole process. Its line to us breaks when we die.
    const made = fork(PROGRAM, args, { execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
    child = made
    const stopBeating = keepBeating(folder)
    let words = ''
    made.stderr?.setEncoding('utf8').on('data', (text: string) => {
      words = (words + text).slice(-KEPT_WORDS)
    })
    const end = (code: number | null) => {
      if (child !== made) return
      child = null
      stopBeating()
      settle(name, code, words)
    }
    made.once('close', end)
    made.once('error', (error) => {
      words += error.message
      end(EXIT.failure)
    })
    if (made.pid !== undefined) handOver(folder, name, made.pid)
  }

  function settle(name: string, code: number | null, words: string): void {
    const isThere = existsSync(join(folder, name))
    const problem = code === 0 && isThere ? null : problemOf(isThere, code, words)
    if (problem) log.warn({ backup: name, problem, reason: words.trim() }, 'a backup has a problem')
    try {
      if (problem) noteProblem(folder, name, problem)
      unmark(folder, name)
    } catch (error) {
      log.error({ error, backup: name }, 'what became of a backup cannot be written down')
    }
  }

  return {
    start(now) {
      makeBackupFolder(folder)
      settleDeadMark(folder)
      const name = nextName(folder, now)
      if (!mark(folder, name)) return null
      try {
        run(name)
      } catch (error) {
        child?.kill('SIGTERM')
        throw error
      }
      return name
    },
    stop() {
      child?.kill('SIGTERM')
    },
  }
}

function problemOf(isThere: boolean, code: number | null, words: string): BackupProblem {
  if (isThere) return 'FINDINGS'
  switch (code) {
    case EXIT.data:
      return 'DAMAGED'
    case EXIT.cannotWrite:
      return words.includes('disk') ? 'DISK_FULL' : 'CANNOT_WRITE'
    case null:
    case 143:
      return 'INTERRUPTED'
    default:
      return 'FAILED'
  }
}
