// What the rows of orders, their lines and the ledger were when they were written, in a number each.
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import { columnsOf } from '../src/platform/db/columns.ts'
import type { Dialect } from '../src/platform/db/dialect.ts'

export function rowDigests(dialect: Dialect): Migration {
  return {
    async up(db: Kysely<unknown>) {
      for (const table of ['orders', 'order_items', 'stock_movements']) {
        const known = await columnsOf(db, dialect, table)
        if (known.has('digest')) continue
        // At the end of the row and empty at first: no engine rewrites the table for it.
        await db.schema.alterTable(table).addColumn('digest', dialect.bigint).execute()
      }
    },
  }
}
