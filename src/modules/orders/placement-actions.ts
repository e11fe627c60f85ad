// Owns placing orders: those that wait together are placed together, and each gets its own answer after the commit.
import { createBatcher } from '../../lib/batching.ts'
import type { Caller, Cause } from '../../lib/cause.ts'
import { defineError } from '../../lib/errors.ts'
import { isStaff } from '../../lib/roles.ts'
import { answeredCode } from '../../platform/db/failure-answers.ts'
import type { KeyedRequest } from '../../platform/db/idempotency.ts'
import { notAllowed } from '../../platform/http/errors.ts'
import type { Core } from '../../platform/module.ts'
import { mergeLines } from '../inventory/index.ts'
import type { OrderCounts } from './counts-actions.ts'
import type { Placed, Placement } from './placed-actions.ts'
import type { PlaceAll } from './placing-actions.ts'
import { mayOrderFor } from './rules.ts'
import { MAX_LINE_QUANTITY, type NewOrder } from './schema.ts'

const MAX_BATCH = 64
/** Fewer would rather wait for company. */
const AHEAD = 24

const queueFull = defineError('ORDER_QUEUE_FULL', 503, {
  zh: '下单的人太多了，请稍后再试。',
  en: 'Too many orders are waiting; please try again in a moment.',
})
const lineTooLarge = defineError('VALIDATION', 400, {
  zh: `items：商品 {product_id} 合计超过 ${MAX_LINE_QUANTITY} 件`,
  en: `items: product {product_id} adds up to more than ${MAX_LINE_QUANTITY}`,
})

export interface Placements {
  /**
   * Places an order durably: when it resolves, the order is committed.
   * @throws OUT_OF_STOCK, UNKNOWN_PRODUCT, UNKNOWN_USER, NOT_ALLOWED, ORDER_QUEUE_FULL, and what a reused
   *   idempotency key throws
   */
  place(caller: Caller, cause: Cause, key: KeyedRequest | null, order: NewOrder): Promise<Placed>
  /** Before anything is read of a request that would be refused. @throws ORDER_QUEUE_FULL */
  refuseWhenFull(): void
  waiting(): number
  oldestMs(): number
}

/** Another thread, which places batches one after another. */
export interface PlacingElsewhere {
  readonly placeAll: PlaceAll
  /** Told how many placements wait, whenever that changes. */
  readonly onWaiting: (count: number) => void
}

/**
 * @param placeAll places a batch in this thread
 * @param elsewhere places them instead
 */
export function createPlacements(
  { config, metrics, store }: Core,
  placeAll: PlaceAll,
  counts: Pick<OrderCounts, 'placed'>,
  elsewhere: PlacingElsewhere | null = null,
): Placements {
  const batcher = createBatcher<Placement, Placed>({
    run: elsewhere?.placeAll ?? placeAll,
    maxBatch: MAX_BATCH,
    maxQueue: config.orderQueue.maxWaiting,
    maxAgeMs: config.orderQueue.maxAgeMs,
    now: () => performance.now(),
    ...(elsewhere && { onWaiting: elsewhere.onWaiting, ahead: AHEAD }),
    refuse: () => queueFull({ retryAfter: 1 }),
  })

  return {
    async place(caller, cause, key, order) {
      try {
        const placement = toPlacement(caller, cause, key, order)
        const placed = await batcher.submit(placement)
        counts.placed(placement.channel, placed.total_cents)
        return placed
      } catch (error) {
        metrics.ordersRefused.inc({ reason: answeredCode(error, store.dialect) })
        throw error
      }
    },
    refuseWhenFull() {
      if (!batcher.isFull()) return
      metrics.ordersRefused.inc({ reason: queueFull.code })
      throw queueFull({ retryAfter: 1 })
    },
    waiting: () => batcher.waiting(),
    oldestMs: () => batcher.oldestMs(),
  }
}

function toPlacement(
  caller: Caller,
  cause: Cause,
  key: KeyedRequest | null,
  order: NewOrder,
): Placement {
  if (!mayOrderFor(caller, order.user_id)) throw notAllowed()
  const lines = mergeLines(order.items)
  const tooLarge = lines.find((line) => line.quantity > MAX_LINE_QUANTITY)
  if (tooLarge) {
    throw lineTooLarge({
      params: { product_id: tooLarge.product_id },
      details: [{ field: 'items', problem: `adds up to more than ${MAX_LINE_QUANTITY}` }],
    })
  }
  return {
    cause,
    key,
    user_id: order.user_id,
    placed_by: caller.user_id,
    channel: isStaff(caller.role) ? 'counter' : 'web',
    fulfilment: order.fulfilment ?? 'delivery',
    note: order.note || null,
    address: order.address || null,
    ...((order.recipient || order.phone) && {
      contact: { recipient: order.recipient || null, phone: order.phone || null },
    }),
    lines,
  }
}
