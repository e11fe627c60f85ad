// Owns that one process at a time brings a server's tables up to date: a locked row, which ends with its holder.
import { type DialectAdapter, type Kysely, sql } from 'kysely'
import type { Db } from './engine.ts'

interface LockTable {
  kysely_migration_lock: { id: string; is_locked: number }
}

const ROW = 'migration_lock'

/** Runs `work` on connections that are opened for it, while no other process does the same. */
export async function migrateAlone<T>(
  connect: () => Promise<{ readonly db: Db }>,
  work: (db: Db) => Promise<T>,
): Promise<T> {
  const { db } = await connect()
  try {
    return await holdLock(db as unknown as Kysely<LockTable>, () => work(db))
  } finally {
    await db.destroy()
  }
}

/** A second connection does the work: on MySQL every change of a table commits, and would let go of the row. */
async function holdLock<T>(db: Kysely<LockTable>, work: () => Promise<T>): Promise<T> {
  await makeRow(db)
  return db.transaction().execute(async (trx) => {
    await sql`select id from kysely_migration_lock where id = ${ROW} for update`.execute(trx)
    return work()
  })
}

/** An adapter that leaves the locking to us. */
export function lockless(adapter: DialectAdapter, isTransactional: () => boolean): DialectAdapter {
  return {
    supportsReturning: adapter.supportsReturning ?? false,
    supportsCreateIfNotExists: adapter.supportsCreateIfNotExists ?? false,
    supportsMultipleConnections: adapter.supportsMultipleConnections ?? false,
    get supportsTransactionalDdl() {
      return isTransactional()
    },
    acquireMigrationLock: () => Promise.resolve(),
    releaseMigrationLock: () => Promise.resolve(),
  }
}

/** Kysely's own table, made as Kysely does. Another process may be making it at this moment. */
async function makeRow(db: Kysely<LockTable>): Promise<void> {
  const isThere = async () => {
    const query = db.selectFrom('kysely_migration_lock').select('id').where('id', '=', ROW)
    return (await query.executeTakeFirst()) !== undefined
  }
  if (await isThere().catch(() => false)) return
  // PostgreSQL refuses whoever loses this race, "if not exists" or not: by then the table is there.
  await makeTable(db).catch(() => makeTable(db))
  try {
    await db.insertInto('kysely_migration_lock').values({ id: ROW, is_locked: 0 }).execute()
  } catch (error) {
    if (!(await isThere())) throw error
  }
}

async function makeTable(db: Kysely<LockTable>): Promise<void> {
  await db.schema
    .createTable('kysely_migration_lock')
    .ifNotExists()
    .addColumn('id', 'varchar(255)', (col) => col.notNull().primaryKey())
    .addColumn('is_locked', 'integer', (col) => col.notNull().defaultTo(0))
    .execute()
}
