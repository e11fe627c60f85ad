// The shop's settings, id blocks, and the answers kept for repeated requests.
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Dialect } from '../src/platform/db/dialect.ts'

export function shop(dialect: Dialect): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('settings')
        .addColumn('name', 'varchar(60)', (col) => col.primaryKey())
        .addColumn('value', 'text', (col) => col.notNull())
        .addColumn('updated_at', dialect.bigint, (col) => col.notNull())
        .execute()
      await db.schema
        .createTable('sequences')
        .addColumn('name', 'varchar(60)', (col) => col.primaryKey())
        .addColumn('next_value', dialect.bigint, (col) => col.notNull())
        .execute()
      await dialect
        .clustered(db.schema.createTable('idempotency_keys'))
        .addColumn('key_hash', 'char(64)', (col) => col.primaryKey())
        .addColumn('body_hash', 'char(64)', (col) => col.notNull())
        .addColumn('response', 'text', (col) => col.notNull())
        .addColumn('created_at', dialect.bigint, (col) => col.notNull())
        .execute()
      await db.schema
        .createIndex('idempotency_keys_age')
        .on('idempotency_keys')
        .column('created_at')
        .execute()
    },
  }
}
