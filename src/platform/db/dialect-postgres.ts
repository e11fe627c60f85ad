// Owns the dialect of PostgreSQL, CockroachDB and YugabyteDB.
import { type RawBuilder, sql } from 'kysely'
import type { Dialect, ListType, StoreFailure } from './dialect.ts'
import { codeOf, isNetworkFailure, STORE_BUSY } from './network-failures.ts'

export interface PostgresTraits {
  readonly server: 'postgres' | 'cockroach' | 'yugabyte'
}

export function postgresDialect({ server }: PostgresTraits): Dialect {
  // CockroachDB compares byte by byte by itself, and doesn't know the name.
  const collation = sql.raw(server === 'cockroach' ? '' : ' collate "C"')
  return {
    name: 'postgres',
    remote: true,
    transactionalDdl: server === 'postgres',
    maxParameters: 65_535,
    bigint: 'bigint',
    text: sql`text${collation}`,
    blob: 'bytea',
    varchar: (length) => sql`varchar(${sql.lit(length)})${collation}`,
    // Its `char` compares unlike every other type of text, and indexes on it aren't used then.
    char: (length) => sql`varchar(${sql.lit(length)})${collation}`,
    createTable: (db, table) => db.schema.createTable(table).ifNotExists(),
    async createIndex(db, { name, table, columns, unique = false, without }) {
      const index = db.schema
        .createIndex(name)
        .ifNotExists()
        .on(table)
        .columns([...columns])
      const partial = without ? index.where(sql.ref(without), 'is not', null) : index
      await (unique ? partial.unique() : partial).execute()
    },
    // A sequence: CockroachDB's own row ids are beyond 2^53.
    dropIndex: (db, { name }) => db.schema.dropIndex(name).ifExists().execute(),
    withAutoId: (table, column) =>
      table.addColumn(column, 'bigint', (col) => col.generatedByDefaultAsIdentity().primaryKey()),
    reference: (column, target) => (table) =>
      table.addColumn(column, 'bigint', (col) => col.notNull().references(target)),
    clustered: (table) => table,
    // Rows that point here may still be inserted: nobody deletes these rows or changes their keys.
    forUpdate: (query) => query.forNoKeyUpdate(),
    forShare: (query) => query.forShare(),
    ignoreConflicts: (query) => query.onConflict((conflict) => conflict.doNothing()),
    list: recordset,
    among: (column, numbers) => sql`${sql.ref(column)} = any(${`{${numbers.join()}}`}::bigint[])`,
    joinedUpdate: ({ table, list, set, where }) =>
      sql`update ${sql.table(table)} set ${set} from ${list} where ${where}`,
    classify,
    violates: (error, name) => constraintOf(error).includes(name),
  }
}

function recordset(
  columns: Readonly<Record<string, ListType>>,
  rows: readonly (readonly (string | number)[])[],
): RawBuilder<unknown> {
  const types = { integer: sql`bigint`, text: sql`text` }
  const defined = Object.entries(columns).map(
    ([name, type], i) => sql`(value ->> ${sql.lit(i)})::${types[type]} as ${sql.id(name)}`,
  )
  return sql`(select ${sql.join(defined)} from json_array_elements(${JSON.stringify(rows)}::json)) as list`
}

const FAILURES: Readonly<Record<string, StoreFailure>> = {
  '23505': 'unique',
  '23503': 'foreign_key',
  '40001': 'transient', // serialization failure
  '40P01': 'transient', // deadlock
  '55P03': 'transient', // lock time-out
  '57014': 'transient', // statement time-out
  '25P03': 'transient', // idle in a transaction
  '25P04': 'transient',
  '53100': 'full',
  '53200': 'away',
  '53300': 'away', // too many connections
  '53400': 'away',
  '25006': 'away', // read-only: a primary that no longer is one
  '40003': 'away', // CockroachDB: nobody knows whether it was committed
  '57P01': 'away',
  '57P02': 'away',
  '57P03': 'away',
  '57P05': 'away',
  '58030': 'away',
}
/** The driver's own failures have no code. */
const AWAY_WORDS =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Client has encountered a connection error|Client was closed|Query read timeout)/

function classify(error: unknown): StoreFailure {
  const code = codeOf(error)
  if (code === STORE_BUSY) return 'transient'
  if (typeof code === 'string') {
    const known = FAILURES[code]
    if (known) return known
    if (/^08...$/.test(code) || isNetworkFailure(error)) return 'away'
  }
  return error instanceof Error && AWAY_WORDS.test(error.message) ? 'away' : 'other'
}

function constraintOf(error: unknown): string {
  return error instanceof Error && 'constraint' in error ? String(error.constraint) : ''
}
