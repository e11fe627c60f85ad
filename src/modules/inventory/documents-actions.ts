// Owns posting documents: all of a document's changes of stock happen together, or none of them.
import type { Cause } from '../../lib/cause.ts'
import { defineError } from '../../lib/errors.ts'
import { makeEvent } from '../../lib/events.ts'
import { type KeyedRequest, once } from '../../platform/db/idempotency.ts'
import type { Sequence } from '../../platform/db/sequences.ts'
import type { Store, Trx } from '../../platform/db/store.ts'
import { appendEvents } from '../../platform/events/outbox.ts'
import { noteStock } from './acts-actions.ts'
import type { DocumentKind, NewReceipt } from './documents-schema.ts'
import {
  type DocumentRow,
  findDocument,
  insertDocument,
  insertDocumentLines,
} from './documents-store.ts'
import { alertOf, becomesShort, mergeLines } from './rules.ts'
import { type MovementKind, StockMoved, StockShort } from './schema.ts'
import { addOnHandEach, insertMovements, lockStock, type StockRow } from './stock-store.ts'

export interface NewDocument {
  readonly document_id: number
  readonly kind: DocumentKind
  readonly supplier?: string | undefined
  readonly reason?: string | undefined
  readonly note?: string | undefined
}

/** Units that come (positive) or go; each product once, none of them 0. */
export interface StockChange {
  readonly product_id: number
  readonly delta: number
}

const unknownProduct = defineError('UNKNOWN_PRODUCT', 422, {
  zh: '有商品不存在：{ids}。',
  en: 'There is no such product: {ids}.',
})
const belowZero = defineError('STOCK_BELOW_ZERO', 409, {
  zh: '“{name}”现有库存只有 {on_hand}，不能减到 0 以下。',
  en: 'Only {on_hand} of “{name}” are on hand; the stock cannot fall below 0.',
})

/** Goods received, as one document. @throws UNKNOWN_PRODUCT */
export async function receiveGoods(
  store: Store,
  documentIds: Sequence,
  cause: Cause,
  key: KeyedRequest | null,
  { lines, supplier, note }: NewReceipt,
): Promise<DocumentRow> {
  const [document_id = 0] = await documentIds.take(1)
  const changes = mergeLines(lines).map(({ product_id, quantity }) => ({
    product_id,
    delta: quantity,
  }))
  const document = { document_id, kind: 'receipt' as const, supplier, note }
  return store.transaction(
    (trx) =>
      once(store, trx, key, cause.now, async () => {
        const made = await writeDocument(trx, cause, document)
        await postChanges(store, trx, cause, document, 'receipt', changes)
        return made
      }),
    { afterLostCommit: async () => (await findDocument(store.db, document_id)) ?? undefined },
  )
}

/** The document alone; what it moves follows. */
export async function writeDocument(
  trx: Trx,
  cause: Cause,
  { document_id, kind, supplier, reason, note }: NewDocument,
): Promise<DocumentRow> {
  const row = {
    document_id,
    kind,
    supplier: supplier?.trim() || null,
    reason: reason ?? null,
    note: note?.trim() || null,
    actor_id: cause.actor_id,
    created_at: cause.now,
  }
  await insertDocument(trx, row)
  return row
}

/**
 * Moves on_hand of all these products, each with its line, its ledger row and its event.
 * @returns the products as they were before, locked
 * @throws UNKNOWN_PRODUCT, STOCK_BELOW_ZERO: roll back
 */
export async function postChanges(
  store: Store,
  trx: Trx,
  cause: Cause,
  document: NewDocument,
  kind: MovementKind,
  changes: readonly StockChange[],
): Promise<void> {
  if (changes.length === 0) return
  const sorted = changes.toSorted((a, b) => a.product_id - b.product_id)
  const ids = sorted.map(({ product_id }) => product_id)
  const products = new Map(
    (await lockStock(store, trx, ids)).map((product) => [product.product_id, product]),
  )
  refuseUnknown(ids, products)
  refuseBelowZero(sorted, products)
  // The rows are locked and were just looked at: only a mistake of ours can make the guard fail.
  if (!(await addOnHandEach(store, trx, sorted))) {
    throw new Error('the stock guard refused what was looked at under the lock')
  }
  const { document_id } = document
  const lines = sorted.map(({ product_id, delta }) => ({
    document_id,
    product_id,
    delta_on_hand: delta,
  }))
  await insertDocumentLines(store, trx, lines)
  await insertMovements(store, trx, movementsOf(document, kind, sorted, cause))
  const acts = sorted.map((change) => ({
    ...change,
    on_hand: products.get(change.product_id)?.on_hand ?? 0,
  }))
  await noteStock(store, trx, cause, { kind, reason: document.reason }, acts)
  await appendEvents(store, trx, cause, eventsOf(kind, sorted, products))
}

function refuseUnknown(ids: readonly number[], known: ReadonlyMap<number, StockRow>): void {
  const unknown = ids.filter((id) => !known.has(id))
  if (unknown.length === 0) return
  throw unknownProduct({ details: unknown, params: { ids: unknown.join(', ') } })
}

function refuseBelowZero(
  changes: readonly StockChange[],
  products: ReadonlyMap<number, StockRow>,
): void {
  const short = changes.flatMap(({ product_id, delta }) => {
    const product = products.get(product_id)
    return product && product.on_hand + delta < 0 ? [{ product, delta }] : []
  })
  const first = short[0]?.product
  if (!first) return
  throw belowZero({
    params: { name: first.product_name, on_hand: first.on_hand },
    details: short.map(({ product, delta }) => ({
      product_id: product.product_id,
      on_hand: product.on_hand,
      delta_on_hand: delta,
    })),
  })
}

function movementsOf(
  { document_id, supplier, reason, note }: NewDocument,
  kind: MovementKind,
  changes: readonly StockChange[],
  cause: Cause,
) {
  const words = [supplier, note].flatMap((text) => text?.trim() || []).join(' · ')
  return changes.map(({ product_id, delta }) => ({
    product_id,
    kind,
    delta_on_hand: delta,
    delta_reserved: 0,
    reason: reason ?? null,
    // Two texts of a document may be longer together than a movement's note.
    note: [...words].slice(0, 500).join('') || null,
    order_id: null,
    actor_id: cause.actor_id,
    created_at: cause.now,
    document_id,
  }))
}

function eventsOf(
  kind: MovementKind,
  changes: readonly StockChange[],
  products: ReadonlyMap<number, StockRow>,
) {
  return changes.flatMap(({ product_id, delta }) => {
    const before = products.get(product_id)
    if (!before) return []
    const after = { ...before, on_hand: before.on_hand + delta }
    const { on_hand, reserved } = after
    return [
      makeEvent(StockMoved, product_id, {
        product_id,
        kind,
        delta_on_hand: delta,
        on_hand,
        reserved,
      }),
      ...(becomesShort(before, after) ? [makeEvent(StockShort, product_id, alertOf(after))] : []),
    ]
  })
}
