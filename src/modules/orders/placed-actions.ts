// Owns what a placement is on its way to an order: what is asked, what it is called, and what its caller is told.
import { randomUUIDv7 } from 'node:crypto'
import type { Cause } from '../../lib/cause.ts'
import type { KeyedRequest } from '../../platform/db/idempotency.ts'
import type { Trx } from '../../platform/db/store.ts'
import { orderNumber } from './rules.ts'
import type { Channel, Fulfilment } from './schema.ts'

/** What the caller of a placement is told. */
export interface Placed {
  readonly status: 'success'
  readonly order_id: number
  readonly order_number: string
  readonly total_cents: number
}

export interface Placement {
  readonly cause: Cause
  readonly key: KeyedRequest | null
  readonly user_id: number
  readonly placed_by: number
  readonly channel: Channel
  readonly fulfilment: Fulfilment
  readonly note: string | null
  readonly address: string | null
  /** Whom it goes to; absent where nobody was named. */
  readonly contact?: { readonly recipient: string | null; readonly phone: string | null }
  /** Each product once. */
  readonly lines: readonly { product_id: number; quantity: number }[]
}

/** Which of these people exist and may buy; it stays so until the transaction ends. */
export type ActiveUsers = (trx: Trx, ids: readonly number[]) => Promise<ReadonlySet<number>>

export interface IdentifiedPlacement extends Placement {
  readonly order_id: number
  /** Tells this placement from every other one, also from one that a lost commit has saved. */
  readonly request_id: string
  readonly order_number: string
}

/** Once, before the first attempt: another attempt inserts the same order again, or finds it. */
export function identify(
  placement: Placement,
  order_id: number,
  timeZone: string,
): IdentifiedPlacement {
  return {
    ...placement,
    order_id,
    // In the order of time: its index grows at its end.
    request_id: randomUUIDv7(),
    order_number: orderNumber(order_id, placement.cause.now, timeZone),
  }
}
