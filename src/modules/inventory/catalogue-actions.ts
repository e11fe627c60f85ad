// Owns reading products: what describes them may come from the cache, quantities always from the database.
import type { Cache, Ticket } from '../../platform/cache/cache.ts'
import type { Core } from '../../platform/module.ts'
import { listByIds, listStock, type StockNow, stockFinder } from './catalogue-store.ts'
import type { Stock } from './rules.ts'
import type { InventoryQuery } from './schema.ts'
import { findProduct, listCategories, listProducts, type ProductRow } from './store.ts'

export type ProductQuery = InventoryQuery & { readonly active: boolean; readonly limit: number }
type CategoryCounts = Awaited<ReturnType<typeof listCategories>>

export interface Catalogue {
  find(product_id: number): Promise<Product | null>
  list(query: ProductQuery): Promise<{ items: Product[]; next_cursor: string | null }>
  categories(): Promise<CategoryCounts>
  /** After the commit of changes, and again when their events come. */
  refresh(changes: readonly ProductChange[]): Promise<void>
}

/** What describes a product, with the version of its row. */
type Description = Omit<ProductRow, keyof Stock | 'stock_status' | 'alerted_status' | 'search_text'>
/** A description that is as new as the quantities beside it. */
export type Product = Description & Stock

export interface ProductChange {
  readonly product_id: number
  readonly version: number
}

interface Page {
  readonly ids: readonly number[]
  readonly next_cursor: string | null
}

const LIFE_MS = 60_000
const MOST_PRODUCTS = 10_000
const MOST_LISTS = 5_000
/** More changes than this are forgotten together. */
const MOST_SINGLE = 100

export function createCatalogue({ store, caches }: Pick<Core, 'store' | 'caches'>): Catalogue {
  const { db } = store
  const findStock = stockFinder(db)
  const products = caches.open<Description>({
    name: 'product',
    lifeMs: LIFE_MS,
    most: MOST_PRODUCTS,
  })
  const lists = caches.open<Page | CategoryCounts>({
    name: 'product_list',
    lifeMs: LIFE_MS,
    most: MOST_LISTS,
  })
  const known: KnownProducts = { db, products }

  async function list(query: ProductQuery) {
    const kept = await lists.get(keyOf(query))
    const page = kept.value as Page | undefined
    const items = page && (await productsOf(known, page.ids))
    // What a list says of its products is older than what they say of themselves.
    if (items?.every((item) => (item.active === 1) === query.active)) {
      return { items, next_cursor: page?.next_cursor ?? null }
    }
    const read = await listProducts(db, query)
    const ids = read.items.map((item) => item.product_id)
    void lists.put(kept.ticket, { ids, next_cursor: read.next_cursor }, 0)
    return read
  }

  return {
    async find(product_id) {
      const kept = await products.get(String(product_id))
      if (kept.value) {
        const stock = await findStock(product_id)
        if (stock?.version === kept.value.version) return { ...kept.value, ...stock }
      }
      const row = await findProduct(db, product_id)
      if (row) keep(products, kept.ticket, row)
      return row
    },
    list: (query) => (dependsOnStock(query) ? listProducts(db, query) : list(query)),
    async categories() {
      const kept = await lists.get('categories')
      if (kept.value) return kept.value as CategoryCounts
      const counts = await listCategories(db)
      void lists.put(kept.ticket, counts, 0)
      return counts
    },
    async refresh(changes) {
      const single = changes.length <= MOST_SINGLE
      await Promise.all([
        lists.clear(),
        ...(single
          ? changes.map(({ product_id, version }) => products.remove(String(product_id), version))
          : [products.clear()]),
      ])
    },
  }
}

/** Every order changes such a list. */
function dependsOnStock({ sort, stock_status }: ProductQuery): boolean {
  return sort === 'quantity' || stock_status !== undefined
}

function keyOf({ search, category, barcode, sort, active, cursor, limit }: ProductQuery): string {
  return JSON.stringify([search, category, barcode, sort, active, cursor, limit])
}

interface KnownProducts {
  readonly db: Core['store']['db']
  readonly products: Cache<Description>
}

/** In the order of the ids; those that are gone are left out. */
async function productsOf(
  { db, products }: KnownProducts,
  ids: readonly number[],
): Promise<Product[]> {
  const [stock, ...kept] = await Promise.all([
    listStock(db, ids),
    ...ids.map((id) => products.get(String(id))),
  ])
  const isCurrent = (id: number, i: number) =>
    kept[i]?.value !== undefined && kept[i].value.version === stock.get(id)?.version
  const rows = await listByIds(
    db,
    ids.filter((id, i) => !isCurrent(id, i)),
  )
  return ids.flatMap((id, i) => {
    const row = rows.get(id)
    if (!row) return merged(kept[i]?.value, stock.get(id))
    keep(products, kept[i]?.ticket ?? null, row)
    return row
  })
}

function merged(description: Description | undefined, stock: StockNow | undefined): Product[] {
  return description && stock ? [{ ...description, ...stock }] : []
}

function keep(products: Cache<Description>, ticket: Ticket | null, row: ProductRow): void {
  const { on_hand, reserved, stock_status, alerted_status, search_text, ...description } = row
  void products.put(ticket, description, row.version)
}
