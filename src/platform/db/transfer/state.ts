// Owns what a store must be before a transfer reads or fills it; what isn't is refused before anything is changed.
import { createHash } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { EXIT, StartupError } from '../../../lib/startup-error.ts'
import type { Dialect } from '../dialect.ts'
import type { Reader } from '../store.ts'
import { listTables, readColumns } from './catalogue.ts'
import { isMarkerTable } from './marker.ts'
import { readPage } from './rows.ts'
import { allTables, stateTables } from './tables.ts'

/** Tables beside the shop's own: a transfer leaves them where they are. */
export async function foreignTables(dialect: Dialect, reader: Reader): Promise<string[]> {
  const ours = new Set(allTables.map(({ name }) => name))
  const isOurs = (name: string) =>
    ours.has(name) || isMarkerTable(name) || name.startsWith(MIGRATION_TABLE)
  const tables = await listTables(dialect, reader)
  return tables.filter(({ name, isView }) => !isView && !isOurs(name)).map(({ name }) => name)
}

/** @throws StartupError unless the store has exactly the tables of this version */
export async function refuseOtherVersion(
  dialect: Dialect,
  reader: Reader,
  address: string,
  steps: readonly string[],
): Promise<void> {
  const done = await doneSteps(dialect, reader)
  if (done.length === 0) throw new StartupError(`There is no shop at ${address}.`, EXIT.data)
  const newer = done.filter((name) => !steps.includes(name)).at(-1)
  if (newer !== undefined) {
    throw new StartupError(
      `The shop at ${address} was made by a newer version of petshop (it has the step ${newer}). Use that version.`,
      EXIT.data,
    )
  }
  if (steps.some((name) => !done.includes(name))) {
    throw new StartupError(
      `The shop at ${address} is older than this version: run \`petshop migrate\` on it first.`,
      EXIT.data,
    )
  }
}

/** @throws StartupError when there is a shop already, or something else */
export async function refuseNotEmpty(
  dialect: Dialect,
  reader: Reader,
  address: string,
): Promise<void> {
  const foreign = (await foreignTables(dialect, reader))[0]
  if (foreign !== undefined) {
    throw new StartupError(
      `The target ${address} holds tables of another program (${foreign}). Give the shop a database of its own.`,
      EXIT.data,
    )
  }
  const present = await readColumns(dialect, reader)
  for (const { name } of allTables) {
    if (!present.has(name)) continue
    const { rows } = await sql`select 1 from ${sql.table(name)} limit 1`.execute(reader)
    if (rows.length === 0) continue
    throw new StartupError(
      `The target ${address} is not empty: there are rows in ${name}. It was left as it is; choose an empty database.`,
      EXIT.data,
    )
  }
}

/** Changes whenever the shop is opened or does anything: of its small tables every value, of the others the size. */
export async function fingerprint(
  dialect: Dialect,
  reader: Reader,
  columns: ReadonlyMap<string, readonly string[]>,
  counts: ReadonlyMap<string, number>,
): Promise<string> {
  const hash = createHash('sha256').update(
    JSON.stringify([await doneSteps(dialect, reader), [...counts]]),
  )
  for (const table of stateTables) {
    const names = columns.get(table.name) ?? []
    const rows = await readPage(reader, table, names, null, MOST_STATE_ROWS)
    hash.update(JSON.stringify(rows.map((row) => names.map((name) => row[name]))))
  }
  return hash.digest('hex')
}

const MOST_STATE_ROWS = 10_000

/** Kysely's own, and with `_lock` at its end. */
const MIGRATION_TABLE = 'kysely_migration'

async function doneSteps(dialect: Dialect, reader: Reader): Promise<string[]> {
  const tables = await listTables(dialect, reader)
  if (!tables.some(({ name }) => name === MIGRATION_TABLE)) return []
  const rows = await (reader as unknown as Kysely<{ [MIGRATION_TABLE]: { name: string } }>)
    .selectFrom(MIGRATION_TABLE)
    .select('name')
    .orderBy('name')
    .execute()
  return rows.map(({ name }) => name)
}
