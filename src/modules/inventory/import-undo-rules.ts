// Owns what undoing an import does to each product: only what nobody has touched since goes back.
import type { Change, StoredProduct } from './import-plan-rules.ts'
import type { ImportOutcomeName } from './imports-schema.ts'
import type { ProductFields } from './import-values-rules.ts'

/** What the import had given a product, and what it is now. */
export interface Current {
  readonly product: Pick<StoredProduct, keyof StoredProduct>
  readonly on_hand: number
  readonly reserved: number
}

/**
 * A new product leaves the shop with its first units: it is archived, and its SKU and barcode are free again.
 * It stays when it was edited since, or when some of its units are sold or promised.
 */
export function judgeCreated(
  line: { readonly version: number; readonly quantity: number },
  { product, on_hand, reserved }: Current,
): ImportOutcomeName {
  if (product.version !== line.version) return 'changed'
  if (on_hand !== line.quantity) return 'sold'
  return reserved > 0 ? 'promised' : 'undone'
}

export interface Restored {
  /** Undefined: it stays. */
  readonly sku: string | undefined
  readonly fields: Partial<ProductFields>
  readonly outcome: ImportOutcomeName
}

/** Of a changed product each field goes back that still has the value from the import. */
export function restore(changes: readonly Change[], product: StoredProduct): Restored {
  const untouched = changes.filter(({ field, to }) => valueOf(product, field) === to)
  const fields = Object.fromEntries(
    untouched.flatMap(({ field, from }) => (field === 'sku' ? [] : [[field, from]])),
  ) as Partial<ProductFields>
  const sku = untouched.find(({ field }) => field === 'sku')?.from
  return {
    sku: typeof sku === 'string' ? sku : undefined,
    fields,
    outcome:
      untouched.length === changes.length
        ? 'undone'
        : untouched.length === 0
          ? 'changed'
          : 'partly',
  }
}

function valueOf(product: StoredProduct, field: Change['field']) {
  switch (field) {
    case 'price':
      return product.price_cents
    case 'cost':
      return product.cost_cents
    case 'active':
      return product.active === 1
    default:
      return product[field]
  }
}

/** Longest that a SKU may be. */
const MAX_SKU = 64

/** What a product is called whose import was undone: nobody else's, and still to be recognised. */
export function freedSku(sku: string, product_id: number): string {
  const mark = `~${product_id}`
  return `${[...sku].slice(0, MAX_SKU - mark.length).join('')}${mark}`
}
