// Owns which tables and columns a store has.
import { sql, type TableMetadata } from 'kysely'
import type { Dialect } from '../dialect.ts'
import type { Reader } from '../store.ts'
import { allTables } from './tables.ts'

/** PostgreSQL tells of all schemas; the shop's is the one that names without a schema mean. */
export async function listTables(dialect: Dialect, reader: Reader): Promise<TableMetadata[]> {
  const tables = await reader.introspection.getTables({ withInternalKyselyTables: true })
  if (dialect.name !== 'postgres') return tables
  const { rows } = await sql<{ name: string }>`select current_schema() as name`.execute(reader)
  return tables.filter(({ schema }) => schema === rows[0]?.name)
}

/** The columns of each of the shop's tables, sorted by name: their order differs where tables were changed. */
export async function readColumns(
  dialect: Dialect,
  reader: Reader,
): Promise<Map<string, readonly string[]>> {
  const names = new Set(allTables.map(({ name }) => name))
  const tables = await listTables(dialect, reader)
  return new Map(
    tables
      .filter(({ name }) => names.has(name))
      .map(({ name, columns }) => [name, columns.map((column) => column.name).sort()]),
  )
}
