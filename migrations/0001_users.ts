// Accounts, the names of deleted ones, sessions, and the devices people are known to log in from.
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Dialect } from '../src/platform/db/dialect.ts'

export function users(dialect: Dialect): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await dialect
        .createTable(db, 'users')
        .addColumn('user_id', dialect.bigint, (col) => col.primaryKey())
        .addColumn('username', dialect.varchar(80), (col) => col.notNull())
        .addColumn('username_key', dialect.varchar(190), (col) => col.notNull())
        .addColumn('email', dialect.varchar(254), (col) => col.notNull())
        .addColumn('email_key', dialect.varchar(254), (col) => col.notNull())
        .addColumn('password', dialect.varchar(255), (col) => col.notNull())
        .addColumn('display_name', dialect.varchar(60), (col) => col.notNull())
        .addColumn('phone', dialect.varchar(30), (col) => col.notNull())
        .addColumn('search_text', dialect.text, (col) => col.notNull())
        .addColumn('role', dialect.varchar(20), (col) => col.notNull())
        .addColumn('active', 'smallint', (col) => col.notNull())
        .addColumn('created_at', dialect.bigint, (col) => col.notNull())
        .addColumn('updated_at', dialect.bigint, (col) => col.notNull())
        .addColumn('deleted_at', dialect.bigint)
        .execute()
      const index = (name: string, table: string, columns: string[], unique = false) =>
        dialect.createIndex(db, { name, table, columns, unique })
      await index('users_username_key', 'users', ['username_key'], true)
      await index('users_email_key', 'users', ['email_key'], true)
      await index('users_role', 'users', ['role', 'user_id'])

      await dialect
        .createTable(db, 'retired_usernames')
        .addColumn('name_hash', dialect.char(64), (col) => col.primaryKey())
        .addColumn('retired_at', dialect.bigint, (col) => col.notNull())
        .execute()

      await dialect
        .withAutoId(dialect.createTable(db, 'sessions'), 'session_id')
        .addColumn('token_hash', dialect.char(64), (col) => col.notNull())
        .$call(dialect.reference('user_id', 'users.user_id'))
        .addColumn('user_agent', dialect.varchar(300), (col) => col.notNull())
        .addColumn('address', dialect.varchar(64), (col) => col.notNull())
        .addColumn('created_at', dialect.bigint, (col) => col.notNull())
        .addColumn('last_seen_at', dialect.bigint, (col) => col.notNull())
        .addColumn('expires_at', dialect.bigint, (col) => col.notNull())
        .execute()
      await index('sessions_token_hash', 'sessions', ['token_hash'], true)
      await index('sessions_user', 'sessions', ['user_id'])
      await index('sessions_expiry', 'sessions', ['expires_at'])

      await dialect
        .createTable(db, 'known_devices')
        .$call(dialect.reference('user_id', 'users.user_id'))
        .addColumn('device_key', dialect.char(64), (col) => col.notNull())
        .addColumn('first_seen_at', dialect.bigint, (col) => col.notNull())
        .addPrimaryKeyConstraint('known_devices_pk', ['user_id', 'device_key'])
        .execute()
    },
  }
}
