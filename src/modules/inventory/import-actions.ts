// Owns an import from its bytes to its report: everything is looked at first, then written in short transactions.
import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { Cause } from '../../lib/cause.ts'
import { defineError, type Text } from '../../lib/errors.ts'
import { makeEvent } from '../../lib/events.ts'
import { createQueue } from '../../lib/queue.ts'
import { foldText } from '../../lib/text.ts'
import { createSlices } from '../../lib/time-slice.ts'
import type { Sequence } from '../../platform/db/sequences.ts'
import type { Store } from '../../platform/db/store.ts'
import { appendEvents } from '../../platform/events/outbox.ts'
import type { Log } from '../../platform/logging.ts'
import { lostPictures } from '../pictures/index.ts'
import type { Catalogue } from './catalogue-actions.ts'
import type { Header } from './import-columns-rules.ts'
import { createPlanner, type Found, presentStep, type Step } from './import-plan-rules.ts'
import { presentProblem, type Problem } from './import-problems-rules.ts'
import { digest, type FileRead, readImport } from './import-reading-actions.ts'
import type { Draft } from './import-rules.ts'
import { decimalsOf } from './import-values-rules.ts'
import { writeSteps } from './import-writing-actions.ts'
import { listByBarcodes, listByImportKeys, listBySkuKeys } from './import-store.ts'
import { type ImportChange, InventoryImported, type ImportReport } from './schema.ts'

const queueFull = defineError('IMPORT_QUEUE_FULL', 503, {
  zh: '已有多个导入在等待，请稍后再试。',
  en: 'Several imports are waiting already; try again in a moment.',
})

export interface ImportRequest {
  readonly bytes: Uint8Array
  readonly dryRun: boolean
  readonly cause: Cause
  /** Of the messages. */
  readonly language: keyof Text
  /** Stops it between two transactions; what is written stays. */
  readonly signal?: AbortSignal
  /** Rows that are done, of all; 0 of 0 while nobody knows how many there are. */
  readonly onProgress?: (done: number, total: number) => void
}

export interface ImportOutcome {
  readonly report: ImportReport
  /** The file has errors: nothing was written, or would be. */
  readonly refused: boolean
}

export type Importer = (request: ImportRequest) => Promise<ImportOutcome>

export interface ImporterOptions {
  readonly store: Store
  readonly log: Log
  readonly productIds: Sequence
  readonly documentIds: Sequence
  readonly catalogue: Catalogue
  readonly currency: () => Promise<string>
  readonly lowStockThreshold: () => Promise<number>
}

/** Rows that are looked up together. */
const CHUNK = 400
/** Products in one transaction: few enough that orders don't wait, many enough to be quick. */
const BATCH = 100
const MAX_ERRORS = 1000
const MAX_CHANGES = 500
const MAX_WAITING = 4

/** One file at a time: each may hold a lot of memory, and two of the same would take each other's SKUs. */
export function createImporter(options: ImporterOptions): Importer {
  const inTurn = createQueue(1, MAX_WAITING, () => queueFull({ retryAfter: 10 }))
  return async (request) => {
    // The answer begins at once, however long the others take.
    request.onProgress?.(0, 0)
    return inTurn(() => runImport(options, request), request.signal)
  }
}

async function runImport(options: ImporterOptions, request: ImportRequest): Promise<ImportOutcome> {
  const { dryRun, language, signal } = request
  signal?.throwIfAborted()
  const digits = decimalsOf(await options.currency())
  const file = await readImport(request.bytes, digits, signal)
  const plan = await planImport(options, request, file, digits)
  const problems = [...file.problems, ...plan.problems]
  const refused = problems.length > 0
  let { counts } = plan
  let import_id: number | null = null
  if (!dryRun && !refused) {
    const written = await writeImport(options, request, plan)
    problems.push(...written.problems)
    counts = written.counts
    import_id = written.import_id
    await announce(options, request, counts)
  }
  const { format = 'petshop', ignored = [] } = file.header ?? {}
  const report: ImportReport = {
    status: 'success',
    dry_run: dryRun,
    import_id,
    format,
    ...counts,
    error_count: problems.length,
    errors: firstOf(problems).map((problem) => presentProblem(problem, language)),
    changes: [...plan.changes],
    ignored_columns: [...ignored],
  }
  return { report, refused }
}

type Counts = Pick<ImportReport, 'created' | 'updated' | 'unchanged'>

interface Plan {
  /** Those that write something. */
  readonly steps: readonly Step[]
  readonly counts: Counts
  /** The first of them, for people. */
  readonly changes: readonly ImportChange[]
  readonly problems: readonly Problem[]
}

async function planImport(
  { store }: ImporterOptions,
  { dryRun, signal, onProgress }: ImportRequest,
  { header, drafts }: FileRead,
  digits: number,
): Promise<Plan> {
  const planner = createPlanner({ ...columnsOf(header), digest })
  const slices = createSlices()
  const steps: Step[] = []
  const changes: ImportChange[] = []
  const counts = { created: 0, updated: 0, unchanged: 0 }
  for (let i = 0; i < drafts.length; i += CHUNK) {
    await slices()
    signal?.throwIfAborted()
    const chunk = await withoutLostPictures(store, drafts.slice(i, i + CHUNK))
    const found = await findStored(store, chunk)
    for (const draft of chunk) {
      const step = planner.plan(draft, found)
      if (!step) continue
      counts[COUNTED[step.action]]++
      if (step.action !== 'keep' || step.learnsKey) steps.push(step)
      const change = changes.length < MAX_CHANGES ? presentStep(step, digits) : null
      if (change) changes.push(change)
    }
    // Checking is half of the work when something is written.
    onProgress?.(Math.floor((i + chunk.length) / (dryRun ? 1 : 2)), drafts.length)
  }
  return { steps, counts, changes, problems: planner.problems }
}

const COUNTED = { create: 'created', update: 'updated', keep: 'unchanged' } as const

/** How problems name the columns: as the file does, else as our own format does. */
function columnsOf(header: Header | null) {
  const own = (field: string) =>
    header?.format === 'shopify' ? (SHOPIFY_SOURCES[field] ?? field) : field
  return {
    nameOf: (field: string) => header?.names.get(own(field)) ?? field,
    hasColumn: (field: string) => header?.places.has(own(field)) ?? false,
  }
}

const SHOPIFY_SOURCES: Readonly<Record<string, string>> = { product_name: 'title' }

/** A picture of the shop's own that is gone, or of another shop, is nothing to point to: what is there stays. */
async function withoutLostPictures({ db }: Store, drafts: readonly Draft[]): Promise<Draft[]> {
  const urls = drafts.flatMap(({ fields }) => fields.image_url ?? [])
  const lost = new Set(await lostPictures(db, [...new Set(urls)]))
  return drafts.map((draft) => {
    const { image_url, ...fields } = draft.fields
    return image_url && lost.has(image_url) ? { ...draft, fields } : draft
  })
}

/** What the shop has of the products that these drafts may mean. */
async function findStored({ db }: Store, drafts: readonly Draft[]): Promise<Found> {
  const skus = drafts.map(({ sku, derivedSku }) => sku ?? derivedSku ?? '').filter(Boolean)
  const keys = drafts.flatMap(({ key }) => key ?? [])
  const barcodes = drafts.flatMap(({ fields }) => fields.barcode ?? [])
  const bySku = await listBySkuKeys(db, [...new Set(skus.map(foldText))])
  const byKey = await listByImportKeys(db, [...new Set(keys)])
  const byBarcode = await listByBarcodes(db, [...new Set(barcodes)])
  return {
    bySku: new Map(bySku.map((row) => [row.sku_key, row])),
    byKey: new Map(byKey.map((row) => [row.import_key, row])),
    byBarcode: new Map(byBarcode.map((row) => [row.barcode ?? '', row])),
  }
}

async function writeImport(
  { store, productIds, documentIds, catalogue, lowStockThreshold }: ImporterOptions,
  { cause, signal, onProgress }: ImportRequest,
  { steps, counts }: Plan,
): Promise<{ counts: Counts; problems: readonly Problem[]; import_id: number | null }> {
  const [document_id = 0] = steps.length > 0 ? await documentIds.take(1) : []
  const threshold = await lowStockThreshold()
  const writing = { store, productIds, cause, document_id, lowStockThreshold: threshold }
  const total = counts.created + counts.updated + counts.unchanged
  const problems: Problem[] = []
  let [created, updated] = [0, 0]
  for (let i = 0; i < steps.length; i += BATCH) {
    // A turn for everybody else: on SQLite a transaction lets nobody in between.
    await setImmediate()
    signal?.throwIfAborted()
    const batch = steps.slice(i, i + BATCH)
    const written = await writeSteps(writing, batch)
    created += written.created
    updated += written.updated
    problems.push(...written.problems)
    await catalogue.refresh(written.changes)
    const share = (i + batch.length) / steps.length
    onProgress?.(Math.floor((total * (1 + share)) / 2), total)
  }
  const unchanged = total - created - updated - problems.length
  const import_id = created + updated > 0 ? document_id : null
  return { counts: { created, updated, unchanged }, problems, import_id }
}

/** To whoever imported, once it is done; never twice, and what is written stays when it can't be told. */
async function announce(
  { store, log }: ImporterOptions,
  { cause }: ImportRequest,
  counts: Counts,
): Promise<void> {
  const facts = { import_id: randomUUID(), imported_by: cause.actor_id, ...counts }
  const event = makeEvent(InventoryImported, facts.import_id, facts)
  try {
    await store.transaction((trx) => appendEvents(store, trx, cause, [event]))
  } catch (error) {
    log.warn({ error }, 'an import is done, and nobody could be told')
  }
}

function firstOf(problems: readonly Problem[]): Problem[] {
  return problems.toSorted((a, b) => a.line - b.line).slice(0, MAX_ERRORS)
}
