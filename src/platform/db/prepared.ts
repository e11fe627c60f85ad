// Owns queries that run for nearly every request: compiled once, prepared once, and run past the query builder.
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { CompiledQuery, Kysely } from 'kysely'
import type { Database } from '../../tables.ts'
import { rowMaker } from './sqlite.ts'

/** Runs the query with these values, in the order in which they stand in it. */
export type Prepared<Row> = (...values: Values) => Promise<Row[]>

type Values = readonly (string | number | null)[]

/** For queries that only read. The values that the query was compiled with don't matter. */
export type Prepare = <Row>(query: CompiledQuery<Row>) => Prepared<Row>

/** Through the driver. */
export function prepareThrough(db: Kysely<Database>): Prepare {
  return <Row>(query: CompiledQuery<Row>) =>
    async (...parameters) => {
      const { rows } = await db.executeQuery<Row>({ ...query, parameters })
      return rows
    }
}

/** Straight from SQLite; while a transaction holds the connection, in its turn after it. */
export function prepareOn(database: DatabaseSync, db: Kysely<Database>): Prepare {
  const throughDriver = prepareThrough(db)
  return <Row>(query: CompiledQuery<Row>) => {
    const inTurn = throughDriver(query)
    // At its first use: the table may not be there yet.
    let run: ((values: Values) => unknown[]) | undefined
    return async (...values) => {
      if (database.isTransaction) return inTurn(...values)
      run ??= rowsOf(database.prepare(query.sql))
      return run(values) as Row[]
    }
  }
}

/** Through arrays, as everywhere. */
function rowsOf(statement: StatementSync): (values: Values) => unknown[] {
  const toRow = rowMaker(statement)
  return (values) => statement.all(...values).map(toRow)
}

/** A query over a list of values: it is prepared once for each length, which should be bounded. */
export function prepareByLength<Row>(make: (length: number) => Prepared<Row>): Prepared<Row> {
  const byLength: (Prepared<Row> | undefined)[] = []
  return (...values) => (byLength[values.length] ??= make(values.length))(...values)
}
