// Addresses of others that are told of events, and what has yet to be told to them.
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Dialect } from '../src/platform/db/dialect.ts'

export function webhooks(dialect: Dialect): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await dialect
        .clustered(dialect.createTable(db, 'webhooks'))
        .addColumn('webhook_id', dialect.bigint, (col) => col.primaryKey())
        .addColumn('url', dialect.varchar(2000), (col) => col.notNull())
        .addColumn('kinds', dialect.varchar(2000), (col) => col.notNull())
        .addColumn('secret', dialect.varchar(300), (col) => col.notNull())
        .addColumn('active', 'smallint', (col) => col.notNull())
        .addColumn('delivered_at', dialect.bigint)
        .addColumn('created_at', dialect.bigint, (col) => col.notNull())
        .addColumn('updated_at', dialect.bigint, (col) => col.notNull())
        .execute()
      const table = 'webhook_deliveries'
      await dialect
        .withAutoId(dialect.createTable(db, table), 'delivery_id')
        .addColumn('webhook_id', dialect.bigint, (col) => col.notNull())
        .addColumn('event_id', dialect.char(36), (col) => col.notNull())
        .addColumn('type', dialect.varchar(60), (col) => col.notNull())
        .addColumn('body', dialect.text, (col) => col.notNull())
        .addColumn('state', dialect.varchar(20), (col) => col.notNull())
        .addColumn('attempts', 'integer', (col) => col.notNull())
        .addColumn('next_attempt_at', dialect.bigint, (col) => col.notNull())
        .addColumn('error', dialect.varchar(1000), (col) => col.notNull())
        .addColumn('created_at', dialect.bigint, (col) => col.notNull())
        .execute()
      const index = (name: string, columns: string[], unique = false) =>
        dialect.createIndex(db, { name: `${table}_${name}`, table, columns, unique })
      await index('due', ['state', 'next_attempt_at'])
      await index('state', ['webhook_id', 'state'])
      await index('event', ['webhook_id', 'event_id'], true)
    },
  }
}
