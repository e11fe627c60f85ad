// Owns undoing an import: its quantities go out by a document of their own, and what it changed goes back where
// nobody has touched it since. In short transactions; broken off, it goes on where it was.
import { setImmediate } from 'node:timers/promises'
import type { Cause } from '../../lib/cause.ts'
import { foldText } from '../../lib/text.ts'
import type { Sequence } from '../../platform/db/sequences.ts'
import type { Store, Trx } from '../../platform/db/store.ts'
import { runAgain } from '../../platform/db/transactions.ts'
import { notFound } from '../../platform/http/errors.ts'
import { lostPictures } from '../pictures/index.ts'
import type { Catalogue } from './catalogue-actions.ts'
import { postChanges, writeDocument } from './documents-actions.ts'
import type { Change } from './import-plan-rules.ts'
import {
  findImport,
  forgetKeys,
  type ImportLineRow,
  type ImportRecord,
  listUntried,
  lockImport,
  setOutcomes,
  updateImport,
} from './import-records-store.ts'
import { type ImportedRow, lockImported } from './import-store.ts'
import { type Current, freedSku, judgeCreated, restore } from './import-undo-rules.ts'
import { changedRow, writeChanges } from './import-writing-actions.ts'
import type { ImportOutcomeName } from './imports-schema.ts'
import { lockStock } from './stock-store.ts'
import { searchText } from './store.ts'

export interface Undoing {
  readonly store: Store
  readonly documentIds: Sequence
  readonly catalogue: Catalogue
}

/** Products in one transaction: few enough that orders don't wait. */
const BATCH = 100

/** Repeated, it changes nothing more. @throws NOT_FOUND */
export async function undoImport(
  undoing: Undoing,
  cause: Cause,
  import_id: number,
): Promise<ImportRecord> {
  const { store } = undoing
  if (!(await findImport(store.db, import_id))) throw notFound()
  const [document_id = 0] = await undoing.documentIds.take(1)
  await begin(undoing, cause, import_id, document_id)
  for (let size = BATCH; ;) {
    const done = await undoBatch(undoing, cause, import_id, size)
    if (done === 'taken') {
      size = 1
      continue
    }
    if (done === 0) break
    size = BATCH
    // A turn for everybody else: on SQLite a transaction lets nobody in between.
    await setImmediate()
  }
  const undone = await findImport(store.db, import_id)
  if (!undone) throw notFound()
  return undone
}

function begin(
  { store }: Undoing,
  cause: Cause,
  import_id: number,
  document_id: number,
): Promise<void> {
  return store.transaction(async (trx) => {
    const found = await lockImport(store, trx, import_id)
    if (!found) throw notFound()
    if (found.undo_document_id !== null) return
    await writeDocument(trx, cause, { document_id, kind: 'import_undo', reason: REASON })
    await updateImport(trx, import_id, { undo_document_id: document_id })
  }, runAgain)
}

const REASON = 'receiving_error'

/** @returns how many lines were tried; `taken` when a SKU or barcode stood in the way: fewer at once */
async function undoBatch(
  { store, catalogue }: Undoing,
  cause: Cause,
  import_id: number,
  size: number,
): Promise<number | 'taken'> {
  try {
    const { lines, changed } = await store.transaction(
      (trx) => undoLines(store, trx, cause, import_id, size),
      runAgain,
    )
    await catalogue.refresh(changed)
    return lines
  } catch (error) {
    if (store.dialect.classify(error) !== 'unique') throw error
    if (size > 1) return 'taken'
    return skipFirst(store, import_id)
  }
}

/** Another product has its old SKU or barcode now: it stays as it is. */
function skipFirst(store: Store, import_id: number): Promise<number> {
  return store.transaction(async (trx) => {
    await lockImport(store, trx, import_id)
    const [line] = await listUntried(trx, import_id, 1)
    if (!line) return 0
    const { product_id } = line
    await setOutcomes(store, trx, import_id, [{ product_id, outcome: 'taken' }])
    return 1
  }, runAgain)
}

interface Plan {
  readonly row: ImportedRow
  readonly after: ImportedRow | null
  readonly outcome: ImportOutcomeName
  /** Units that go out again. */
  readonly units: number
}

async function undoLines(
  store: Store,
  trx: Trx,
  cause: Cause,
  import_id: number,
  size: number,
): Promise<{ lines: number; changed: readonly ImportedRow[] }> {
  const found = await lockImport(store, trx, import_id)
  if (!found?.undo_document_id) throw notFound()
  const lines = await listUntried(trx, import_id, size)
  if (lines.length === 0) {
    if (found.undone_at === null) {
      await updateImport(trx, import_id, { undone_by: cause.actor_id, undone_at: cause.now })
    }
    return { lines: 0, changed: [] }
  }
  const plans = await planUndo(store, trx, lines)
  const outgoing = plans.flatMap(({ row, units }) =>
    units > 0 ? [{ product_id: row.product_id, delta: -units }] : [],
  )
  const document = {
    document_id: found.undo_document_id,
    kind: 'import_undo' as const,
    reason: REASON,
  }
  await postChanges(store, trx, cause, document, 'adjustment', outgoing)
  const pairs = plans.flatMap(({ row, after }) => (after ? [{ row, after }] : []))
  await writeChanges(store, trx, cause, pairs)
  await forgetKeys(trx, createdAndUndone(lines, plans))
  const outcomes = plans.map(({ row, outcome }) => ({ product_id: row.product_id, outcome }))
  await setOutcomes(store, trx, import_id, outcomes)
  return { lines: lines.length, changed: pairs.map(({ after }) => after) }
}

function createdAndUndone(lines: readonly ImportLineRow[], plans: readonly Plan[]): number[] {
  const created = new Set(
    lines.flatMap(({ action, product_id }) => (action === 'created' ? [product_id] : [])),
  )
  return plans.flatMap(({ row: { product_id }, after }) =>
    after && created.has(product_id) ? [product_id] : [],
  )
}

async function planUndo(store: Store, trx: Trx, lines: readonly ImportLineRow[]): Promise<Plan[]> {
  const ids = lines.map(({ product_id }) => product_id)
  const stock = new Map((await lockStock(store, trx, ids)).map((row) => [row.product_id, row]))
  const rows = new Map((await lockImported(store, trx, ids)).map((row) => [row.product_id, row]))
  const urls = lines.flatMap(({ changes }) =>
    changesFrom(changes).flatMap(({ field, from }) =>
      field === 'image_url' && typeof from === 'string' ? [from] : [],
    ),
  )
  const lost = new Set(await lostPictures(trx, [...new Set(urls)]))
  return lines.flatMap((line) => {
    const row = rows.get(line.product_id)
    const numbers = stock.get(line.product_id)
    if (!row || !numbers) return []
    const { on_hand, reserved } = numbers
    return line.action === 'created'
      ? [planCreated(line, { product: row, on_hand, reserved }, row)]
      : [planUpdated(line, row, lost)]
  })
}

function planCreated(line: ImportLineRow, current: Current, row: ImportedRow): Plan {
  const outcome = judgeCreated(line, current)
  if (outcome !== 'undone') return { row, after: null, outcome, units: 0 }
  const sku = freedSku(row.sku, row.product_id)
  const freed = { ...row, sku, sku_key: foldText(sku), barcode: null, active: 0 }
  const after = { ...freed, search_text: searchText(freed), version: row.version + 1 }
  return { row, after, outcome, units: line.quantity }
}

function planUpdated(line: ImportLineRow, row: ImportedRow, lost: ReadonlySet<string>): Plan {
  const changes = changesFrom(line.changes)
  // A picture that is gone can't be shown again.
  const possible = changes.filter(
    ({ field, from }) => !(field === 'image_url' && typeof from === 'string' && lost.has(from)),
  )
  const { sku, fields, outcome } = restore(possible, row)
  if (possible.length === 0 || outcome === 'changed') {
    return { row, after: null, outcome: 'changed', units: 0 }
  }
  return {
    row,
    after: changedRow(row, sku ?? null, fields),
    outcome: possible.length < changes.length ? 'partly' : outcome,
    units: 0,
  }
}

function changesFrom(json: string): readonly Change[] {
  return JSON.parse(json) as Change[]
}
