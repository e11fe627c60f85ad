// Owns SQLite: opening the file safely, and the adapter between node:sqlite and Kysely.
import { existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import type { SqliteDatabase, SqliteStatement } from 'kysely'
import { EXIT, StartupError } from '../../lib/startup-error.ts'
import { makeFolder } from '../folders.ts'
import type { OnQuery } from '../monitoring/queries.ts'

/** Below it, a reset of the write-ahead log can corrupt the file. */
const OLDEST_SAFE_VERSION = [3, 51, 3]
/** 'PETS' in ASCII: marks the file as ours (PRAGMA application_id). */
export const APPLICATION_ID = 0x50455453
/** While the file is opened somebody may be migrating it. */
const OPENING_TIMEOUT_MS = 5000
/** Waiting for another process' lock stands still with the whole thread: briefly, then the store tries again. */
const BUSY_TIMEOUT_MS = 20
const CACHED_STATEMENTS = 500
/** Of 4 KiB. What is written again and again meanwhile, such as the stock, goes to the file once. */
const CHECKPOINT_PAGES = 4000

export interface SqliteOptions {
  readonly path: string
  readonly readOnly?: boolean
  /** Called with the milliseconds that a writer waited for its turn. */
  readonly onLockWait?: (ms: number) => void
  /** Told of each statement, but for prepared reads. */
  readonly onQuery?: OnQuery
  /** Shared with the other threads of this process that write the same file. */
  readonly turns?: SharedArrayBuffer
}

/**
 * Opens or creates the shop's database file.
 * @throws StartupError when the folder can't be written, or the file is damaged or somebody else's; nothing
 *   is overwritten then
 */
export function openSqlite(options: SqliteOptions): DatabaseSync {
  const { path, readOnly = false } = options
  if (readOnly && !existsSync(path)) {
    throw new StartupError(`There is no shop at ${path}.`, EXIT.data)
  }
  if (!readOnly) makeFolder(dirname(path))
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(path, { readOnly, timeout: OPENING_TIMEOUT_MS })
    refuseOldSqlite(database)
    const isOurs = refuseForeignFile(database, path)
    if (!readOnly) prepareForWriting(database, isOurs)
    database.exec(
      'PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768',
    )
    database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`)
    return database
  } catch (error) {
    database?.close()
    throw explainFileFailure(error, path)
  }
}

/** What Kysely's SqliteDialect needs, with a bounded cache of prepared statements. */
export function kyselyAdapter(database: DatabaseSync, options: SqliteOptions): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>()

  function prepare(sql: string): SqliteStatement {
    // A writer takes its place in the queue at once instead of failing at its first write; a reader's
    // transaction is a snapshot.
    if (sql === 'begin') {
      return options.readOnly
        ? wrap(database.prepare('begin'))
        : timed(database, options.onLockWait)
    }
    // A reader has nothing to commit, and a damaged page makes committing it fail.
    if (sql === 'rollback' || (sql === 'commit' && options.readOnly)) return rollback(database)
    let statement = statements.get(sql)
    if (statement) {
      statements.delete(sql)
    } else {
      statement =
        options.turns && WRITES.test(sql)
          ? onlyInTransactions(database, sql)
          : wrap(database.prepare(sql))
      const oldest = statements.keys().next()
      if (statements.size >= CACHED_STATEMENTS && !oldest.done) statements.delete(oldest.value)
    }
    statements.set(sql, statement)
    return statement
  }

  return { prepare, close: () => database.close() }
}

function wrap(statement: StatementSync): SqliteStatement {
  const toRow = rowMaker(statement)
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...checked(parameters)).map(toRow),
    run: (parameters) => statement.run(...checked(parameters)),
    iterate: (parameters) => statement.iterate(...checked(parameters)).map(toRow),
  }
}

/** Makes rows of one shape. The driver's own have no prototype: dictionaries, slow to read and slower to copy. */
export function rowMaker(statement: StatementSync): (values: unknown) => unknown {
  statement.setReturnArrays(true)
  let names = statement.columns().map((column) => column.name)
  return (values) => {
    const cells = values as unknown[]
    // `select *` of a table that has got another column.
    if (cells.length !== names.length) names = statement.columns().map((column) => column.name)
    const row: Record<string, unknown> = {}
    for (let i = 0; i < names.length; i++) row[names[i] ?? ''] = cells[i]
    return row
  }
}

const WRITES = /^\s*(insert|update|delete|replace)\b/i
/** Kysely's own, before the other thread begins. */
const OF_MIGRATIONS = /"kysely_migration/

/** Beside another thread: a write by itself would take no turn, and meet whoever has it. */
function onlyInTransactions(database: DatabaseSync, sql: string): SqliteStatement {
  const statement = wrap(database.prepare(sql))
  if (OF_MIGRATIONS.test(sql)) return statement
  const refuse = () => {
    if (!database.isTransaction) throw new Error(`written outside of a transaction: ${sql}`)
  }
  return {
    ...statement,
    all(parameters) {
      refuse()
      return statement.all(parameters)
    },
    run(parameters) {
      refuse()
      return statement.run(parameters)
    },
  }
}

/** A full disk ends the transaction by itself: rolling it back would fail, and hide what went wrong. */
function rollback(database: DatabaseSync): SqliteStatement {
  const statement = wrap(database.prepare('rollback'))
  const nothing = { changes: 0, lastInsertRowid: 0 }
  return {
    ...statement,
    run: (values) => (database.isTransaction ? statement.run(values) : nothing),
  }
}

function timed(database: DatabaseSync, onLockWait?: (ms: number) => void): SqliteStatement {
  const statement = wrap(database.prepare('begin immediate'))
  if (!onLockWait) return statement
  return {
    ...statement,
    run(parameters) {
      const start = performance.now()
      const result = statement.run(parameters)
      onLockWait(performance.now() - start)
      return result
    },
  }
}

/** node:sqlite takes a first object for named parameters and `undefined` for NULL: both are our mistakes. */
function checked(parameters: readonly unknown[]): SQLInputValue[] {
  for (const value of parameters) {
    const fine = value === null || typeof value !== 'object' || value instanceof Uint8Array
    if (!fine || value === undefined) throw new TypeError(`not a SQL value: ${typeof value}`)
  }
  return parameters as SQLInputValue[]
}

function refuseOldSqlite(database: DatabaseSync): void {
  const row = database.prepare('select sqlite_version() as version').get()
  const version = String(row?.['version'])
  const parts = version.split('.').map(Number)
  for (const [i, least] of OLDEST_SAFE_VERSION.entries()) {
    const part = parts[i] ?? 0
    if (part > least) return
    if (part < least) {
      throw new StartupError(
        `SQLite ${version} can corrupt a write-ahead log; ${OLDEST_SAFE_VERSION.join('.')} or newer is needed.`,
        EXIT.unavailable,
      )
    }
  }
}

/** @returns whether it bears our mark; an empty file doesn't yet */
function refuseForeignFile(database: DatabaseSync, path: string): boolean {
  const id = database.prepare('PRAGMA application_id').get()?.['application_id']
  const tables = database.prepare('select count(*) as n from sqlite_schema').get()?.['n']
  if (tables !== 0 && id !== APPLICATION_ID) {
    throw new StartupError(
      `${path} is a database of another program. It was left as it is; choose another PETSHOP_DATA_DIR.`,
      EXIT.data,
    )
  }
  return id === APPLICATION_ID
}

function prepareForWriting(database: DatabaseSync, isOurs: boolean): void {
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA journal_size_limit = 67108864;
    PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES};
  `)
  if (!isOurs) database.exec(`PRAGMA application_id = ${APPLICATION_ID}`)
}

/** Empties the write-ahead log unless somebody reads it. It waits for nobody: the process would stand still. */
export function checkpointNow(database: DatabaseSync): void {
  database.exec('PRAGMA busy_timeout = 0')
  try {
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  } finally {
    database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`)
  }
}

const SQLITE_READONLY = 8
const SQLITE_CORRUPT = 11
const SQLITE_CANTOPEN = 14
const SQLITE_NOTADB = 26

/** A failure of the file itself in one sentence; any other error as it is. */
export function explainFileFailure(error: unknown, path: string): unknown {
  const code = sqliteCode(error)
  if (code === SQLITE_NOTADB || code === SQLITE_CORRUPT) {
    return new StartupError(
      `${path} is damaged or not a database. It was left as it is; restore a backup or choose another PETSHOP_DATA_DIR.`,
      EXIT.data,
    )
  }
  if (code === SQLITE_CANTOPEN || code === SQLITE_READONLY) {
    return new StartupError(
      `${path} cannot be opened for writing. Check the rights of its folder, or choose another PETSHOP_DATA_DIR.`,
      EXIT.cannotWrite,
    )
  }
  return error
}

/** SQLite's primary result code, or null when the error isn't SQLite's. */
export function sqliteCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error)) return null
  return typeof error.errcode === 'number' ? error.errcode & 0xff : null
}

export function fileBytes(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}
