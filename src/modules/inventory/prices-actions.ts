// Owns noting new prices: in the product's history, and in the audit log.
import type { Cause } from '../../lib/cause.ts'
import type { Store, Trx } from '../../platform/db/store.ts'
import { recordActs } from '../audit/index.ts'
import { insertPriceChanges, type PriceChangeRow } from './prices-store.ts'

export async function notePrices(
  store: Store,
  trx: Trx,
  cause: Cause,
  rows: readonly PriceChangeRow[],
): Promise<void> {
  await insertPriceChanges(store, trx, rows)
  const acts = rows.map(({ product_id, from_cents, to_cents }) => ({
    act: 'product.price_changed' as const,
    subject: ['product', product_id] as const,
    before: { price_cents: from_cents },
    after: { price_cents: to_cents },
  }))
  await recordActs(store, trx, cause, acts)
}
