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
  image_url?: string
  low_stock_threshold?: number | null
  quantity?: number | null
  active?: boolean
}

export function toValues(product: InventoryItem | null, digits: number): Partial<ProductValues> {
  if (!product) return { low_stock_threshold: 5, quantity: 0 }
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
    image_url: product.image_url ?? '',
    low_stock_threshold: product.low_stock_threshold ?? 0,
    active: product.active,
  }
}

/** Rounded: 19.9 × 100 isn't 1990 in binary. */
export function toPatch(
  values: ProductValues,
  digits: number,
  isNew: boolean,
): NewProduct | ProductPatch {
  const minor = (major: number) => Math.round(major * 10 ** digits)
  return {
    sku: values.sku.trim(),
    product_name: values.product_name.trim(),
    name_en: values.name_en?.trim() ?? '',
    barcode: values.barcode?.trim() || null,
    price_cents: minor(values.price),
    cost_cents: values.cost == null ? null : minor(values.cost),
    description: values.description?.trim() ?? '',
    image_url: values.image_url?.trim() || null,
    low_stock_threshold: values.low_stock_threshold ?? 0,
    // Left empty, they keep what the shop has or start with its defaults.
    ...(values.category?.trim() && { category: values.category.trim() }),
    ...(values.unit?.trim() && { unit: values.unit.trim() }),
    ...(isNew ? { quantity: values.quantity ?? 0 } : { active: values.active ?? true }),
  }
}
