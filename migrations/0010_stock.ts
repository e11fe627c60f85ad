// What changes with every order, apart from the descriptions: a narrow row for each product.
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { columnsOf } from '../src/platform/db/columns.ts'
import type { Dialect } from '../src/platform/db/dialect.ts'

/** Under this name an older version of the program doesn't find `on_hand`, and every change of stock needs it. */
const FENCED = 'moved_on_hand'

export function stock(dialect: Dialect): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await dialect
        .createTable(db, 'stock')
        .$call(dialect.reference('product_id', 'inventory.product_id'))
        .addColumn('on_hand', dialect.bigint, (col) => col.notNull())
        .addColumn('reserved', dialect.bigint, (col) => col.notNull())
        .addColumn('stock_status', dialect.varchar(20), (col) => col.notNull())
        .addColumn('alerted_status', dialect.varchar(20), (col) => col.notNull())
        .addPrimaryKeyConstraint('stock_pk', ['product_id'])
        .execute()
      const columns = await columnsOf(db, dialect, 'inventory')
      // A process that still runs the older version must not sell between the copy and the drop.
      if (columns.has('on_hand')) {
        await db.schema.alterTable('inventory').renameColumn('on_hand', FENCED).execute()
      }
      if (columns.has('on_hand') || columns.has(FENCED)) {
        await copyStock(db)
        await dropColumn(db, FENCED)
      }
      // Whether they were copied is told by the first that is dropped.
      for (const name of ['reserved', 'stock_status', 'alerted_status']) {
        if (columns.has(name)) await dropColumn(db, name)
      }
    },
  }
}

/** All of it anew: an attempt that broke off may have copied some. */
async function copyStock(db: Kysely<unknown>): Promise<void> {
  await sql`delete from stock`.execute(db)
  await sql`insert into stock (product_id, on_hand, reserved, stock_status, alerted_status)
    select product_id, ${sql.id(FENCED)}, reserved, stock_status, alerted_status
    from inventory order by product_id`.execute(db)
}

async function dropColumn(db: Kysely<unknown>, name: string): Promise<void> {
  await db.schema.alterTable('inventory').dropColumn(name).execute()
}
