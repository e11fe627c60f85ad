// Owns checking what a till reckoned: it must come to the same here.
import { refuse, tendersDiffer } from './errors.ts'
import { judgeTenders, saleSums } from './rules.ts'
import type { NewSale } from './schema.ts'

export interface CheckedSale {
  /** Each product once. */
  readonly lines: readonly {
    readonly product_id: number
    readonly quantity: number
    readonly unit_price_cents: number
    /** Its own, and its share of the sale's. */
    readonly discount_cents: number
  }[]
  readonly gross_cents: number
  readonly discount_cents: number
  readonly total_cents: number
  readonly change_cents: number
  readonly tenders: readonly { tender: string; amount_cents: number; received_cents: number }[]
  readonly discounts: readonly {
    line: number
    discount_cents: number
    reason: string
    note: string | null
  }[]
}

/** @throws VALIDATION, TENDERS_DIFFER */
export function checkSale(sale: NewSale): CheckedSale {
  const { items, tenders } = sale
  if (new Set(items.map((line) => line.product_id)).size < items.length) {
    throw refuse('items', '同一商品只能有一行', 'a product stands in more than one line')
  }
  const lines = items.map(({ discount, ...line }) => ({
    ...line,
    discount_cents: discount?.discount_cents ?? 0,
  }))
  const sums = saleSums(lines, sale.discount?.discount_cents ?? 0)
  if ('refusal' in sums) {
    const field = sums.refusal === 'line_discount' ? 'items' : 'discount'
    throw refuse(field, '优惠不能超过金额', 'a discount is larger than what it is given on')
  }
  const { gross_cents, discount_cents, total_cents } = sums
  return {
    lines: lines.map((line, i) => ({ ...line, discount_cents: sums.lineDiscounts[i] ?? 0 })),
    gross_cents,
    discount_cents,
    total_cents,
    change_cents: checkTenders(tenders, total_cents),
    tenders: tenders.map(({ tender, amount_cents, received_cents = amount_cents }) => ({
      tender,
      amount_cents,
      received_cents,
    })),
    discounts: discountsOf(sale),
  }
}

function checkTenders(tenders: NewSale['tenders'], total: number): number {
  const verdict = judgeTenders(tenders, total)
  if (!('refusal' in verdict)) return verdict.change_cents
  switch (verdict.refusal) {
    case 'twice':
      throw refuse('tenders', '同一付款方式只能有一行', 'a tender stands there twice')
    case 'received':
      throw refuse('tenders', '实收少于应收', 'less was received than is paid with it')
    case 'not_cash':
      throw refuse('tenders', '只有现金有实收', 'received_cents is for cash only')
    case 'sum':
      throw tendersDiffer({ params: { paid: verdict.paid_cents, total } })
  }
}

function discountsOf({ items, discount }: NewSale): CheckedSale['discounts'] {
  const given = [discount, ...items.map((line) => line.discount)]
  return given.flatMap((each, line) =>
    each
      ? [
          {
            line,
            discount_cents: each.discount_cents,
            reason: each.reason,
            note: each.note || null,
          },
        ]
      : [],
  )
}
