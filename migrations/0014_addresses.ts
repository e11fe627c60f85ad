// Customers' address books, and whom an order goes to.
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { columnsOf } from '../src/platform/db/columns.ts'
import type { Dialect } from '../src/platform/db/dialect.ts'

export function addresses(dialect: Dialect): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await dialect
        .withAutoId(dialect.createTable(db, 'addresses'), 'address_id')
        .$call(dialect.reference('user_id', 'users.user_id'))
        .addColumn('recipient', dialect.varchar(60), (col) => col.notNull())
        .addColumn('phone', dialect.varchar(30), (col) => col.notNull())
        .addColumn('region', dialect.varchar(100), (col) => col.notNull())
        .addColumn('detail', dialect.varchar(300), (col) => col.notNull())
        .addColumn('is_default', 'smallint', (col) => col.notNull())
        .addColumn('created_at', dialect.bigint, (col) => col.notNull())
        .addColumn('updated_at', dialect.bigint, (col) => col.notNull())
        .execute()
      const columns = ['user_id', 'address_id']
      await dialect.createIndex(db, { name: 'addresses_user', table: 'addresses', columns })
      // An attempt that broke off may have added some.
      const known = await columnsOf(db, dialect, 'orders')
      // At the end of the row and empty at first: no engine rewrites the table for them.
      const add = (column: string, length: number) =>
        known.has(column)
          ? Promise.resolve()
          : db.schema.alterTable('orders').addColumn(column, dialect.varchar(length)).execute()
      await add('recipient', 60)
      await add('phone', 30)
    },
  }
}
