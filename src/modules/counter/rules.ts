// Owns what a sale comes to: discounts, what is to pay, change, and what needs a manager. Pages reckon with the same.

/** A discount of more than this part of the list value needs a manager. */
export const DISCOUNT_LIMIT_PERCENT = 20

export interface LineInput {
  readonly quantity: number
  readonly unit_price_cents: number
  /** Given on this line, on all its units together. */
  readonly discount_cents: number
}

export interface SaleSums {
  /** Without any discount. */
  readonly gross_cents: number
  readonly discount_cents: number
  readonly total_cents: number
  /** What each line gives off: its own discount and its share of the sale's. */
  readonly lineDiscounts: readonly number[]
}

export type SumRefusal = { readonly refusal: 'line_discount' | 'sale_discount' }

/** @param discount given on the whole sale, after the lines' own */
export function saleSums(lines: readonly LineInput[], discount: number): SaleSums | SumRefusal {
  const gross = lines.map((line) => line.quantity * line.unit_price_cents)
  if (lines.some((line, i) => line.discount_cents > (gross[i] ?? 0))) {
    return { refusal: 'line_discount' }
  }
  const rest = lines.map((line, i) => (gross[i] ?? 0) - line.discount_cents)
  const left = sum(rest)
  if (discount > left) return { refusal: 'sale_discount' }
  const shares = spread(discount, rest)
  const lineDiscounts = lines.map((line, i) => line.discount_cents + (shares[i] ?? 0))
  const gross_cents = sum(gross)
  const discount_cents = sum(lineDiscounts)
  return { gross_cents, discount_cents, total_cents: gross_cents - discount_cents, lineDiscounts }
}

/**
 * Shares out an amount by weight, to the last cent, none above its weight if the amount isn't above their sum.
 * What was shared out so far is always the rounded part of the whole: so nothing is left over.
 */
export function spread(amount: number, weights: readonly number[]): number[] {
  const whole = BigInt(sum(weights))
  if (whole === 0n) return weights.map(() => 0)
  let seen = 0n
  let given = 0n
  return weights.map((weight) => {
    seen += BigInt(weight)
    // Products of two amounts leave the integers that JavaScript counts exactly.
    const until = (BigInt(amount) * seen) / whole
    const share = until - given
    given = until
    return Number(share)
  })
}

/** @param reduced the discounts, and what was charged below the list price */
export function needsManager(reduced: number, list: number): boolean {
  return reduced * 100 > list * DISCOUNT_LIMIT_PERCENT
}

export interface TenderInput {
  readonly tender: string
  readonly amount_cents: number
  readonly received_cents?: number
}

export type TenderVerdict =
  | { readonly change_cents: number }
  | { readonly refusal: 'twice' | 'received' | 'not_cash' }
  | { readonly refusal: 'sum'; readonly paid_cents: number }

/** Do the tenders make the total, and what goes back to the customer? */
export function judgeTenders(tenders: readonly TenderInput[], total: number): TenderVerdict {
  if (new Set(tenders.map(({ tender }) => tender)).size < tenders.length)
    return { refusal: 'twice' }
  let change = 0
  for (const { tender, amount_cents, received_cents } of tenders) {
    if (received_cents === undefined) continue
    if (tender !== 'cash') return { refusal: 'not_cash' }
    if (received_cents < amount_cents) return { refusal: 'received' }
    change += received_cents - amount_cents
  }
  const paid_cents = sum(tenders.map(({ amount_cents }) => amount_cents))
  return paid_cents === total ? { change_cents: change } : { refusal: 'sum', paid_cents }
}

/** Older or younger than this, a till's clock is wrong. */
const OLDEST_MS = 60 * 24 * 3600 * 1000

/** When a sale was taken: as its till says, unless that can't be; then it is now. */
export function takenAt(told: number | undefined, now: number): number {
  return told === undefined || told > now || told < now - OLDEST_MS ? now : told
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
