// Products with their stock, and the ledger of every movement.
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Dialect } from '../src/platform/db/dialect.ts'

export function inventory(dialect: Dialect): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await dialect
        .createTable(db, 'inventory')
        .addColumn('product_id', dialect.bigint, (col) => col.primaryKey())
        .addColumn('sku', dialect.varchar(64), (col) => col.notNull())
        .addColumn('sku_key', dialect.varchar(190), (col) => col.notNull())
        .addColumn('barcode', dialect.varchar(64))
        .addColumn('product_name', dialect.varchar(200), (col) => col.notNull())
        .addColumn('name_en', dialect.varchar(200), (col) => col.notNull())
        .addColumn('search_text', dialect.text, (col) => col.notNull())
        .addColumn('category', dialect.varchar(60), (col) => col.notNull())
        .addColumn('unit', dialect.varchar(20), (col) => col.notNull())
        .addColumn('price_cents', dialect.bigint, (col) => col.notNull())
        .addColumn('cost_cents', dialect.bigint)
        .addColumn('description', dialect.text, (col) => col.notNull())
        .addColumn('image_url', dialect.varchar(500))
        .addColumn('low_stock_threshold', dialect.bigint, (col) => col.notNull())
        .addColumn('active', 'smallint', (col) => col.notNull())
        .addColumn('on_hand', dialect.bigint, (col) => col.notNull())
        .addColumn('reserved', dialect.bigint, (col) => col.notNull())
        .addColumn('stock_status', dialect.varchar(20), (col) => col.notNull())
        .addColumn('alerted_status', dialect.varchar(20), (col) => col.notNull())
        .addColumn('version', dialect.bigint, (col) => col.notNull())
        .addColumn('created_at', dialect.bigint, (col) => col.notNull())
        .addColumn('updated_at', dialect.bigint, (col) => col.notNull())
        .execute()
      const index = (name: string, columns: string[], unique = false) =>
        dialect.createIndex(db, { name: `inventory_${name}`, table: 'inventory', columns, unique })
      await index('sku_key', ['sku_key'], true)
      await index('barcode', ['barcode'], true)
      await index('active', ['active', 'product_id'])
      await index('name', ['active', 'product_name', 'product_id'])
      await index('price', ['active', 'price_cents', 'product_id'])
      await index('category', ['active', 'category', 'product_id'])

      await dialect
        .withAutoId(dialect.createTable(db, 'stock_movements'), 'movement_id')
        .$call(dialect.reference('product_id', 'inventory.product_id'))
        .addColumn('kind', dialect.varchar(20), (col) => col.notNull())
        .addColumn('delta_on_hand', dialect.bigint, (col) => col.notNull())
        .addColumn('delta_reserved', dialect.bigint, (col) => col.notNull())
        .addColumn('reason', dialect.varchar(40))
        .addColumn('note', dialect.varchar(500))
        .addColumn('order_id', dialect.bigint)
        .addColumn('actor_id', dialect.bigint)
        .addColumn('created_at', dialect.bigint, (col) => col.notNull())
        .execute()
      await dialect.createIndex(db, {
        name: 'stock_movements_product',
        table: 'stock_movements',
        columns: ['product_id', 'movement_id'],
      })
    },
  }
}
