// Owns that a sale which a till has kept is never booked: a manager's word, told as an event, kept
// in the audit log, and never of a booked one.
import type { Caller, Cause } from '../../lib/cause.ts'
import { makeEvent } from '../../lib/events.ts'
import { type KeyedRequest, once } from '../../platform/db/idempotency.ts'
import { runAgain } from '../../platform/db/transactions.ts'
import { appendEvents } from '../../platform/events/outbox.ts'
import type { Core } from '../../platform/module.ts'
import { recordActs } from '../audit/index.ts'
import { type SaleNeeds, sellerOf } from './actions.ts'
import { saleRecorded } from './errors.ts'
import { takenAt } from './rules.ts'
import { type DiscardAnswer, type NewDiscard, SaleDiscarded } from './schema.ts'
import { findSale } from './store.ts'

export type DiscardSale = (
  caller: Caller,
  cause: Cause,
  key: KeyedRequest | null,
  discard: NewDiscard,
) => Promise<DiscardAnswer>

/** What the till says of the sale is noted as it is: it may be refused because it can't be right. @throws SALE_RECORDED */
export function createDiscardSale(
  { store }: Core,
  needs: Pick<SaleNeeds, 'staffIds'>,
): DiscardSale {
  return async (caller, cause, key, discard) => {
    const { sale_id, reason, note, total_cents, items } = discard
    const told = discard.taken_at === undefined ? undefined : Date.parse(discard.taken_at)
    const sold_by = await sellerOf(store.db, discard.sold_by, caller, needs)
    const event = makeEvent(SaleDiscarded, sale_id, {
      sale_id,
      reason,
      note: note || null,
      discarded_by: caller.user_id,
      sold_by,
      total_cents,
      taken_at: new Date(takenAt(told, cause.now)).toISOString(),
      items,
    })
    const act = {
      act: 'counter.sale_discarded',
      subject: ['shop', 'counter'],
      after: { sale_id, total_cents, reason, sold_by },
    } as const
    return store.transaction(
      (trx) =>
        once(store, trx, key, cause.now, async () => {
          if (await findSale(trx, sale_id)) throw saleRecorded()
          await appendEvents(store, trx, cause, [event])
          await recordActs(store, trx, cause, [act])
          return { status: 'success' as const, sale_id }
        }),
      key ? runAgain : {},
    )
  }
}
