// Owns how a cell's text becomes a product's value: what isn't clear is named, never guessed.
import { foldText } from '../../lib/text.ts'
import type { ProblemCode } from './import-problems-rules.ts'
import { MAX_MOVEMENT } from './schema.ts'

/** What a file can say of a product, besides its SKU and its first quantity. */
export interface ProductFields {
  readonly barcode: string | null
  readonly product_name: string
  readonly name_en: string
  readonly category: string
  readonly unit: string
  readonly price: number
  readonly cost: number | null
  readonly low_stock_threshold: number
  readonly active: boolean
  readonly description: string
  readonly image_url: string | null
}
export type Field = keyof ProductFields

export type Reading<T> =
  | { readonly value: T }
  | { readonly code: ProblemCode; readonly params?: Readonly<Record<string, string | number>> }

export const MAX_CATEGORY = 60
const MAX_DESCRIPTION = 5000
const MAX_SKU = 64
/** A folded SKU's bound: compatibility forms may unfold to many characters. */
const MAX_SKU_KEY = 190
const MAX_NAME = 200
const MAX_UNIT = 20
const MAX_IMAGE_URL = 500
const MAX_CENTS = 100_000_000

export function readSku(text: string): Reading<string> {
  const sku = readText(text, MAX_SKU)
  if ('code' in sku) return sku
  if (!/\S/.test(text)) return { code: 'REQUIRED' }
  const found = foldText(text).length
  return found > MAX_SKU_KEY ? { code: 'TOO_LONG', params: { limit: MAX_SKU_KEY, found } } : sku
}

/** Units received with a new product; nothing is none. Shopify's may be negative: the plan says what of that. */
export function readQuantity(text: string): Reading<number> {
  if (text === '') return { value: 0 }
  return /^-\d+$/.test(text) ? readWhole(text.slice(1), -1) : readWhole(text, 1)
}

const READERS: {
  readonly [F in Field]: (text: string, digits: number) => Reading<ProductFields[F]>
} = {
  barcode(text) {
    if (text.trim() === '') return { value: null }
    return /^[0-9A-Za-z-]{1,64}$/.test(text.trim())
      ? { value: text.trim() }
      : { code: 'BARCODE_FORM' }
  },
  product_name: (text) => required(text, MAX_NAME),
  name_en: (text) => readText(text, MAX_NAME),
  category: (text) => readText(text, MAX_CATEGORY),
  unit: (text) => required(text, MAX_UNIT),
  price: (text, digits) => readMoney(text.trim(), digits),
  cost: (text, digits) => (text.trim() === '' ? { value: null } : readMoney(text.trim(), digits)),
  low_stock_threshold: (text) =>
    /^-\d/.test(text) ? { code: 'NEGATIVE', params: { value: text } } : readWhole(text.trim(), 1),
  active: (text) => readYesNo(text),
  description: (text) => readText(text, MAX_DESCRIPTION),
  image_url: (text) => readImage(text),
}

/** @param digits decimals of the shop's currency */
export function readField(
  field: Field,
  text: string,
  digits: number,
): Reading<ProductFields[Field]> {
  return READERS[field](text, digits)
}

/** How many decimals a currency has: 2 for CNY, none for JPY. */
export function decimalsOf(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  return format.resolvedOptions().maximumFractionDigits ?? 2
}

/** As in `49.90`: what `readField` reads back. */
export function formatMoney(cents: number, digits: number): string {
  if (digits === 0) return String(cents)
  const text = String(cents).padStart(digits + 1, '0')
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`
}

function readText(text: string, limit: number): Reading<string> {
  if (text.includes('\0') || !text.isWellFormed()) return { code: 'CHARACTER_NOT_ALLOWED' }
  const found = text.length <= limit ? 0 : [...text].length
  return found > limit ? { code: 'TOO_LONG', params: { limit, found } } : { value: text }
}

function required(text: string, limit: number): Reading<string> {
  return /\S/.test(text) ? readText(text, limit) : { code: 'REQUIRED' }
}

function readMoney(text: string, digits: number): Reading<number> {
  if (text === '') return { code: 'REQUIRED' }
  const [, minus = '', whole = '', decimals = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? []
  if (whole === '') return { code: 'NUMBER_FORM', params: { value: text } }
  if (minus) return { code: 'NEGATIVE', params: { value: text } }
  if (decimals.length > digits) return { code: 'DECIMALS', params: { value: text, digits } }
  const cents = Number(whole + decimals.padEnd(digits, '0'))
  if (cents <= MAX_CENTS) return { value: cents }
  return { code: 'TOO_LARGE', params: { limit: formatMoney(MAX_CENTS, digits) } }
}

function readWhole(text: string, sign: 1 | -1): Reading<number> {
  if (text === '') return { code: 'REQUIRED' }
  if (!/^\d+$/.test(text)) return { code: 'WHOLE_NUMBER', params: { value: text } }
  const value = Number(text)
  return value > MAX_MOVEMENT
    ? { code: 'TOO_LARGE', params: { limit: MAX_MOVEMENT } }
    : { value: value === 0 ? 0 : sign * value }
}

const YES = ['true', 'yes', 'y', '1', '是', '在售', '上架']
const NO = ['false', 'no', 'n', '0', '否', '下架']

function readYesNo(text: string): Reading<boolean> {
  const word = foldText(text)
  if (word === '') return { code: 'REQUIRED' }
  if (YES.includes(word)) return { value: true }
  return NO.includes(word) ? { value: false } : { code: 'YES_OR_NO', params: { value: text } }
}

function readImage(text: string): Reading<string | null> {
  if (text === '') return { value: null }
  const fits = /^(\/|https:\/\/)/.test(text) && [...text].length <= MAX_IMAGE_URL
  if (!fits) return { code: 'IMAGE_FORM' }
  return readText(text, MAX_IMAGE_URL)
}
