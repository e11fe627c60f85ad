// Owns the reasons of adjustments, in the order in which they are offered.
export const reasons = [
  'damaged',
  'expired',
  'shrinkage',
  'store_use',
  'receiving_error',
  'supplier_return',
  'other',
] as const
