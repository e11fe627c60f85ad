// What each person was told, numbered per person.
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Dialect } from '../src/platform/db/dialect.ts'

export function notifications(dialect: Dialect): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await dialect
        .clustered(db.schema.createTable('notifications'))
        .addColumn('user_id', dialect.bigint, (col) => col.notNull().references('users.user_id'))
        .addColumn('notification_id', dialect.bigint, (col) => col.notNull())
        .addColumn('kind', 'varchar(60)', (col) => col.notNull())
        .addColumn('data', 'text', (col) => col.notNull())
        .addColumn('event_id', 'char(36)', (col) => col.notNull())
        .addColumn('created_at', dialect.bigint, (col) => col.notNull())
        .addColumn('read_at', dialect.bigint)
        .addPrimaryKeyConstraint('notifications_pk', ['user_id', 'notification_id'])
        .execute()
      await db.schema
        .createIndex('notifications_unread')
        .on('notifications')
        .columns(['user_id', 'read_at', 'notification_id'])
        .execute()
      await db.schema
        .createTable('notification_counters')
        .addColumn('user_id', dialect.bigint, (col) => col.primaryKey())
        .addColumn('last_id', dialect.bigint, (col) => col.notNull())
        .execute()
    },
  }
}
