// Owns reading products: what describes them may come from the cache, quantities always from the database.
import type { Cache, Ticket } from '../../platform/cache/cache.ts'
import type { Core } from '../../platform/module.ts'
import { listByIds, productFinder, type StockNow, stockFinder } from './catalogue-store.ts'
import type { ProductFacts, Stock } from './rules.ts'
import type { InventoryQuery } from './schema.ts'
import { listProducts } from './list-store.ts'
import { listCategories, type ProductRow } from './store.ts'

export type ProductQuery = InventoryQuery & { readonly active: boolean; readonly limit: number }
type CategoryCounts = Awaited<ReturnType<typeof listCategories>>

export interface Catalogue {
  find(product_id: number): Promise<Product | null>
  list(query: ProductQuery): Promise<{ items: Product[]; next_cursor: string | null }>
  categories(): Promise<CategoryCounts>
  /** After the commit of changes, and again when their events come. */
  refresh(changes: readonly ProductChange[]): Promise<void>
}

/** A product whose quantities are as new as its description. */
type Product = ProductFacts & { readonly version: number }
/** What describes a product, with the version of its row. */
type Description = Omit<Product, keyof Stock>

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
  const findStock = stockFinder(store)
  const findProduct = productFinder(store)
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
  const known: KnownProducts = { db, products, findStock }

  async function list(query: ProductQuery) {
    const kept = await lists.get(keyOf(query))
    const page = kept.value as Page | undefined
    const items = page && (await productsOf(known, page.ids))
    // What a list says of its products is older than what they say of themselves.
    if (items?.every((item) => (item.active === 1) === query.active)) {
      return { items, next_cursor: page?.next_cursor ?? null }
    }
    const read = await listProducts(store, query)
    const ids = read.items.map((item) => item.product_id)
    void lists.put(kept.ticket, { ids, next_cursor: read.next_cursor }, 0)
    return read
  }

  return {
    async find(product_id) {
      const kept = await products.get(String(product_id))
      if (kept.value) {
        const stock = await findStock([product_id])
        const product = merge(kept.value, stock.get(product_id))
        if (product) return product
      }
      const row = await findProduct(product_id)
      if (row) keep(products, kept.ticket, row)
      return row
    },
    list: (query) => (dependsOnStock(query) ? listProducts(store, query) : list(query)),
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

function keyOf(query: ProductQuery): string {
  const { search, category, barcode, min_price_cents, max_price_cents, ...rest } = query
  const { sort, active, cursor, limit } = rest
  const price = [min_price_cents, max_price_cents]
  return JSON.stringify([search, category, barcode, price, sort, active, cursor, limit])
}

interface KnownProducts {
  readonly db: Core['store']['db']
  readonly products: Cache<Description>
  readonly findStock: ReturnType<typeof stockFinder>
}

/** In the order of the ids; those that are gone are left out. */
async function productsOf(
  { db, products, findStock }: KnownProducts,
  ids: readonly number[],
): Promise<Product[]> {
  const [stock, kept] = await Promise.all([findStock(ids), products.getAll(ids.map(String))])
  const known = ids.map((id, i) => merge(kept[i]?.value, stock.get(id)))
  const missing = ids.filter((_id, i) => known[i] === null)
  if (missing.length === 0) return known.flatMap((product) => product ?? [])
  const rows = await listByIds(db, missing)
  return ids.flatMap((id, i) => {
    const row = rows.get(id)
    if (row) keep(products, kept[i]?.ticket ?? null, row)
    return known[i] ?? row ?? []
  })
}

/** Each as it was last put together. */
const merged = new WeakMap<Description, Product>()

/**
 * Null when the description isn't known, or is older than the quantities. While neither changes it stays the same
 * object: what was made of it holds.
 */
function merge(known: Description | undefined, stock: StockNow | undefined): Product | null {
  if (!known || known.version !== stock?.version) return null
  const { on_hand, reserved } = stock
  const last = merged.get(known)
  if (last?.on_hand === on_hand && last.reserved === reserved) return last
  const product = { ...known, on_hand, reserved }
  merged.set(known, product)
  return product
}

function keep(products: Cache<Description>, ticket: Ticket | null, row: ProductRow): void {
  void products.put(ticket, describe(row), row.version)
}

/** Field by field: a copy of a whole row would be as slow to copy on as the driver's rows are. */
function describe(row: ProductRow): Description {
  return {
    product_id: row.product_id,
    sku: row.sku,
    barcode: row.barcode,
    product_name: row.product_name,
    name_en: row.name_en,
    category: row.category,
    unit: row.unit,
    price_cents: row.price_cents,
    cost_cents: row.cost_cents,
    description: row.description,
    image_url: row.image_url,
    more_images: row.more_images,
    low_stock_threshold: row.low_stock_threshold,
    active: row.active,
    version: row.version,
  }
}
