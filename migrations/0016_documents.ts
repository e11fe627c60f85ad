// Views that staff save, and documents of stock: receipts of many lines, counts, imports and what they changed.
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { columnsOf } from '../src/platform/db/columns.ts'
import type { Dialect } from '../src/platform/db/dialect.ts'

export function documents(dialect: Dialect): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await savedViews(db, dialect)
      await stockDocuments(db, dialect)
      await stockCounts(db, dialect)
      await imports(db, dialect)
      const known = await columnsOf(db, dialect, 'stock_movements')
      if (known.has('document_id')) return
      // At the end of the row and empty at first: no engine rewrites the table for it.
      await db.schema
        .alterTable('stock_movements')
        .addColumn('document_id', dialect.bigint)
        .execute()
    },
  }
}

async function savedViews(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await dialect
    .createTable(db, 'saved_views')
    .addColumn('view_id', dialect.bigint, (col) => col.primaryKey())
    .$call(dialect.reference('user_id', 'users.user_id'))
    .addColumn('page', dialect.varchar(20), (col) => col.notNull())
    .addColumn('name', dialect.varchar(40), (col) => col.notNull())
    .addColumn('filters', dialect.text, (col) => col.notNull())
    .addColumn('created_at', dialect.bigint, (col) => col.notNull())
    .addColumn('updated_at', dialect.bigint, (col) => col.notNull())
    .execute()
  await dialect.createIndex(db, {
    name: 'saved_views_name',
    table: 'saved_views',
    columns: ['user_id', 'page', 'name'],
    unique: true,
  })
}

async function stockDocuments(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await dialect
    .createTable(db, 'stock_documents')
    .addColumn('document_id', dialect.bigint, (col) => col.primaryKey())
    .addColumn('kind', dialect.varchar(20), (col) => col.notNull())
    .addColumn('supplier', dialect.varchar(100))
    .addColumn('reason', dialect.varchar(40))
    .addColumn('note', dialect.varchar(500))
    .addColumn('actor_id', dialect.bigint)
    .addColumn('created_at', dialect.bigint, (col) => col.notNull())
    .execute()
  await dialect
    .clustered(dialect.createTable(db, 'stock_document_lines'))
    .addColumn('document_id', dialect.bigint, (col) => col.notNull())
    .addColumn('product_id', dialect.bigint, (col) => col.notNull())
    .addColumn('delta_on_hand', dialect.bigint, (col) => col.notNull())
    .addPrimaryKeyConstraint('stock_document_lines_pk', ['document_id', 'product_id'])
    .execute()
}

async function stockCounts(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await dialect
    .createTable(db, 'stock_counts')
    .addColumn('count_id', dialect.bigint, (col) => col.primaryKey())
    .addColumn('name', dialect.varchar(60), (col) => col.notNull())
    .addColumn('category', dialect.varchar(60))
    .addColumn('state', dialect.varchar(20), (col) => col.notNull())
    .addColumn('started_by', dialect.bigint, (col) => col.notNull())
    .addColumn('started_at', dialect.bigint, (col) => col.notNull())
    .addColumn('closed_by', dialect.bigint)
    .addColumn('closed_at', dialect.bigint)
    .addColumn('document_id', dialect.bigint)
    .execute()
  await dialect
    .clustered(dialect.createTable(db, 'stock_count_lines'))
    .addColumn('count_id', dialect.bigint, (col) => col.notNull())
    .addColumn('product_id', dialect.bigint, (col) => col.notNull())
    .addColumn('counted', dialect.bigint)
    .addColumn('expected', dialect.bigint)
    .addColumn('counted_by', dialect.bigint)
    .addColumn('counted_at', dialect.bigint)
    .addPrimaryKeyConstraint('stock_count_lines_pk', ['count_id', 'product_id'])
    .execute()
}

async function imports(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  await dialect
    .createTable(db, 'imports')
    .addColumn('document_id', dialect.bigint, (col) => col.primaryKey())
    .addColumn('created', dialect.bigint, (col) => col.notNull())
    .addColumn('updated', dialect.bigint, (col) => col.notNull())
    .addColumn('undone_by', dialect.bigint)
    .addColumn('undone_at', dialect.bigint)
    .addColumn('undo_document_id', dialect.bigint)
    .execute()
  await dialect
    .clustered(dialect.createTable(db, 'import_lines'))
    .addColumn('document_id', dialect.bigint, (col) => col.notNull())
    .addColumn('product_id', dialect.bigint, (col) => col.notNull())
    .addColumn('action', dialect.varchar(20), (col) => col.notNull())
    .addColumn('version', dialect.bigint, (col) => col.notNull())
    .addColumn('quantity', dialect.bigint, (col) => col.notNull())
    .addColumn('outcome', dialect.varchar(20))
    .addColumn('changes', dialect.text, (col) => col.notNull())
    .addPrimaryKeyConstraint('import_lines_pk', ['document_id', 'product_id'])
    .execute()
}
