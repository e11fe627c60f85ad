// The outbox, how far each consumer group is, who may work, and deliveries that failed.
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Dialect } from '../src/platform/db/dialect.ts'

export function events(dialect: Dialect): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await dialect
        .withAutoId(dialect.createTable(db, 'outbox'), 'outbox_id')
        .addColumn('event_id', dialect.char(36), (col) => col.notNull())
        .addColumn('stream', dialect.varchar(20), (col) => col.notNull())
        .addColumn('position', dialect.bigint)
        .addColumn('event_key', dialect.varchar(60), (col) => col.notNull())
        .addColumn('type', dialect.varchar(60), (col) => col.notNull())
        .addColumn('version', 'integer', (col) => col.notNull())
        .addColumn('payload', dialect.text, (col) => col.notNull())
        .addColumn('request_id', dialect.varchar(60))
        .addColumn('occurred_at', dialect.bigint, (col) => col.notNull())
        .execute()
      await dialect.createIndex(db, {
        name: 'outbox_position',
        table: 'outbox',
        columns: ['stream', 'position'],
        unique: true,
      })

      await dialect
        .createTable(db, 'consumer_groups')
        .addColumn('group_name', dialect.varchar(100), (col) => col.primaryKey())
        .addColumn('stream', dialect.varchar(20), (col) => col.notNull())
        .addColumn('position', dialect.bigint, (col) => col.notNull())
        .execute()

      await dialect
        .createTable(db, 'leases')
        .addColumn('name', dialect.varchar(120), (col) => col.primaryKey())
        .addColumn('owner', dialect.varchar(200), (col) => col.notNull())
        .addColumn('token', dialect.bigint, (col) => col.notNull())
        .addColumn('expires_at', dialect.bigint, (col) => col.notNull())
        .execute()

      await dialect
        .withAutoId(dialect.createTable(db, 'failed_deliveries'), 'failed_delivery_id')
        .addColumn('group_name', dialect.varchar(100), (col) => col.notNull())
        .addColumn('event_id', dialect.char(36), (col) => col.notNull())
        .addColumn('stream', dialect.varchar(20), (col) => col.notNull())
        .addColumn('type', dialect.varchar(60), (col) => col.notNull())
        .addColumn('event', dialect.text, (col) => col.notNull())
        .addColumn('attempts', 'integer', (col) => col.notNull())
        .addColumn('error', dialect.varchar(1000), (col) => col.notNull())
        .addColumn('state', dialect.varchar(20), (col) => col.notNull())
        .addColumn('next_attempt_at', dialect.bigint, (col) => col.notNull())
        .addColumn('failed_at', dialect.bigint, (col) => col.notNull())
        .execute()
      await dialect.createIndex(db, {
        name: 'failed_deliveries_event',
        table: 'failed_deliveries',
        columns: ['group_name', 'event_id'],
        unique: true,
      })
      await dialect.createIndex(db, {
        name: 'failed_deliveries_due',
        table: 'failed_deliveries',
        columns: ['state', 'next_attempt_at'],
      })
    },
  }
}
