// Owns the shape in which the category files write a product.
import type { PictureKind } from '../pictures/kinds.ts'
import type { Species, Tint } from '../types.ts'
import type { BrandKey } from './brands.ts'

/** A product as it is written in the category files; what can be computed is left out. */
export interface ProductSeed {
  brand: BrandKey
  name: string
  name_en: string
  picture: PictureKind
  species: Species
  tint: Tint
  /** Short Latin text that fits on a label: `2kg`, `85g`, `M`; may be empty. */
  size: string
  unit: string
  price_cents: number
  on_hand: number
  low_stock_threshold: number
  /** 1 (rarely bought) to 10 (in every other basket). */
  popularity: number
  description: string
  description_en: string
}
