// Owns copying: rows in batches, each of which commits together with the mark of how far the copy is.
import { EXIT, StartupError } from '../../../lib/startup-error.ts'
import { insertAll } from '../insert.ts'
import type { Store, Trx } from '../store.ts'
import { advance, isAt, type Progress } from './marker.ts'
import { keyOf, type PageReader, type Row } from './rows.ts'
import { type MovedTable, movedTables, pageRowsOf } from './tables.ts'

/** A statement must stay below what the server accepts: MariaDB's max_allowed_packet is 16 MiB. */
const STATEMENT_CHARACTERS = 2_000_000

export interface Copying {
  readonly read: PageReader
  readonly target: Store
  readonly onProgress: (progress: Progress) => void
}

/** Copies what is missing behind `from`. */
export async function copyTables(copying: Copying, from: Progress): Promise<void> {
  let progress = from
  const begin = movedTables.findIndex(({ name }) => name === from.table)
  for (const table of movedTables.slice(begin)) {
    progress = await copyTable(copying, table, progress)
  }
}

async function copyTable(copying: Copying, table: MovedTable, from: Progress): Promise<Progress> {
  const { read, target, onProgress } = copying
  const batch = pageRowsOf(table)
  let progress = from
  let after = from.table === table.name ? from.key : null
  let page = await read(table, after, batch)
  for (let last = page.at(-1); last; last = page.at(-1)) {
    after = keyOf(table, last)
    const next: Progress = { table: table.name, key: after, rows: progress.rows + page.length }
    // While the target writes these rows, the next are read.
    const [following] = await Promise.all([
      page.length < batch ? [] : read(table, after, batch),
      writeBatch(target, table, page, progress, next),
    ])
    page = following
    progress = next
    onProgress(progress)
  }
  return progress
}

async function writeBatch(
  target: Store,
  table: MovedTable,
  rows: readonly Row[],
  from: Progress,
  to: Progress,
): Promise<void> {
  const afterLostCommit = async () => ((await isAt(target, to)) ? true : undefined)
  try {
    await target.transaction(
      async (trx) => {
        // First: it locks the mark, and whoever else fills this target waits there instead of among the rows.
        await advance(trx, from, to)
        for (const part of statements(rows)) await insertRows(target, trx, table, part)
        return true
      },
      { afterLostCommit },
    )
  } catch (error) {
    throw explain(error, target, table, rows)
  }
}

/** Rows have any columns here; what they hold was read from the same table of another store. */
function insertRows(target: Store, trx: Trx, { name }: MovedTable, rows: readonly Row[]) {
  return insertAll(target, trx, name as never, rows as never)
}

/** Cut where a statement would become too long; almost always in one piece. */
function statements(rows: readonly Row[]): (readonly Row[])[] {
  const parts: Row[][] = [[]]
  let length = 0
  for (const row of rows) {
    const size = charactersOf(row)
    if (length > 0 && length + size > STATEMENT_CHARACTERS) {
      parts.push([])
      length = 0
    }
    parts.at(-1)?.push(row)
    length += size
  }
  return parts
}

function charactersOf(row: Row): number {
  let sum = 0
  for (const value of Object.values(row)) {
    // MySQL is sent bytes as hexadecimal digits.
    if (value instanceof Uint8Array) sum += value.length * 2
    else sum += typeof value === 'string' ? value.length : 8
  }
  return sum
}

function explain(
  error: unknown,
  { dialect }: Store,
  table: MovedTable,
  rows: readonly Row[],
): unknown {
  if (error instanceof StartupError) return error
  const failure = dialect.classify(error)
  // A server that is away or full says nothing about the rows.
  if (failure === 'away' || failure === 'full' || failure === 'transient') return error
  const ends = [rows[0], rows.at(-1)].map((row) => (row ? keyOf(table, row).join(', ') : ''))
  return new StartupError(
    `The target refuses rows of ${table.name} between ${ends.join(' and ')}: ${(error as Error).message}`,
    EXIT.data,
  )
}
