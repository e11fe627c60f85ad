// Owns the rows of exported products and movements: what import reads back, and what a bookkeeper needs.
import type { Text } from '../../lib/errors.ts'
import { localTime } from '../../lib/csv-times.ts'
import { toTimestamp } from '../../lib/wire.ts'
import { OWN_COLUMNS, OWN_NAMES } from './import-columns-rules.ts'
import { formatMoney } from './import-values-rules.ts'
import type { ProductFacts } from './rules.ts'

type Language = keyof Text
type Cell = string | number | null

export function productHeader(language: Language): string[] {
  return OWN_NAMES.map((column) => (language === 'en' ? column : OWN_COLUMNS[column]))
}

export type ExportedProduct = Omit<ProductFacts, 'reserved'>

/** In the order of the header. @param digits decimals of the shop's currency */
export function productRow(product: ExportedProduct, language: Language, digits: number): Cell[] {
  const { price_cents, cost_cents, active } = product
  const onSale: Text = active === 1 ? { zh: '在售', en: 'true' } : { zh: '下架', en: 'false' }
  return [
    product.sku,
    product.barcode,
    product.product_name,
    product.name_en,
    product.category,
    product.unit,
    formatMoney(price_cents, digits),
    cost_cents === null ? '' : formatMoney(cost_cents, digits),
    product.on_hand,
    product.low_stock_threshold,
    onSale[language],
    product.description,
    product.image_url,
  ]
}

const MOVEMENT_COLUMNS: readonly Text[] = [
  { zh: '流水号', en: 'movement_id' },
  { zh: '时间', en: 'time' },
  { zh: '时间（UTC）', en: 'time_utc' },
  { zh: '货号', en: 'sku' },
  { zh: '商品名称', en: 'product_name' },
  { zh: '类型', en: 'kind' },
  { zh: '现货变化', en: 'delta_on_hand' },
  { zh: '占用变化', en: 'delta_reserved' },
  { zh: '原因', en: 'reason' },
  { zh: '备注', en: 'note' },
  { zh: '订单号', en: 'order_number' },
  { zh: '经手人', en: 'actor' },
]

const CHINESE_WORDS: Readonly<Record<string, string>> = {
  receipt: '入库',
  allocation: '订单占用',
  release: '释放占用',
  sale: '销售出库',
  return: '退货入库',
  adjustment: '调整',
  write_off: '报损',
  count: '盘点',
  damaged: '破损',
  shrinkage: '盘亏 / 丢失',
  store_use: '店内自用',
  receiving_error: '收货差错',
  supplier_return: '退回供应商',
  expired: '过期',
  other: '其他',
}

export function movementHeader(language: Language): string[] {
  return MOVEMENT_COLUMNS.map((column) => column[language])
}

export interface ExportedMovement {
  readonly movement_id: number
  readonly sku: string
  readonly product_name: string
  readonly kind: string
  readonly delta_on_hand: number
  readonly delta_reserved: number
  readonly reason: string | null
  readonly note: string | null
  readonly order_number: string | null
  /** Null when the shop did it by itself. */
  readonly actor: string | null
  readonly created_at: number
}

export function movementRow(
  movement: ExportedMovement,
  language: Language,
  timeZone: string,
): Cell[] {
  const word = (code: string | null) =>
    code === null || language === 'en' ? code : (CHINESE_WORDS[code] ?? code)
  return [
    movement.movement_id,
    localTime(movement.created_at, timeZone),
    toTimestamp(movement.created_at),
    movement.sku,
    movement.product_name,
    word(movement.kind),
    movement.delta_on_hand,
    movement.delta_reserved,
    word(movement.reason),
    movement.note,
    movement.order_number,
    movement.actor,
  ]
}
