// Owns the closed lists and bounds of selling that the server's types and the pages share.

/** How a sale was paid: recorded, not charged; the money has changed hands beside the program. */
export const TENDERS = ['cash', 'wechat', 'alipay', 'card'] as const

export const DISCOUNT_REASONS = [
  'member',
  'promotion',
  'near_expiry',
  'damaged',
  'price_match',
  'rounding',
  'other',
] as const

/** Why stock isn't what the books say. */
export const MOVEMENT_REASONS = [
  'damaged',
  'shrinkage',
  'store_use',
  'receiving_error',
  'supplier_return',
  'expired',
  'other',
] as const

/** Why a sale that a till has kept is never booked. */
export const DISCARD_REASONS = ['refunded', 'booked_elsewhere', 'mistake', 'test', 'other'] as const

/** Of one sale at the counter. */
export const MAX_LINES = 100
/** Of one line. */
export const MAX_QUANTITY = 10_000

/** Pictures that a product may have. */
export const MAX_IMAGES = 9
