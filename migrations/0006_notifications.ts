// What each person was told, numbered per person.
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Dialect } from '../src/platform/db/dialect.ts'

export function notifications(dialect: Dialect): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await dialect
        .clustered(dialect.createTable(db, 'notifications'))
        .$call(dialect.reference('user_id', 'users.user_id'))
        .addColumn('notification_id', dialect.bigint, (col) => col.notNull())
        .addColumn('kind', dialect.varchar(60), (col) => col.notNull())
        .addColumn('data', dialect.text, (col) => col.notNull())
        .addColumn('event_id', dialect.char(36), (col) => col.notNull())
        .addColumn('created_at', dialect.bigint, (col) => col.notNull())
        .addColumn('read_at', dialect.bigint)
        .addPrimaryKeyConstraint('notifications_pk', ['user_id', 'notification_id'])
        .execute()
      await dialect.createIndex(db, {
        name: 'notifications_unread',
        table: 'notifications',
        columns: ['user_id', 'read_at', 'notification_id'],
      })
      await dialect
        .createTable(db, 'notification_counters')
        .addColumn('user_id', dialect.bigint, (col) => col.primaryKey())
        .addColumn('last_id', dialect.bigint, (col) => col.notNull())
        .execute()
    },
  }
}
