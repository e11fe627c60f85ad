// Owns SQLite as the store's engine: one file, one connection, one writer at a time.
import { Kysely, SqliteAdapter, SqliteDialect } from 'kysely'
import type { Database } from '../../tables.ts'
import { sqliteDialect } from './dialect-sqlite.ts'
import type { Engine } from './engine.ts'
import {
  checkpointNow,
  fileBytes,
  kyselyAdapter,
  openSqlite,
  type SqliteOptions,
} from './sqlite.ts'
import { patiently } from './transactions.ts'

/** @throws StartupError */
export async function openSqliteEngine(options: SqliteOptions): Promise<Engine> {
  const { path } = options
  const database = await Promise.try(() => openSqlite(options))
  const db = new Kysely<Database>({
    dialect: new AtomicSqliteDialect({ database: kyselyAdapter(database, options) }),
  })
  const engine: Engine = {
    db,
    dialect: sqliteDialect,
    size: () => Promise.resolve({ bytes: fileBytes(path), wal_bytes: fileBytes(`${path}-wal`) }),
    async checkpoint() {
      // In the connection's turn: inside a transaction it would fail.
      await db.connection().execute(async () => checkpointNow(database))
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
