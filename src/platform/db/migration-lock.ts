// Owns that one process at a time brings a server's tables up to date: a locked row, which ends with its holder.
import { type Kysely, sql } from 'kysely'
import type { Database } from '../../tables.ts'

interface LockTable {
  kysely_migration_lock: { id: string; is_locked: number }
}

const ROW = 'migration_lock'

/**
 * Runs `work` while this process holds the row. It needs a second connection: on MySQL every change of a table
 * commits, and a lock on the same connection would be gone.
 */
export async function holdMigrationLock<T>(
  database: Kysely<Database>,
  work: () => Promise<T>,
): Promise<T> {
  const db = database as unknown as Kysely<LockTable>
  await makeRow(db)
  return db.transaction().execute(async (trx) => {
    await sql`select id from kysely_migration_lock where id = ${ROW} for update`.execute(trx)
    return work()
  })
}

/** Kysely's own table, made as Kysely does. Another process may be making it at this moment. */
async function makeRow(db: Kysely<LockTable>): Promise<void> {
  const isThere = async () => {
    const query = db.selectFrom('kysely_migration_lock').select('id').where('id', '=', ROW)
    return (await query.executeTakeFirst()) !== undefined
  }
  if (await isThere().catch(() => false)) return
  try {
    await db.schema
      .createTable('kysely_migration_lock')
      .ifNotExists()
      .addColumn('id', 'varchar(255)', (col) => col.notNull().primaryKey())
      .addColumn('is_locked', 'integer', (col) => col.notNull().defaultTo(0))
      .execute()
    await db.insertInto('kysely_migration_lock').values({ id: ROW, is_locked: 0 }).execute()
  } catch (error) {
    if (!(await isThere())) throw error
  }
}
