// Owns what the cart says about its lines against what the shop has now. Pure.
import type { InventoryItem } from '../../../../src/modules/inventory/schema.ts'
import type { CartLine } from './cart-store.ts'

export interface CheckedLine {
  readonly line: CartLine
  readonly product: InventoryItem
  /** How many can be had; null when the shop doesn't say and there are some. */
  readonly available: number | null
  readonly problem: 'sold_out' | 'too_few' | null
  readonly formerPriceCents: number | null
}

export interface CheckedCart {
  readonly lines: readonly CheckedLine[]
  /** Lines whose product the shop no longer sells. */
  readonly gone: readonly number[]
  readonly totalCents: number
  readonly units: number
  /** Nothing stands against ordering it as it is. */
  readonly orderable: boolean
}

export function checkCart(
  lines: readonly CartLine[],
  products: ReadonlyMap<number, InventoryItem | null | undefined>,
): CheckedCart {
  const checked: CheckedLine[] = []
  const gone: number[] = []
  for (const line of lines) {
    const product = products.get(line.product_id)
    if (product === null || product?.active === false) gone.push(line.product_id)
    else if (product) checked.push(checkLine(line, product))
  }
  return {
    lines: checked,
    gone,
    totalCents: checked.reduce(
      (sum, { line, product }) => sum + line.quantity * product.price_cents,
      0,
    ),
    units: checked.reduce((sum, { line }) => sum + line.quantity, 0),
    orderable:
      gone.length === 0 &&
      checked.length === lines.length &&
      checked.length > 0 &&
      checked.every(({ problem }) => problem === null),
  }
}

function checkLine(line: CartLine, product: InventoryItem): CheckedLine {
  const available =
    product.stock_status === 'out_of_stock'
      ? 0
      : product.quantity === undefined
        ? null
        : product.quantity
  return {
    line,
    product,
    available,
    problem:
      available === 0
        ? 'sold_out'
        : available !== null && available < line.quantity
          ? 'too_few'
          : null,
    formerPriceCents: line.seen_price_cents === product.price_cents ? null : line.seen_price_cents,
  }
}
