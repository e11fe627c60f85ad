// Owns SQLite's side of the dialect: one writer at a time, so locking means nothing here.
import { sql } from 'kysely'
import type { Dialect } from './dialect.ts'
import { sqliteCode } from './sqlite.ts'

const SQLITE_BUSY = 5
const SQLITE_LOCKED = 6
const SQLITE_IOERR = 10
const SQLITE_FULL = 13
const SQLITE_CONSTRAINT_FOREIGNKEY = 787
const SQLITE_CONSTRAINT_PRIMARYKEY = 1555
const SQLITE_CONSTRAINT_UNIQUE = 2067

export const sqliteDialect: Dialect = {
  name: 'sqlite',
  remote: false,
  transactionalDdl: true,
  maxParameters: 32_766,
  bigint: 'integer',
  text: 'text',
  blob: 'blob',
  varchar: (length) => `varchar(${length})`,
  char: (length) => `char(${length})`,
  createTable: (db, table) => db.schema.createTable(table),
  async createIndex(db, { name, table, columns, unique = false, without }) {
    const index = db.schema
      .createIndex(name)
      .on(table)
      .columns([...columns])
    const partial = without ? index.where(sql.ref(without), 'is not', null) : index
    await (unique ? partial.unique() : partial).execute()
  },
  dropIndex: (db, { name }) => db.schema.dropIndex(name).ifExists().execute(),
  withAutoId: (table, column) =>
    table.addColumn(column, 'integer', (col) => col.primaryKey().autoIncrement()),
  reference: (column, target) => (table) =>
    table.addColumn(column, 'integer', (col) => col.notNull().references(target)),
  clustered: (table) => table.modifyEnd(sql`without rowid`),
  forUpdate: (query) => query,
  forShare: (query) => query,
  ignoreConflicts: (query) => query.onConflict((conflict) => conflict.doNothing()),
  list(columns, rows) {
    const names = Object.keys(columns).map(
      (name, i) => sql`value ->> ${sql.lit(i)} as ${sql.id(name)}`,
    )
    return sql`(select ${sql.join(names)} from json_each(${JSON.stringify(rows)})) as list`
  },
  among: (column, numbers) =>
    sql`${sql.ref(column)} in (select value from json_each(${JSON.stringify(numbers)}))`,
  joinedUpdate: ({ table, list, set, where }) =>
    sql`update ${sql.table(table)} set ${set} from ${list} where ${where}`,
  classify(error) {
    const extended = error instanceof Error && 'errcode' in error ? error.errcode : null
    if (extended === SQLITE_CONSTRAINT_UNIQUE || extended === SQLITE_CONSTRAINT_PRIMARYKEY)
      return 'unique'
    if (extended === SQLITE_CONSTRAINT_FOREIGNKEY) return 'foreign_key'
    switch (sqliteCode(error)) {
      case SQLITE_BUSY:
      case SQLITE_LOCKED:
        return 'transient'
      case SQLITE_FULL:
        return 'full'
      case SQLITE_IOERR:
        return 'away'
      default:
        return 'other'
    }
  },
  violates: (error, name) => error instanceof Error && error.message.includes(name),
}
