// Owns changes of stock: each writes its ledger row or its event in the same transaction.
import type { Caller, Cause } from '../../lib/cause.ts'
import { defineError, type AppError } from '../../lib/errors.ts'
import { makeEvent } from '../../lib/events.ts'
import type { Role } from '../../lib/roles.ts'
import { toTimestamp } from '../../lib/wire.ts'
import { type KeyedRequest, once } from '../../platform/db/idempotency.ts'
import type { Store, Trx } from '../../platform/db/store.ts'
import { runAgain } from '../../platform/db/transactions.ts'
import { appendEvents, type CausedEvent } from '../../platform/events/outbox.ts'
import { notFound } from '../../platform/http/errors.ts'
import { noteStock } from './acts-actions.ts'
import { alertOf, becomesShort, judgeMovement, mergeLines, type MovementRefusal } from './rules.ts'
import {
  type Movement,
  type NewMovement,
  type StockLine,
  StockMoved,
  StockReleased,
  StockReserved,
  StockShort,
} from './schema.ts'
import {
  addOnHand,
  addReserved,
  insertMovements,
  lastMovement,
  lockStock,
  type MovementRow,
  type StockRow,
  subtractReserved,
  subtractSold,
} from './stock-store.ts'

const movementRole = defineError('MOVEMENT_NOT_ALLOWED', 403, {
  zh: '这种库存变动需要 {needed} 权限。',
  en: 'This kind of movement needs the role {needed}.',
})
const movementQuantity = defineError('MOVEMENT_QUANTITY', 400, {
  zh: 'quantity：{zh}',
  en: 'quantity: {en}',
})
const reasonRequired = defineError('MOVEMENT_REASON', 400, {
  zh: 'reason：调整和报损必须填写原因。',
  en: 'reason: is required for an adjustment and a write-off.',
})
const belowZero = defineError('STOCK_BELOW_ZERO', 409, {
  zh: '现有库存只有 {on_hand}，不能减到 0 以下。',
  en: 'Only {on_hand} are on hand; the stock cannot fall below 0.',
})
const stockShort = defineError('STOCK_SHORT', 409, {
  zh: '货架上的数量少于这张订单承诺的数量：请先盘点或进货，再发货。',
  en: 'Fewer are on hand than this order was promised: count or receive stock first.',
})

/** Records a movement entered by hand; on_hand and the ledger row commit together. */
export function recordMovement(
  store: Store,
  caller: Caller,
  cause: Cause,
  key: KeyedRequest | null,
  product_id: number,
  movement: NewMovement,
): Promise<Movement> {
  const move = async (trx: Trx) => {
    const [product] = await lockStock(store, trx, [product_id])
    if (!product) throw notFound()
    const verdict = judgeMovement(movement, product, caller.role)
    if ('refusal' in verdict) throw refusalError(verdict)
    await applyMovement(store, trx, cause, product, movement, verdict.delta)
    return presentMovement(await lastMovement(trx, product_id))
  }
  return store.transaction(
    (trx) => once(store, trx, key, cause.now, () => move(trx)),
    // Without a key nothing tells this movement from another one just like it.
    key ? runAgain : {},
  )
}

/** Moves on_hand of a locked product, writes the ledger row, and tells the `inventory` stream. */
export async function applyMovement(
  store: Store,
  trx: Trx,
  cause: Cause,
  product: StockRow,
  movement: NewMovement,
  delta: number,
): Promise<void> {
  const { product_id } = product
  if (!(await addOnHand(trx, product_id, delta))) {
    throw belowZero({ params: { on_hand: product.on_hand } })
  }
  await insertMovements(store, trx, [
    {
      product_id,
      kind: movement.kind,
      delta_on_hand: delta,
      delta_reserved: 0,
      reason: movement.reason ?? null,
      note: movement.note ?? null,
      order_id: movement.order_id ?? null,
      actor_id: cause.actor_id,
      created_at: cause.now,
    },
  ])
  const { on_hand } = product
  await noteStock(store, trx, cause, movement, [{ product_id, on_hand, delta }])
  const after = { ...product, on_hand: on_hand + delta }
  await appendEvents(store, trx, cause, [
    makeEvent(StockMoved, product_id, {
      product_id,
      kind: movement.kind,
      delta_on_hand: delta,
      on_hand: after.on_hand,
      reserved: after.reserved,
    }),
    ...(becomesShort(product, after) ? [makeEvent(StockShort, product_id, alertOf(after))] : []),
  ])
}

/**
 * Promises stock to orders, in the orders' transaction: the guard is in the UPDATE.
 * @returns the events that tell of it, for the caller to append with its own; null when something isn't there
 *   after all: roll back
 */
export async function reserveStock(
  store: Store,
  trx: Trx,
  orders: readonly { cause: Cause; order_id: number; lines: readonly StockLine[] }[],
): Promise<CausedEvent[] | null> {
  const merged = mergeLines(orders.flatMap((order) => order.lines))
  if (!(await addReserved(store, trx, merged))) return null
  return orders.map(({ cause, order_id, lines }) => ({
    cause,
    event: makeEvent(StockReserved, order_id, { order_id, lines: [...lines] }),
  }))
}

/** Gives a cancelled order's promised stock back, in the cancellation's transaction. */
export async function releaseStock(
  store: Store,
  trx: Trx,
  cause: Cause,
  order_id: number,
  lines: readonly StockLine[],
): Promise<void> {
  const merged = await lockLines(store, trx, lines)
  if (!(await subtractReserved(store, trx, merged))) {
    throw new Error(`order ${order_id}: less is reserved than its lines; run petshop doctor`)
  }
  await appendEvents(store, trx, cause, [
    makeEvent(StockReleased, order_id, { order_id, lines: merged }),
  ])
}

/**
 * An order's goods leave the shop (shipped, picked up): on_hand and reserved fall together, with a ledger row
 * per product.
 * @throws STOCK_SHORT when a count found fewer than were promised
 */
export async function sellStock(
  store: Store,
  trx: Trx,
  cause: Cause,
  order_id: number,
  lines: readonly StockLine[],
): Promise<void> {
  const merged = await lockLines(store, trx, lines)
  if (!(await subtractSold(store, trx, merged))) throw stockShort()
  await insertMovements(
    store,
    trx,
    merged.map(({ product_id, quantity }) => ({
      product_id,
      kind: 'sale',
      delta_on_hand: -quantity,
      delta_reserved: -quantity,
      reason: null,
      note: null,
      order_id,
      actor_id: cause.actor_id,
      created_at: cause.now,
    })),
  )
}

/** An update locks rows in whatever order it finds them; two orders with the same products would wait for each other. */
async function lockLines(
  store: Store,
  trx: Trx,
  lines: readonly StockLine[],
): Promise<StockLine[]> {
  const merged = mergeLines(lines)
  await lockStock(
    store,
    trx,
    merged.map((line) => line.product_id),
  )
  return merged
}

export function presentMovement(row: MovementRow): Movement {
  return { ...row, kind: row.kind as Movement['kind'], created_at: toTimestamp(row.created_at) }
}

const QUANTITY_SENTENCES = {
  positive: { zh: '必须至少为 1', en: 'must be at least 1' },
  not_zero: {
    zh: '不能为 0：正数增加，负数减少',
    en: 'must not be 0: positive adds, negative takes',
  },
  not_negative: {
    zh: '不能小于 0：填写货架上的实际数量',
    en: 'must not be negative: the number found',
  },
}

function refusalError(refusal: MovementRefusal): AppError {
  switch (refusal.refusal) {
    case 'role':
      return movementRole({ params: { needed: refusal.needed satisfies Role } })
    case 'quantity': {
      const params = QUANTITY_SENTENCES[refusal.rule]
      return movementQuantity({ params, details: [{ field: 'quantity', problem: params.en }] })
    }
    case 'reason':
      return reasonRequired({ details: [{ field: 'reason', problem: 'is required' }] })
    case 'below_zero':
      return belowZero({ params: { on_hand: refusal.on_hand } })
  }
}
