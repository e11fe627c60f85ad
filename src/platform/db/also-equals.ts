// Owns conditions that only check what another one has found.
import { type RawBuilder, sql, type SqlBool } from 'kysely'

/**
 * `column = value`, which no index begins with: for rows that are named by their ids already. Without statistics
 * SQLite takes an index on a flag for one that finds ten rows, and would read all that are active, or all pending.
 */
export function alsoEquals(column: string, value: string | number): RawBuilder<SqlBool> {
  return sql<SqlBool>`coalesce(${sql.ref(column)}, null) = ${value}`
}
