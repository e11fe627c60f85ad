// Owns what a sale is, once for all: what of a request makes it the same sale again.
import type { NewSale } from './schema.ts'

/** In one order of fields, whoever sends it: without who sends it, and without what a manager adds. */
export function saleContent(sale: NewSale): string {
  const discount = (given: NewSale['discount']) =>
    given ? [given.discount_cents, given.reason, given.note ?? null] : null
  return JSON.stringify([
    sale.items.map((line) => [
      line.product_id,
      line.quantity,
      line.unit_price_cents,
      discount(line.discount),
    ]),
    discount(sale.discount),
    sale.tenders.map(({ tender, amount_cents, received_cents }) => [
      tender,
      amount_cents,
      received_cents ?? null,
    ]),
    sale.customer_id ?? null,
  ])
}
