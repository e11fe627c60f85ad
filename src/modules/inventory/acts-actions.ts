// Owns which changes of stock get into the audit log: what somebody decided, not what was bought and sold.
import type { Cause } from '../../lib/cause.ts'
import type { Store, Trx } from '../../platform/db/store.ts'
import { type Act, recordActs } from '../audit/index.ts'
import type { MovementKind } from './schema.ts'

const ACTS: Partial<Record<MovementKind, Act['act']>> = {
  adjustment: 'stock.adjusted',
  write_off: 'stock.written_off',
  count: 'stock.counted',
  return: 'stock.returned',
}

export interface StockAct {
  readonly product_id: number
  readonly on_hand: number
  readonly delta: number
}

/** @param changes with the stock as it was before */
export async function noteStock(
  store: Store,
  trx: Trx,
  cause: Cause,
  { kind, reason }: { readonly kind: MovementKind; readonly reason?: string | null | undefined },
  changes: readonly StockAct[],
): Promise<void> {
  const act = ACTS[kind]
  if (!act) return
  const acts = changes.map(({ product_id, on_hand, delta }) => ({
    act,
    subject: ['product', product_id] as const,
    before: { on_hand },
    after: { on_hand: on_hand + delta, reason: reason ?? null },
  }))
  await recordActs(store, trx, cause, acts)
}
