// Owns proving that two stores hold the same: counts and digests of every table, and the first row that differs.
import { createHash } from 'node:crypto'
import { compareKeys, type Key, keyOf, type PageReader, type Row, type Value } from './rows.ts'
import { type MovedTable, movedTables, pageRowsOf } from './tables.ts'

export interface Side {
  readonly rows: number
  /** SHA-256 over the columns' names and every row, in the order of the primary key. */
  readonly digest: string
}

export interface Difference {
  readonly key: Key
  /** `order`: the store doesn't sort text by its bytes, as all our tables must. */
  readonly kind: 'changed' | 'missing' | 'extra' | 'order'
}

export interface Comparison {
  readonly table: string
  readonly source: Side
  readonly target: Side
  /** The first one; null when all rows are the same. */
  readonly difference: Difference | null
}

export interface Comparing {
  readonly source: PageReader
  readonly target: PageReader
  /** Of each table, as the digests take them. */
  readonly columns: ReadonlyMap<string, readonly string[]>
  readonly onProgress: (table: string, rows: number) => void
}

export async function compareTables(comparing: Comparing): Promise<Comparison[]> {
  const comparisons: Comparison[] = []
  for (const table of movedTables) comparisons.push(await compareTable(comparing, table))
  return comparisons
}

/** Both are read in step, a page at a time: memory stays flat. */
async function compareTable(comparing: Comparing, table: MovedTable): Promise<Comparison> {
  const columns = comparing.columns.get(table.name) ?? []
  const source = openScan(comparing.source, table, columns)
  const target = openScan(comparing.target, table, columns)
  let difference: Difference | null = null
  for (;;) {
    const [ours, theirs] = await Promise.all([source.next(), target.next()])
    if (ours.rows.length + theirs.rows.length === 0) break
    difference ??= source.disorder() ?? target.disorder() ?? firstDifference(table, ours, theirs)
    comparing.onProgress(table.name, ours.rows.length)
  }
  return { table: table.name, source: source.result(), target: target.result(), difference }
}

interface Page {
  readonly rows: readonly Row[]
  /** Each row in its canonical form. */
  readonly lines: readonly string[]
}

function openScan(read: PageReader, table: MovedTable, columns: readonly string[]) {
  const limit = pageRowsOf(table)
  const hash = createHash('sha256').update(`${JSON.stringify(columns)}\n`)
  let count = 0
  let last: Key | null = null
  let ended = false
  let disorder: Difference | null = null

  return {
    async next(): Promise<Page> {
      if (ended) return { rows: [], lines: [] }
      const rows = await read(table, last, limit)
      ended = rows.length < limit
      const lines = rows.map((row) => lineOf(row, columns))
      hash.update(lines.join(''))
      count += rows.length
      for (const row of rows) {
        const key = keyOf(table, row)
        if (last && compareKeys(last, key) >= 0) disorder ??= { key, kind: 'order' }
        last = key
      }
      return { rows, lines }
    },
    disorder: () => disorder,
    result: (): Side => ({ rows: count, digest: hash.digest('hex') }),
  }
}

/** Drivers hand bytes over as one kind of object or another: they count by their own digest. */
function lineOf(row: Row, columns: readonly string[]): string {
  const values = columns.map((name) => canonical(row[name]))
  return `${JSON.stringify(values)}\n`
}

function canonical(value: Value | undefined) {
  if (!(value instanceof Uint8Array)) return value
  return { bytes: value.length, sha256: createHash('sha256').update(value).digest('hex') }
}

/** Up to here all rows were the same: both pages begin at the same place. */
function firstDifference(table: MovedTable, ours: Page, theirs: Page): Difference | null {
  const length = Math.max(ours.rows.length, theirs.rows.length)
  for (let i = 0; i < length; i++) {
    if (ours.lines[i] === theirs.lines[i]) continue
    const [our, their] = [ours.rows[i], theirs.rows[i]].map((row) => row && keyOf(table, row))
    if (!our) return { key: their ?? [], kind: 'extra' }
    if (!their) return { key: our, kind: 'missing' }
    const order = compareKeys(our, their)
    if (order === 0) return { key: our, kind: 'changed' }
    return order < 0 ? { key: our, kind: 'missing' } : { key: their, kind: 'extra' }
  }
  return null
}
