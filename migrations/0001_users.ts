// Accounts, the names of deleted ones, sessions, and the devices people are known to log in from.
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Dialect } from '../src/platform/db/dialect.ts'

export function users(dialect: Dialect): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('users')
        .addColumn('user_id', dialect.bigint, (col) => col.primaryKey())
        .addColumn('username', 'varchar(80)', (col) => col.notNull())
        .addColumn('username_key', 'varchar(190)', (col) => col.notNull())
        .addColumn('email', 'varchar(254)', (col) => col.notNull())
        .addColumn('email_key', 'varchar(254)', (col) => col.notNull())
        .addColumn('password', 'varchar(255)', (col) => col.notNull())
        .addColumn('display_name', 'varchar(60)', (col) => col.notNull())
        .addColumn('phone', 'varchar(30)', (col) => col.notNull())
        .addColumn('search_text', 'text', (col) => col.notNull())
        .addColumn('role', 'varchar(20)', (col) => col.notNull())
        .addColumn('active', 'smallint', (col) => col.notNull())
        .addColumn('created_at', dialect.bigint, (col) => col.notNull())
        .addColumn('updated_at', dialect.bigint, (col) => col.notNull())
        .addColumn('deleted_at', dialect.bigint)
        .execute()
      await unique(db, 'users_username_key', 'users', ['username_key'])
      await unique(db, 'users_email_key', 'users', ['email_key'])
      await db.schema.createIndex('users_role').on('users').columns(['role', 'user_id']).execute()

      await db.schema
        .createTable('retired_usernames')
        .addColumn('name_hash', 'char(64)', (col) => col.primaryKey())
        .addColumn('retired_at', dialect.bigint, (col) => col.notNull())
        .execute()

      await dialect
        .withAutoId(db.schema.createTable('sessions'), 'session_id')
        .addColumn('token_hash', 'char(64)', (col) => col.notNull())
        .addColumn('user_id', dialect.bigint, (col) => col.notNull().references('users.user_id'))
        .addColumn('user_agent', 'varchar(300)', (col) => col.notNull())
        .addColumn('address', 'varchar(64)', (col) => col.notNull())
        .addColumn('created_at', dialect.bigint, (col) => col.notNull())
        .addColumn('last_seen_at', dialect.bigint, (col) => col.notNull())
        .addColumn('expires_at', dialect.bigint, (col) => col.notNull())
        .execute()
      await unique(db, 'sessions_token_hash', 'sessions', ['token_hash'])
      await db.schema.createIndex('sessions_user').on('sessions').column('user_id').execute()
      await db.schema.createIndex('sessions_expiry').on('sessions').column('expires_at').execute()

      await db.schema
        .createTable('known_devices')
        .addColumn('user_id', dialect.bigint, (col) => col.notNull().references('users.user_id'))
        .addColumn('device_key', 'char(64)', (col) => col.notNull())
        .addColumn('first_seen_at', dialect.bigint, (col) => col.notNull())
        .addPrimaryKeyConstraint('known_devices_pk', ['user_id', 'device_key'])
        .execute()
    },
  }
}

function unique(
  db: Kysely<unknown>,
  name: string,
  table: string,
  columns: string[],
): Promise<void> {
  return db.schema.createIndex(name).on(table).columns(columns).unique().execute()
}
