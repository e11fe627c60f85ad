// Owns what is decided about orders: who gets what of a batch, the totals, and the one table of transitions.
import { luhnDigit } from '../../lib/check-digit.ts'
import { atLeast, isStaff, type Role } from '../../lib/roles.ts'
import { shopLocalDate } from '../../lib/time.ts'
import type { Fulfilment, OrderStatus, PaymentStatus } from './schema.ts'

/** What is known of a product when a batch is decided. */
export interface Product {
  readonly product_id: number
  readonly product_name: string
  readonly price_cents: number
  readonly active: boolean
  readonly available: number
}

export interface Wish {
  readonly user_id: number
  /** Each product once. */
  readonly lines: readonly { product_id: number; quantity: number }[]
}

export interface PricedLine {
  readonly product_id: number
  readonly product_name: string
  readonly quantity: number
  readonly unit_price_cents: number
}

export interface Shortage {
  readonly product_id: number
  readonly requested: number
  readonly available: number
}

export type Decision =
  | { readonly accepted: true; readonly lines: PricedLine[]; readonly total_cents: number }
  | { readonly accepted: false; readonly refusal: 'UNKNOWN_USER' }
  | {
      readonly accepted: false
      readonly refusal: 'UNKNOWN_PRODUCT'
      readonly product_ids: number[]
    }
  | { readonly accepted: false; readonly refusal: 'OUT_OF_STOCK'; readonly shortages: Shortage[] }

/**
 * Decides orders that arrived together, in their order: each takes from what those before it left. A refused
 * one takes nothing.
 */
export function decideBatch(
  wishes: readonly Wish[],
  products: ReadonlyMap<number, Product>,
  activeUsers: ReadonlySet<number>,
): Decision[] {
  const left = new Map([...products].map(([id, product]) => [id, product.available]))
  return wishes.map((wish) => {
    const decision = decideOne(wish, products, left, activeUsers)
    if (decision.accepted) {
      for (const { product_id, quantity } of decision.lines) {
        left.set(product_id, (left.get(product_id) ?? 0) - quantity)
      }
    }
    return decision
  })
}

function decideOne(
  wish: Wish,
  products: ReadonlyMap<number, Product>,
  left: ReadonlyMap<number, number>,
  activeUsers: ReadonlySet<number>,
): Decision {
  if (!activeUsers.has(wish.user_id)) return { accepted: false, refusal: 'UNKNOWN_USER' }
  const unknown: number[] = []
  const shortages: Shortage[] = []
  const lines: PricedLine[] = []
  for (const { product_id, quantity } of wish.lines) {
    const product = products.get(product_id)
    if (!product?.active) {
      unknown.push(product_id)
      continue
    }
    const available = left.get(product_id) ?? 0
    if (available < quantity) {
      shortages.push({ product_id, requested: quantity, available: Math.max(0, available) })
      continue
    }
    const { product_name, price_cents } = product
    lines.push({ product_id, product_name, quantity, unit_price_cents: price_cents })
  }
  if (unknown.length > 0)
    return { accepted: false, refusal: 'UNKNOWN_PRODUCT', product_ids: unknown }
  if (shortages.length > 0) return { accepted: false, refusal: 'OUT_OF_STOCK', shortages }
  return { accepted: true, lines, total_cents: orderTotal(lines) }
}

export function orderTotal(
  lines: readonly Pick<PricedLine, 'quantity' | 'unit_price_cents'>[],
): number {
  return lines.reduce((sum, line) => sum + line.quantity * line.unit_price_cents, 0)
}

/** For people: shop-local date, order id, check digit, as in `20261122-1042-5`. */
export function orderNumber(order_id: number, epochMs: number, timeZone: string): string {
  const date = shopLocalDate(epochMs, timeZone)
  return `${date}-${order_id}-${luhnDigit(`${date}${order_id}`)}`
}

/** The shop-local day on which an order was placed, as `YYYY-MM-DD`: its number begins with it, for ever. */
export function orderDay(order_number: string): string {
  return order_number.replace(/^(\d{4})(\d{2})(\d{2})-.*$/, '$1-$2-$3')
}

export const ORDER_ACTIONS = [
  'confirmation',
  'readiness',
  'shipment',
  'completion',
  'cancellation',
  'payment',
  'refund',
] as const
export type OrderAction = (typeof ORDER_ACTIONS)[number]

export interface OrderState {
  readonly status: OrderStatus
  readonly payment_status: PaymentStatus
  readonly fulfilment: Fulfilment
}

/** What a transition does to stock: promised units are given back, or leave the shop. */
export type StockEffect = 'none' | 'release' | 'sell'

interface Step {
  readonly from: Partial<OrderState>
  /** Never when all of these match. */
  readonly unless?: Partial<OrderState>
  readonly to: Partial<OrderState>
  readonly stock: StockEffect
  readonly least: Role
}

/** Whose money went back gets no goods: neither sent, nor laid ready, nor handed over. */
const REFUNDED: Partial<OrderState> = { payment_status: 'refunded' }

/** Every transition there is. A step applies when all fields of `from` match, unless `unless` does. */
export const TRANSITIONS: Record<OrderAction, readonly Step[]> = {
  confirmation: [
    { from: { status: 'pending' }, to: { status: 'confirmed' }, stock: 'none', least: 'clerk' },
  ],
  readiness: [
    {
      from: { status: 'confirmed', fulfilment: 'pickup' },
      unless: REFUNDED,
      to: { status: 'ready' },
      stock: 'none',
      least: 'clerk',
    },
  ],
  shipment: [
    {
      from: { status: 'confirmed', fulfilment: 'delivery' },
      unless: REFUNDED,
      to: { status: 'shipped' },
      stock: 'sell',
      least: 'clerk',
    },
  ],
  completion: [
    { from: { status: 'shipped' }, to: { status: 'completed' }, stock: 'none', least: 'clerk' },
    {
      from: { status: 'ready' },
      unless: REFUNDED,
      to: { status: 'completed' },
      stock: 'sell',
      least: 'clerk',
    },
  ],
  cancellation: [
    {
      from: { status: 'pending' },
      to: { status: 'cancelled' },
      stock: 'release',
      least: 'customer',
    },
    {
      from: { status: 'confirmed' },
      to: { status: 'cancelled' },
      stock: 'release',
      least: 'customer',
    },
    { from: { status: 'ready' }, to: { status: 'cancelled' }, stock: 'release', least: 'clerk' },
  ],
  payment: [
    ...(['pending', 'confirmed', 'ready', 'shipped', 'completed'] as const).map((status): Step => ({
      from: { status, payment_status: 'unpaid' },
      to: { payment_status: 'paid' },
      stock: 'none',
      least: 'clerk',
    })),
  ],
  refund: [
    {
      from: { payment_status: 'paid' },
      to: { payment_status: 'refunded' },
      stock: 'none',
      least: 'manager',
    },
  ],
}

/** Statuses in which an order holds promised stock. */
export const OPEN_STATUSES = ['pending', 'confirmed', 'ready'] as const satisfies OrderStatus[]

export type Verdict =
  | { readonly step: Step }
  /** It is so already: nothing to do. */
  | { readonly repeated: true }
  | { readonly refusal: 'state' | 'role' | 'refunded' }

/** Whether `role` may do `action` to an order in this state, and what it means. */
export function judgeTransition(action: OrderAction, state: OrderState, role: Role): Verdict {
  const steps = TRANSITIONS[action]
  const step = steps.find((candidate) => matches(candidate.from, state))
  if (step) {
    if (!atLeast(role, step.least)) return { refusal: 'role' }
    return step.unless && matches(step.unless, state) ? { refusal: 'refunded' } : { step }
  }
  const reached = steps.some((candidate) => matches(candidate.to, state))
  return reached ? { repeated: true } : { refusal: 'state' }
}

/** The actions that a page may offer. */
export function allowedActions(state: OrderState, role: Role): OrderAction[] {
  return ORDER_ACTIONS.filter((action) => 'step' in judgeTransition(action, state, role))
}

function matches(pattern: Partial<OrderState>, state: OrderState): boolean {
  return Object.entries(pattern).every(
    ([field, value]) => state[field as keyof OrderState] === value,
  )
}

/** May `role` order in this person's name? */
export function mayOrderFor(caller: { user_id: number; role: Role }, user_id: number): boolean {
  return caller.user_id === user_id || isStaff(caller.role)
}
