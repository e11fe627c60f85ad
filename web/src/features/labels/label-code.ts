// Owns which bars a product gets: its barcode, else its SKU, in a code that scanners read back as just that.
import { isEan13 } from '../../../../src/lib/ean13.ts'
import { type BarFormat, QUIET } from '../../lib/office/bars.ts'
import type { LabelSize } from './label-sizes.ts'

export interface LabelCode {
  readonly format: BarFormat
  readonly text: string
}

/** Null when neither can be put into bars: CODE128 knows ASCII only. */
export function codeOf(product: {
  readonly barcode: string | null
  readonly sku: string
}): LabelCode | null {
  const text = product.barcode ?? product.sku
  if (isEan13(text)) return { format: 'EAN13', text }
  return /^[\x20-\x7e]+$/.test(text) ? { format: 'CODE128', text } : null
}

/** Between the label's edge and what is printed on it, in millimetres. */
const PADDING = 2
/** Label printers have 8 dots a millimetre; a bar narrower than a dot and a half isn't one any more. */
const NARROWEST = 0.19

/** @param modules how many narrow bars wide the code is, without the white around it */
export function isTooDense(modules: number, format: LabelCode['format'], size: LabelSize): boolean {
  return (size.width - 2 * PADDING) / (modules + 2 * QUIET[format]) < NARROWEST
}
