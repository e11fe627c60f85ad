// Owns what was scanned of a delivery, until it is posted: each product once, the last one first.
import type { InventoryItem } from '../../../../src/modules/inventory/schema.ts'

/** What the server takes in one document, and of one product. */
export const MAX_RECEIPT_LINES = 500
const MAX_MOVEMENT = 1_000_000

/** A product as a delivery needs it; what it costs is nothing that a device has to keep. */
type ReceivedProduct = Pick<
  InventoryItem,
  'product_id' | 'sku' | 'barcode' | 'product_name' | 'name_en' | 'on_hand'
>

export interface ReceiveLine {
  readonly product: ReceivedProduct
  readonly quantity: number
}

/** Null when a document can't hold more products. */
export function withUnits(
  lines: readonly ReceiveLine[],
  product: ReceivedProduct,
  units: number,
): readonly ReceiveLine[] | null {
  const known = lines.find((line) => line.product.product_id === product.product_id)
  if (!known && lines.length >= MAX_RECEIPT_LINES) return null
  const quantity = Math.min((known?.quantity ?? 0) + units, MAX_MOVEMENT)
  return [{ product, quantity }, ...lines.filter((line) => line !== known)]
}

export function withQuantity(
  lines: readonly ReceiveLine[],
  productId: number,
  quantity: number,
): readonly ReceiveLine[] {
  return lines.map((line) => (line.product.product_id === productId ? { ...line, quantity } : line))
}

/** What was scanned while `posted` was on its way: the beginning of the next delivery. */
export function scannedSince(
  lines: readonly ReceiveLine[],
  posted: readonly ReceiveLine[],
): readonly ReceiveLine[] {
  const done = new Map(posted.map(({ product, quantity }) => [product.product_id, quantity]))
  return lines
    .map((line) => ({
      ...line,
      quantity: line.quantity - (done.get(line.product.product_id) ?? 0),
    }))
    .filter(({ quantity }) => quantity > 0)
}

export function unitsOf(lines: readonly ReceiveLine[]): number {
  return lines.reduce((sum, line) => sum + line.quantity, 0)
}
