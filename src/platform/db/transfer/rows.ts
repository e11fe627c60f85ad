// Owns reading a table from end to end: in pages, in the order of the primary key, the same on every engine.
import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '../store.ts'
import type { MovedTable } from './tables.ts'

export type Value = string | number | Uint8Array | null
export type Row = Readonly<Record<string, Value>>
/** The values of a row's primary key. */
export type Key = readonly (string | number)[]

/** The next rows of a table after a key; fewer than `limit` only at its end. */
export type PageReader = (table: MovedTable, after: Key | null, limit: number) => Promise<Row[]>

export async function readPage(
  reader: Reader,
  { name, key }: MovedTable,
  columns: readonly string[],
  after: Key | null,
  limit: number,
): Promise<Row[]> {
  const selected = sql.join(columns.map((column) => sql.ref(column)))
  const order = sql.join(key.map((column) => sql.ref(column)))
  const rows: Row[] = []
  for (const range of rangesAfter(key, after)) {
    const page = await sql<Row>`
      select ${selected} from ${sql.table(name)} where ${range}
      order by ${order} limit ${sql.lit(limit - rows.length)}`.execute(reader)
    rows.push(...page.rows)
    if (rows.length >= limit) break
  }
  return rows
}

/**
 * What comes after a key, cut so that each piece is one range of the index: `(a, b) > (1, 2)` in one piece is
 * read from the index's beginning by one engine or another.
 */
function rangesAfter(key: readonly string[], after: Key | null): RawBuilder<unknown>[] {
  if (!after) return [sql`1 = 1`]
  return key
    .map((column, i) => {
      const same = key.slice(0, i).map((name, j) => sql`${sql.ref(name)} = ${after[j]}`)
      return sql.join([...same, sql`${sql.ref(column)} > ${after[i]}`], sql` and `)
    })
    .reverse()
}

export function keyOf({ key }: MovedTable, row: Row): Key {
  return key.map((column) => {
    const value = row[column] ?? ''
    if (value instanceof Uint8Array) throw new TypeError(`${column}: bytes are no key`)
    return value
  })
}

/** Negative when `one` comes first, as all stores must have it: numbers by size, text by its UTF-8 bytes. */
export function compareKeys(one: Key, other: Key): number {
  for (const [i, a] of one.entries()) {
    const b = other[i] ?? ''
    if (a === b) continue
    if (typeof a === 'number' && typeof b === 'number') return a - b
    return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)))
  }
  return 0
}

export async function countRows(reader: Reader, table: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from ${sql.table(table)}`.execute(reader)
  return Number(rows[0]?.n ?? 0)
}
