// The outbox, how far each consumer group is, who may work, and deliveries that failed.
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Dialect } from '../src/platform/db/dialect.ts'

export function events(dialect: Dialect): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await dialect
        .withAutoId(db.schema.createTable('outbox'), 'outbox_id')
        .addColumn('event_id', 'char(36)', (col) => col.notNull())
        .addColumn('stream', 'varchar(20)', (col) => col.notNull())
        .addColumn('position', dialect.bigint)
        .addColumn('event_key', 'varchar(60)', (col) => col.notNull())
        .addColumn('type', 'varchar(60)', (col) => col.notNull())
        .addColumn('version', 'integer', (col) => col.notNull())
        .addColumn('payload', 'text', (col) => col.notNull())
        .addColumn('request_id', 'varchar(60)')
        .addColumn('occurred_at', dialect.bigint, (col) => col.notNull())
        .execute()
      await db.schema
        .createIndex('outbox_position')
        .on('outbox')
        .columns(['stream', 'position'])
        .unique()
        .execute()

      await db.schema
        .createTable('consumer_groups')
        .addColumn('group_name', 'varchar(100)', (col) => col.primaryKey())
        .addColumn('stream', 'varchar(20)', (col) => col.notNull())
        .addColumn('position', dialect.bigint, (col) => col.notNull())
        .execute()

      await db.schema
        .createTable('leases')
        .addColumn('name', 'varchar(120)', (col) => col.primaryKey())
        .addColumn('owner', 'varchar(200)', (col) => col.notNull())
        .addColumn('token', dialect.bigint, (col) => col.notNull())
        .addColumn('expires_at', dialect.bigint, (col) => col.notNull())
        .execute()

      await dialect
        .withAutoId(db.schema.createTable('failed_deliveries'), 'failed_delivery_id')
        .addColumn('group_name', 'varchar(100)', (col) => col.notNull())
        .addColumn('event_id', 'char(36)', (col) => col.notNull())
        .addColumn('stream', 'varchar(20)', (col) => col.notNull())
        .addColumn('type', 'varchar(60)', (col) => col.notNull())
        .addColumn('event', 'text', (col) => col.notNull())
        .addColumn('attempts', 'integer', (col) => col.notNull())
        .addColumn('error', 'varchar(1000)', (col) => col.notNull())
        .addColumn('state', 'varchar(20)', (col) => col.notNull())
        .addColumn('next_attempt_at', dialect.bigint, (col) => col.notNull())
        .addColumn('failed_at', dialect.bigint, (col) => col.notNull())
        .execute()
      await db.schema
        .createIndex('failed_deliveries_event')
        .on('failed_deliveries')
        .columns(['group_name', 'event_id'])
        .unique()
        .execute()
      await db.schema
        .createIndex('failed_deliveries_due')
        .on('failed_deliveries')
        .columns(['state', 'next_attempt_at'])
        .execute()
    },
  }
}
