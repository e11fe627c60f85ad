// Owns what is decided about stock: availability, status, alerts, and which movements are allowed.
import { atLeast, isStaff, type Role } from '../../lib/roles.ts'
import { imagesOf } from './images-rules.ts'
import type { InventoryItem, MovementKind, NewMovement, StockAlert, StockStatus } from './schema.ts'

export interface Stock {
  readonly on_hand: number
  readonly reserved: number
}

/** Units that can still be promised; negative when a count found fewer than were promised already. */
export function available(stock: Stock): number {
  return stock.on_hand - stock.reserved
}

export function stockStatus(availableUnits: number, threshold: number): StockStatus {
  if (availableUnits <= 0) return 'out_of_stock'
  return availableUnits <= threshold ? 'low_stock' : 'in_stock'
}

const SEVERITY: Record<StockStatus, number> = { in_stock: 0, low_stock: 1, out_of_stock: 2 }

/**
 * What to announce when the status is now `status` and `alerted` was the worst one announced since the stock
 * was last above its threshold. Each level is announced once; rising above the threshold arms both again.
 */
export function nextAlert(
  alerted: StockStatus,
  status: StockStatus,
): { alerted: StockStatus; announce: 'low_stock' | 'out_of_stock' | null } {
  if (status === 'in_stock') return { alerted: 'in_stock', announce: null }
  if (SEVERITY[status] <= SEVERITY[alerted]) return { alerted, announce: null }
  return { alerted: status, announce: status }
}

/** What an alert says of a product. */
export function alertOf(product: Stock & Omit<StockAlert, 'available'>): StockAlert {
  const { product_id, sku, product_name, name_en, low_stock_threshold } = product
  const units = available(product)
  return { product_id, sku, product_name, name_en, available: units, low_stock_threshold }
}

/** True at the moment at which more is promised than is there. */
export function becomesShort(before: Stock, after: Stock): boolean {
  return available(before) >= 0 && available(after) < 0
}

export type MovementRefusal =
  | { readonly refusal: 'role'; readonly needed: Role }
  | { readonly refusal: 'quantity'; readonly rule: 'positive' | 'not_zero' | 'not_negative' }
  | { readonly refusal: 'reason' }
  | { readonly refusal: 'below_zero'; readonly on_hand: number }

const LEAST_ROLE: Record<MovementKind, Role> = {
  receipt: 'clerk',
  count: 'clerk',
  adjustment: 'manager',
  write_off: 'manager',
  return: 'manager',
}

export function mayMove(role: Role, kind: MovementKind): boolean {
  return atLeast(role, LEAST_ROLE[kind])
}

/** The change of on_hand that a movement means, or why it is refused. */
export function judgeMovement(
  movement: NewMovement,
  stock: Stock,
  role: Role,
): { readonly delta: number } | MovementRefusal {
  const { kind, quantity } = movement
  if (!mayMove(role, kind)) return { refusal: 'role', needed: LEAST_ROLE[kind] }
  const rule = quantityRule(kind)
  if (rule === 'positive' && quantity < 1) return { refusal: 'quantity', rule }
  if (rule === 'not_zero' && quantity === 0) return { refusal: 'quantity', rule }
  if (rule === 'not_negative' && quantity < 0) return { refusal: 'quantity', rule }
  if ((kind === 'adjustment' || kind === 'write_off') && !movement.reason) {
    return { refusal: 'reason' }
  }
  const delta = deltaOf(kind, quantity, stock)
  if (stock.on_hand + delta < 0) return { refusal: 'below_zero', on_hand: stock.on_hand }
  return { delta }
}

function quantityRule(kind: MovementKind): 'positive' | 'not_zero' | 'not_negative' {
  switch (kind) {
    case 'count':
      return 'not_negative'
    case 'adjustment':
      return 'not_zero'
    case 'receipt':
    case 'write_off':
    case 'return':
      return 'positive'
  }
}

function deltaOf(kind: MovementKind, quantity: number, stock: Stock): number {
  switch (kind) {
    case 'count':
      return quantity - stock.on_hand
    case 'write_off':
      return -quantity
    case 'receipt':
    case 'return':
    case 'adjustment':
      return quantity
  }
}

/** Adds up lines of the same product; sorted by product, the order in which rows are locked. */
export function mergeLines<L extends { product_id: number; quantity: number }>(
  lines: readonly L[],
): { product_id: number; quantity: number }[] {
  const sums = new Map<number, number>()
  for (const { product_id, quantity } of lines) {
    sums.set(product_id, (sums.get(product_id) ?? 0) + quantity)
  }
  return [...sums]
    .map(([product_id, quantity]) => ({ product_id, quantity }))
    .sort((a, b) => a.product_id - b.product_id)
}

export interface ProductFacts extends Stock {
  readonly product_id: number
  readonly sku: string
  readonly barcode: string | null
  readonly product_name: string
  readonly name_en: string
  readonly category: string
  readonly unit: string
  readonly price_cents: number
  readonly cost_cents: number | null
  readonly description: string
  readonly image_url: string | null
  readonly more_images?: string | null
  readonly low_stock_threshold: number
  readonly active: number
  readonly version?: number | undefined
}

/** A product as `role` may see it (null: a guest). `showStock` is the shop's setting for customers. */
export function presentProduct(
  product: ProductFacts,
  role: Role | null,
  showStock: boolean,
): InventoryItem {
  const units = available(product)
  const images = imagesOf(product)
  const item: InventoryItem = {
    product_id: product.product_id,
    sku: product.sku,
    barcode: product.barcode,
    product_name: product.product_name,
    name_en: product.name_en,
    category: product.category,
    unit: product.unit,
    price_cents: product.price_cents,
    stock_status: stockStatus(units, product.low_stock_threshold),
    active: product.active === 1,
    image_url: images[0] ?? null,
    image_urls: images,
    description: product.description,
  }
  if (role === null || !isStaff(role)) {
    return showStock ? { ...item, quantity: Math.max(0, units) } : item
  }
  const { on_hand, reserved, low_stock_threshold, cost_cents } = product
  const forStaff = { ...item, quantity: units, on_hand, reserved, low_stock_threshold }
  if (!atLeast(role, 'manager')) return forStaff
  const { version } = product
  return { ...forStaff, cost_cents, ...(version !== undefined && { version }) }
}
