// Owns the rows of exported orders: one for each line of an order, as a bookkeeper adds them up.
import { localTime } from '../../lib/csv-times.ts'
import type { Text } from '../../lib/errors.ts'
import { toTimestamp } from '../../lib/wire.ts'

type Cell = string | number | null

const COLUMNS: readonly Text[] = [
  { zh: '订单号', en: 'order_number' },
  { zh: '时间', en: 'time' },
  { zh: '时间（UTC）', en: 'time_utc' },
  { zh: '状态', en: 'status' },
  { zh: '付款', en: 'payment_status' },
  { zh: '渠道', en: 'channel' },
  { zh: '交付方式', en: 'fulfilment' },
  { zh: '顾客', en: 'customer' },
  { zh: '货号', en: 'sku' },
  { zh: '商品名称', en: 'product_name' },
  { zh: '数量', en: 'quantity' },
  { zh: '单价', en: 'unit_price' },
  { zh: '优惠', en: 'discount' },
  { zh: '小计', en: 'line_total' },
  { zh: '订单总额', en: 'order_total' },
  { zh: '币种', en: 'currency' },
  { zh: '快递公司', en: 'carrier' },
  { zh: '运单号', en: 'tracking_number' },
  { zh: '收货人', en: 'recipient' },
  { zh: '电话', en: 'phone' },
  { zh: '收货地址', en: 'address' },
  { zh: '备注', en: 'note' },
]

const CHINESE_WORDS: Readonly<Record<string, string>> = {
  pending: '待确认',
  confirmed: '已确认',
  ready: '待自提',
  shipped: '已发货',
  completed: '已完成',
  cancelled: '已取消',
  unpaid: '待付款',
  paid: '已付款',
  refunded: '已退款',
  web: '网店',
  counter: '门店收银',
  delivery: '送货上门',
  pickup: '到店自提',
}

export function orderHeader(language: keyof Text): string[] {
  return COLUMNS.map((column) => column[language])
}

export interface ExportedOrder {
  readonly order_number: string
  readonly created_at: number
  readonly status: string
  readonly payment_status: string
  readonly channel: string
  readonly fulfilment: string
  readonly total_cents: number
  readonly carrier: string | null
  readonly tracking_number: string | null
  readonly recipient: string | null
  readonly phone: string | null
  readonly address: string | null
  readonly note: string | null
}

export interface ExportedLine {
  readonly product_name: string
  readonly quantity: number
  readonly unit_price_cents: number
  readonly discount_cents: number
}

export interface ExportContext {
  readonly language: keyof Text
  readonly timeZone: string
  /** ISO 4217. */
  readonly currency: string
  /** An amount in minor units as a decimal number. */
  readonly money: (cents: number) => string
}

/** In the order of the header. The order's total stands on each of its lines. */
export function orderLineRow(
  order: ExportedOrder & { readonly customer: string },
  line: ExportedLine & { readonly sku: string },
  { language, timeZone, currency, money }: ExportContext,
): Cell[] {
  const word = (code: string) => (language === 'en' ? code : (CHINESE_WORDS[code] ?? code))
  return [
    order.order_number,
    localTime(order.created_at, timeZone),
    toTimestamp(order.created_at),
    word(order.status),
    word(order.payment_status),
    word(order.channel),
    word(order.fulfilment),
    order.customer,
    line.sku,
    line.product_name,
    line.quantity,
    money(line.unit_price_cents),
    money(line.discount_cents),
    money(line.quantity * line.unit_price_cents - line.discount_cents),
    money(order.total_cents),
    currency,
    order.carrier,
    order.tracking_number,
    order.recipient,
    order.phone,
    order.address,
    order.note,
  ]
}
