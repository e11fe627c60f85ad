// Owns the order in which an order's possible actions are offered.
import {
  allowedActions,
  type OrderAction,
  type OrderState,
} from '../../../../src/modules/orders/rules.ts'
import type { Role } from '../../../../src/lib/roles.ts'

export type { OrderAction }

/** What moves the order on comes first, what ends it last. */
const offered: readonly OrderAction[] = [
  'confirmation',
  'readiness',
  'shipment',
  'completion',
  'payment',
  'refund',
  'cancellation',
]

export function offeredActions(order: OrderState, role: Role | undefined): readonly OrderAction[] {
  if (!role) return []
  const allowed = allowedActions(order, role)
  return offered.filter((action) => allowed.includes(action))
}

/** Staff too are customers here: the page of one's own orders offers what any customer may. */
export function customerMayCancel(order: OrderState): boolean {
  return allowedActions(order, 'customer').includes('cancellation')
}
