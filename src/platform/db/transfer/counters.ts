// Owns the ids that an engine counts up by itself: on the target they go on above every id that was ever given.
import { type RawBuilder, sql } from 'kysely'
import type { Reader, Store } from '../store.ts'
import { countedColumns } from './tables.ts'

/** Ids of rows that are gone aren't given again either, as far as the source still knows them. */
export async function raiseCounters(source: Store, reader: Reader, target: Store): Promise<void> {
  for (const [table, column] of Object.entries(countedColumns)) {
    const given = await readNumber(reader, lastGiven(source, table, column))
    const highest = sql`select max(${sql.ref(column)}) as n from ${sql.table(table)}`
    const last = Math.max(given, await readNumber(target.db, highest))
    if (last > 0) await countAbove(target, table, column, last)
  }
}

function lastGiven({ dialect }: Store, table: string, column: string): RawBuilder<unknown> {
  switch (dialect.name) {
    case 'sqlite':
      return sql`select seq as n from sqlite_sequence where name = ${table}`
    case 'mysql':
      return sql`select auto_increment - 1 as n from information_schema.tables
        where table_schema = database() and table_name = ${table}`
    case 'postgres':
      return sql`select pg_sequence_last_value(pg_get_serial_sequence(${table}, ${column})::regclass) as n`
  }
}

async function countAbove(
  { db, dialect }: Store,
  table: string,
  column: string,
  last: number,
): Promise<void> {
  switch (dialect.name) {
    case 'sqlite':
      await sql`delete from sqlite_sequence where name = ${table}`.execute(db)
      await sql`insert into sqlite_sequence (name, seq) values (${table}, ${last})`.execute(db)
      return
    case 'mysql':
      await sql`alter table ${sql.table(table)} auto_increment = ${sql.lit(last + 1)}`.execute(db)
      return
    case 'postgres':
      await sql`
        select setval(pg_get_serial_sequence(${table}, ${column})::regclass, ${last}::bigint)`.execute(
        db,
      )
  }
}

/** 0 where there is none. */
async function readNumber(reader: Reader, query: RawBuilder<unknown>): Promise<number> {
  const { rows } = await query.execute(reader)
  return Number((rows[0] as { n: unknown } | undefined)?.n ?? 0)
}
