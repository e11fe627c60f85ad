// Which notifications each person wants, and where. Without a row it is as the program thinks best.
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Dialect } from '../src/platform/db/dialect.ts'

export function notificationPreferences(dialect: Dialect): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await dialect
        .clustered(dialect.createTable(db, 'notification_preferences'))
        .$call(dialect.reference('user_id', 'users.user_id'))
        .addColumn('kind', dialect.varchar(60), (col) => col.notNull())
        .addColumn('channel', dialect.varchar(20), (col) => col.notNull())
        .addColumn('wanted', 'smallint', (col) => col.notNull())
        .addColumn('updated_at', dialect.bigint, (col) => col.notNull())
        .addPrimaryKeyConstraint('notification_preferences_pk', ['user_id', 'kind', 'channel'])
        .execute()
    },
  }
}
