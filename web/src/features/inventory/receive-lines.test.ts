// Shows that scans of a delivery add up, and that a document has an end.
import { expect, test } from 'vitest'

import type { InventoryItem } from '../../../../src/modules/inventory/schema.ts'
import {
  type ReceiveLine,
  scannedSince,
  unitsOf,
  withQuantity,
  withUnits,
} from './receive-lines.ts'

const product = (product_id: number) => ({ product_id }) as InventoryItem

test('each scan adds to its product, which comes to the top', () => {
  let lines: readonly ReceiveLine[] = []
  for (const [id, units] of [
    [1, 1],
    [2, 3],
    [1, 1],
  ] as const) {
    lines = withUnits(lines, product(id), units) ?? []
  }
  expect(lines.map(({ product: { product_id }, quantity }) => [product_id, quantity])).toEqual([
    [1, 2],
    [2, 3],
  ])
  expect(unitsOf(lines)).toBe(5)
  expect(unitsOf(withQuantity(lines, 2, 7))).toBe(9)
})

test('a full document takes more of what it has, and nothing else', () => {
  const full = Array.from({ length: 500 }, (_, i) => ({ product: product(i + 1), quantity: 1 }))
  expect(withUnits(full, product(501), 1)).toBeNull()
  expect(withUnits(full, product(7), 1)?.[0]?.quantity).toBe(2)
  expect(withUnits(full, product(7), 5_000_000)?.[0]?.quantity).toBe(1_000_000)
})

test('what is scanned while a delivery is posted belongs to the next one', () => {
  const posted = [
    { product: product(1), quantity: 2 },
    { product: product(2), quantity: 1 },
  ]
  const now = withUnits(withUnits(posted, product(2), 3) ?? [], product(3), 1) ?? []
  expect(scannedSince(now, posted).map((line) => [line.product.product_id, line.quantity])).toEqual(
    [
      [3, 1],
      [2, 3],
    ],
  )
  expect(scannedSince(posted, posted)).toEqual([])
})
