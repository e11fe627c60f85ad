// Owns what can be wrong in an imported file, and how it is said: a stable code, a sentence in both languages.
import type { Text } from '../../lib/errors.ts'
import type { ImportProblem } from './schema.ts'

const TEXTS = {
  EMPTY_FILE: { zh: '文件是空的。', en: 'The file is empty.' },
  EXCEL_WORKBOOK: {
    zh: '这是 Excel 工作簿，请在 Excel 中“另存为”CSV 再导入。',
    en: 'This is an Excel workbook; save it as CSV and import that.',
  },
  NOT_CSV: {
    zh: '这不是 CSV 文件：里面有二进制内容。',
    en: 'This is not a CSV file: it holds binary data.',
  },
  ENCODING_UNKNOWN: {
    zh: '无法识别文字编码，请另存为“CSV UTF-8”再导入。',
    en: 'The encoding of the text is not recognised; save it as "CSV UTF-8".',
  },
  QUOTE_NOT_CLOSED: {
    zh: '这一行的引号没有闭合，从这里起无法读取。',
    en: 'A quote that is opened in this row is never closed; nothing can be read from here on.',
  },
  QUOTE_MISPLACED: {
    zh: '这一行的引号位置不对：单元格内的引号要写成两个，并把整个单元格放在引号里。从这里起无法读取。',
    en: 'A quote stands in the wrong place in this row: put the whole cell in quotes and double those inside. Nothing can be read from here on.',
  },
  ROW_TOO_LONG: {
    zh: '这一行超过 1 MiB，可能是引号没有闭合。从这里起无法读取。',
    en: 'This row is longer than 1 MiB; perhaps a quote is not closed. Nothing can be read from here on.',
  },
  TOO_MANY_ROWS: {
    zh: '一个文件最多 {limit} 行，请分成几个文件。',
    en: 'A file may have at most {limit} rows; split it.',
  },
  NO_KNOWN_COLUMN: {
    zh: '第一行没有认识的列名。需要的列：货号、商品名称、售价，或 Shopify 的商品导出文件。',
    en: 'The first row names no column we know. Needed are sku, product_name and price, or a product export from Shopify.',
  },
  MISSING_COLUMN: {
    zh: '缺少“{name}”列。',
    en: 'The column {name} is missing.',
  },
  MISSING_FOR_NEW: {
    zh: '缺少“{name}”列：新商品必须有（例如第 {row} 行）。',
    en: 'The column {name} is missing: new products need it (as on line {row}).',
  },
  DUPLICATE_COLUMN: {
    zh: '这一列出现了不止一次。',
    en: 'This column stands there more than once.',
  },
  CELL_COUNT: {
    zh: '这一行有 {found} 个单元格，标题行有 {expected} 个。',
    en: 'This row has {found} cells, the header has {expected}.',
  },
  REQUIRED: { zh: '不能为空。', en: 'must not be empty.' },
  TOO_LONG: {
    zh: '太长：最多 {limit} 个字符，这里有 {found} 个。',
    en: 'is too long: at most {limit} characters, here are {found}.',
  },
  CHARACTER_NOT_ALLOWED: {
    zh: '含有不能保存的字符（U+0000）。',
    en: 'holds a character that cannot be stored (U+0000).',
  },
  BARCODE_FORM: {
    zh: '条码只能有字母、数字和连字符，最多 64 个字符。',
    en: 'must have letters, digits and hyphens only, at most 64.',
  },
  IMAGE_FORM: {
    zh: '图片地址必须以 https:// 或 / 开头，最多 500 个字符。',
    en: 'must begin with https:// or /, and have at most 500 characters.',
  },
  NUMBER_FORM: {
    zh: '“{value}”不是数字：只写数字和小数点，例如 1234.50，不要货币符号和千位分隔符。',
    en: '"{value}" is not a plain number: write digits and a point, as in 1234.50, without currency signs and separators.',
  },
  WHOLE_NUMBER: { zh: '“{value}”不是整数。', en: '"{value}" is not a whole number.' },
  DECIMALS: {
    zh: '“{value}”的小数位太多：店铺货币最多 {digits} 位。',
    en: '"{value}" has too many decimals: the shop’s currency has {digits}.',
  },
  NEGATIVE: { zh: '不能小于 0（这里是 {value}）。', en: 'must not be negative (it is {value}).' },
  TOO_LARGE: { zh: '太大：最多 {limit}。', en: 'is too large: at most {limit}.' },
  YES_OR_NO: {
    zh: '“{value}”不明确：请写 是 / 否、在售 / 下架、true / false 或 1 / 0。',
    en: '"{value}" is not clear: write true or false, yes or no, 1 or 0.',
  },
  STATUS_UNKNOWN: {
    zh: '不认识状态“{value}”：可以是 active、draft、archived、unlisted。',
    en: '"{value}" is no status we know: active, draft, archived or unlisted.',
  },
  DUPLICATE_SKU: {
    zh: '货号“{value}”在第 {row} 行已经出现过。',
    en: 'The SKU "{value}" stands on line {row} already.',
  },
  DUPLICATE_BARCODE: {
    zh: '条码“{value}”在第 {row} 行已经出现过。',
    en: 'The barcode "{value}" stands on line {row} already.',
  },
  DUPLICATE_PRODUCT: {
    zh: '与第 {row} 行是同一件商品（{value}）。',
    en: 'This is the same product as on line {row} ({value}).',
  },
  BARCODE_TAKEN: {
    zh: '条码“{value}”已被商品 {sku} 使用。',
    en: 'The barcode "{value}" belongs to the product {sku}.',
  },
  SKU_TAKEN: {
    zh: '货号“{value}”刚刚被其他商品占用，这一行没有导入。',
    en: 'Another product has just taken the SKU "{value}"; this row was not imported.',
  },
  CHANGED_MEANWHILE: {
    zh: '这件商品的货号或条码刚刚被占用，这一行没有导入。',
    en: 'The SKU or barcode of this product has just been taken; this row was not imported.',
  },
} as const satisfies Record<string, Text>

export type ProblemCode = keyof typeof TEXTS

/** What is wrong at one place, before it is put into words. */
export interface Problem {
  readonly line: number
  /** As the file names it; null when it isn't about one column. */
  readonly column: string | null
  readonly code: ProblemCode
  readonly params?: Readonly<Record<string, string | number>>
}

/** Longest piece of the file that a message repeats. */
const MAX_QUOTED = 60

export function presentProblem(
  { line, column, code, params = {} }: Problem,
  language: keyof Text,
): ImportProblem {
  const message = TEXTS[code][language].replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    shorten(String(params[name] ?? ''), MAX_QUOTED),
  )
  return { line, column, code, message }
}

/** A text cut to so many characters, with a sign that there was more. */
export function shorten(text: string, limit: number): string {
  const characters = [...text.slice(0, 2 * limit + 2)]
  return characters.length <= limit ? text : `${characters.slice(0, limit - 1).join('')}…`
}
