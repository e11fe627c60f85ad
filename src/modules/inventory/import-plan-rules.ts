// Owns what an import does to each product: made, changed or left, against what the shop has and the file repeats.
import { foldText } from '../../lib/text.ts'
import type { Problem } from './import-problems-rules.ts'
import { shorten } from './import-problems-rules.ts'
import type { Draft } from './import-rules.ts'
import { withDigest } from './import-shopify-rules.ts'
import { type Field, formatMoney, type ProductFields } from './import-values-rules.ts'
import type { ImportChange } from './schema.ts'

/** A product as the shop has it. */
export interface StoredProduct {
  readonly product_id: number
  readonly sku: string
  readonly sku_key: string
  readonly barcode: string | null
  readonly product_name: string
  readonly name_en: string
  readonly category: string
  readonly unit: string
  readonly price_cents: number
  readonly cost_cents: number | null
  readonly description: string
  readonly image_url: string | null
  readonly low_stock_threshold: number
  readonly active: number
  readonly version: number
}

/** What the shop has of the products that some drafts mean. */
export interface Found {
  readonly bySku: ReadonlyMap<string, StoredProduct>
  readonly byKey: ReadonlyMap<string, StoredProduct>
  readonly byBarcode: ReadonlyMap<string, Pick<StoredProduct, 'product_id' | 'sku'>>
}

export type Step =
  | { readonly action: 'create'; readonly draft: Draft; readonly sku: string }
  | {
      readonly action: 'update' | 'keep'
      readonly draft: Draft
      readonly product: StoredProduct
      /** Its handle and options aren't known yet, or as another product's. */
      readonly learnsKey: boolean
    }

export interface Planner {
  /** What to do with the draft; null when it, or something in it, is wrong. */
  plan(draft: Draft, found: Found): Step | null
  readonly problems: readonly Problem[]
}

export interface PlanContext {
  /** What the file calls a column. */
  readonly nameOf: (field: Field | 'sku' | 'quantity') => string
  readonly hasColumn: (field: Field) => boolean
  readonly digest: (text: string) => string
}

const NEEDED = ['product_name', 'price'] as const

/** Goes through a file once, from its first row to its last. */
export function createPlanner(context: PlanContext): Planner {
  const problems: Problem[] = []
  const skus = new Map<string, number>()
  const barcodes = new Map<string, number>()
  const products = new Map<number, number>()
  const keys = new Map<string, number>()
  const reported = new Set<string>()
  const { nameOf } = context

  /** Remembers the line; @returns the earlier one with the same value */
  function seenAt<K>(lines: Map<K, number>, value: K, line: number): number | undefined {
    const earlier = lines.get(value)
    if (earlier === undefined) lines.set(value, line)
    return earlier
  }

  function repeats({ line, sku, key, fields: { barcode } }: Draft): boolean {
    const row = sku === null ? undefined : seenAt(skus, foldText(sku), line)
    if (row !== undefined) {
      const params = { value: sku ?? '', row }
      problems.push({ line, column: nameOf('sku'), code: 'DUPLICATE_SKU', params })
    }
    const twin = key === null ? undefined : seenAt(keys, key, line)
    if (twin !== undefined && row === undefined) {
      const params = { value: sku ?? '', row: twin }
      problems.push({ line, column: null, code: 'DUPLICATE_PRODUCT', params })
    }
    const other = barcode ? seenAt(barcodes, barcode, line) : undefined
    if (other !== undefined) {
      const params = { value: barcode ?? '', row: other }
      problems.push({ line, column: nameOf('barcode'), code: 'DUPLICATE_BARCODE', params })
    }
    return row !== undefined || twin !== undefined || other !== undefined
  }

  function isBarcodeTaken(draft: Draft, found: Found, product_id: number | null): boolean {
    const { barcode } = draft.fields
    const owner = barcode ? found.byBarcode.get(barcode) : undefined
    if (!owner || owner.product_id === product_id) return false
    problems.push({
      line: draft.line,
      column: nameOf('barcode'),
      code: 'BARCODE_TAKEN',
      params: { value: barcode ?? '', sku: owner.sku },
    })
    return true
  }

  function isQuantityWrong({ line, quantity }: Draft): boolean {
    if (quantity >= 0) return false
    const params = { value: quantity }
    problems.push({ line, column: nameOf('quantity'), code: 'NEGATIVE', params })
    return true
  }

  function planCreate(draft: Draft, found: Found): Step | null {
    const { line } = draft
    for (const field of NEEDED) {
      if (context.hasColumn(field)) continue
      if (!reported.has(field)) {
        reported.add(field)
        const params = { name: nameOf(field), row: line }
        problems.push({ line: 1, column: nameOf(field), code: 'MISSING_FOR_NEW', params })
      }
      return null
    }
    const sku = draft.sku ?? freeSku(draft, found)
    if (draft.sku === null) skus.set(foldText(sku), line)
    return { action: 'create', draft, sku }
  }

  /** Two products may have the same readable form, as S/M and S-M have. */
  function freeSku({ derivedSku, key }: Draft, { bySku }: Found): string {
    const sku = derivedSku ?? ''
    const isTaken = skus.has(foldText(sku)) || bySku.has(foldText(sku))
    return isTaken ? withDigest(sku, context.digest(key ?? '')) : sku
  }

  /** By its SKU; else by its handle and options; else, without a SKU, by the one it would get. */
  function storedOf({ sku, key, derivedSku }: Draft, { bySku, byKey }: Found) {
    const own = sku === null ? undefined : bySku.get(foldText(sku))
    const known = own ?? (key === null ? undefined : byKey.get(key))
    if (known || sku !== null || derivedSku === null) return known ?? null
    const derived = bySku.get(foldText(derivedSku))
    return derived && !products.has(derived.product_id) ? derived : null
  }

  return {
    problems,
    plan(draft, found) {
      const isRepeated = repeats(draft)
      const product = storedOf(draft, found)
      const isTaken = isBarcodeTaken(draft, found, product?.product_id ?? null)
      const row = product ? seenAt(products, product.product_id, draft.line) : undefined
      if (row !== undefined && !isRepeated) {
        const params = { value: product?.sku ?? '', row }
        problems.push({ line: draft.line, column: null, code: 'DUPLICATE_PRODUCT', params })
      }
      // Only a new product's counts.
      const isWrong = !product && isQuantityWrong(draft)
      if (!draft.valid || isRepeated || isTaken || isWrong || row !== undefined) return null
      if (!product) return planCreate(draft, found)
      const known = draft.key === null ? product : found.byKey.get(draft.key)
      const learnsKey = known?.product_id !== product.product_id
      const action = changesOf(draft, product).length > 0 ? 'update' : 'keep'
      return { action, draft, product, learnsKey }
    },
  }
}

export type Change =
  | { readonly field: 'sku'; readonly from: string; readonly to: string }
  | {
      readonly field: Field
      readonly from: ProductFields[Field]
      readonly to: ProductFields[Field]
    }

/** The fields that would be another value. */
export function changesOf({ sku, fields }: Draft, product: StoredProduct): Change[] {
  const changes: Change[] = []
  if (sku !== null && sku !== product.sku)
    changes.push({ field: 'sku', from: product.sku, to: sku })
  const stored = fieldsOf(product)
  for (const field of Object.keys(fields) as Field[]) {
    const [from, to] = [stored[field], fields[field]]
    if (to !== undefined && to !== from) changes.push({ field, from, to })
  }
  return changes
}

/** A product in the terms of a file. */
function fieldsOf(product: StoredProduct): ProductFields {
  const { price_cents: price, cost_cents: cost, active, ...described } = product
  return { ...described, price, cost, active: active === 1 }
}

/** Longest text that a list of changes shows of a value. */
const MAX_SHOWN = 200

export function presentStep(step: Step, digits: number): ImportChange | null {
  if (step.action === 'keep') return null
  const { line } = step.draft
  if (step.action === 'create') {
    const product_name = step.draft.fields.product_name ?? ''
    const fields = valuesOf(step.draft, digits)
    return { line, action: 'create', product_id: null, sku: step.sku, product_name, fields }
  }
  const { product_id, sku, product_name } = step.product
  return {
    line,
    action: 'update',
    product_id,
    sku,
    product_name,
    fields: changesOf(step.draft, step.product).map(({ field, from, to }) => ({
      field,
      from: show(field, from, digits),
      to: show(field, to, digits),
    })),
  }
}

/** What somebody looks at who wants to know whether the columns were understood. */
const SHOWN: readonly Field[] = ['price', 'category', 'unit', 'barcode', 'cost', 'active']

function valuesOf({ quantity, fields }: Draft, digits: number): ImportChange['fields'] {
  const shown = SHOWN.flatMap((field) => {
    const value = fields[field]
    const to = value === undefined ? '' : show(field, value, digits)
    return to === '' ? [] : [{ field, from: '', to }]
  })
  return [...shown, { field: 'quantity', from: '', to: String(quantity) }]
}

function show(field: Change['field'], value: Change['to'], digits: number): string {
  if (value === null) return ''
  if (typeof value === 'number' && (field === 'price' || field === 'cost')) {
    return formatMoney(value, digits)
  }
  return shorten(String(value), MAX_SHOWN)
}
