// Owns what a scanned or typed text means: exactly one product, some to choose from, or none.
import type { InventoryItem } from '../../../../src/modules/inventory/schema.ts'
import { exactProduct } from './queries.ts'

/** As at the till: `3*` before a code means three. */
const MULTIPLE = /^\s*(\d{1,4})\s*[*×＊]\s*(\S.*)$/
const MOST_OFFERED = 8

export function readScan(text: string): { readonly code: string; readonly units: number } {
  const [, count = '1', code = text] = MULTIPLE.exec(text) ?? []
  return { code: code.trim(), units: Math.max(1, Number(count)) }
}

/** Taken is only what has exactly this code; anything less, be it the only one, is offered. */
export function matchScan(
  found: readonly InventoryItem[],
  code: string,
): { readonly exact: InventoryItem | null; readonly offered: readonly InventoryItem[] } {
  const exact = exactProduct(found, code) ?? null
  return { exact, offered: exact ? [] : found.slice(0, MOST_OFFERED) }
}
