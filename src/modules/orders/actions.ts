// Owns what happens to an order after it was placed: each transition with its stock effect and its event.
import type { Caller, Cause } from '../../lib/cause.ts'
import { defineError } from '../../lib/errors.ts'
import { makeEvent, type NewEvent } from '../../lib/events.ts'
import { isStaff } from '../../lib/roles.ts'
import type { Store, Trx } from '../../platform/db/store.ts'
import { runAgain } from '../../platform/db/transactions.ts'
import { appendEvents } from '../../platform/events/outbox.ts'
import { notAllowed, notFound } from '../../platform/http/errors.ts'
import { type Act, recordActs } from '../audit/index.ts'
import { releaseStock, sellStock } from '../inventory/index.ts'
import { judgeTransition, type OrderAction, type OrderState, type StockEffect } from './rules.ts'
import {
  OrderCancelled,
  OrderCompleted,
  OrderConfirmed,
  OrderPaid,
  OrderReady,
  OrderRefunded,
  OrderShipped,
} from './schema.ts'
import {
  erasePersonalData,
  findOrder,
  hasOpenOrders,
  listLines,
  lockOrder,
  type OrderRow,
  type Scope,
  updateOrder,
} from './store.ts'

const wrongState = defineError('ORDER_STATE', 409, {
  zh: '订单当前状态（{status}，{payment_status}）不允许这项操作。',
  en: 'The order is {status} and {payment_status}; this cannot be done now.',
})
const refunded = defineError('ORDER_REFUNDED', 409, {
  zh: '订单已退款，不能再发货或交付；请取消订单，库存随即释放。',
  en: 'The money went back: nothing is sent or handed over. Cancel the order, and its stock is free again.',
})
const openOrders = defineError('USER_HAS_OPEN_ORDERS', 409, {
  zh: '这位顾客还有未完成的订单，不能删除。',
  en: 'This person has open orders and cannot be deleted.',
})

/** One transition, with what it needs to know. */
export type Transition =
  | { readonly action: Exclude<OrderAction, 'shipment' | 'cancellation'> }
  | { readonly action: 'shipment'; readonly carrier: string; readonly tracking_number: string }
  | { readonly action: 'cancellation'; readonly reason: string }

/** Customers reach their own orders, staff everybody's. */
export function scopeOf(caller: Caller): Scope {
  return { user_id: isStaff(caller.role) ? null : caller.user_id }
}

/**
 * Moves an order along, with its stock and its event in one transaction. Repeated, it changes nothing.
 * @throws NOT_FOUND, NOT_ALLOWED, ORDER_STATE, ORDER_REFUNDED, STOCK_SHORT
 */
export function moveOrder(
  store: Store,
  caller: Caller,
  cause: Cause,
  order_id: number,
  transition: Transition,
): Promise<OrderRow> {
  return store.transaction(async (trx) => {
    const scope = scopeOf(caller)
    const order = await lockOrder(store, trx, order_id, scope)
    if (!order) throw notFound()
    const verdict = judgeTransition(transition.action, stateOf(order), caller.role)
    if ('repeated' in verdict && isSame(order, transition)) return order
    if ('refusal' in verdict && verdict.refusal === 'role') throw notAllowed()
    if ('refusal' in verdict && verdict.refusal === 'refunded') throw refunded()
    if (!('step' in verdict)) throw wrongState({ params: stateWords(order) })

    await applyStock(store, trx, cause, order_id, verdict.step.stock)
    await updateOrder(trx, order, {
      ...verdict.step.to,
      ...stamp(transition.action, cause.now),
      ...factsOf(transition),
    })
    await appendEvents(store, trx, cause, [eventOf(order, transition, cause)])
    await recordActs(store, trx, cause, actsOf(order, transition))
    const moved = await findOrder(trx, order_id, scope)
    if (!moved) throw notFound()
    return moved
  }, runAgain)
}

/** Before a person is deleted: refuses while orders are open, then erases what orders tell of them. */
export async function forgetCustomer(trx: Trx, user_id: number): Promise<void> {
  if (await hasOpenOrders(trx, user_id)) throw openOrders()
  await erasePersonalData(trx, user_id)
}

function stateOf(order: OrderRow): OrderState {
  return {
    status: order.status as OrderState['status'],
    payment_status: order.payment_status as OrderState['payment_status'],
    fulfilment: order.fulfilment as OrderState['fulfilment'],
  }
}

/** What costs money for the audit log; a reason in somebody's own words stays with the order. */
function actsOf(order: OrderRow, { action }: Transition): Act[] {
  if (action !== 'cancellation' && action !== 'refund') return []
  const { order_id, status, payment_status, total_cents } = order
  const act = action === 'refund' ? 'order.refunded' : 'order.cancelled'
  const before = { status, payment_status }
  return [{ act, subject: ['order', order_id], before, after: { total_cents } }]
}

function stateWords({ status, payment_status }: OrderRow) {
  return { status, payment_status }
}

/** A shipment repeated with another tracking number is not a repetition. */
function isSame(order: OrderRow, transition: Transition): boolean {
  if (transition.action !== 'shipment') return true
  return (
    order.carrier === transition.carrier && order.tracking_number === transition.tracking_number
  )
}

async function applyStock(
  store: Store,
  trx: Trx,
  cause: Cause,
  order_id: number,
  effect: StockEffect,
): Promise<void> {
  if (effect === 'none') return
  const lines = await listLines(trx, [order_id])
  const apply = effect === 'release' ? releaseStock : sellStock
  await apply(store, trx, cause, order_id, lines)
}

function stamp(action: OrderAction, now: number): Partial<OrderRow> {
  switch (action) {
    case 'confirmation':
      return { confirmed_at: now }
    case 'readiness':
      return { ready_at: now }
    case 'shipment':
      return { shipped_at: now }
    case 'completion':
      return { completed_at: now }
    case 'cancellation':
      return { cancelled_at: now }
    case 'payment':
      return { paid_at: now }
    case 'refund':
      return { refunded_at: now }
  }
}

function factsOf(transition: Transition): Partial<OrderRow> {
  switch (transition.action) {
    case 'shipment':
      return { carrier: transition.carrier, tracking_number: transition.tracking_number }
    case 'cancellation':
      return { cancellation_reason: transition.reason }
    default:
      return {}
  }
}

function eventOf(order: OrderRow, transition: Transition, cause: Cause): NewEvent {
  const { order_id, order_number, user_id, total_cents } = order
  const change = { order_id, order_number, user_id, total_cents, actor_id: cause.actor_id }
  switch (transition.action) {
    case 'confirmation':
      return makeEvent(OrderConfirmed, order_id, change)
    case 'readiness':
      return makeEvent(OrderReady, order_id, change)
    case 'shipment': {
      const { carrier, tracking_number } = transition
      return makeEvent(OrderShipped, order_id, { ...change, carrier, tracking_number })
    }
    case 'completion':
      return makeEvent(OrderCompleted, order_id, change)
    case 'cancellation':
      return makeEvent(OrderCancelled, order_id, { ...change, reason: transition.reason })
    case 'payment':
      return makeEvent(OrderPaid, order_id, change)
    case 'refund':
      return makeEvent(OrderRefunded, order_id, change)
  }
}
