// Owns inserting many rows with few statements, whose texts are made once.
import { CompiledQuery, type Insertable } from 'kysely'
import type { Database } from '../../tables.ts'
import type { Dialect } from './dialect.ts'
import type { Store, Trx } from './store.ts'

/** Longer texts are rare, and too large to be kept. */
const MOST_KEPT_ROWS = 256

/** Inserts all rows, in order, which must have the same columns; nothing for no rows. */
export async function insertAll<T extends keyof Database>(
  store: Store,
  trx: Trx,
  table: T,
  rows: readonly Insertable<Database[T]>[],
): Promise<void> {
  const first = rows[0]
  if (!first) return
  const columns = Object.keys(first)
  const most = Math.floor(store.dialect.maxParameters / columns.length)
  for (let i = 0; i < rows.length;) {
    const count = rowsAtOnce(store.dialect, Math.min(rows.length - i, most))
    const chunk = rows.slice(i, i + count)
    const text = insertText(store.dialect, trx, table, columns, count)
    await trx.executeQuery(CompiledQuery.raw(text, valuesOf(columns, chunk)))
    i += count
  }
}

/** Where a statement is no journey: few different texts, whose statements stay prepared. */
function rowsAtOnce(dialect: Dialect, left: number): number {
  if (dialect.remote) return left
  return Math.min(MOST_KEPT_ROWS, 2 ** Math.floor(Math.log2(left)))
}

const texts = new WeakMap<Dialect, Map<string, string>>()

function insertText(
  dialect: Dialect,
  trx: Trx,
  table: keyof Database,
  columns: readonly string[],
  count: number,
): string {
  const known = texts.get(dialect) ?? new Map<string, string>()
  texts.set(dialect, known)
  const key = `${table} ${count} ${columns.join()}`
  const kept = known.get(key)
  if (kept !== undefined) return kept
  // Only the text is wanted: whatever the values are, it is the same.
  const row = Object.fromEntries(columns.map((column) => [column, 0]))
  const rows = Array.from({ length: count }, () => row)
  const text = trx
    .insertInto(table)
    .values(rows as never)
    .compile().sql
  if (count <= MOST_KEPT_ROWS) known.set(key, text)
  return text
}

function valuesOf(columns: readonly string[], rows: readonly object[]): unknown[] {
  const values: unknown[] = []
  for (const row of rows) {
    for (const column of columns) {
      const value = (row as Readonly<Record<string, unknown>>)[column]
      if (value === undefined) throw new TypeError(`an inserted row has no ${column}`)
      values.push(value)
    }
    if (Object.keys(row).length !== columns.length) {
      throw new TypeError(`inserted rows have different columns: ${Object.keys(row).join()}`)
    }
  }
  return values
}
