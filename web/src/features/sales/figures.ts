// Owns what a period comes to: its sums, and how they compare with those of the days before.
import type { SalesItem } from '../../../../src/modules/reports/schema.ts'

export interface Totals {
  readonly orders: number
  readonly cancelled: number
  readonly units: number
  readonly revenue: number
  readonly refunded: number
}

export function totalsOf(items: readonly SalesItem[]): Totals {
  const sum = (valueOf: (item: SalesItem) => number | null) =>
    items.reduce((total, item) => total + (valueOf(item) ?? 0), 0)
  return {
    orders: sum((item) => item.orders),
    cancelled: sum((item) => item.cancelled_orders),
    units: sum((item) => item.units),
    revenue: sum((item) => item.revenue_cents),
    refunded: sum((item) => item.refunded_cents),
  }
}

/** Money per order; 0 without orders. */
export function averageOf({ revenue, orders }: Totals): number {
  return orders === 0 ? 0 : Math.round(revenue / orders)
}

/** Ten times as much is no change but a beginning: the shop, or its records, are young. */
const MOST_CHANGE = 10

/** By which part it is more (or less) than before; null when there is nothing to compare with. */
export function changeOf(now: number, before: number | undefined): number | null {
  if (before === undefined || before <= 0) return null
  const change = (now - before) / before
  return change < MOST_CHANGE ? change : null
}

/** The largest `count`, and the rest as one; nothing that is not above 0. */
export function largest<T>(
  items: readonly T[],
  count: number,
  valueOf: (item: T) => number,
): { readonly top: T[]; readonly rest: number } {
  const sorted = items
    .filter((item) => valueOf(item) > 0)
    .toSorted((one, other) => valueOf(other) - valueOf(one))
  // One alone is named rather than called the rest.
  const cut = sorted.length > count + 1 ? count : sorted.length
  const rest = sorted.slice(cut).reduce((sum, item) => sum + valueOf(item), 0)
  return { top: sorted.slice(0, cut), rest }
}
