// What lists need of a large shop: pieces of texts by which a search begins, and a category's products in each order.
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { gramsOf } from '../src/lib/grams.ts'
import type { Dialect } from '../src/platform/db/dialect.ts'

type Tables = {
  inventory: { product_id: number; search_text: string }
}

/** Products of a block stand together: making them writes few pages. */
const BLOCK = 512
const PRODUCTS_AT_ONCE = 200
const ROWS_AT_ONCE = 2000

export function lists(dialect: Dialect): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await dialect
        .clustered(dialect.createTable(db, 'product_grams'))
        .addColumn('block', 'integer', (col) => col.notNull())
        .addColumn('gram', 'integer', (col) => col.notNull())
        .addColumn('product_id', dialect.bigint, (col) => col.notNull())
        .addPrimaryKeyConstraint('product_grams_pk', ['block', 'gram', 'product_id'])
        .execute()
      await fillGrams(db.withTables<Tables>(), dialect)
      const index = (name: string, columns: string[], table = 'inventory') =>
        dialect.createIndex(db, { name: `${table}_${name}`, table, columns })
      // The largest threshold bounds what may be low.
      await index('threshold', ['low_stock_threshold'])
      await index('category_name', ['active', 'category', 'product_name', 'product_id'])
      await index('category_price', ['active', 'category', 'price_cents', 'product_id'])
      await index('active', ['active', 'deleted_at', 'user_id'], 'users')
      await index('active_role', ['active', 'role', 'deleted_at', 'user_id'], 'users')
    },
  }
}

/** Where tables change one by one, an attempt that broke off may have written some. */
async function fillGrams(db: Kysely<Tables>, dialect: Dialect): Promise<void> {
  for (let after = 0; ;) {
    const products = await db
      .selectFrom('inventory')
      .select(['product_id', 'search_text'])
      .where('product_id', '>', after)
      .orderBy('product_id')
      .limit(PRODUCTS_AT_ONCE)
      .execute()
    const last = products.at(-1)
    if (!last) return
    const rows = products.flatMap(({ product_id, search_text }) =>
      [...gramsOf(search_text)].map((gram) => [Math.floor(product_id / BLOCK), gram, product_id]),
    )
    rows.sort(([block = 0, gram = 0], [other = 0, next = 0]) => block - other || gram - next)
    for (let i = 0; i < rows.length; i += ROWS_AT_ONCE) {
      await insertMissing(db, dialect, rows.slice(i, i + ROWS_AT_ONCE))
    }
    after = last.product_id
  }
}

async function insertMissing(db: Kysely<Tables>, dialect: Dialect, rows: readonly number[][]) {
  const list = dialect.list({ block: 'integer', gram: 'integer', product_id: 'integer' }, rows)
  const missing = dialect.transactionalDdl
    ? sql``
    : sql`where not exists (select 1 from product_grams as known where known.block = list.block
        and known.gram = list.gram and known.product_id = list.product_id)`
  await sql`insert into product_grams (block, gram, product_id)
    select list.block, list.gram, list.product_id from ${list} ${missing}`.execute(db)
}
