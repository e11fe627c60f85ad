// Shows that a digest moves with every change that is meant, and sees every other.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type Changes,
  digestChange,
  lineDigest,
  orderDigest,
  type OrderFacts,
} from './digest-rules.ts'

const order: OrderFacts = {
  order_id: 7,
  order_number: '20260131-7-1',
  request_id: '0192a3b4-0000-7000-8000-000000000000',
  user_id: 3,
  placed_by: 3,
  channel: 'web',
  fulfilment: 'delivery',
  total_cents: 4990,
  created_at: 1_795_000_000_000,
  status: 'pending',
  payment_status: 'unpaid',
  note: null,
}

const text = fc.option(fc.string({ maxLength: 20 }), { nil: null })
const time = fc.option(fc.nat(), { nil: null })
const changes: fc.Arbitrary<Changes> = fc.record(
  {
    status: fc.constantFrom('pending', 'confirmed', 'shipped'),
    payment_status: fc.constantFrom('unpaid', 'paid'),
    note: text,
    address: text,
    tracking_number: text,
    confirmed_at: time,
    refunded_at: time,
  },
  { requiredKeys: [] },
)

test('after any changes it is that of the row', () => {
  fc.assert(
    fc.property(fc.array(changes), (list) => {
      let [row, digest] = [order, orderDigest(order)]
      for (const change of list) {
        digest += digestChange(row, change)
        row = { ...row, ...change }
      }
      expect(digest).toBe(orderDigest(row))
      expect(Number.isSafeInteger(digest)).toBe(true)
    }),
  )
})

test('a damaged order stays known as one, whatever is changed later', () => {
  const damaged = { ...order, total_cents: order.total_cents + 1 }
  const change = { status: 'confirmed', confirmed_at: 5 }
  const digest = orderDigest(order) + digestChange(damaged, change)
  expect(digest).not.toBe(orderDigest({ ...damaged, ...change }))
})

test('any other value of any column makes another digest', () => {
  for (const column of Object.keys(order) as (keyof OrderFacts)[]) {
    const other = typeof order[column] === 'number' ? Number(order[column]) + 1 : 'else'
    expect(orderDigest({ ...order, [column]: other }), column).not.toBe(orderDigest(order))
  }
  const line = {
    order_id: 7,
    line: 1,
    product_id: 2,
    product_name: '猫粮',
    quantity: 1,
    unit_price_cents: 4990,
  }
  expect(lineDigest({ ...line, discount_cents: 0 })).toBe(lineDigest(line))
  for (const other of [{ quantity: 2 }, { line: 2 }, { product_name: '' }, { discount_cents: 1 }]) {
    expect(lineDigest({ ...line, ...other })).not.toBe(lineDigest(line))
  }
})
