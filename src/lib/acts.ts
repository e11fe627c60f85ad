// Owns which acts the audit log records, in the order in which people look for them, and what they are done to.

/** Recorded for good: an act is never renamed. */
export const ACTS = [
  'session.opened',
  'session.refused',
  'password.changed',
  'password.set_by_staff',
  'password.reset_by_mail',
  'account.created',
  'account.role_changed',
  'account.email_changed',
  'account.disabled',
  'account.enabled',
  'account.deleted',
  'second_factor.on',
  'second_factor.off',
  'second_factor.reset',
  'recovery_codes.renewed',
  'product.price_changed',
  'stock.adjusted',
  'stock.written_off',
  'stock.counted',
  'stock.returned',
  'order.cancelled',
  'order.refunded',
  'counter.discounted',
  'counter.sale_discarded',
  'settings.changed',
  'backup.made',
  'backup.downloaded',
  'backup.deleted',
  'shop.restored',
  'orders.exported',
  'audit.exported',
  'webhook.added',
  'webhook.changed',
  'webhook.deleted',
] as const
export type ActName = (typeof ACTS)[number]

export const SUBJECTS = ['account', 'product', 'order', 'shop', 'backup', 'webhook'] as const
export type SubjectKind = (typeof SUBJECTS)[number]
