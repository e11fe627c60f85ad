// Orders and their lines.
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Dialect } from '../src/platform/db/dialect.ts'

const MILESTONES = ['confirmed', 'ready', 'shipped', 'completed', 'cancelled', 'paid', 'refunded']

export function orders(dialect: Dialect): Migration {
  return {
    async up(db: Kysely<unknown>) {
      let table = dialect
        .createTable(db, 'orders')
        .addColumn('order_id', dialect.bigint, (col) => col.primaryKey())
        .addColumn('order_number', dialect.varchar(40), (col) => col.notNull())
        .addColumn('request_id', dialect.char(36), (col) => col.notNull())
        .$call(dialect.reference('user_id', 'users.user_id'))
        .addColumn('placed_by', dialect.bigint, (col) => col.notNull())
        .addColumn('channel', dialect.varchar(20), (col) => col.notNull())
        .addColumn('fulfilment', dialect.varchar(20), (col) => col.notNull())
        .addColumn('status', dialect.varchar(20), (col) => col.notNull())
        .addColumn('payment_status', dialect.varchar(20), (col) => col.notNull())
        .addColumn('total_cents', dialect.bigint, (col) => col.notNull())
        .addColumn('note', dialect.varchar(500))
        .addColumn('address', dialect.varchar(500))
        .addColumn('carrier', dialect.varchar(60))
        .addColumn('tracking_number', dialect.varchar(60))
        .addColumn('cancellation_reason', dialect.varchar(200))
        .addColumn('created_at', dialect.bigint, (col) => col.notNull())
      for (const name of MILESTONES) table = table.addColumn(`${name}_at`, dialect.bigint)
      await table.execute()

      const index = (name: string, columns: string[], unique = false) =>
        dialect.createIndex(db, { name: `orders_${name}`, table: 'orders', columns, unique })
      await index('request_id', ['request_id'], true)
      await index('number', ['order_number'], true)
      await index('tracking_number', ['tracking_number'])
      await index('created', ['created_at', 'order_id'])
      await index('user', ['user_id', 'created_at', 'order_id'])
      await index('status', ['status', 'created_at', 'order_id'])
      await index('payment', ['payment_status', 'created_at', 'order_id'])

      await dialect
        .clustered(dialect.createTable(db, 'order_items'))
        .$call(dialect.reference('order_id', 'orders.order_id'))
        .addColumn('line', dialect.bigint, (col) => col.notNull())
        .$call(dialect.reference('product_id', 'inventory.product_id'))
        .addColumn('product_name', dialect.varchar(200), (col) => col.notNull())
        .addColumn('quantity', dialect.bigint, (col) => col.notNull())
        .addColumn('unit_price_cents', dialect.bigint, (col) => col.notNull())
        .addPrimaryKeyConstraint('order_items_pk', ['order_id', 'line'])
        .execute()
    },
  }
}
