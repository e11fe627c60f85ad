// Owns the sale that is being put together: its lines and what is given off; nothing here knows of pages.
import { MAX_LINES, MAX_QUANTITY } from '../../../../src/lib/selling.ts'
import { needsManager, saleSums, type SaleSums } from '../../../../src/modules/counter/rules.ts'
import type { Discount, DiscountReason } from '../../../../src/modules/counter/schema.ts'
import { randomUuid } from '../../lib/uuid.ts'

/** A product as a till needs it. */
export interface TillProduct {
  readonly product_id: number
  readonly sku: string
  readonly barcode: string | null
  readonly product_name: string
  readonly name_en: string
  readonly unit: string
  readonly price_cents: number
  /** Available, as last heard. */
  readonly quantity: number
}

export interface DraftDiscount {
  readonly cents: number
  /** Then it follows what it is given on. */
  readonly percent: number | null
  readonly reason: DiscountReason
  readonly note: string
}

export interface DraftLine {
  readonly product: TillProduct
  readonly quantity: number
  readonly discount: DraftDiscount | null
}

export interface DraftCustomer {
  readonly user_id: number
  /** A name, never the whole phone number: it stays on the device and stands on the paper. */
  readonly label: string
}

export interface Draft {
  /** Of the sale that this becomes, from its first line on: whatever is lost and found again, it is sold once. */
  readonly sale_id: string
  readonly lines: readonly DraftLine[]
  readonly discount: DraftDiscount | null
  readonly customer: DraftCustomer | null
  /** The line that keys work on. */
  readonly selected: number | null
}

export function emptyDraft(): Draft {
  return { sale_id: randomUuid(), lines: [], discount: null, customer: null, selected: null }
}

/** Scanned again, it is one more. */
export function addProduct(draft: Draft, product: TillProduct, quantity = 1): Draft {
  const { product_id } = product
  const known = draft.lines.find((line) => line.product.product_id === product_id)
  const lines = known
    ? draft.lines.map((line) =>
        line === known ? { ...line, quantity: bounded(line.quantity + quantity) } : line,
      )
    : [...draft.lines, { product, quantity: bounded(quantity), discount: null }]
  return { ...draft, lines, selected: product_id }
}

export function isFull(draft: Draft, product: TillProduct): boolean {
  const ids = draft.lines.map((line) => line.product.product_id)
  return ids.length >= MAX_LINES && !ids.includes(product.product_id)
}

/** What was added after `done` was finished or put aside: it is the beginning of the next sale. */
export function addedSince(now: Draft, done: Draft): Draft {
  const quantities = new Map(done.lines.map((line) => [line.product.product_id, line.quantity]))
  const lines = now.lines
    .map(({ product, quantity }) => ({
      product,
      quantity: quantity - (quantities.get(product.product_id) ?? 0),
      discount: null,
    }))
    .filter(({ quantity }) => quantity > 0)
  return { ...emptyDraft(), lines, selected: lines.at(-1)?.product.product_id ?? null }
}

export function setQuantity(draft: Draft, productId: number, quantity: number): Draft {
  return changeLine(draft, productId, (line) => ({ ...line, quantity: bounded(quantity) }))
}

export function setLineDiscount(
  draft: Draft,
  productId: number,
  discount: DraftDiscount | null,
): Draft {
  return changeLine(draft, productId, (line) => ({ ...line, discount }))
}

/** The next one is selected, or the last. */
export function removeLine(draft: Draft, productId: number): Draft {
  const index = draft.lines.findIndex((line) => line.product.product_id === productId)
  const lines = draft.lines.filter((_, i) => i !== index)
  const next = lines[Math.min(index, lines.length - 1)]
  return { ...draft, lines, selected: next?.product.product_id ?? null }
}

export function moveSelection(draft: Draft, step: 1 | -1): Draft {
  const index = draft.lines.findIndex((line) => line.product.product_id === draft.selected)
  const next = draft.lines[Math.min(Math.max(index + step, 0), draft.lines.length - 1)]
  return { ...draft, selected: next?.product.product_id ?? null }
}

export function selectedLine(draft: Draft): DraftLine | null {
  return draft.lines.find((line) => line.product.product_id === draft.selected) ?? null
}

export interface DraftSums extends SaleSums {
  /** Given on each line itself. */
  readonly own: readonly number[]
  /** Given on the whole sale. */
  readonly whole: number
  readonly needsManager: boolean
}

/** A discount that has become larger than what it is given on gives all of it off. */
export function draftSums({ lines, discount }: Draft): DraftSums {
  const own = lines.map((line) => centsOff(line.discount, grossOf(line)))
  const rest = lines.reduce((sum, line, i) => sum + grossOf(line) - (own[i] ?? 0), 0)
  const whole = centsOff(discount, rest)
  const inputs = lines.map((line, i) => ({
    quantity: line.quantity,
    unit_price_cents: line.product.price_cents,
    discount_cents: own[i] ?? 0,
  }))
  const sums = saleSums(inputs, whole)
  if ('refusal' in sums) throw new Error('the discounts were bounded')
  return {
    ...sums,
    own,
    whole,
    needsManager: needsManager(sums.discount_cents, sums.gross_cents),
  }
}

export function grossOf({ product, quantity }: DraftLine): number {
  return product.price_cents * quantity
}

export function centsOff(discount: DraftDiscount | null, of: number): number {
  if (!discount) return 0
  const { percent, cents } = discount
  return Math.min(of, percent === null ? cents : Math.round((of * percent) / 100))
}

/** As it is sent; null when it comes to nothing. */
export function discountOf(discount: DraftDiscount | null, cents: number): Discount | null {
  if (!discount || cents === 0) return null
  const { reason, note } = discount
  return { discount_cents: cents, reason, ...(note.trim() && { note: note.trim() }) }
}

function changeLine(
  draft: Draft,
  productId: number,
  change: (line: DraftLine) => DraftLine,
): Draft {
  const lines = draft.lines.map((line) =>
    line.product.product_id === productId ? change(line) : line,
  )
  return { ...draft, lines, selected: productId }
}

function bounded(quantity: number): number {
  return Math.min(Math.max(Math.round(quantity), 1), MAX_QUANTITY)
}
