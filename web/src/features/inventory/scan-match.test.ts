// Shows that a scan takes the product that has its code, and never one that only looks like it.
import { expect, test } from 'vitest'

import type { InventoryItem } from '../../../../src/modules/inventory/schema.ts'
import { matchScan, readScan } from './scan-match.ts'

const product = (sku: string, barcode: string | null = null) => ({ sku, barcode }) as InventoryItem

test('a code that only one product contains is offered, not taken', () => {
  const ten = product('CAT-10')
  expect(matchScan([ten], 'CAT-1')).toEqual({ exact: null, offered: [ten] })
  expect(matchScan([ten, product('CAT-1')], 'cat-1').exact?.sku).toBe('CAT-1')
  expect(matchScan([product('A', '690'), product('690')], '690').exact?.sku).toBe('A')
  expect(matchScan([], 'CAT-1')).toEqual({ exact: null, offered: [] })
})

test('a number before the code is how many', () => {
  expect(readScan(' 3*CAT-1 ')).toEqual({ code: 'CAT-1', units: 3 })
  expect(readScan('0×CAT-1')).toEqual({ code: 'CAT-1', units: 1 })
  expect(readScan(' CAT-1')).toEqual({ code: 'CAT-1', units: 1 })
})
