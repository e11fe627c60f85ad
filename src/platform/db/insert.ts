// Owns inserting many rows with few statements, within the engine's bound on values per statement.
import type { Insertable } from 'kysely'
import type { Database } from '../../tables.ts'
import type { Store, Trx } from './store.ts'

/** Inserts all rows, in order, with as few statements as the engine allows; none for no rows. */
export async function insertAll<T extends keyof Database>(
  store: Store,
  trx: Trx,
  table: T,
  rows: readonly Insertable<Database[T]>[],
): Promise<void> {
  const first = rows[0]
  if (!first) return
  const size = Math.floor(store.dialect.maxParameters / Object.keys(first).length)
  for (let i = 0; i < rows.length; i += size) {
    await trx
      .insertInto(table)
      .values(rows.slice(i, i + size))
      .execute()
  }
}
