// Owns the open database: its queries, its transactions, and the word that something was committed.
import { join } from 'node:path'
import { Kysely, sql, SqliteAdapter, SqliteDialect, type Transaction } from 'kysely'
import type { Database } from '../../tables.ts'
import { type Dialect, sqliteDialect } from './dialect.ts'
import { checkpointNow, fileBytes, kyselyAdapter, openSqlite } from './sqlite.ts'

export type Db = Kysely<Database>
export type Trx = Transaction<Database>
/** Reads may run inside a transaction or outside of one. */
export type Reader = Db | Trx

export interface Store {
  readonly db: Db
  readonly dialect: Dialect
  /**
   * Runs `work` in one transaction and commits. It may run more than once when the engine asks for a retry:
   * it must not do anything outside of the database. Don't await `store.db` inside: on SQLite there is one
   * connection, and the transaction holds it.
   */
  transaction<T>(work: (trx: Trx) => Promise<T>): Promise<T>
  /** Repeats `attempt` while the engine is busy; it must be a whole transaction. */
  patiently<T>(attempt: () => Promise<T>): Promise<T>
  /** Calls back after each commit, so that whoever waits for events looks at once. */
  onCommit(listener: () => void): () => void
  /** Fails when the database doesn't answer. */
  ping(): Promise<void>
  size(): { bytes: number; wal_bytes: number }
  /** Writes the write-ahead log back into the file and empties it, unless somebody reads it right now. */
  checkpoint(): Promise<void>
  close(): Promise<void>
}

export interface StoreOptions {
  readonly dataDir: string
  /** A second, reading connection: its transactions are snapshots, and it never blocks a writer. */
  readonly readOnly?: boolean
  readonly onLockWait?: (ms: number) => void
}

/** How long a transaction waits for its turn, milliseconds; then the caller is told to come again. */
const PATIENCE_MS = 4000
const PAUSE_MS = 20

/** Opens the store that the configuration names. @throws StartupError */
export function openStore(options: StoreOptions): Store {
  const path = databasePath(options.dataDir)
  const sqliteOptions = { ...options, path }
  const database = openSqlite(sqliteOptions)
  const db = new Kysely<Database>({
    dialect: new AtomicSqliteDialect({ database: kyselyAdapter(database, sqliteOptions) }),
  })
  const dialect = sqliteDialect
  const listeners = new Set<() => void>()

  return {
    db,
    dialect,
    async transaction(work) {
      const result = await retrying(dialect, () => db.transaction().execute(work))
      for (const listener of listeners) listener()
      return result
    },
    patiently: (attempt) => retrying(dialect, attempt),
    onCommit(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    async ping() {
      await sql`select 1`.execute(db)
    },
    size: () => ({ bytes: fileBytes(path), wal_bytes: fileBytes(`${path}-wal`) }),
    async checkpoint() {
      // In the connection's turn: inside a transaction it would fail.
      await db.connection().execute(async () => checkpointNow(database))
    },
    close: () => db.destroy(),
  }
}

export function databasePath(dataDir: string): string {
  return join(dataDir, 'petshop.db')
}

/** Kysely would migrate statement by statement, and a crash in between would leave half a step for ever. */
class AtomicSqliteDialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new AtomicSqliteAdapter()
  }
}

class AtomicSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/** Between the tries the event loop is free: other requests go on while a writer waits for its turn. */
async function retrying<T>(dialect: Dialect, attempt: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (dialect.classify(error) !== 'transient' || performance.now() > deadline) throw error
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * (0.5 + Math.random())))
    }
  }
}
