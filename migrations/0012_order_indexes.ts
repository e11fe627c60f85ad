// Fewer indexes for each new order to be written to.
import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'
import type { Dialect } from '../src/platform/db/dialect.ts'

export function orderIndexes(dialect: Dialect): Migration {
  return {
    async up(db: Kysely<unknown>) {
      const table = 'orders'
      // An order is looked up by its id; that its request id is unique follows from how it is made.
      await dialect.dropIndex(db, { name: 'orders_request_id', table })
      // Most orders have no tracking number, and none has one when it is placed.
      await dialect.dropIndex(db, { name: 'orders_tracking_number', table })
      const column = 'tracking_number'
      await dialect.createIndex(db, {
        name: 'orders_tracking',
        table,
        columns: [column],
        without: column,
      })
    },
  }
}
