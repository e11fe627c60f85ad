// Owns the deliveries behind the past orders: replayed in time order, stock is never short.
import { day, hour, minute, shopDate, shopWeekday, startOfShopDay } from './history/shop-clock.ts'
import { departureOf } from './history.ts'
import type { HistoryInput } from './history.ts'
import { hashText } from './random.ts'
import type { DemoProduct, PastOrder, PastReceipt } from './types.ts'

export interface ReceiptsInput extends Pick<HistoryInput, 'days' | 'products' | 'staff' | 'now'> {
  orders: readonly PastOrder[]
}

/** A change of what is promised to customers or gone: up at the order, down at its cancellation. */
interface Claim {
  at: number
  change: number
}

type Delivery = Pick<PastReceipt, 'at' | 'quantity'>

/**
 * The opening stock before the first order and a supplier's weekly deliveries after it, in time
 * order. They add up to today's `on_hand` plus everything that left, and at every moment cover
 * what is ordered and not cancelled.
 */
export function receiptsFor(input: ReceiptsInput): PastReceipt[] {
  const { orders, products, staff } = input
  const receivers = staff.flatMap(({ role }, index) => (role === 'clerk' ? [index] : []))
  const claims = claimsByProduct(orders, products.length)
  const left = leftByProduct(orders, products.length)
  const opening = openingOf(input)
  return products
    .flatMap((product, index) => {
      const total = product.on_hand + (left[index] ?? 0)
      const times = [opening, ...deliveryTimes(product, input)]
      return planDeliveries(product, claims[index] ?? [], total, times).map(
        ({ at, quantity }): PastReceipt => ({
          product: index,
          quantity,
          at,
          staff: receivers[hashText(supplierOf(product)) % receivers.length] ?? 0,
          ...(at === opening
            ? { document: `QC${shopDate(at)}`, note: '期初入库' }
            : { document: documentOf(product, at), note: `采购到货：${brandOf(product)}` }),
        }),
      )
    })
    .sort((one, other) => one.at - other.at || one.product - other.product)
}

/** The evening before the first day of the history. */
const openingOf = ({ now, days }: ReceiptsInput) => startOfShopDay(now - days * day) - 4 * hour

/** A brand comes from one supplier; its barcodes tell which. */
const supplierOf = ({ barcode }: DemoProduct) => barcode.slice(0, 7)

const brandOf = ({ product_name }: DemoProduct) => product_name.split(' ')[0] ?? ''

const documentOf = (product: DemoProduct, at: number) =>
  `RK${shopDate(at)}-${supplierOf(product).slice(3)}`

/** Once a week, on the supplier's own weekday, before the shop opens. */
function deliveryTimes(product: DemoProduct, { now, days }: ReceiptsInput): number[] {
  const hash = hashText(supplierOf(product))
  const times: number[] = []
  for (let midnight = startOfShopDay(now - days * day) + day; midnight < now; midnight += day) {
    const at = midnight + 8 * hour + (hash % 90) * minute
    if (shopWeekday(midnight) === 1 + (hash % 5) && at < now) times.push(at)
  }
  return times
}

function planDeliveries(
  product: DemoProduct,
  claims: Claim[],
  total: number,
  times: number[],
): Delivery[] {
  const level = Math.max(2 * product.low_stock_threshold, product.on_hand)
  const reorderAt = Math.max(1.5 * product.low_stock_threshold, 0.5 * level)
  const pack = packOf(product)
  const peaks = peaksBefore(claims, times)
  const last = lastDelivery(product, times.length)
  let received = 0
  return times.slice(0, last + 1).flatMap((at, index) => {
    const available = received - claimedBefore(claims, at)
    const needed = Math.max(peaks[index] ?? 0, received - available + level)
    let quantity = 0
    if (index === last) quantity = total - received
    else if (index === 0) quantity = openingQuantity(needed, total, pack)
    else if (available <= reorderAt || (peaks[index] ?? 0) > received) {
      quantity = Math.min(total, roundUp(needed - received, pack) + received) - received
    }
    received += quantity
    return quantity > 0 ? [{ at, quantity }] : []
  })
}

/** Not every product came in this week: the last delivery is up to seven weeks old. */
const lastDelivery = (product: DemoProduct, count: number) =>
  count - 1 - (hashText(product.sku) % Math.min(8, count))

const roundUp = (quantity: number, pack: number) => Math.ceil(quantity / pack) * pack

/** At least `wanted`, and so that whole packs remain for the deliveries that follow. */
function openingQuantity(wanted: number, total: number, pack: number): number {
  if (wanted >= total) return total
  return total - Math.floor((total - wanted) / pack) * pack
}

function packOf({ price_cents }: DemoProduct): number {
  if (price_cents < 2_000) return 12
  if (price_cents < 10_000) return 6
  return price_cents < 30_000 ? 2 : 1
}

/** For each time, the highest claim so far at any moment before the next time. */
function peaksBefore(claims: Claim[], times: number[]): number[] {
  let claimed = 0
  let peak = 0
  let next = 0
  return times.map((_, index) => {
    const until = times[index + 1] ?? Number.POSITIVE_INFINITY
    for (let claim = claims[next]; claim && claim.at < until; claim = claims[next]) {
      claimed += claim.change
      peak = Math.max(peak, claimed)
      next += 1
    }
    return peak
  })
}

const claimedBefore = (claims: Claim[], at: number) =>
  claims.reduce((sum, claim) => (claim.at < at ? sum + claim.change : sum), 0)

function claimsByProduct(orders: readonly PastOrder[], count: number): Claim[][] {
  const claims: Claim[][] = Array.from({ length: count }, () => [])
  for (const { created_at, transitions, lines } of orders) {
    const cancelled = transitions.find(({ to }) => to === 'cancelled')
    for (const { product, quantity } of lines) {
      claims[product]?.push({ at: created_at, change: quantity })
      if (cancelled) claims[product]?.push({ at: cancelled.at, change: -quantity })
    }
  }
  for (const list of claims) list.sort((one, other) => one.at - other.at)
  return claims
}

function leftByProduct(orders: readonly PastOrder[], count: number): number[] {
  const left = new Array<number>(count).fill(0)
  for (const order of orders) {
    if (departureOf(order) === null) continue
    for (const { product, quantity } of order.lines) left[product] = (left[product] ?? 0) + quantity
  }
  return left
}
