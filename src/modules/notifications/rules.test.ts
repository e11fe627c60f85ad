// Shows that everybody is told in whole sentences, in both languages, with nothing left open.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ROLES } from '../../lib/roles.ts'
import { type Facts, notificationText } from './rules.ts'
import { NOTIFICATION_KINDS, type NotificationKind } from './schema.ts'

const order = { order_id: 7, order_number: '20260115-7-3', total_cents: 12_345 }
const product = {
  product_id: 3,
  sku: 'MAO-1',
  product_name: '冻干猫粮',
  name_en: 'Cat food',
  available: 2,
  low_stock_threshold: 5,
}

/** What the events say, as consumers keep it. */
const FACTS: Record<NotificationKind, Facts> = {
  'order.placed': { ...order, lines: 2 },
  'order.confirmed': order,
  'order.ready': order,
  'order.shipped': { ...order, carrier: '顺丰', tracking_number: 'SF123' },
  'order.completed': order,
  'order.cancelled': { ...order, reason: '不要了' },
  'order.refunded': order,
  'stock.low': product,
  'stock.out': { ...product, available: 0 },
  'stock.short': { ...product, available: -3 },
  'product.price_changed': { ...product, from_cents: 100, to_cents: 250 },
  'inventory.imported': { created: 3, updated: 2, unchanged: 1 },
  'user.signed_in_from_new_device': { user_agent: 'Firefox', address: '203.0.113.9' },
  'user.role_changed': { from: 'customer', to: 'clerk' },
  'delivery.dead_lettered': {
    group: 'confirm-order-on-placed',
    type: 'order.placed',
    error: 'x',
    event_id: 'e',
  },
}

const CNY = { currency: 'CNY' }

describe.each(NOTIFICATION_KINDS)('%s', (kind) => {
  test.each(['zh', 'en'] as const)('is told in %s, with nothing left open', (language) => {
    const { title, body } = notificationText(kind, FACTS[kind], { language, ...CNY })
    for (const text of [title, body]) {
      expect(text).toMatch(language === 'zh' ? /\p{Script=Han}/u : /[a-z]{3}/)
      expect(text).not.toMatch(/[{}]|undefined|null|NaN|\[object/)
      expect(text.trim()).toBe(text)
    }
    expect(body).toMatch(/[。.]$/)
    // A fact that is missing leaves its place empty, and these are the signs of it.
    expect(body).not.toMatch(/ {2}|：[。，]|:[.,]|\(\)|（）|^ | [。.]$/)
  })

  test('says in Chinese what it says in English: the same facts', () => {
    const [zh, en] = (['zh', 'en'] as const).map(
      (language) => notificationText(kind, FACTS[kind], { language, ...CNY }).body,
    )
    const numbers = (text = '') => text.match(/\d[\d.,-]*\d|\d/g) ?? []
    expect(numbers(zh).toSorted()).toEqual(numbers(en).toSorted())
  })
})

test.each([
  ['order.placed', 'zh', '订单 20260115-7-3，¥123.45。'],
  ['order.placed', 'en', 'Order 20260115-7-3, CN¥123.45.'],
  ['order.shipped', 'zh', '订单 20260115-7-3 已发货：顺丰 SF123。'],
  ['order.cancelled', 'en', 'Order 20260115-7-3 was cancelled: 不要了.'],
  ['stock.low', 'zh', '冻干猫粮 只剩 2（预警线 5）。'],
  ['stock.low', 'en', 'Cat food: 2 left (threshold 5).'],
  ['product.price_changed', 'zh', '冻干猫粮：¥1.00 → ¥2.50。'],
  ['user.role_changed', 'en', 'Your role changed from customer to clerk.'],
] as const)('%s in %s reads: %s', (kind, language, body) => {
  expect(notificationText(kind, FACTS[kind], { language, ...CNY }).body).toBe(body)
})

test('amounts have as many decimals as their currency', () => {
  const placed = (currency: string) =>
    notificationText('order.placed', FACTS['order.placed'], { language: 'en', currency }).body
  expect(placed('JPY')).toContain('¥12,345')
  expect(placed('USD')).toContain('$123.45')
  expect(placed('KWD')).toMatch(/12\.345/)
})

test('a product without an English name keeps its own', () => {
  const facts = { ...product, name_en: '' }
  expect(notificationText('stock.out', facts, { language: 'en', ...CNY }).body).toBe(
    '冻干猫粮 is sold out.',
  )
})

test('a cancellation without a reason is a whole sentence too', () => {
  const told = (language: 'zh' | 'en') =>
    notificationText('order.cancelled', order, { language, ...CNY }).body
  expect(told('zh')).toBe('订单 20260115-7-3 已取消。')
  expect(told('en')).toBe('Order 20260115-7-3 was cancelled.')
})

test('every role has its word in both languages', () => {
  for (const language of ['zh', 'en'] as const) {
    const words = ROLES.map((to) => {
      const facts = { from: 'customer', to }
      return notificationText('user.role_changed', facts, { language, ...CNY }).body
    })
    expect(new Set(words).size).toBe(ROLES.length)
  }
})

test('what people typed is shown as it is: braces and dollars in it mean nothing', () => {
  const typed = fc.oneof(fc.string(), fc.constantFrom('{order_number}', '$&', '{', '{{total}}'))
  fc.assert(
    fc.property(typed, (reason) => {
      const facts = { ...order, reason }
      const { body } = notificationText('order.cancelled', facts, { language: 'en', ...CNY })
      expect(body).toBe(`Order 20260115-7-3 was cancelled: ${reason}.`)
    }),
  )
})
