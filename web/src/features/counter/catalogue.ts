// Owns the till's own list of products: on the device, so that scanning works without the server, and kept fresh.
import { useQuery } from '@tanstack/react-query'

import { foldText } from '../../../../src/lib/text.ts'
import type { InventoryItem } from '../../../../src/modules/inventory/schema.ts'
import { api, type Page } from '../../lib/api.ts'
import { keys } from '../../lib/query-keys.ts'
import { useDebounced } from '../../lib/use-debounced.ts'
import { readAll, replaceAll } from './device-db.ts'
import type { TillProduct } from './draft.ts'
import { watched } from './listen.ts'

interface Entry {
  readonly product: TillProduct
  readonly text: string
}

export interface Catalogue {
  readonly entries: readonly Entry[]
  readonly byCode: ReadonlyMap<string, TillProduct>
  /** Whether the device or the server has said what there is. */
  readonly known: boolean
  /** The device has nothing yet, and the server's list is on its way. */
  readonly reading: boolean
}

const catalogue = watched<Catalogue>({
  entries: [],
  byCode: new Map(),
  known: false,
  reading: false,
})
export const useCatalogue = catalogue.use

/** The product with exactly this barcode or SKU. */
export function productByCode(code: string): TillProduct | null {
  return catalogue.get().byCode.get(foldText(code.trim())) ?? null
}

/** Those whose texts hold all the words, in the order of the list. */
function findProducts({ entries }: Catalogue, search: string, most: number): TillProduct[] {
  const words = foldText(search).split(' ').filter(Boolean)
  if (words.length === 0) return []
  const found: TillProduct[] = []
  for (const { product, text } of entries) {
    if (words.every((word) => text.includes(word))) found.push(product)
    if (found.length === most) break
  }
  return found
}

let loading: Promise<void> | null = null

/** What the device knows, then what the server says; without the server the device's list stays. */
export async function loadCatalogue(): Promise<void> {
  loading ??= load().finally(() => {
    loading = null
    if (catalogue.get().reading) catalogue.set({ ...catalogue.get(), reading: false })
  })
  await loading
}

/** A connection that died silently must not keep the list from being read again, nor a code from being answered. */
const LONGEST_MS = 15_000

async function load(): Promise<void> {
  if (!catalogue.get().known) {
    const kept = await readAll<TillProduct>('products').catch(() => [])
    if (kept.length > 0 && !catalogue.get().known) show(kept)
    if (!catalogue.get().known) catalogue.set({ ...catalogue.get(), reading: true })
  }
  const products: TillProduct[] = []
  for (let cursor: string | null = null; ;) {
    const signal = AbortSignal.timeout(LONGEST_MS)
    const page: Page<InventoryItem> = await api.get('/inventory', { limit: 100, cursor }, signal)
    products.push(...page.items.map(toTill))
    cursor = page.next_cursor
    if (cursor === null) break
  }
  show(products)
  await replaceAll('products', products)
}

/**
 * What is typed as the till's own list knows it; if that knows nothing, as the server does, which reads pinyin too.
 * Without a network that part is missing.
 */
export function useFound(search: string, most: number): TillProduct[] {
  const own = findProducts(useCatalogue(), search, most)
  const asked = useDebounced(search)
  const more = useQuery({
    queryKey: keys.tillProducts(asked),
    queryFn: ({ signal }) =>
      api.get<Page<InventoryItem>>('/inventory', { search: asked, limit: most }, signal),
    enabled: own.length === 0 && asked === search && asked.length > 1,
    networkMode: 'always',
    retry: false,
  })
  if (own.length > 0 || asked !== search) return own
  return (more.data?.items ?? []).map(toTill)
}

/** New since the list was read: the server knows it. */
export async function fetchByCode(code: string): Promise<TillProduct | null> {
  const signal = AbortSignal.timeout(LONGEST_MS)
  const query = { search: code, limit: 20 }
  const { items } = await api.get<Page<InventoryItem>>('/inventory', query, signal)
  const key = foldText(code.trim())
  const found = items.find((item) => codesOf(toTill(item)).includes(key))
  if (!found) return null
  const product = toTill(found)
  show([...catalogue.get().entries.map((entry) => entry.product), product])
  return product
}

function show(products: readonly TillProduct[]): void {
  const byCode = new Map<string, TillProduct>()
  // A barcode goes before a SKU that reads the same.
  for (const product of products) byCode.set(foldText(product.sku), product)
  for (const product of products) {
    if (product.barcode) byCode.set(foldText(product.barcode), product)
  }
  const entries = products.map((product) => ({
    product,
    text: foldText(
      [product.product_name, product.name_en, product.sku, product.barcode ?? ''].join(' '),
    ),
  }))
  catalogue.set({ entries, byCode, known: true, reading: false })
}

function codesOf({ sku, barcode }: TillProduct): string[] {
  return [sku, barcode].flatMap((code) => (code ? [foldText(code)] : []))
}

function toTill(item: InventoryItem): TillProduct {
  const { product_id, sku, barcode, product_name, name_en, unit, price_cents, quantity } = item
  return {
    product_id,
    sku,
    barcode,
    product_name,
    name_en,
    unit,
    price_cents,
    quantity: quantity ?? 0,
  }
}
