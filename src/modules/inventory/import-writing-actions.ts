// Owns writing what an import has decided: many products at once, each whole or not at all.
import { setImmediate } from 'node:timers/promises'
import type { Cause } from '../../lib/cause.ts'
import { makeEvent } from '../../lib/events.ts'
import { foldText } from '../../lib/text.ts'
import type { Sequence } from '../../platform/db/sequences.ts'
import type { Store, Trx } from '../../platform/db/store.ts'
import { appendEvents } from '../../platform/events/outbox.ts'
import { holdPicturesOf } from '../pictures/index.ts'
import { insertProducts, type ProductWithId } from './actions.ts'
import { type Change, changesOf, type Step } from './import-plan-rules.ts'
import type { Problem } from './import-problems-rules.ts'
import { type ImportLine, recordImport } from './import-records-actions.ts'
import type { ProductFields } from './import-values-rules.ts'
import {
  findVersion,
  type ImportedRow,
  lockImported,
  rememberKeys,
  updateImported,
} from './import-store.ts'
import { notePrices } from './prices-actions.ts'
import type { PriceChangeRow } from './prices-store.ts'
import { ProductChanged } from './schema.ts'
import { changeGrams } from './search-store.ts'
import { searchText } from './store.ts'

export interface Writing {
  readonly store: Store
  readonly productIds: Sequence
  readonly cause: Cause
  /** Under which its quantities come in, and by which it is undone. */
  readonly document_id: number
  /** Of a new product, when the file says none. */
  readonly lowStockThreshold: number
}

interface Written {
  readonly created: number
  readonly updated: number
  /** The products as they are now. */
  readonly changes: readonly { readonly product_id: number; readonly version: number }[]
  readonly problems: readonly Problem[]
}

type Entry = Step & { readonly product_id: number }

/**
 * Writes the steps in one transaction. When a SKU or barcode was taken since they were decided, one by one:
 * that row is a problem then, and the others are written.
 */
export async function writeSteps(writing: Writing, steps: readonly Step[]): Promise<Written> {
  try {
    return await writeTogether(writing, steps)
  } catch (error) {
    if (writing.store.dialect.classify(error) !== 'unique') throw error
    const [only] = steps
    if (steps.length === 1 && only) return refused(writing, only, error)
  }
  const parts: Written[] = []
  for (const step of steps) {
    await setImmediate()
    parts.push(await writeSteps(writing, [step]))
  }
  return {
    created: parts.reduce((sum, part) => sum + part.created, 0),
    updated: parts.reduce((sum, part) => sum + part.updated, 0),
    changes: parts.flatMap((part) => part.changes),
    problems: parts.flatMap((part) => part.problems),
  }
}

function refused({ store }: Writing, step: Step, error: unknown): Written {
  const { line, sku } = step.draft
  const isSku = store.dialect.violates(error, 'sku_key')
  const value = step.action === 'create' ? step.sku : (sku ?? '')
  const problem: Problem = isSku
    ? { line, column: null, code: 'SKU_TAKEN', params: { value } }
    : { line, column: null, code: 'CHANGED_MEANWHILE' }
  return { created: 0, updated: 0, changes: [], problems: [problem] }
}

async function writeTogether(writing: Writing, steps: readonly Step[]): Promise<Written> {
  const { store, productIds } = writing
  const ids = await productIds.take(steps.filter(({ action }) => action === 'create').length)
  let next = 0
  const entries = steps.map((step): Entry => ({
    ...step,
    product_id: step.action === 'create' ? (ids[next++] ?? 0) : step.product.product_id,
  }))
  return store.transaction((trx) => write(writing, trx, entries), {
    async afterLostCommit(written) {
      const [change] = written.changes
      // What is changed is looked at again under the lock: doing it twice changes nothing.
      if (!change || written.created === 0) return undefined
      return (await findVersion(store.db, change.product_id)) === null ? undefined : written
    },
  })
}

async function write(writing: Writing, trx: Trx, entries: readonly Entry[]): Promise<Written> {
  const { store, cause } = writing
  const created = entries.flatMap((entry) =>
    entry.action === 'create' ? [newProduct(writing, entry)] : [],
  )
  await insertProducts(store, trx, cause, created)
  const pairs = await changeProducts(writing, trx, entries)
  const changed = pairs.map(({ after }) => after)
  await recordImport(store, trx, cause, writing.document_id, [
    ...created.map(createdLine),
    ...pairs.map(updatedLine),
  ])
  await rememberKeys(
    store,
    trx,
    entries.flatMap(({ draft: { key }, product_id, ...step }) =>
      key !== null && (step.action === 'create' || step.learnsKey)
        ? [{ import_key: key, product_id }]
        : [],
    ),
  )
  const changes = [
    ...created.map(({ product_id }) => ({ product_id, version: 1 })),
    ...changed.map(({ product_id, version }) => ({ product_id, version })),
  ]
  return { created: created.length, updated: changed.length, changes, problems: [] }
}

function createdLine({ product_id, quantity = 0 }: ProductWithId): ImportLine {
  return { product_id, action: 'created', version: 1, quantity, changes: [] }
}

function updatedLine({ after, changes }: Pair): ImportLine {
  const { product_id, version } = after
  return { product_id, action: 'updated', version, quantity: 0, changes }
}

function newProduct(
  { document_id, lowStockThreshold }: Writing,
  entry: Entry & { readonly action: 'create' },
): ProductWithId {
  const { product_name = '', price = 0, cost, ...fields } = entry.draft.fields
  return {
    low_stock_threshold: lowStockThreshold,
    ...fields,
    product_id: entry.product_id,
    sku: entry.sku,
    product_name,
    price_cents: price,
    cost_cents: cost ?? null,
    quantity: entry.draft.quantity,
    document_id,
  }
}

/** Somebody may have edited them since: what differs is looked at again, under the lock. */
async function changeProducts(
  { store, cause }: Writing,
  trx: Trx,
  entries: readonly Entry[],
): Promise<readonly Pair[]> {
  const drafts = new Map(
    entries.flatMap(({ action, product_id, draft }) =>
      action === 'update' ? [[product_id, draft] as const] : [],
    ),
  )
  const before = await lockImported(store, trx, [...drafts.keys()])
  const pairs = before.flatMap((row) => {
    const draft = drafts.get(row.product_id)
    const changes = draft ? changesOf(draft, row) : []
    return draft && changes.length > 0
      ? [{ row, after: changedRow(row, draft.sku, draft.fields), changes }]
      : []
  })
  await writeChanges(store, trx, cause, pairs)
  return pairs
}

/** Gives locked products their new values, with the history of prices and the events. */
export async function writeChanges(
  store: Store,
  trx: Trx,
  cause: Cause,
  pairs: readonly Pick<Pair, 'row' | 'after'>[],
): Promise<void> {
  const changed = pairs.map(({ after }) => after)
  await holdPicturesOf(
    store,
    trx,
    changed.map((product) => product.image_url),
  )
  await changeGrams(
    store,
    trx,
    pairs.map(({ row, after }) => ({ ...after, old_text: row.search_text })),
  )
  await updateImported(store, trx, changed, cause.now)
  await notePrices(
    store,
    trx,
    cause,
    pairs.flatMap((pair) => priceChange(pair, cause)),
  )
  const events = changed.map(({ product_id, version }) =>
    makeEvent(ProductChanged, product_id, { product_id, version }),
  )
  await appendEvents(store, trx, cause, events)
}

interface Pair {
  readonly row: ImportedRow
  readonly after: ImportedRow
  readonly changes: readonly Change[]
}

/** The row of the history; none when the price stays. */
function priceChange({ row, after }: Pick<Pair, 'row' | 'after'>, cause: Cause): PriceChangeRow[] {
  const { product_id, price_cents: from_cents } = row
  const { version, price_cents: to_cents } = after
  if (from_cents === to_cents) return []
  const { actor_id: changed_by, now: changed_at } = cause
  return [{ product_id, version, from_cents, to_cents, changed_by, changed_at }]
}

/** A product as it is with these values. */
export function changedRow(
  row: ImportedRow,
  given: string | null,
  { price, cost, active, ...fields }: Partial<ProductFields>,
): ImportedRow {
  const sku = given ?? row.sku
  const described = { ...row, ...fields, sku }
  return {
    ...described,
    sku_key: foldText(sku),
    search_text: searchText(described),
    price_cents: price ?? row.price_cents,
    cost_cents: cost === undefined ? row.cost_cents : cost,
    active: active === undefined ? row.active : active ? 1 : 0,
    version: row.version + 1,
  }
}
