// Owns of which events others may be told, in the order of an order's life.

/** Events whose payload names nobody: ids, amounts, products. */
export const WEBHOOK_KINDS = [
  'order.placed',
  'order.confirmed',
  'order.ready',
  'order.shipped',
  'order.completed',
  'order.cancelled',
  'order.paid',
  'order.refunded',
  'stock.low',
  'stock.out',
  'stock.short',
  'product.price_changed',
] as const
export type WebhookKind = (typeof WEBHOOK_KINDS)[number]
