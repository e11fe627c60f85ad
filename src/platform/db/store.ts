// Owns the open database: its queries, its transactions, and the word that something was committed.
import { join } from 'node:path'
import { sql } from 'kysely'
import type { StoreConfig } from '../config.ts'
import type { OnQuery } from '../monitoring/queries.ts'
import type { Dialect } from './dialect.ts'
import type { Db, Engine, StoreSize, Trx } from './engine.ts'
import { openSqliteEngine } from './sqlite-engine.ts'
import type { Prepare } from './prepared.ts'
import { runTransaction, type TransactionOptions } from './transactions.ts'

export type { Db, Reader, Trx } from './engine.ts'

export interface Store {
  readonly db: Db
  readonly dialect: Dialect
  /** A reading query that runs often, ready to run. Never inside a transaction: it would wait for its end. */
  readonly prepare: Prepare
  /**
   * Runs `work` in one transaction and commits. It may run more than once when the engine asks for a retry:
   * it must not do anything outside of the database. Don't await `store.db` inside: on SQLite there is one
   * connection, and the transaction holds it; elsewhere all might wait for each other.
   * @throws COMMIT_UNKNOWN when nobody knows whether it was committed
   */
  transaction<T>(work: (trx: Trx) => Promise<T>, options?: TransactionOptions<T>): Promise<T>
  /** Reads as the data stood at one moment, while others write. */
  snapshot<T>(work: (reader: Trx) => Promise<T>): Promise<T>
  /** Runs `work`, which brings the tables up to date, while no other process does the same. */
  migrating<T>(work: (db: Db) => Promise<T>): Promise<T>
  /** Calls back after each commit, so that whoever waits for events looks at once. `own`: of this thread. */
  onCommit(listener: (own: boolean) => void): () => void
  /** Another thread of this process has committed: tells the listeners as well. */
  hearCommit(): void
  /** Fails when the database doesn't answer. */
  ping(): Promise<void>
  size(): Promise<StoreSize>
  /** Writes the write-ahead log back into the file and empties it, unless somebody reads it right now. */
  checkpoint(): Promise<void>
  close(): Promise<void>
}

export interface StoreOptions {
  readonly store: StoreConfig
  /** A second, reading connection: its transactions are snapshots, and it never blocks a writer. */
  readonly readOnly?: boolean
  readonly onLockWait?: (ms: number) => void
  /** Told of each statement, but for prepared reads of SQLite. */
  readonly onQuery?: OnQuery
  /** Shared with the other threads of this process that write the same file. */
  readonly turns?: SharedArrayBuffer
}

/** Opens the store that the configuration names. @throws StartupError */
export async function openStore(options: StoreOptions): Promise<Store> {
  const engine = await openEngine(options)
  const { db, dialect } = engine
  const { isolation } = options.store
  const listeners = new Set<(own: boolean) => void>()
  const tell = (own: boolean) => listeners.forEach((listener) => listener(own))
  return {
    db,
    dialect,
    prepare: engine.prepare,
    async transaction(work, transactionOptions) {
      const serializable = dialect.remote ? isolation : null
      const result = await runTransaction(engine, serializable, work, transactionOptions)
      tell(true)
      return result
    },
    snapshot(work) {
      const transaction = db.transaction()
      if (!dialect.remote) return transaction.execute(work)
      return transaction
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute(work)
    },
    migrating: engine.migrating,
    onCommit(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    hearCommit: () => tell(false),
    async ping() {
      await sql`select 1`.execute(db)
    },
    size: engine.size,
    checkpoint: engine.checkpoint,
    close: () => db.destroy(),
  }
}

/** A driver is loaded when it is chosen. */
async function openEngine(options: StoreOptions): Promise<Engine> {
  const { store, readOnly = false, onLockWait, onQuery, turns } = options
  const { address, poolSize } = store
  const server = { poolSize, readOnly, unhurried: false, ...(onQuery && { onQuery }) }
  switch (address.engine) {
    case 'sqlite':
      return openSqliteEngine({
        path: address.path,
        readOnly,
        ...(onLockWait && { onLockWait }),
        ...(onQuery && { onQuery }),
        ...(turns && { turns }),
      })
    case 'mysql': {
      const { openMysql } = await import('./mysql.ts')
      return openMysql({ ...server, url: address.url })
    }
    case 'postgres': {
      const { openPostgres } = await import('./postgres.ts')
      return openPostgres({ ...server, url: address.url })
    }
  }
}

/** Where SQLite's file is unless DATABASE_URL says otherwise. */
export function databasePath(dataDir: string): string {
  return join(dataDir, 'petshop.db')
}
