// What groups have done out of turn, and how far each broker has been told.
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Dialect } from '../src/platform/db/dialect.ts'

export function brokers(dialect: Dialect): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await dialect
        .clustered(dialect.createTable(db, 'applied_events'))
        .addColumn('group_name', dialect.varchar(100), (col) => col.notNull())
        .addColumn('position', dialect.bigint, (col) => col.notNull())
        .addPrimaryKeyConstraint('applied_events_pk', ['group_name', 'position'])
        .execute()
      await dialect
        .clustered(dialect.createTable(db, 'shipments'))
        .addColumn('log', dialect.varchar(20), (col) => col.notNull())
        .addColumn('stream', dialect.varchar(20), (col) => col.notNull())
        .addColumn('position', dialect.bigint, (col) => col.notNull())
        .addColumn('epoch', dialect.varchar(200), (col) => col.notNull())
        .addPrimaryKeyConstraint('shipments_pk', ['log', 'stream'])
        .execute()
    },
  }
}
