// Shows the sale that is being put together: one line a product, discounts that follow, and tenders that pay it.
import { describe, expect, test } from 'vitest'

import { MAX_LINES, MAX_QUANTITY } from '../../../../src/lib/selling.ts'
import {
  addedSince,
  addProduct,
  discountOf,
  type Draft,
  type DraftDiscount,
  draftSums,
  emptyDraft,
  isFull,
  moveSelection,
  removeLine,
  setLineDiscount,
  setQuantity,
} from './draft.ts'
import { moneyText, parseMoney, parsePercent } from './money.ts'
import { isOddChange, noTenders, openWithout, readTenders } from './tenders.ts'

const product = (product_id: number, price_cents = 1000) => ({
  product_id,
  sku: `S${product_id}`,
  barcode: null,
  product_name: '',
  name_en: '',
  unit: '件',
  price_cents,
  quantity: 5,
})
const off = (cents: number, percent: number | null = null): DraftDiscount => ({
  cents,
  percent,
  reason: 'member',
  note: ' ',
})
const with2 = [1, 2, 1].reduce<Draft>((draft, id) => addProduct(draft, product(id)), emptyDraft())

describe('a draft', () => {
  test('has a line for each product, the last touched selected', () => {
    expect(with2.lines.map((line) => [line.product.product_id, line.quantity])).toEqual([
      [1, 2],
      [2, 1],
    ])
    expect(with2.selected).toBe(1)
    expect(moveSelection(with2, 1).selected).toBe(2)
    expect(moveSelection(with2, -1).selected).toBe(1)
    expect(removeLine(with2, 1).selected).toBe(2)
    expect(removeLine(removeLine(with2, 1), 2)).toMatchObject({ lines: [], selected: null })
    expect(setQuantity(with2, 1, 99_999).lines[0]?.quantity).toBe(MAX_QUANTITY)
  })

  test('gives off percentages of what is there, and never more than that', () => {
    const draft = { ...setLineDiscount(with2, 1, off(0, 50)), discount: off(0, 10) }
    expect(draftSums(draft)).toMatchObject({ own: [1000, 0], whole: 200, total_cents: 1800 })
    expect(draftSums(setQuantity(draft, 1, 4))).toMatchObject({ own: [2000, 0], whole: 300 })
    const large = { ...with2, discount: off(2900) }
    expect(draftSums(removeLine(large, 1))).toMatchObject({ whole: 1000, total_cents: 0 })
    expect(draftSums(large).needsManager).toBe(true)
    expect(draftSums({ ...with2, discount: off(600) }).needsManager).toBe(false)
  })

  test('sends a discount with its reason, and none that comes to nothing', () => {
    expect(discountOf(off(5), 5)).toEqual({ discount_cents: 5, reason: 'member' })
    expect(discountOf(off(5), 0)).toBeNull()
    expect(discountOf(null, 5)).toBeNull()
  })
})

test.for<[text: string, digits: number, cents: number | null]>([
  ['12.5', 2, 1250],
  ['12,50', 2, 1250],
  [' ¥3 ', 2, 300],
  ['.5', 2, 50],
  ['0', 2, 0],
  ['1.234', 2, null],
  ['100', 0, 100],
  ['1.5', 0, null],
  ['-1', 2, null],
  ['', 2, null],
  ['x', 2, null],
  ['29.29', 2, 2929],
])('the amount %j with %d digits is %s', ([text, digits, cents]) => {
  expect(parseMoney(text, digits)).toBe(cents)
  if (cents !== null) expect(parseMoney(moneyText(cents, digits), digits)).toBe(cents)
})

test('a percentage is above 0 and at most 100', () => {
  expect(['10%', '5.5 ％', '100%', '0%', '101%', '10'].map(parsePercent)).toEqual([
    ...[10, 5.5, 100],
    ...[null, null, null],
  ])
})

describe('tenders', () => {
  const read = (texts: Partial<typeof noTenders>) =>
    readTenders({ ...noTenders, ...texts }, 1000, 2)

  test('cash pays what the others leave, and more of it is change', () => {
    expect(read({ cash: '20' })).toEqual({
      tenders: [{ tender: 'cash', amount_cents: 1000, received_cents: 2000 }],
      change: 1000,
    })
    expect(read({ wechat: '4', cash: '7' })).toMatchObject({
      tenders: [
        { tender: 'cash', amount_cents: 600, received_cents: 700 },
        { tender: 'wechat', amount_cents: 400 },
      ],
      change: 100,
    })
    expect(read({ card: '10' })).toEqual({
      tenders: [{ tender: 'card', amount_cents: 1000 }],
      change: 0,
    })
  })

  test('that are too little, too much or no amounts are not taken', () => {
    expect(read({})).toEqual({ missing: 1000 })
    expect(read({ alipay: '9.99' })).toEqual({ missing: 1 })
    expect(read({ alipay: '10.01' })).toEqual({ over: 1 })
    expect(read({ alipay: '10', cash: '5' })).toEqual({ over: 500 })
    expect(read({ card: 'x' })).toEqual({ wrong: 'card' })
    expect(openWithout({ ...noTenders, cash: '3', card: '9' }, 'card', 1000, 2)).toBe(700)
  })
})

test.for<[change: number, total: number, isOdd: boolean]>([
  [9_500, 500, false],
  [100_000, 500, false],
  [100_001, 500, true],
  [100_001, 50_000, false],
  [12_345_600, 50_000, true],
])('change of %d for %d is odd: %s', ([change, total, isOdd]) => {
  expect(isOddChange(change, total, 2)).toBe(isOdd)
})

test('what is scanned while a sale is written begins the next one', () => {
  const done = addProduct(addProduct(emptyDraft(), product(1), 2), product(2))
  const now = addProduct(addProduct(done, product(1)), product(99))
  const next = addedSince(now, done)
  expect(next.lines.map(({ product, quantity }) => [product.product_id, quantity])).toEqual([
    [1, 1],
    [99, 1],
  ])
  expect(addedSince(done, done)).toMatchObject({ lines: [], discount: null, customer: null })
  // It is another sale.
  expect(next.sale_id).not.toBe(done.sale_id)
  expect(now.sale_id).toBe(done.sale_id)
})

test('a sale takes as many products as the server does, and more of those', () => {
  let draft = emptyDraft()
  for (let i = 0; i < MAX_LINES; i++) draft = addProduct(draft, product(1000 + i))
  expect(isFull(draft, product(1))).toBe(true)
  expect(isFull(draft, product(1000))).toBe(false)
})
