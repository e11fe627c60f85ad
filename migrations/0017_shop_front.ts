// What the shop's front needs: further pictures of a product, and names that are found by pinyin.
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { gramsOf } from '../src/lib/grams.ts'
import { pinyinText } from '../src/lib/pinyin.ts'
import { columnsOf } from '../src/platform/db/columns.ts'
import type { Dialect } from '../src/platform/db/dialect.ts'

type Tables = {
  inventory: { product_id: number; product_name: string; search_text: string }
}

/** As where the pieces were first made. */
const BLOCK = 512
const PRODUCTS_AT_ONCE = 200
const ROWS_AT_ONCE = 2000

export function shopFront(dialect: Dialect): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await addPictures(db, dialect)
      await dialect
        .clustered(dialect.createTable(db, 'product_pictures'))
        .addColumn('image_url', dialect.varchar(500), (col) => col.notNull())
        .addColumn('product_id', dialect.bigint, (col) => col.notNull())
        .addPrimaryKeyConstraint('product_pictures_pk', ['image_url', 'product_id'])
        .execute()
      await spellNames(db.withTables<Tables>(), dialect)
    },
  }
}

/** An attempt that broke off may have added it. */
async function addPictures(db: Kysely<unknown>, dialect: Dialect): Promise<void> {
  if ((await columnsOf(db, dialect, 'inventory')).has('more_images')) return
  await db.schema.alterTable('inventory').addColumn('more_images', dialect.text).execute()
}

/** What is spelled already stays: an attempt that broke off goes on where it was. */
async function spellNames(db: Kysely<Tables>, dialect: Dialect): Promise<void> {
  for (let after = 0; ;) {
    const products = await db
      .selectFrom('inventory')
      .select(['product_id', 'product_name', 'search_text'])
      .where('product_id', '>', after)
      .orderBy('product_id')
      .limit(PRODUCTS_AT_ONCE)
      .execute()
    const last = products.at(-1)
    if (!last) return
    const spelled = products.flatMap(({ product_id, product_name, search_text }) => {
      const pinyin = pinyinText(product_name)
      if (pinyin === '' || search_text.endsWith(` ${pinyin}`)) return []
      return [{ product_id, pinyin, search_text }]
    })
    if (spelled.length > 0) await addSpelling(db, dialect, spelled)
    after = last.product_id
  }
}

interface Spelled {
  readonly product_id: number
  readonly pinyin: string
  readonly search_text: string
}

/** The pieces first: one too many does no harm, and one too few would hide the product. */
async function addSpelling(
  db: Kysely<Tables>,
  dialect: Dialect,
  products: readonly Spelled[],
): Promise<void> {
  const rows = products.flatMap(({ product_id, pinyin, search_text }) => {
    const added = gramsOf(pinyin).difference(gramsOf(search_text))
    return [...added].map((gram) => [Math.floor(product_id / BLOCK), gram, product_id])
  })
  rows.sort(([block = 0, gram = 0], [other = 0, next = 0]) => block - other || gram - next)
  for (let i = 0; i < rows.length; i += ROWS_AT_ONCE) {
    await insertMissing(db, dialect, rows.slice(i, i + ROWS_AT_ONCE))
  }
  const list = dialect.list(
    { id: 'integer', old_text: 'text', new_text: 'text' },
    products.map(({ product_id, pinyin, search_text }) => [
      product_id,
      search_text,
      `${search_text} ${pinyin}`,
    ]),
  )
  // Somebody may be renaming a product with the version before.
  await dialect
    .joinedUpdate({
      table: 'inventory',
      list,
      set: sql`search_text = list.new_text`,
      where: sql`inventory.product_id = list.id and inventory.search_text = list.old_text`,
    })
    .execute(db)
}

async function insertMissing(db: Kysely<Tables>, dialect: Dialect, rows: readonly number[][]) {
  const list = dialect.list({ block: 'integer', gram: 'integer', product_id: 'integer' }, rows)
  await sql`insert into product_grams (block, gram, product_id)
    select list.block, list.gram, list.product_id from ${list}
    where not exists (select 1 from product_grams as known where known.block = list.block
      and known.gram = list.gram and known.product_id = list.product_id)`.execute(db)
}
