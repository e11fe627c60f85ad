// Owns which SKU a new product is offered: the next number of the row in which most of its like are numbered.
import { foldText } from '../../../../src/lib/text.ts'

/** 商品: where a shop has no row of its own yet. */
const FIRST = { prefix: 'SP-', digits: 4 }
/** More digits are a barcode, and no number that counts up. */
const NUMBERED = /^(.*\D)(\d{1,6})$/su

/** What most of these SKUs begin with, before their number; null when there is no such row. */
export function rowOf(skus: readonly string[]): string | null {
  const counts = new Map<string, number>()
  for (const prefix of skus.flatMap((sku) => NUMBERED.exec(sku)?.[1] ?? [])) {
    counts.set(prefix, (counts.get(prefix) ?? 0) + 1)
  }
  const [prefix, count] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? ['', 0]
  return count * 2 > skus.length ? prefix : null
}

/**
 * @param row as `rowOf` found it
 * @param taken SKUs that there are, those of archived products too
 * @returns one that none of these is, in capitals or not
 */
export function nextSku(row: string | null, taken: readonly string[]): string {
  const prefix = row ?? FIRST.prefix
  const numbers = taken.flatMap((sku) => {
    const [, before, number] = NUMBERED.exec(sku) ?? []
    return before !== undefined && number && foldText(before) === foldText(prefix) ? [number] : []
  })
  const digits = row === null ? FIRST.digits : Math.max(...numbers.map((text) => text.length), 1)
  const last = Math.max(...numbers.map(Number), 0)
  return prefix + String(last + 1).padStart(digits, '0')
}
