// Owns a finished sale: what is sent to the server, and what its receipt says whether or not it was sent yet.
import type { NewSale } from '../../../../src/modules/counter/schema.ts'
import { type Draft, discountOf, draftSums } from './draft.ts'

export interface SaleFacts {
  readonly lines: readonly {
    readonly product_id: number
    readonly product_name: string
    readonly name_en: string
    readonly quantity: number
    readonly unit_price_cents: number
    readonly discount_cents: number
  }[]
  readonly gross_cents: number
  readonly discount_cents: number
  readonly total_cents: number
  readonly change_cents: number
  readonly tenders: NewSale['tenders']
  readonly customer: string | null
  readonly seller: string
  readonly taken_at: string
}

export interface FinishedSale {
  readonly body: NewSale
  readonly facts: SaleFacts
}

interface Seller {
  readonly user_id: number
  readonly username: string
  readonly display_name: string
}

export function finishSale(
  draft: Draft,
  tenders: NewSale['tenders'],
  change: number,
  seller: Seller,
): FinishedSale {
  const sums = draftSums(draft)
  const taken_at = new Date().toISOString()
  const whole = discountOf(draft.discount, sums.whole)
  const items = draft.lines.map(({ product, quantity, discount }, i) => {
    const own = discountOf(discount, sums.own[i] ?? 0)
    const { product_id, price_cents } = product
    return { product_id, quantity, unit_price_cents: price_cents, ...(own && { discount: own }) }
  })
  return {
    body: {
      sale_id: draft.sale_id,
      items,
      tenders,
      taken_at,
      sold_by: seller.user_id,
      ...(whole && { discount: whole }),
      ...(draft.customer && { customer_id: draft.customer.user_id }),
    },
    facts: {
      lines: draft.lines.map(({ product, quantity }, i) => ({
        product_id: product.product_id,
        product_name: product.product_name,
        name_en: product.name_en,
        quantity,
        unit_price_cents: product.price_cents,
        discount_cents: sums.own[i] ?? 0,
      })),
      gross_cents: sums.gross_cents,
      discount_cents: sums.discount_cents,
      total_cents: sums.total_cents,
      change_cents: change,
      tenders,
      customer: draft.customer?.label ?? null,
      seller: seller.display_name || seller.username,
      taken_at,
    },
  }
}
