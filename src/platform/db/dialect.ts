// Owns every difference between SQL engines: column types, locking, ignored conflicts, and what errors mean.
import {
  type ColumnDataType,
  type CreateTableBuilder,
  type InsertQueryBuilder,
  type SelectQueryBuilder,
  sql,
} from 'kysely'
import { sqliteCode } from './sqlite.ts'

export type StoreFailure = 'unique' | 'foreign_key' | 'transient' | 'full' | 'away' | 'other'

export interface Dialect {
  readonly name: 'sqlite'
  /** Most values that one statement may carry. */
  readonly maxParameters: number
  /** Holds every integer up to 2^53. */
  readonly bigint: ColumnDataType
  /** Adds a key column that the engine counts up. */
  withAutoId<TB extends string, C extends string>(
    table: CreateTableBuilder<TB, C>,
    column: C,
  ): CreateTableBuilder<TB, C>
  /** Keeps the rows in the order of the primary key, without a second tree (InnoDB always does). */
  clustered<TB extends string, C extends string>(
    table: CreateTableBuilder<TB, C>,
  ): CreateTableBuilder<TB, C>
  /** Locks the selected rows until the transaction ends; SQLite's writer is alone already. */
  forUpdate<DB, TB extends keyof DB, O>(
    query: SelectQueryBuilder<DB, TB, O>,
  ): SelectQueryBuilder<DB, TB, O>
  ignoreConflicts<DB, TB extends keyof DB, O>(
    query: InsertQueryBuilder<DB, TB, O>,
  ): InsertQueryBuilder<DB, TB, O>
  classify(error: unknown): StoreFailure
  /** For a unique violation: does the violated index or column bear this name? */
  violates(error: unknown, name: string): boolean
}

const SQLITE_BUSY = 5
const SQLITE_LOCKED = 6
const SQLITE_IOERR = 10
const SQLITE_FULL = 13
const SQLITE_CONSTRAINT_FOREIGNKEY = 787
const SQLITE_CONSTRAINT_PRIMARYKEY = 1555
const SQLITE_CONSTRAINT_UNIQUE = 2067

export const sqliteDialect: Dialect = {
  name: 'sqlite',
  maxParameters: 32_766,
  bigint: 'integer',
  withAutoId: (table, column) =>
    table.addColumn(column, 'integer', (col) => col.primaryKey().autoIncrement()),
  clustered: (table) => table.modifyEnd(sql`without rowid`),
  forUpdate: (query) => query,
  ignoreConflicts: (query) => query.onConflict((conflict) => conflict.doNothing()),
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
