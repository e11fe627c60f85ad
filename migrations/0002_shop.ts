// The shop's settings, id blocks, and the answers kept for repeated requests.
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Dialect } from '../src/platform/db/dialect.ts'

export function shop(dialect: Dialect): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await dialect
        .createTable(db, 'settings')
        .addColumn('name', dialect.varchar(60), (col) => col.primaryKey())
        .addColumn('value', dialect.text, (col) => col.notNull())
        .addColumn('updated_at', dialect.bigint, (col) => col.notNull())
        .execute()
      await dialect
        .createTable(db, 'sequences')
        .addColumn('name', dialect.varchar(60), (col) => col.primaryKey())
        .addColumn('next_value', dialect.bigint, (col) => col.notNull())
        .execute()
      await dialect
        .clustered(dialect.createTable(db, 'idempotency_keys'))
        .addColumn('key_hash', dialect.char(64), (col) => col.primaryKey())
        .addColumn('body_hash', dialect.char(64), (col) => col.notNull())
        .addColumn('response', dialect.text, (col) => col.notNull())
        .addColumn('created_at', dialect.bigint, (col) => col.notNull())
        .execute()
      await dialect.createIndex(db, {
        name: 'idempotency_keys_age',
        table: 'idempotency_keys',
        columns: ['created_at'],
      })
    },
  }
}
