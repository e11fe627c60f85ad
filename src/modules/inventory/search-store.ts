// Owns the table of pieces of products' texts, by which a search begins where few have them.
import { type Expression, sql, type SqlBool } from 'kysely'
import { type GramRange, gramRanges, gramsOf } from '../../lib/grams.ts'
import { insertAll } from '../../platform/db/insert.ts'
import type { Db, Store, Trx } from '../../platform/db/store.ts'

interface Text {
  readonly product_id: number
  readonly search_text: string
}

/** Products of a block stand together: making them writes few pages. The same as in the migration. */
const BLOCK = 512
/** Deleted with one statement. */
const CHANGES_AT_ONCE = 20

const blockOf = (product_id: number) => Math.floor(product_id / BLOCK)

/** Of new products. */
export async function insertGrams(store: Store, trx: Trx, texts: readonly Text[]): Promise<void> {
  const rows = texts.flatMap((text) => rowsOf(text.product_id, gramsOf(text.search_text)))
  rows.sort((a, b) => a.block - b.block || a.gram - b.gram)
  await insertAll(store, trx, 'product_grams', rows)
}

export interface TextChange extends Text {
  /** What it was before. */
  readonly old_text: string
}

/** Of products that the transaction has locked. */
export async function changeGrams(
  store: Store,
  trx: Trx,
  changes: readonly TextChange[],
): Promise<void> {
  const pairs = changes
    .filter(({ search_text, old_text }) => search_text !== old_text)
    .map(({ product_id, search_text, old_text }) => {
      const [before, after] = [gramsOf(old_text), gramsOf(search_text)]
      return { product_id, gone: before.difference(after), added: after.difference(before) }
    })
  const gone = pairs.filter((pair) => pair.gone.size > 0)
  for (let i = 0; i < gone.length; i += CHANGES_AT_ONCE) {
    await deleteGrams(trx, gone.slice(i, i + CHANGES_AT_ONCE))
  }
  const added = pairs.flatMap((pair) => rowsOf(pair.product_id, pair.added))
  await insertAll(store, trx, 'product_grams', added)
}

async function deleteGrams(
  trx: Trx,
  products: readonly { readonly product_id: number; readonly gone: ReadonlySet<number> }[],
): Promise<void> {
  await trx
    .deleteFrom('product_grams')
    .where((eb) =>
      eb.or(
        products.map(({ product_id, gone }) =>
          eb.and([
            eb('block', '=', blockOf(product_id)),
            eb('gram', 'in', [...gone]),
            eb('product_id', '=', product_id),
          ]),
        ),
      ),
    )
    .execute()
}

function rowsOf(product_id: number, grams: ReadonlySet<number>) {
  const block = blockOf(product_id)
  return Array.from(grams, (gram) => ({ block, gram, product_id }))
}

/** Pieces that are counted before a search. */
const MOST_PIECES = 4

export interface SearchStart {
  /** The product has a piece of the words; every product that is meant has it. */
  readonly condition: Expression<SqlBool>
  /** It is quicker to begin with those than to go through the products in the order of the list. */
  readonly isRare: boolean
}

/**
 * Where a search may begin: at the rarest of some pieces of the words. With n of N products having it, going
 * through the list fills a page of 20 after some 20 N / n; so a piece is rare when n is below the root of 20 N.
 */
export async function findStart(
  { db, dialect }: Pick<Store, 'db' | 'dialect'>,
  words: readonly string[],
): Promise<SearchStart | null> {
  const pieces = likelyRarest(words)
  const newest = await newestProduct(db)
  if (pieces.length === 0 || newest === 0) return null
  const blocks = Array.from({ length: blockOf(newest) + 1 }, (_, i) => i)
  const within = (piece: GramRange) =>
    sql<SqlBool>`${dialect.among('block', blocks)} and gram between ${piece.first} and ${piece.last}`
  const limit = Math.ceil(Math.sqrt(20 * newest))
  const counts = await countEach(db, pieces.map(within), limit)
  const fewest = Math.min(...counts)
  const rarest = pieces[counts.indexOf(fewest)]
  if (!rarest) return null
  const condition = sql<SqlBool>`inventory.product_id in
    (select product_id from product_grams where ${within(rarest)})`
  return { condition, isRare: fewest < limit }
}

async function newestProduct(db: Db): Promise<number> {
  const row = await db
    .selectFrom('inventory')
    .select((eb) => eb.fn.max('product_id').as('newest'))
    .executeTakeFirst()
  return Number(row?.newest ?? 0)
}

/** How many rows meet each condition, as far as `limit`. */
async function countEach(
  db: Db,
  conditions: readonly Expression<SqlBool>[],
  limit: number,
): Promise<number[]> {
  const counts = conditions.map(
    (condition, i) =>
      sql`(select count(*) from (select 1 as one from product_grams where ${condition}
        limit ${sql.lit(limit)}) as found) as ${sql.id(`n${i}`)}`,
  )
  const { rows } = await sql<Record<string, number>>`select ${sql.join(counts)}`.execute(db)
  return conditions.map((_, i) => Number(rows[0]?.[`n${i}`] ?? 0))
}

/** Letters beyond ASCII are rarer than others, those rarer than digits, and three are rarer than two. */
function likelyRarest(words: readonly string[]): GramRange[] {
  const best = words.toSorted((a, b) => rarity(b) - rarity(a)).slice(0, MOST_PIECES)
  const each = Math.ceil(MOST_PIECES / best.length)
  return best.flatMap((word) => spread(gramRanges(word), each)).slice(0, MOST_PIECES)
}

function rarity(word: string): number {
  const length = Math.min(word.length, 3)
  if (/[^\x20-\x7e]/.test(word)) return 2 + length
  return /^\d+$/.test(word) ? length - 1 : length
}

/** So many of the list, from its beginning to its end. */
function spread<T>(list: readonly T[], count: number): T[] {
  if (list.length <= count) return [...list]
  const step = (list.length - 1) / Math.max(1, count - 1)
  return Array.from({ length: count }, (_, i) => list[Math.round(i * step)]).filter(
    (item) => item !== undefined,
  )
}
