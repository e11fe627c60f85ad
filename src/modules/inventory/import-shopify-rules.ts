// Owns how Shopify's product export becomes drafts: each variant is a product that can be sold.
import { foldText } from '../../lib/text.ts'
import type { Header, ShopifyColumn } from './import-columns-rules.ts'
import { createFieldReader, type Drafted, type FieldReader, type Row } from './import-rules.ts'
import type { Reading } from './import-values-rules.ts'
import { MAX_CATEGORY, readQuantity, readSku } from './import-values-rules.ts'

export interface ShopifyTools {
  /** A description as text: paragraphs and lists are kept. */
  readonly plainText: (html: string) => string
  /** A long text as a short one of hexadecimal digits, always the same. */
  readonly digest: (text: string) => string
}

/** Longest HTML that is turned into text. */
const MAX_BODY = 60_000
const MAX_KEY = 190
const MAX_SKU = 64
const DIGEST_IN_SKU = 8

type Cells = (row: Row, column: ShopifyColumn) => string

/**
 * A draft for each variant, in the file's order of products. Rows of one handle belong together; those that
 * only carry a picture make none.
 */
export function* shopifyDrafts(
  rows: readonly Row[],
  header: Header<ShopifyColumn>,
  tools: ShopifyTools,
  digits: number,
): Generator<Drafted> {
  const cell: Cells = (row, column) => row.cells[header.places.get(column) ?? -1] ?? ''
  const products = Map.groupBy(rows, (row) => foldText(cell(row, 'handle')))
  for (const [handle, group] of products) {
    const context: Product = {
      handle,
      group,
      header,
      cell,
      tools,
      digits,
      ...sharedOf(group, cell),
    }
    const text = header.places.has('body') ? describe(context) : null
    for (const row of group.filter((each) => each === context.main || isVariant(each, cell))) {
      yield variantDraft(row, context, text)
    }
  }
}

interface Product {
  readonly handle: string
  readonly group: readonly Row[]
  readonly header: Header<ShopifyColumn>
  readonly cell: Cells
  readonly tools: ShopifyTools
  readonly digits: number
  /** The row that carries the title: usually the first. */
  readonly main: Row
  readonly hasOptions: boolean
  readonly image: string
}

function sharedOf(group: readonly Row[], cell: Cells) {
  const main = group.find((row) => cell(row, 'title') !== '') ?? (group[0] as Row)
  // Shopify's word for a product without options.
  const single =
    foldText(cell(main, 'option1_name')) === 'title' &&
    foldText(cell(main, 'option1')) === 'default title'
  const position = (row: Row) => Number(cell(row, 'image_position')) || Infinity
  const [first] = group
    .filter((row) => cell(row, 'image') !== '')
    .sort((a, b) => (position(a) < position(b) ? -1 : Number(position(a) > position(b))))
  const image = first ? cell(first, 'image') : ''
  return { main, hasOptions: !single, image }
}

function isVariant(row: Row, cell: Cells): boolean {
  return (['option1', 'sku', 'price'] as const).some((column) => cell(row, column) !== '')
}

function optionsOf(row: Row, { cell, hasOptions }: Product): string[] {
  if (!hasOptions) return []
  const values = [cell(row, 'option1'), cell(row, 'option2'), cell(row, 'option3')]
  return values.filter((value) => value !== '')
}

function variantDraft(row: Row, product: Product, text: Reading<string> | null): Drafted {
  const { handle, header, cell, tools, digits } = product
  const reader = createFieldReader(row.line)
  const nameOf = (column: ShopifyColumn) => header.names.get(column) ?? column
  const has = (column: ShopifyColumn) => header.places.has(column)
  if (handle === '') reader.problem({ column: nameOf('handle'), code: 'REQUIRED' })
  const options = optionsOf(row, product)
  if (has('title')) {
    const title = cell(product.main, 'title')
    const name = title === '' ? '' : [title, options.join(' / ')].filter(Boolean).join(' ')
    reader.field('product_name', nameOf('title'), name, digits)
  }
  if (text) {
    const description = reader.take(nameOf('body'), text)
    if (description !== null) reader.field('description', nameOf('body'), description, digits)
  }
  if (has('price')) reader.field('price', nameOf('price'), cell(row, 'price'), digits)
  if (has('cost')) reader.field('cost', nameOf('cost'), cell(row, 'cost'), digits)
  if (has('barcode')) {
    reader.field('barcode', nameOf('barcode'), withoutMark(cell(row, 'barcode')), digits)
  }
  readCategory(reader, product)
  readImage(reader, row, product)
  readState(reader, product)
  const given = withoutMark(cell(row, 'sku'))
  const sku = given === '' ? null : reader.take(nameOf('sku'), readSku(given))
  const quantity = reader.take(nameOf('quantity'), readQuantity(cell(row, 'quantity'))) ?? 0
  const key = importKey(handle, options, tools)
  return reader.finish({ sku, derivedSku: derivedSku(handle, options, tools), key, quantity })
}

/** Shopify writes an apostrophe before numbers, so that spreadsheets leave their zeros alone. */
function withoutMark(text: string): string {
  return text.startsWith("'") ? text.slice(1) : text
}

function describe({ cell, main, tools }: Product): Reading<string> {
  const html = cell(main, 'body')
  if (html.length <= MAX_BODY) return { value: tools.plainText(html) }
  return { code: 'TOO_LONG', params: { limit: MAX_BODY, found: html.length } }
}

/** The type; else the last part of Shopify's own category; else the first tag. Cut to what a category may be. */
function readCategory(reader: FieldReader, { cell, main, header }: Product): void {
  const sources = (['type', 'product_category', 'tags'] as const).filter((column) =>
    header.places.has(column),
  )
  if (sources.length === 0) return
  const category =
    cell(main, 'type') ||
    (cell(main, 'product_category').split('>').at(-1)?.trim() ?? '') ||
    (cell(main, 'tags').split(',')[0]?.trim() ?? '')
  reader.set('category', [...category].slice(0, MAX_CATEGORY).join('').trim())
}

/** The variant's own, else the product's first. */
function readImage(reader: FieldReader, row: Row, { cell, header, image, digits }: Product): void {
  const own = cell(row, 'variant_image')
  const column = own === '' ? 'image' : 'variant_image'
  if (!header.places.has('image') && !header.places.has('variant_image')) return
  reader.field('image_url', header.names.get(column) ?? column, own || image, digits)
}

const ON_SALE: Readonly<Record<string, boolean>> = {
  '': true,
  active: true,
  draft: false,
  archived: false,
  unlisted: false,
}

/** On sale when it is published and its status is active; nothing said counts as yes. */
function readState(reader: FieldReader, { cell, main, header }: Product): void {
  const [status, published] = [cell(main, 'status'), cell(main, 'published')]
  const onSale = ON_SALE[foldText(status)]
  const params = { value: status }
  if (onSale === undefined) {
    const column = header.names.get('status') ?? 'Status'
    reader.problem({ column, code: 'STATUS_UNKNOWN', params })
  }
  if (published !== '') {
    reader.field('active', header.names.get('published') ?? 'Published', published, 0)
    if (onSale === false) reader.set('active', false)
  } else if (header.places.has('status') || header.places.has('published')) {
    reader.set('active', onSale ?? true)
  }
}

function importKey(handle: string, options: readonly string[], tools: ShopifyTools): string {
  const key = JSON.stringify([handle, ...options.map(foldText)])
  return key.length <= MAX_KEY ? key : `sha256:${tools.digest(key)}`
}

/** As in `classic-varsity-top-small`: readable, and the same at every import. */
function derivedSku(handle: string, options: readonly string[], tools: ShopifyTools): string {
  const key = JSON.stringify([handle, ...options])
  const slug = foldText([handle, ...options].join('-'))
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '')
  if (slug !== '' && [...slug].length <= MAX_SKU) return slug
  return withDigest(slug, tools.digest(key))
}

/** The same, told apart from another product that would have it too. */
export function withDigest(sku: string, digest: string): string {
  const short = digest.slice(0, DIGEST_IN_SKU)
  const room = MAX_SKU - DIGEST_IN_SKU - 1
  const start = [...sku].slice(0, room).join('').replace(/-$/, '')
  return start === '' ? `item-${short}` : `${start}-${short}`
}
