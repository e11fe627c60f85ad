// Orders and their lines.
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Dialect } from '../src/platform/db/dialect.ts'

const MILESTONES = ['confirmed', 'ready', 'shipped', 'completed', 'cancelled', 'paid', 'refunded']

export function orders(dialect: Dialect): Migration {
  return {
    async up(db: Kysely<unknown>) {
      let table = db.schema
        .createTable('orders')
        .addColumn('order_id', dialect.bigint, (col) => col.primaryKey())
        .addColumn('order_number', 'varchar(40)', (col) => col.notNull())
        .addColumn('request_id', 'char(36)', (col) => col.notNull())
        .addColumn('user_id', dialect.bigint, (col) => col.notNull().references('users.user_id'))
        .addColumn('placed_by', dialect.bigint, (col) => col.notNull())
        .addColumn('channel', 'varchar(20)', (col) => col.notNull())
        .addColumn('fulfilment', 'varchar(20)', (col) => col.notNull())
        .addColumn('status', 'varchar(20)', (col) => col.notNull())
        .addColumn('payment_status', 'varchar(20)', (col) => col.notNull())
        .addColumn('total_cents', dialect.bigint, (col) => col.notNull())
        .addColumn('note', 'varchar(500)')
        .addColumn('address', 'varchar(500)')
        .addColumn('carrier', 'varchar(60)')
        .addColumn('tracking_number', 'varchar(60)')
        .addColumn('cancellation_reason', 'varchar(200)')
        .addColumn('created_at', dialect.bigint, (col) => col.notNull())
      for (const name of MILESTONES) table = table.addColumn(`${name}_at`, dialect.bigint)
      await table.execute()

      const index = (name: string, columns: string[]) =>
        db.schema.createIndex(`orders_${name}`).on('orders').columns(columns)
      await index('request_id', ['request_id']).unique().execute()
      await index('number', ['order_number']).unique().execute()
      await index('tracking_number', ['tracking_number']).execute()
      await index('created', ['created_at', 'order_id']).execute()
      await index('user', ['user_id', 'created_at', 'order_id']).execute()
      await index('status', ['status', 'created_at', 'order_id']).execute()
      await index('payment', ['payment_status', 'created_at', 'order_id']).execute()

      await dialect
        .clustered(db.schema.createTable('order_items'))
        .addColumn('order_id', dialect.bigint, (col) => col.notNull().references('orders.order_id'))
        .addColumn('line', 'integer', (col) => col.notNull())
        .addColumn('product_id', dialect.bigint, (col) =>
          col.notNull().references('inventory.product_id'),
        )
        .addColumn('product_name', 'varchar(200)', (col) => col.notNull())
        .addColumn('quantity', 'integer', (col) => col.notNull())
        .addColumn('unit_price_cents', dialect.bigint, (col) => col.notNull())
        .addPrimaryKeyConstraint('order_items_pk', ['order_id', 'line'])
        .execute()
    },
  }
}
