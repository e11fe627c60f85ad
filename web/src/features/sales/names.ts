// Owns what a sold product is called; of one that is gone only its number is known.
import type { SalesItem } from '../../../../src/modules/reports/schema.ts'
import { productName } from '../../lib/format.ts'

export function nameOfProduct({ product_id, product_name, name_en = '' }: SalesItem): string {
  return product_name ? productName({ product_name, name_en }) : `#${product_id}`
}
