// Owns changes of products: made, edited, archived, never deleted.
import type { Cause } from '../../lib/cause.ts'
import { defineError } from '../../lib/errors.ts'
import { makeEvent, type NewEvent } from '../../lib/events.ts'
import { foldText } from '../../lib/text.ts'
import { type KeyedRequest, once } from '../../platform/db/idempotency.ts'
import { insertAll } from '../../platform/db/insert.ts'
import type { Sequence } from '../../platform/db/sequences.ts'
import type { Store, Trx } from '../../platform/db/store.ts'
import { runAgain } from '../../platform/db/transactions.ts'
import { appendEvents } from '../../platform/events/outbox.ts'
import { notFound } from '../../platform/http/errors.ts'
import { holdPictures, holdPicturesOf } from '../pictures/index.ts'
import { type ImageChange, imagesAfter, imagesDisagree, imagesOf } from './images-rules.ts'
import { changeImages, insertImages } from './images-store.ts'
import { notePrices } from './prices-actions.ts'
import type { PriceChangeRow } from './prices-store.ts'
import { stockStatus } from './rules.ts'
import {
  type NewProduct,
  ProductChanged,
  type ProductPatch,
  ProductPriceChanged,
} from './schema.ts'
import { changeGrams, insertGrams } from './search-store.ts'
import {
  insertMovements,
  insertStock,
  type NewMovementRow,
  type StockNumbers,
} from './stock-store.ts'
import {
  type DescribedRow,
  findProduct,
  lockProduct,
  type NewProductRow,
  type ProductRow,
  searchText,
  updateProduct,
} from './store.ts'

const skuTaken = defineError('SKU_TAKEN', 409, {
  zh: 'sku：这个货号已被其他商品使用。',
  en: 'sku: another product has this SKU.',
})
const barcodeTaken = defineError('BARCODE_TAKEN', 409, {
  zh: 'barcode：这个条码已被其他商品使用。',
  en: 'barcode: another product has this barcode.',
})

const productChanged = defineError('PRODUCT_CHANGED', 409, {
  zh: '这个商品刚被别人改过，请看过新的内容再改。',
  en: 'Somebody has changed this product meanwhile: look at it again first.',
})
const imagesUnclear = defineError('VALIDATION', 400, {
  zh: 'image_urls：第一张图片必须与 image_url 相同。',
  en: 'image_urls: must begin with image_url.',
})

/** Longest folded SKU: compatibility forms may unfold to many characters, and the column is bounded. */
const MAX_SKU_KEY = 190

const skuTooLong = defineError('VALIDATION', 400, {
  zh: 'sku：太长。',
  en: 'sku: is too long.',
})

/** Makes a product; its first quantity enters the ledger as a receipt. */
export async function createProduct(
  store: Store,
  productIds: Sequence,
  cause: Cause,
  key: KeyedRequest | null,
  product: NewProduct,
): Promise<ProductRow> {
  const [product_id = 0] = await productIds.take(1)
  return nameConflicts(store, () =>
    store.transaction(
      (trx) =>
        once(store, trx, key, cause.now, async () => {
          await holdNamed(store, trx, [], product)
          await insertProducts(store, trx, cause, [{ ...product, product_id }])
          return getProduct(trx, product_id)
        }),
      { afterLostCommit: async () => (await findProduct(store.db, product_id)) ?? undefined },
    ),
  )
}

/** Makes many products in one transaction, in order; for the demo. */
export async function createProducts(
  store: Store,
  productIds: Sequence,
  cause: Cause,
  products: readonly NewProduct[],
): Promise<number[]> {
  const ids = await productIds.take(products.length)
  const rows = products.map((product, i) => ({ ...product, product_id: ids[i] ?? 0 }))
  await nameConflicts(store, () =>
    store.transaction(
      async (trx) => {
        await insertProducts(store, trx, cause, rows)
        return ids
      },
      {
        afterLostCommit: async () => ((await findProduct(store.db, ids[0] ?? 0)) ? ids : undefined),
      },
    ),
  )
  return ids
}

/**
 * Changes the fields that are given. @returns the product as it is then.
 * @throws NOT_FOUND, PRODUCT_CHANGED, SKU_TAKEN, BARCODE_TAKEN, PICTURE_UNKNOWN
 */
export function changeProduct(
  store: Store,
  cause: Cause,
  product_id: number,
  patch: ProductPatch,
): Promise<ProductRow> {
  return nameConflicts(store, () =>
    store.transaction(async (trx) => {
      const before = await lockProduct(store, trx, product_id)
      if (!before) throw notFound()
      const { version } = before
      if (patch.version !== undefined && patch.version !== version) {
        throw productChanged({ details: { version } })
      }
      await changeLocked(store, trx, cause, before, patch)
      return getProduct(trx, product_id)
    }, runAgain),
  )
}

/** Changes a product that the transaction has locked, with its history of prices and its events. */
async function changeLocked(
  store: Store,
  trx: Trx,
  cause: Cause,
  before: DescribedRow,
  patch: ProductPatch,
): Promise<void> {
  await holdNamed(store, trx, imagesOf(before), patch)
  const { active, image_urls: _asOne, version: _known, ...given } = patch
  const fields = { ...given, ...imagesAfter(before, patch) }
  const described = { ...before, ...fields }
  const { product_id, search_text: old_text } = before
  const search_text = searchText(described)
  await changeGrams(store, trx, [{ product_id, search_text, old_text }])
  await changeImages(store, trx, before, described)
  await updateProduct(trx, product_id, {
    ...fields,
    ...(active === undefined ? {} : { active: active ? 1 : 0 }),
    sku_key: skuKey(described.sku),
    search_text,
    version: before.version + 1,
    updated_at: cause.now,
  })
  await notePrices(store, trx, cause, priceChanges(before, patch, cause))
  await appendEvents(store, trx, cause, changeEvents(before, patch, cause))
}

/**
 * Until the transaction ends, the pictures that are named anew are not deleted.
 * @throws PICTURE_UNKNOWN, VALIDATION when the first picture is said twice, and otherwise
 */
async function holdNamed(
  store: Store,
  trx: Trx,
  before: readonly string[],
  change: ImageChange,
): Promise<void> {
  if (imagesDisagree(change)) {
    throw imagesUnclear({ details: [{ field: 'image_urls', problem: 'begins otherwise' }] })
  }
  const { image_urls, image_url } = change
  const field = image_urls ? 'image_urls' : 'image_url'
  const named = image_urls ?? (image_url ? [image_url] : [])
  const added = named.filter((url) => !before.includes(url))
  await holdPictures(store, trx, field, added)
}

async function getProduct(trx: Trx, product_id: number): Promise<ProductRow> {
  const product = await findProduct(trx, product_id)
  if (!product) throw notFound()
  return product
}

/** The row of the history that a change writes; none when the price stays. */
function priceChanges(before: DescribedRow, patch: ProductPatch, cause: Cause): PriceChangeRow[] {
  const { product_id, price_cents: from_cents, version } = before
  const { price_cents: to_cents = from_cents } = patch
  if (to_cents === from_cents) return []
  const { actor_id: changed_by, now: changed_at } = cause
  return [{ product_id, version: version + 1, from_cents, to_cents, changed_by, changed_at }]
}

function changeEvents(before: DescribedRow, patch: ProductPatch, cause: Cause): NewEvent[] {
  const { product_id } = before
  const events = [
    makeEvent(ProductChanged, product_id, { product_id, version: before.version + 1 }),
  ]
  const price = patch.price_cents
  if (price !== undefined && price !== before.price_cents) {
    events.push(
      makeEvent(ProductPriceChanged, product_id, {
        product_id,
        product_name: patch.product_name ?? before.product_name,
        name_en: patch.name_en ?? before.name_en,
        from_cents: before.price_cents,
        to_cents: price,
        changed_by: cause.actor_id,
      }),
    )
  }
  return events
}

/** One that is made archived is not on sale from its first moment. */
export type ProductWithId = NewProduct & {
  readonly product_id: number
  readonly active?: boolean
  /** The document that its first receipt belongs to. */
  readonly document_id?: number
}

/** Makes products with their first receipts and their events, in the caller's transaction. */
export async function insertProducts(
  store: Store,
  trx: Trx,
  cause: Cause,
  products: readonly ProductWithId[],
): Promise<void> {
  await holdPicturesOf(
    store,
    trx,
    products.flatMap(({ image_url, image_urls }) => image_urls ?? [image_url]),
  )
  const rows = products.map((product) => newRow(product, cause.now))
  await insertAll(store, trx, 'inventory', rows)
  await insertGrams(store, trx, rows)
  await insertImages(store, trx, rows)
  await insertStock(store, trx, products.map(firstStock))
  await insertMovements(
    store,
    trx,
    products.filter((product) => product.quantity).map((product) => firstReceipt(product, cause)),
  )
  await appendEvents(
    store,
    trx,
    cause,
    products.map(({ product_id }) =>
      makeEvent(ProductChanged, product_id, { product_id, version: 1 }),
    ),
  )
}

function newRow(product: ProductWithId, now: number): NewProductRow {
  const described = {
    sku: product.sku,
    barcode: product.barcode ?? null,
    product_name: product.product_name,
    name_en: product.name_en ?? '',
  }
  return {
    product_id: product.product_id,
    ...described,
    sku_key: skuKey(product.sku),
    search_text: searchText(described),
    category: product.category ?? '',
    unit: product.unit ?? '件',
    price_cents: product.price_cents,
    cost_cents: product.cost_cents ?? null,
    description: product.description ?? '',
    ...imagesAfter({ image_url: null }, product),
    low_stock_threshold: product.low_stock_threshold ?? 0,
    active: product.active === false ? 0 : 1,
    version: 1,
    created_at: now,
    updated_at: now,
  }
}

function firstStock(product: ProductWithId): StockNumbers {
  const { product_id, quantity: on_hand = 0, low_stock_threshold = 0 } = product
  // A product that starts sold out or low was never above its threshold: nothing to announce.
  const status = stockStatus(on_hand, low_stock_threshold)
  return { product_id, on_hand, reserved: 0, stock_status: status, alerted_status: status }
}

function skuKey(sku: string): string {
  const key = foldText(sku)
  if (key.length > MAX_SKU_KEY)
    throw skuTooLong({ details: [{ field: 'sku', problem: 'is too long' }] })
  return key
}

function firstReceipt(product: ProductWithId, cause: Cause): NewMovementRow {
  return {
    product_id: product.product_id,
    kind: 'receipt',
    delta_on_hand: product.quantity ?? 0,
    delta_reserved: 0,
    reason: null,
    note: null,
    order_id: null,
    actor_id: cause.actor_id,
    created_at: cause.now,
    document_id: product.document_id ?? null,
  }
}

async function nameConflicts<T>(store: Store, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (store.dialect.classify(error) !== 'unique') throw error
    const taken = (field: string) => ({ details: [{ field, problem: 'is taken' }] })
    if (store.dialect.violates(error, 'barcode')) throw barcodeTaken(taken('barcode'))
    if (store.dialect.violates(error, 'sku_key')) throw skuTaken(taken('sku'))
    throw error
  }
}
