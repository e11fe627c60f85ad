// Owns which of the customers' pages a notification leads to.
import type { Notification } from '../../../../src/modules/notifications/schema.ts'

export function linkFor({ kind, data }: Notification): string | null {
  if (kind.startsWith('order.') && typeof data.order_id === 'number') {
    return `/orders/${data.order_id}`
  }
  if (typeof data.product_id === 'number') return `/products/${data.product_id}`
  if (kind.startsWith('user.')) return '/account'
  return null
}
