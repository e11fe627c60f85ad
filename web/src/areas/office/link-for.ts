// Owns which of the staff's pages a notification leads to.
import type { Notification } from '../../../../src/modules/notifications/schema.ts'

export function linkFor({ kind, data }: Notification): string | null {
  if (kind.startsWith('order.') && typeof data.order_id === 'number') {
    return `/office/orders?order=${data.order_id}`
  }
  if (typeof data.product_id === 'number') return `/office/stock?product=${data.product_id}`
  if (kind.startsWith('delivery.')) return '/office/system'
  if (kind.startsWith('user.')) return '/account'
  return null
}
