// The audit log: what was done that matters for safety and money, in a chain of seals whose end is known.
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Dialect } from '../src/platform/db/dialect.ts'

export function audit(dialect: Dialect): Migration {
  return {
    async up(db: Kysely<unknown>) {
      const table = 'audit_entries'
      await dialect
        .withAutoId(dialect.createTable(db, table), 'entry_id')
        .addColumn('act', dialect.varchar(60), (col) => col.notNull())
        .addColumn('actor_id', dialect.bigint)
        .addColumn('subject_kind', dialect.varchar(30), (col) => col.notNull())
        .addColumn('subject_id', dialect.varchar(100), (col) => col.notNull())
        .addColumn('facts_before', dialect.text)
        .addColumn('facts_after', dialect.text)
        .addColumn('request_id', dialect.varchar(64))
        .addColumn('recorded_at', dialect.bigint, (col) => col.notNull())
        // Given by whoever seals, a little later.
        .addColumn('seal_no', dialect.bigint)
        .addColumn('seal', dialect.char(64))
        .execute()
      const index = (name: string, columns: string[], unique = false) =>
        dialect.createIndex(db, { name: `${table}_${name}`, table, columns, unique })
      await index('seal', ['seal_no'], true)
      await index('actor', ['actor_id', 'entry_id'])
      await index('act', ['act', 'entry_id'])
      await index('kind', ['subject_kind', 'entry_id'])
      await index('subject', ['subject_id', 'entry_id'])
      await dialect
        .clustered(dialect.createTable(db, 'audit_head'))
        .addColumn('head_id', 'smallint', (col) => col.primaryKey())
        .addColumn('seal_no', dialect.bigint, (col) => col.notNull())
        .addColumn('seal', dialect.char(64), (col) => col.notNull())
        .execute()
    },
  }
}
