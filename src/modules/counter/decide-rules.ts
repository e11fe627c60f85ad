// Owns what is decided about the stock of a sale: what is missing, and what isn't sold any more.

export interface SoldProduct {
  readonly product_id: number
  readonly active: number
  readonly on_hand: number
  readonly reserved: number
}

export interface Shortage {
  readonly product_id: number
  readonly requested: number
  readonly available: number
}

export interface StockVerdict {
  /** Products that don't exist. */
  readonly unknown: readonly number[]
  readonly archived: readonly number[]
  readonly shortages: readonly Shortage[]
}

export function judgeStock(
  lines: readonly { readonly product_id: number; readonly quantity: number }[],
  products: ReadonlyMap<number, SoldProduct>,
): StockVerdict {
  const unknown: number[] = []
  const archived: number[] = []
  const shortages: Shortage[] = []
  for (const { product_id, quantity } of lines) {
    const product = products.get(product_id)
    if (!product) {
      unknown.push(product_id)
      continue
    }
    if (product.active !== 1) archived.push(product_id)
    const available = product.on_hand - product.reserved
    if (available < quantity) shortages.push({ product_id, requested: quantity, available })
  }
  return { unknown, archived, shortages }
}

/** What customers and tills are told is left: never less than nothing. */
export function toldShortages(shortages: readonly Shortage[]): Shortage[] {
  return shortages.map((each) => ({ ...each, available: Math.max(0, each.available) }))
}

/** What must be booked in before these can be sold: what orders lack already, they go on lacking. */
export function missingUnits(shortages: readonly Shortage[]) {
  return toldShortages(shortages).map(({ product_id, requested, available }) => ({
    product_id,
    quantity: requested - available,
  }))
}
