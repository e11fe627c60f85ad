// Pictures, the history of prices, and under which key of a file an imported product is known.
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Dialect } from '../src/platform/db/dialect.ts'

export function catalogue(dialect: Dialect): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await dialect
        .createTable(db, 'pictures')
        .addColumn('name', dialect.varchar(80), (col) => col.primaryKey())
        .addColumn('content_type', dialect.varchar(40), (col) => col.notNull())
        .addColumn('created_at', dialect.bigint, (col) => col.notNull())
        // The last: SQLite reads through all that stands before a column.
        .addColumn('content', dialect.blob, (col) => col.notNull())
        .execute()
      // Which pictures a product still shows is asked every hour.
      await dialect.createIndex(db, {
        name: 'inventory_image',
        table: 'inventory',
        columns: ['image_url'],
      })
      await dialect
        .clustered(dialect.createTable(db, 'price_changes'))
        .addColumn('product_id', dialect.bigint, (col) => col.notNull())
        .addColumn('version', dialect.bigint, (col) => col.notNull())
        .addColumn('from_cents', dialect.bigint, (col) => col.notNull())
        .addColumn('to_cents', dialect.bigint, (col) => col.notNull())
        .addColumn('changed_by', dialect.bigint)
        .addColumn('changed_at', dialect.bigint, (col) => col.notNull())
        .addPrimaryKeyConstraint('price_changes_pk', ['product_id', 'version'])
        .execute()
      await dialect
        .clustered(dialect.createTable(db, 'imported_products'))
        .addColumn('import_key', dialect.varchar(190), (col) => col.primaryKey())
        .addColumn('product_id', dialect.bigint, (col) => col.notNull())
        .execute()
    },
  }
}
