// Products with their stock, and the ledger of every movement.
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Dialect } from '../src/platform/db/dialect.ts'

export function inventory(dialect: Dialect): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('inventory')
        .addColumn('product_id', dialect.bigint, (col) => col.primaryKey())
        .addColumn('sku', 'varchar(64)', (col) => col.notNull())
        .addColumn('sku_key', 'varchar(190)', (col) => col.notNull())
        .addColumn('barcode', 'varchar(64)')
        .addColumn('product_name', 'varchar(200)', (col) => col.notNull())
        .addColumn('name_en', 'varchar(200)', (col) => col.notNull())
        .addColumn('search_text', 'text', (col) => col.notNull())
        .addColumn('category', 'varchar(60)', (col) => col.notNull())
        .addColumn('unit', 'varchar(20)', (col) => col.notNull())
        .addColumn('price_cents', dialect.bigint, (col) => col.notNull())
        .addColumn('cost_cents', dialect.bigint)
        .addColumn('description', 'text', (col) => col.notNull())
        .addColumn('image_url', 'varchar(500)')
        .addColumn('low_stock_threshold', 'integer', (col) => col.notNull())
        .addColumn('active', 'smallint', (col) => col.notNull())
        .addColumn('on_hand', 'integer', (col) => col.notNull())
        .addColumn('reserved', 'integer', (col) => col.notNull())
        .addColumn('stock_status', 'varchar(20)', (col) => col.notNull())
        .addColumn('alerted_status', 'varchar(20)', (col) => col.notNull())
        .addColumn('version', 'integer', (col) => col.notNull())
        .addColumn('created_at', dialect.bigint, (col) => col.notNull())
        .addColumn('updated_at', dialect.bigint, (col) => col.notNull())
        .execute()
      const index = (name: string, columns: string[]) =>
        db.schema.createIndex(`inventory_${name}`).on('inventory').columns(columns)
      await index('sku_key', ['sku_key']).unique().execute()
      await index('barcode', ['barcode']).unique().execute()
      await index('active', ['active', 'product_id']).execute()
      await index('name', ['active', 'product_name', 'product_id']).execute()
      await index('price', ['active', 'price_cents', 'product_id']).execute()
      await index('category', ['active', 'category', 'product_id']).execute()

      await dialect
        .withAutoId(db.schema.createTable('stock_movements'), 'movement_id')
        .addColumn('product_id', dialect.bigint, (col) =>
          col.notNull().references('inventory.product_id'),
        )
        .addColumn('kind', 'varchar(20)', (col) => col.notNull())
        .addColumn('delta_on_hand', 'integer', (col) => col.notNull())
        .addColumn('delta_reserved', 'integer', (col) => col.notNull())
        .addColumn('reason', 'varchar(40)')
        .addColumn('note', 'varchar(500)')
        .addColumn('order_id', dialect.bigint)
        .addColumn('actor_id', dialect.bigint)
        .addColumn('created_at', dialect.bigint, (col) => col.notNull())
        .execute()
      await db.schema
        .createIndex('stock_movements_product')
        .on('stock_movements')
        .columns(['product_id', 'movement_id'])
        .execute()
    },
  }
}
