// Owns turning a product into a form's values and back: money in major units there, minor units on the wire.
import type {
  InventoryItem,
  NewProduct,
  ProductPatch,
} from '../../../../src/modules/inventory/schema.ts'

export interface ProductValues {
  sku: string
  barcode?: string
  product_name: string
  name_en?: string
  category?: string
  unit?: string
  price: number
  cost?: number | null
  description?: string
  image_urls?: readonly string[]
  low_stock_threshold?: number | null
  quantity?: number | null
}

export function toValues(product: InventoryItem, digits: number): ProductValues
export function toValues(product: InventoryItem | null, digits: number): Partial<ProductValues>
export function toValues(product: InventoryItem | null, digits: number): Partial<ProductValues> {
  if (!product) return { quantity: 0 }
  return {
    sku: product.sku,
    barcode: product.barcode ?? '',
    product_name: product.product_name,
    name_en: product.name_en,
    category: product.category,
    unit: product.unit,
    price: product.price_cents / 10 ** digits,
    cost: product.cost_cents == null ? null : product.cost_cents / 10 ** digits,
    description: product.description,
    image_urls: product.image_urls,
    low_stock_threshold: product.low_stock_threshold ?? 0,
  }
}

export function toPatch(
  values: ProductValues,
  digits: number,
  isNew: boolean,
): NewProduct | ProductPatch {
  const threshold = values.low_stock_threshold
  return {
    sku: values.sku.trim(),
    product_name: values.product_name.trim(),
    name_en: values.name_en?.trim() ?? '',
    barcode: values.barcode?.trim() || null,
    price_cents: minorUnits(values.price, digits),
    cost_cents: values.cost == null ? null : minorUnits(values.cost, digits),
    description: values.description?.trim() ?? '',
    image_urls: [...(values.image_urls ?? [])],
    // Left empty, they keep what the shop has or start with its defaults.
    ...(threshold != null && { low_stock_threshold: threshold }),
    ...(values.unit?.trim() && { unit: values.unit.trim() }),
    ...categoryOf(values, isNew),
    ...(isNew && { quantity: values.quantity ?? 0 }),
  }
}

/** One that is new has none unless it is named; another can lose the one it had. */
function categoryOf(values: ProductValues, isNew: boolean): { category?: string } {
  const category = values.category?.trim() ?? ''
  return isNew && category === '' ? {} : { category }
}

/** Only what differs from what the form began with: the rest may have been changed by others since. */
export function toChanges(
  values: ProductValues,
  before: ProductValues,
  digits: number,
): ProductPatch {
  const known = new Map(Object.entries(toPatch(before, digits, false)))
  const isChanged = ([name, value]: [string, unknown]) =>
    JSON.stringify(value) !== JSON.stringify(known.get(name))
  return Object.fromEntries(Object.entries(toPatch(values, digits, false)).filter(isChanged))
}

interface Merged {
  readonly values: ProductValues
  /** Changed here, and otherwise by somebody else. */
  readonly disputed: readonly (keyof ProductValues)[]
}

/** What was typed stays; the rest becomes what somebody else has saved since the form began. */
export function mergeTheirs(
  typed: ProductValues,
  before: ProductValues,
  theirs: ProductValues,
): Merged {
  const names = Object.keys(theirs) as (keyof ProductValues)[]
  const mine = names.filter((name) => !isSame(typed[name], before[name]))
  return {
    values: { ...theirs, ...Object.fromEntries(mine.map((name) => [name, typed[name]])) },
    disputed: mine.filter(
      (name) => !isSame(before[name], theirs[name]) && !isSame(typed[name], theirs[name]),
    ),
  }
}

/** Rounded: 19.9 × 100 isn't 1990 in binary. */
export function minorUnits(major: number, digits: number): number {
  return Math.round(major * 10 ** digits)
}

/** Would closing the form lose something? */
export function differ(now: Partial<ProductValues>, before: Partial<ProductValues>): boolean {
  const names = Object.keys({ ...before, ...now }) as (keyof ProductValues)[]
  return names.some((name) => !isSame(now[name], before[name]))
}

type Value = ProductValues[keyof ProductValues]

/** Empty is empty, however it is written. */
function isSame(one: Value, other: Value): boolean {
  return String(one ?? '') === String(other ?? '')
}
