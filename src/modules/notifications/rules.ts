// Owns what people are told: the texts of each kind, made when read, in the reader's language.
import type { Text } from '../../lib/errors.ts'
import type { NotificationKind } from './schema.ts'

export interface TextContext {
  readonly language: keyof Text
  /** ISO 4217, for amounts. */
  readonly currency: string
}

/** The facts of a notification, as the event gave them. */
export type Facts = Readonly<Record<string, unknown>>

interface Template {
  readonly title: Text
  readonly body: Text
}

const TEMPLATES: Record<NotificationKind, Template> = {
  'order.placed': {
    title: { zh: '新订单', en: 'New order' },
    body: { zh: '订单 {order_number}，{total}。', en: 'Order {order_number}, {total}.' },
  },
  'order.confirmed': {
    title: { zh: '订单已确认', en: 'Order confirmed' },
    body: {
      zh: '订单 {order_number} 已确认，我们正在备货。',
      en: 'Order {order_number} is confirmed; we are getting it ready.',
    },
  },
  'order.ready': {
    title: { zh: '可以来取货了', en: 'Ready for pick-up' },
    body: {
      zh: '订单 {order_number} 已备好，欢迎到店取货。',
      en: 'Order {order_number} is ready for you.',
    },
  },
  'order.shipped': {
    title: { zh: '订单已发货', en: 'Order shipped' },
    body: {
      zh: '订单 {order_number} 已发货：{carrier} {tracking_number}。',
      en: 'Order {order_number} is on its way: {carrier} {tracking_number}.',
    },
  },
  'order.completed': {
    title: { zh: '订单已完成', en: 'Order completed' },
    body: {
      zh: '订单 {order_number} 已完成，谢谢惠顾。',
      en: 'Order {order_number} is completed. Thank you.',
    },
  },
  'order.cancelled': {
    title: { zh: '订单已取消', en: 'Order cancelled' },
    body: {
      zh: '订单 {order_number} 已取消{because}。',
      en: 'Order {order_number} was cancelled{because}.',
    },
  },
  'order.refunded': {
    title: { zh: '已退款', en: 'Refunded' },
    body: {
      zh: '订单 {order_number} 已退款 {total}。',
      en: 'Order {order_number}: {total} refunded.',
    },
  },
  'stock.low': {
    title: { zh: '库存偏低', en: 'Stock is low' },
    body: {
      zh: '{product} 只剩 {available}（预警线 {low_stock_threshold}）。',
      en: '{product}: {available} left (threshold {low_stock_threshold}).',
    },
  },
  'stock.out': {
    title: { zh: '已售罄', en: 'Sold out' },
    body: { zh: '{product} 已售罄。', en: '{product} is sold out.' },
  },
  'stock.short': {
    title: { zh: '库存不够发货', en: 'Short of stock' },
    body: {
      zh: '{product} 的现货比已承诺的订单少（可用 {available}），请尽快补货或联系顾客。',
      en: '{product}: less on hand than promised to orders (available {available}). Restock or call the customers.',
    },
  },
  'product.price_changed': {
    title: { zh: '价格变动', en: 'Price changed' },
    body: { zh: '{product}：{from} → {to}。', en: '{product}: {from} → {to}.' },
  },
  'inventory.imported': {
    title: { zh: '商品导入完成', en: 'Import finished' },
    body: {
      zh: '新增 {created} 件，修改 {updated} 件，未变 {unchanged} 件。',
      en: '{created} products made, {updated} changed, {unchanged} left as they were.',
    },
  },
  'user.signed_in_from_new_device': {
    title: { zh: '新设备登录', en: 'Log-in from a new device' },
    body: {
      zh: '您的账号在新设备上登录（{address}）。若不是您本人，请立即修改密码。',
      en: 'Your account was used on a new device ({address}). If that was not you, change your password now.',
    },
  },
  'user.role_changed': {
    title: { zh: '权限变更', en: 'Role changed' },
    body: {
      zh: '您的角色由 {from_role} 变为 {to_role}。',
      en: 'Your role changed from {from_role} to {to_role}.',
    },
  },
  'delivery.dead_lettered': {
    title: { zh: '有事件处理失败', en: 'An event could not be handled' },
    body: {
      zh: '{group} 无法处理 {type}，请到系统页面查看并重放。',
      en: '{group} gave up on {type}. See the system page to replay it.',
    },
  },
}

export function notificationText(
  kind: NotificationKind,
  facts: Facts,
  context: TextContext,
): { title: string; body: string } {
  const { title, body } = TEMPLATES[kind]
  const words = { ...facts, ...derivedWords(facts, context) }
  const { language } = context
  return { title: fill(title[language], words), body: fill(body[language], words) }
}

const ROLE_WORDS: Record<string, Text> = {
  customer: { zh: '顾客', en: 'customer' },
  clerk: { zh: '店员', en: 'clerk' },
  manager: { zh: '店长', en: 'manager' },
  owner: { zh: '店主', en: 'owner' },
}

function derivedWords(facts: Facts, context: TextContext): Record<string, unknown> {
  const { language } = context
  const name = language === 'en' && facts['name_en'] ? facts['name_en'] : facts['product_name']
  return {
    product: name,
    because: because(facts['reason'], language),
    total: money(facts['total_cents'], context),
    from: money(facts['from_cents'], context),
    to: money(facts['to_cents'], context),
    from_role: ROLE_WORDS[String(facts['from'])]?.[language],
    to_role: ROLE_WORDS[String(facts['to'])]?.[language],
  }
}

function because(reason: unknown, language: keyof Text): string {
  if (typeof reason !== 'string') return ''
  return language === 'zh' ? `：${reason}` : `: ${reason}`
}

function money(cents: unknown, { language, currency }: TextContext): string {
  if (typeof cents !== 'number') return ''
  const format = new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en', {
    style: 'currency',
    currency,
  })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(cents / 10 ** digits)
}

function fill(text: string, words: Facts): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const word = words[name]
    return typeof word === 'string' || typeof word === 'number' ? String(word) : ''
  })
}
