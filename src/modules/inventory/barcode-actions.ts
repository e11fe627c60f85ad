// Owns giving out barcodes for products that come without one: each once, and none that a product has.
import type { Sequence } from '../../platform/db/sequences.ts'
import type { Db } from '../../platform/db/store.ts'
import { ownBarcode } from './barcode-rules.ts'
import { takenBarcodes } from './store.ts'

const MOST_AT_ONCE = 500

/**
 * Labels printed elsewhere may have taken many in a row: it looks at ever more at once. What it skips stays
 * unused; there are ten thousand million.
 */
export async function newBarcode(db: Db, numbers: Sequence): Promise<string> {
  for (let count = 1; ; count = Math.min(count * 4, MOST_AT_ONCE)) {
    const codes = (await numbers.take(count)).map(ownBarcode)
    const taken = new Set(await takenBarcodes(db, codes))
    const free = codes.find((code) => !taken.has(code))
    if (free !== undefined) return free
  }
}
