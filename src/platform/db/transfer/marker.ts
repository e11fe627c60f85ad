// Owns the mark on a store that a transfer fills: whose rows come, how far they are, and whether all are there.
import { type Kysely, sql } from 'kysely'
import { EXIT, StartupError } from '../../../lib/startup-error.ts'
import type { Reader, Store, Trx } from '../store.ts'
import { runAgain } from '../transactions.ts'
import { listTables } from './catalogue.ts'
import type { Key } from './rows.ts'

/** Stands beside the shop's tables; no migration knows it. */
const TABLE = 'transfer_progress'

interface MarkerTables {
  [TABLE]: { name: string; value: string }
}

export interface Source {
  /** As people see it. */
  readonly address: string
  /** Another one: another shop, or the same after it was open again. */
  readonly fingerprint: string
}

export interface Progress {
  /** The table under way; those before it are done. */
  readonly table: string
  /** Of the last row that is there; null before the first. */
  readonly key: Key | null
  /** In all tables together. */
  readonly rows: number
}

export interface Marker {
  readonly source: Source
  readonly progress: Progress
  /** Everything was copied and compared: from here on the shop is open. */
  readonly finished: boolean
}

/** Fails on a store that a transfer has begun and not finished: its shop is not whole. @throws StartupError */
export async function refuseUnfinished(store: Store): Promise<void> {
  if (!(await isMarked(store))) return
  const marker = await readMarker(store)
  if (marker?.finished) return
  const from = marker ? ` from ${marker.source.address}` : ''
  throw new StartupError(
    `This database is being filled by \`petshop transfer\`${from}, and that has not finished: rows are missing. Run the same transfer again; it goes on where it was.`,
    EXIT.data,
  )
}

export function isMarkerTable(name: string): boolean {
  return name === TABLE
}

async function isMarked({ db, dialect }: Store): Promise<boolean> {
  const tables = await listTables(dialect, db)
  return tables.some(({ name }) => name === TABLE)
}

/** Null before the first row was copied. */
export async function findMarker(store: Store): Promise<Marker | null> {
  return (await isMarked(store)) ? readMarker(store) : null
}

async function readMarker({ db }: Store): Promise<Marker | null> {
  const rows = await tablesOf(db).selectFrom(TABLE).selectAll().execute()
  const values = new Map(rows.map(({ name, value }) => [name, JSON.parse(value) as unknown]))
  const [source, progress] = [values.get('source'), values.get('progress')]
  if (!source || !progress) return null
  const finished = values.has('finished')
  return { source: source as Source, progress: progress as Progress, finished }
}

/** From now on until `finish` the store is refused by whoever opens a shop. */
export async function begin(store: Store, source: Source, progress: Progress): Promise<void> {
  if (!(await isMarked(store))) {
    await store.dialect
      .createTable(store.db as unknown as Kysely<unknown>, TABLE)
      .addColumn('name', store.dialect.varchar(60), (col) => col.primaryKey())
      .addColumn('value', store.dialect.text, (col) => col.notNull())
      .execute()
  }
  await store.transaction(async (trx) => {
    await sql`delete from ${sql.table(TABLE)}`.execute(trx)
    await tablesOf(trx)
      .insertInto(TABLE)
      .values([
        { name: 'source', value: JSON.stringify(source) },
        { name: 'progress', value: JSON.stringify(progress) },
      ])
      .execute()
  }, runAgain)
}

export async function finish(store: Store): Promise<void> {
  const row = { name: 'finished', value: 'true' }
  await store.transaction(async (trx) => {
    await store.dialect.ignoreConflicts(tablesOf(trx).insertInto(TABLE).values(row)).execute()
  }, runAgain)
}

/**
 * Commits with the rows it tells of.
 * @throws StartupError when the mark is not where this process had left it: somebody else copies too
 */
export async function advance(trx: Trx, from: Progress, to: Progress): Promise<void> {
  const { numUpdatedRows } = await tablesOf(trx)
    .updateTable(TABLE)
    .set({ value: JSON.stringify(to) })
    .where('name', '=', 'progress')
    .where('value', '=', JSON.stringify(from))
    .executeTakeFirst()
  if (Number(numUpdatedRows) === 1) return
  throw new StartupError(
    'Another process is filling this target at the same time. Leave it to that one.',
    EXIT.unavailable,
  )
}

export async function isAt(store: Store, progress: Progress): Promise<boolean> {
  const marker = await readMarker(store)
  return JSON.stringify(marker?.progress) === JSON.stringify(progress)
}

function tablesOf(reader: Reader): Kysely<MarkerTables> {
  return reader as unknown as Kysely<MarkerTables>
}
