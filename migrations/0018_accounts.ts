// Mails that wait to be sent, links to a new password, second factors and the codes that stand in for them.
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { columnsOf } from '../src/platform/db/columns.ts'
import type { Dialect } from '../src/platform/db/dialect.ts'

export function accounts(dialect: Dialect): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await createMails(db, dialect)
      await dialect
        .clustered(dialect.createTable(db, 'password_resets'))
        .addColumn('token_hash', dialect.char(64), (col) => col.primaryKey())
        .$call(dialect.reference('user_id', 'users.user_id'))
        .addColumn('mail_id', dialect.bigint, (col) => col.notNull())
        .addColumn('expires_at', dialect.bigint, (col) => col.notNull())
        .execute()
      const [table, columns] = ['password_resets', ['user_id']]
      await dialect.createIndex(db, { name: 'password_resets_user', table, columns })
      await dialect
        .clustered(dialect.createTable(db, 'second_factors'))
        .$call(dialect.reference('user_id', 'users.user_id'))
        .addColumn('secret', dialect.varchar(300), (col) => col.notNull())
        .addColumn('last_step', dialect.bigint, (col) => col.notNull())
        .addColumn('created_at', dialect.bigint, (col) => col.notNull())
        .addColumn('confirmed_at', dialect.bigint)
        .addPrimaryKeyConstraint('second_factors_pk', ['user_id'])
        .execute()
      await dialect
        .clustered(dialect.createTable(db, 'recovery_codes'))
        .$call(dialect.reference('user_id', 'users.user_id'))
        .addColumn('code_hash', dialect.char(64), (col) => col.notNull())
        .addColumn('used_at', dialect.bigint)
        .addPrimaryKeyConstraint('recovery_codes_pk', ['user_id', 'code_hash'])
        .execute()
      // Empty at first, at the end of the row: no engine rewrites the table for it.
      if ((await columnsOf(db, dialect, 'users')).has('second_factor')) return
      await db.schema.alterTable('users').addColumn('second_factor', 'smallint').execute()
    },
  }
}

async function createMails(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await dialect
    .withAutoId(dialect.createTable(db, 'mails'), 'mail_id')
    .addColumn('kind', dialect.varchar(60), (col) => col.notNull())
    .addColumn('user_id', dialect.bigint)
    .addColumn('data', dialect.text, (col) => col.notNull())
    .addColumn('language', dialect.varchar(10))
    .addColumn('state', dialect.varchar(20), (col) => col.notNull())
    .addColumn('attempts', 'integer', (col) => col.notNull())
    .addColumn('next_attempt_at', dialect.bigint, (col) => col.notNull())
    .addColumn('error', dialect.varchar(1000), (col) => col.notNull())
    .addColumn('created_at', dialect.bigint, (col) => col.notNull())
    .addColumn('expires_at', dialect.bigint)
    .execute()
  const index = (name: string, columns: string[]) =>
    dialect.createIndex(db, { name: `mails_${name}`, table: 'mails', columns })
  await index('due', ['state', 'next_attempt_at'])
  await index('user', ['user_id'])
}
