// Owns placing orders: those that wait together share one transaction, and each gets its own answer after it.
import { createBatcher, type Settled } from '../../lib/batching.ts'
import type { Caller, Cause } from '../../lib/cause.ts'
import { defineError } from '../../lib/errors.ts'
import { isStaff } from '../../lib/roles.ts'
import { type KeyedRequest, keyInProgress } from '../../platform/db/idempotency.ts'
import { createSequence } from '../../platform/db/sequences.ts'
import { notAllowed } from '../../platform/http/errors.ts'
import type { Core } from '../../platform/module.ts'
import { mergeLines } from '../inventory/index.ts'
import { placeBatch } from './batch-actions.ts'
import { lockFirstOrder, ORDER_SEQUENCE } from './first-order-actions.ts'
import { findOutcomes } from './lost-commits-actions.ts'
import { type ActiveUsers, identify, type Placed, type Placement } from './placed-actions.ts'
import { mayOrderFor } from './rules.ts'
import { MAX_LINE_QUANTITY, type NewOrder } from './schema.ts'

const MAX_BATCH = 64
const ID_BLOCK = 200
/** For orders whose batch has waited for somebody's key already. */
const HURRIED = { patienceMs: 0 }

const queueFull = defineError('ORDER_QUEUE_FULL', 503, {
  zh: '下单的人太多了，请稍后再试。',
  en: 'Too many orders are waiting; please try again in a moment.',
})
const lineTooLarge = defineError('VALIDATION', 400, {
  zh: `items：商品 {product_id} 合计超过 ${MAX_LINE_QUANTITY} 件`,
  en: `items: product {product_id} adds up to more than ${MAX_LINE_QUANTITY}`,
})

export interface PlacementNeeds {
  readonly timeZone: () => Promise<string>
  readonly activeUsers: ActiveUsers
}

export interface Placements {
  /**
   * Places an order durably: when it resolves, the order is committed.
   * @throws OUT_OF_STOCK, UNKNOWN_PRODUCT, UNKNOWN_USER, NOT_ALLOWED, ORDER_QUEUE_FULL, and what a reused
   *   idempotency key throws
   */
  place(caller: Caller, cause: Cause, key: KeyedRequest | null, order: NewOrder): Promise<Placed>
  /** Before the program ends. */
  stop(): Promise<void>
  waiting(): number
  oldestMs(): number
}

export function createPlacements(core: Core, needs: PlacementNeeds): Placements {
  const { store, metrics } = core
  const orderIds = createSequence(store, ORDER_SEQUENCE, ID_BLOCK)
  let anyPlaced = false

  async function placeTogether(
    placements: Placement[],
    patience: { patienceMs?: number } = {},
  ): Promise<Settled<Placed>[]> {
    metrics.orderBatchSize.observe(placements.length)
    const ids = await orderIds.take(placements.length)
    const timeZone = await needs.timeZone()
    const batch = placements.map((placement, i) => identify(placement, ids[i] ?? 0, timeZone))
    let attempts = 0
    const outcomes = await store.transaction(
      async (trx) => {
        if (!anyPlaced) await lockFirstOrder(store, trx)
        return placeBatch(store, trx, batch, needs.activeUsers, attempts++ > 0)
      },
      { afterLostCommit: (outcomes) => findOutcomes(store.db, batch, outcomes), ...patience },
    )
    anyPlaced ||= outcomes.some((outcome) => outcome.ok)
    return outcomes
  }

  /** One order that breaks the statements, or waits for its key, must not take the others down. */
  async function placeSeparately(
    placements: Placement[],
    patience: { patienceMs?: number },
  ): Promise<Settled<Placed>[]> {
    const results: Settled<Placed>[] = []
    for (const placement of placements) {
      try {
        results.push(...(await placeTogether([placement], patience)))
      } catch (error) {
        results.push({ ok: false, error })
      }
    }
    return results
  }

  const batcher = createBatcher<Placement, Placed>({
    async run(placements) {
      try {
        return await placeTogether(placements)
      } catch (error) {
        if (placements.length === 1 || store.dialect.classify(error) !== 'other') throw error
        core.log.error(
          { error, orders: placements.length },
          'a batch failed; placing its orders singly',
        )
        return placeSeparately(placements, codeOf(error) === keyInProgress.code ? HURRIED : {})
      }
    },
    maxBatch: MAX_BATCH,
    maxQueue: core.config.orderQueue.maxWaiting,
    maxAgeMs: core.config.orderQueue.maxAgeMs,
    now: () => performance.now(),
    refuse: () => queueFull({ retryAfter: 1 }),
  })

  return {
    async place(caller, cause, key, order) {
      try {
        const placed = await batcher.submit(toPlacement(caller, cause, key, order))
        metrics.ordersPlaced.inc()
        return placed
      } catch (error) {
        metrics.ordersRefused.inc({ reason: codeOf(error) })
        throw error
      }
    },
    stop: () => orderIds.giveBack(),
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
    lines,
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'INTERNAL'
}
