// Owns which columns a file of products has, under which names: our own in two languages, and Shopify's.
import { foldText } from '../../lib/text.ts'
import type { Problem } from './import-problems-rules.ts'

/** Our own columns, in the order in which they are exported, with their Chinese names. */
export const OWN_COLUMNS = {
  sku: '货号',
  barcode: '条码',
  product_name: '商品名称',
  name_en: '英文名称',
  category: '分类',
  unit: '单位',
  price: '售价',
  cost: '成本价',
  quantity: '数量',
  low_stock_threshold: '预警数量',
  active: '在售',
  description: '描述',
  image_url: '图片',
} as const
export type OwnColumn = keyof typeof OWN_COLUMNS
export const OWN_NAMES = Object.keys(OWN_COLUMNS) as readonly OwnColumn[]

/** The names in Shopify's exports until 2024, and those since. */
const SHOPIFY_COLUMNS = {
  handle: ['Handle', 'URL handle'],
  title: ['Title'],
  body: ['Body (HTML)', 'Description'],
  product_category: ['Product Category'],
  type: ['Type'],
  tags: ['Tags'],
  published: ['Published', 'Published on online store'],
  status: ['Status'],
  option1_name: ['Option1 Name'],
  option1: ['Option1 Value'],
  option2: ['Option2 Value'],
  option3: ['Option3 Value'],
  sku: ['Variant SKU', 'SKU'],
  quantity: ['Variant Inventory Qty', 'Inventory quantity'],
  price: ['Variant Price', 'Price'],
  barcode: ['Variant Barcode', 'Barcode'],
  image: ['Image Src', 'Product image URL'],
  image_position: ['Image Position'],
  variant_image: ['Variant Image', 'Variant image URL'],
  cost: ['Cost per item'],
} as const
export type ShopifyColumn = keyof typeof SHOPIFY_COLUMNS

export type Format = 'petshop' | 'shopify'

export interface Header<C extends string = string> {
  readonly format: Format
  /** Where each known column is. */
  readonly places: ReadonlyMap<C, number>
  /** What the file calls it. */
  readonly names: ReadonlyMap<C, string>
  readonly width: number
  /** Columns that nothing is taken from. */
  readonly ignored: readonly string[]
}

const OWN_KEYS = keysOf(
  Object.entries(OWN_COLUMNS).map(([name, chinese]) => [name, [chinese, name]]),
)
const SHOPIFY_KEYS = keysOf(Object.entries(SHOPIFY_COLUMNS))

/** What the first row says the columns are, and what is wrong with that. */
export function readHeader(
  cells: readonly string[],
  line: number,
): { readonly header: Header; readonly problems: readonly Problem[] } {
  const keys = cells.map(keyOf)
  const isShopify = keys.some((key) => SHOPIFY_KEYS.get(key) === 'handle')
  const known = isShopify ? SHOPIFY_KEYS : OWN_KEYS
  const places = new Map<string, number>()
  const names = new Map<string, string>()
  const ignored: string[] = []
  const problems: Problem[] = []
  for (const [i, key] of keys.entries()) {
    const cell = cells[i] ?? ''
    const column = known.get(key)
    if (column === undefined) {
      if (cell !== '') ignored.push(cell)
    } else if (places.has(column)) {
      problems.push({ line, column: cell, code: 'DUPLICATE_COLUMN' })
    } else {
      places.set(column, i)
      names.set(column, cell)
    }
  }
  if (places.size === 0) problems.push({ line, column: null, code: 'NO_KNOWN_COLUMN' })
  else if (!isShopify && !places.has('sku')) {
    problems.push({ line, column: 'sku', code: 'MISSING_COLUMN', params: { name: 'sku' } })
  }
  const format = isShopify ? 'shopify' : 'petshop'
  return { header: { format, places, names, width: cells.length, ignored }, problems }
}

/** Without case, width, blanks and the line below. */
function keyOf(name: string): string {
  return foldText(name).replaceAll(/[\s_]/g, '')
}

function keysOf(
  columns: readonly (readonly [string, readonly string[]])[],
): ReadonlyMap<string, string> {
  return new Map(columns.flatMap(([column, names]) => names.map((name) => [keyOf(name), column])))
}
