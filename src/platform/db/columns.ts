// Owns which columns a table has already: a migration that broke off on an engine without transactional DDL goes on
// where it was.
import { type Kysely, sql } from 'kysely'
import type { Dialect } from './dialect.ts'

/** Names of the table's columns; empty where there is no such table. */
export async function columnsOf(
  db: Kysely<unknown>,
  dialect: Dialect,
  table: string,
): Promise<ReadonlySet<string>> {
  const schema = dialect.name === 'postgres' ? await currentSchema(db) : undefined
  const tables = await db.introspection.getTables()
  // Another program may have a table of this name in a schema of its own.
  const ours = tables.find(
    (one) => one.name === table && (schema === undefined || one.schema === schema),
  )
  return new Set(ours?.columns.map(({ name }) => name))
}

async function currentSchema(db: Kysely<unknown>): Promise<string | undefined> {
  const { rows } = await sql<{ name: string }>`select current_schema() as name`.execute(db)
  return rows[0]?.name
}
