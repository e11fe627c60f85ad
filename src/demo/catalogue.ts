// Owns the demo shop's products: written per category, completed here with SKU, barcode and cost.
import { beds } from './catalogue/beds.ts'
import { bowls } from './catalogue/bowls.ts'
import { brands } from './catalogue/brands.ts'
import { grooming } from './catalogue/grooming.ts'
import { health } from './catalogue/health.ts'
import { litter } from './catalogue/litter.ts'
import { smallPetsAquatics } from './catalogue/small-pets-aquatics.ts'
import { stapleFood } from './catalogue/staple-food.ts'
import { toys } from './catalogue/toys.ts'
import { treats } from './catalogue/treats.ts'
import { walkingTravel } from './catalogue/walking-travel.ts'
import type { ProductSeed } from './catalogue/seed.ts'
import { ean13 } from '../lib/ean13.ts'
import { hashText } from './random.ts'
import type { DemoProduct } from './types.ts'

interface Category {
  name: string
  name_en: string
  sku_prefix: string
  seeds: readonly ProductSeed[]
}

const categories: readonly Category[] = [
  { name: '主粮', name_en: 'Staple food', sku_prefix: 'SF', seeds: stapleFood },
  { name: '零食', name_en: 'Treats', sku_prefix: 'TR', seeds: treats },
  { name: '猫砂', name_en: 'Cat litter', sku_prefix: 'LT', seeds: litter },
  { name: '玩具', name_en: 'Toys', sku_prefix: 'TY', seeds: toys },
  { name: '洗护', name_en: 'Grooming & hygiene', sku_prefix: 'GR', seeds: grooming },
  { name: '保健', name_en: 'Health care', sku_prefix: 'HE', seeds: health },
  { name: '出行牵引', name_en: 'Walking & travel', sku_prefix: 'WT', seeds: walkingTravel },
  { name: '窝具', name_en: 'Beds & furniture', sku_prefix: 'BD', seeds: beds },
  { name: '食具水具', name_en: 'Bowls & feeding', sku_prefix: 'BW', seeds: bowls },
  {
    name: '小宠水族',
    name_en: 'Small pets & aquatics',
    sku_prefix: 'SP',
    seeds: smallPetsAquatics,
  },
]

/** The category's Chinese name, as the API carries it, to its English name. */
export const categoryNamesEn: Readonly<Record<string, string>> = Object.fromEntries(
  categories.map(({ name, name_en }) => [name, name_en]),
)

/** All products in a fixed order: category by category, then as written. */
export const catalogue: readonly DemoProduct[] = categories.flatMap((category) =>
  category.seeds.map((seed, index) => completeProduct(category, seed, index + 1)),
)

function completeProduct(category: Category, seed: ProductSeed, number: number): DemoProduct {
  const brand = brands[seed.brand]
  const sku = `${category.sku_prefix}-${String(number).padStart(4, '0')}`
  return {
    sku,
    barcode: ean13(brand.barcode_prefix + itemDigits(category, number)),
    product_name: `${brand.name} ${seed.name}`,
    name_en: `${brand.name_en} ${seed.name_en}`,
    category: category.name,
    unit: seed.unit,
    price_cents: seed.price_cents,
    cost_cents: costOf(sku, seed.price_cents),
    low_stock_threshold: seed.low_stock_threshold,
    description: seed.description,
    description_en: seed.description_en,
    on_hand: seed.on_hand,
    popularity: seed.popularity,
    species: seed.species,
    picture: {
      kind: seed.picture,
      tint: seed.tint,
      backdrop: brand.backdrop,
      label: seed.size,
    },
  }
}

/** Five digits: two for the category, three for the product in it. */
function itemDigits(category: Category, number: number): string {
  const categoryDigits = String(categories.indexOf(category) + 1).padStart(2, '0')
  return categoryDigits + String(number).padStart(3, '0')
}

/** Between 50 % and 70 % of the price, in whole jiao, the same every time. */
function costOf(sku: string, priceCents: number): number {
  const percent = 51 + (hashText(sku) % 19)
  return Math.round((priceCents * percent) / 1000) * 10
}
