// Sales at the counter: what was given off, how it was paid, and under which name of the till it is known.
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { columnsOf } from '../src/platform/db/columns.ts'
import type { Dialect } from '../src/platform/db/dialect.ts'

export function counter(dialect: Dialect): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await addDiscount(db, dialect)
      await dialect
        .clustered(dialect.createTable(db, 'counter_sales'))
        .addColumn('sale_id', dialect.char(36), (col) => col.primaryKey())
        .addColumn('body_hash', dialect.char(64), (col) => col.notNull())
        .addColumn('order_id', dialect.bigint, (col) => col.notNull())
        .addColumn('order_number', dialect.varchar(40), (col) => col.notNull())
        .addColumn('customer_id', dialect.bigint)
        .addColumn('sold_by', dialect.bigint, (col) => col.notNull())
        .addColumn('recorded_by', dialect.bigint, (col) => col.notNull())
        .addColumn('total_cents', dialect.bigint, (col) => col.notNull())
        .addColumn('discount_cents', dialect.bigint, (col) => col.notNull())
        .addColumn('change_cents', dialect.bigint, (col) => col.notNull())
        .addColumn('decision', dialect.varchar(40))
        .addColumn('taken_at', dialect.bigint, (col) => col.notNull())
        .addColumn('recorded_at', dialect.bigint, (col) => col.notNull())
        .execute()
      const table = 'counter_sales'
      const index = (name: string, columns: string[], unique = false) =>
        dialect.createIndex(db, { name: `${table}_${name}`, table, columns, unique })
      await index('order', ['order_id'], true)
      await index('customer', ['customer_id'])
      await dialect
        .clustered(dialect.createTable(db, 'counter_tenders'))
        .addColumn('order_id', dialect.bigint, (col) => col.notNull())
        .addColumn('tender', dialect.varchar(20), (col) => col.notNull())
        .addColumn('amount_cents', dialect.bigint, (col) => col.notNull())
        .addColumn('received_cents', dialect.bigint, (col) => col.notNull())
        .addPrimaryKeyConstraint('counter_tenders_pk', ['order_id', 'tender'])
        .execute()
      await dialect
        .clustered(dialect.createTable(db, 'counter_discounts'))
        .addColumn('order_id', dialect.bigint, (col) => col.notNull())
        .addColumn('line', dialect.bigint, (col) => col.notNull())
        .addColumn('discount_cents', dialect.bigint, (col) => col.notNull())
        .addColumn('reason', dialect.varchar(40), (col) => col.notNull())
        .addColumn('note', dialect.varchar(200))
        .addPrimaryKeyConstraint('counter_discounts_pk', ['order_id', 'line'])
        .execute()
      await dialect
        .clustered(dialect.createTable(db, 'counter_accounts'))
        .addColumn('name', dialect.varchar(40), (col) => col.primaryKey())
        .addColumn('user_id', dialect.bigint, (col) => col.notNull())
        .execute()
    },
  }
}

/** Of a line, taken off quantity × price. An attempt that broke off may have added it. */
async function addDiscount(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  if ((await columnsOf(db, dialect, 'order_items')).has('discount_cents')) return
  await db.schema
    .alterTable('order_items')
    .addColumn('discount_cents', dialect.bigint, (col) => col.notNull().defaultTo(0))
    .execute()
}
