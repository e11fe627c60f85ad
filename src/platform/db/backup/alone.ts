// Owns knowing that nobody has a shop's SQLite file open: its locks tell, also of processes that only read.
import { DatabaseSync } from 'node:sqlite'
import { explainFileFailure, sqliteCode } from '../sqlite.ts'
import type { Numbers } from './numbers.ts'

const SQLITE_BUSY = 5
/** ERROR: it has no such table; CORRUPT; NOTADB. */
const DAMAGED = [1, 11, 26]
/** Others hold what is needed for moments only, or for as long as they have the file open. */
const PATIENCE_MS = 1000

/**
 * Takes the whole file for itself for a moment, and writes its write-ahead log back.
 * @returns how far its numbers have come, none of a file that is too damaged; null when somebody else has it open
 */
export function closeForGood(path: string): Numbers | null {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(path, { timeout: PATIENCE_MS })
    // In WAL mode everybody who has the file open holds a lock that this one excludes. Without others it is
    // the last to close, and the log goes away with it.
    database.exec('pragma locking_mode = exclusive; begin immediate; commit')
    const rows = database.prepare('select name, next_value from sequences').all()
    return new Map(rows.map((row) => [String(row['name']), Number(row['next_value'])]))
  } catch (error) {
    const code = sqliteCode(error)
    if (code === SQLITE_BUSY) return null
    // Anything else, as missing rights, says nothing of whether somebody has it open.
    if (code !== null && DAMAGED.includes(code)) return new Map()
    throw explainFileFailure(error, `The shop at ${path}`)
  } finally {
    database?.close()
  }
}
