// Owns SQLite as the store's engine: one file, one connection a thread, one writer at a time.
import { Kysely, SqliteAdapter, SqliteDialect } from 'kysely'
import type { Database } from '../../tables.ts'
import { sqliteDialect } from './dialect-sqlite.ts'
import type { Engine } from './engine.ts'
import { prepareOn } from './prepared.ts'
import {
  checkpointNow,
  fileBytes,
  kyselyAdapter,
  openSqlite,
  type SqliteOptions,
} from './sqlite.ts'
import { patiently } from './transactions.ts'
import { ALONE, joinTurns } from './turns.ts'

/** @throws StartupError */
export async function openSqliteEngine(options: SqliteOptions): Promise<Engine> {
  const { path } = options
  const database = await Promise.try(() => openSqlite(options))
  // A writer waits for its turn among this process' threads, then for other processes: counted as one.
  let waitedMs = 0
  const onLockWait = (ms: number) => {
    options.onLockWait?.(waitedMs + ms)
    waitedMs = 0
  }
  const turns = options.turns ? joinTurns(options.turns, (ms) => (waitedMs = ms)) : ALONE
  const adapter = kyselyAdapter(database, { ...options, onLockWait })
  const db = new Kysely<Database>({
    dialect: new AtomicSqliteDialect({ database: adapter }),
    ...(options.onQuery && { log: options.onQuery }),
  })
  const engine: Engine = {
    db,
    dialect: sqliteDialect,
    prepare: prepareOn(database, db),
    turns,
    size: () => Promise.resolve({ bytes: fileBytes(path), wal_bytes: fileBytes(`${path}-wal`) }),
    async checkpoint() {
      const endTurn = await engine.turns.take()
      try {
        // In the connection's turn: inside a transaction it would fail.
        await db.connection().execute(async () => checkpointNow(database))
      } finally {
        endTurn()
      }
    },
    // Kysely's one transaction around all steps is the lock; another process may hold it right now.
    migrating: (work) => patiently(engine, () => work(db)),
  }
  return engine
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
