// Owns how sales at the counter are refused.
import { defineError } from '../../lib/errors.ts'

export const outOfStock = defineError('OUT_OF_STOCK', 409, {
  zh: '有商品库存不足。',
  en: 'Some products are not available in this quantity.',
})
export const unknownProduct = defineError('UNKNOWN_PRODUCT', 422, {
  zh: '有商品不存在或已下架。',
  en: 'Some products do not exist or are no longer sold.',
})
export const unknownCustomer = defineError('UNKNOWN_USER', 422, {
  zh: 'customer_id：没有这位顾客，或账号已停用。',
  en: 'customer_id: there is no such customer, or the account is disabled.',
})
export const saleReused = defineError('SALE_ID_REUSED', 422, {
  zh: '这个 sale_id 已用于内容不同的另一笔销售。',
  en: 'This sale_id was used for a different sale.',
})
export const discountLimit = defineError('DISCOUNT_NEEDS_MANAGER', 403, {
  zh: '优惠超过 {percent}%，需要店长处理。',
  en: 'A discount of more than {percent}% needs a manager.',
})
export const tendersDiffer = defineError('TENDERS_DIFFER', 400, {
  zh: 'tenders：付款合计 {paid}，应为 {total}（最小货币单位）。',
  en: 'tenders: they add up to {paid} instead of {total} minor units.',
})
export const saleRecorded = defineError('SALE_RECORDED', 409, {
  zh: '这笔销售已经入账，不能作废。',
  en: 'This sale is booked already; it cannot be discarded.',
})
export const walkInKept = defineError('ACCOUNT_NEEDED', 409, {
  zh: '散客账号由收银台使用，不能删除或更改。',
  en: 'The counter sells to walk-in customers in this account’s name: it cannot be changed or deleted.',
})
const invalid = defineError('VALIDATION', 400, { zh: '{field}：{zh}', en: '{field}: {en}' })

export function refuse(field: string, zh: string, en: string): Error {
  return invalid({ params: { field, zh, en }, details: [{ field, problem: en }] })
}
