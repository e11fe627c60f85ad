// Owns the barcodes that the shop makes itself: EAN-13 from a range that GS1 leaves to every shop's own use.
import { ean13 } from '../../lib/ean13.ts'

/** GS1 General Specifications: 20 to 29 are for restricted circulation; no manufacturer has them. */
const PREFIX = '21'
const DIGITS = 10

/** @param number counts up from 1 */
export function ownBarcode(number: number): string {
  return ean13(PREFIX + String(number).padStart(DIGITS, '0'))
}
