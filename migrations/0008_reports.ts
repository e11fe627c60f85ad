// What was sold on each day, per product and in all, and which orders were taken back.
import type { CreateTableBuilder, Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Dialect } from '../src/platform/db/dialect.ts'

const FIGURES = ['orders', 'cancelled_orders', 'units', 'revenue_cents', 'refunded_cents']

export function reports(dialect: Dialect): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await withFigures(
        dialect
          .clustered(dialect.createTable(db, 'daily_orders'))
          .addColumn('day', dialect.char(10), (col) => col.notNull()),
        dialect,
      )
        .addPrimaryKeyConstraint('daily_orders_pk', ['day'])
        .execute()
      await withFigures(
        dialect
          .clustered(dialect.createTable(db, 'daily_sales'))
          .addColumn('day', dialect.char(10), (col) => col.notNull())
          .addColumn('product_id', dialect.bigint, (col) => col.notNull())
          .addColumn('category', dialect.varchar(60), (col) => col.notNull()),
        dialect,
      )
        .addPrimaryKeyConstraint('daily_sales_pk', ['day', 'product_id'])
        .execute()
      await dialect
        .clustered(dialect.createTable(db, 'reversed_orders'))
        .addColumn('order_id', dialect.bigint, (col) => col.notNull())
        .addColumn('cancelled', 'smallint', (col) => col.notNull())
        .addColumn('refunded_on', dialect.char(10))
        .addPrimaryKeyConstraint('reversed_orders_pk', ['order_id'])
        .execute()
    },
  }
}

function withFigures<T extends string, C extends string>(
  table: CreateTableBuilder<T, C>,
  dialect: Dialect,
): CreateTableBuilder<T, C> {
  return FIGURES.reduce(
    (builder, name) => builder.addColumn(name, dialect.bigint, (col) => col.notNull()),
    table as CreateTableBuilder<T, string>,
  ) as CreateTableBuilder<T, C>
}
