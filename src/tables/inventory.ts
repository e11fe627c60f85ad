// Owns the shape of the tables of products, stock and their documents.
import type { ColumnType, Generated } from 'kysely'

/** Of what the row was when it was written or last changed; null in rows from before there were any. */
export type Digest = ColumnType<number | null, number | null | undefined, number | null | undefined>

export interface InventoryTable {
  product_id: number
  sku: string
  /** `foldText(sku)`, unique. */
  sku_key: string
  barcode: string | null
  product_name: string
  name_en: string
  /** Folded names, SKU and barcode, and how the name is typed by pinyin, for searching. */
  search_text: string
  category: string
  unit: string
  price_cents: number
  cost_cents: number | null
  description: string
  image_url: string | null
  /** JSON of the addresses of further pictures, in order; null without any. */
  more_images: string | null
  low_stock_threshold: number
  active: number
  /** Counts up with every change of the descriptive columns; caches never go back. */
  version: number
  created_at: number
  updated_at: number
}

/** Of each product one, beside its row of `inventory`: what changes with every order, in few bytes. */
export interface StockTable {
  product_id: number
  /** Physically there. */
  on_hand: number
  /** Promised to open orders. Available = on_hand − reserved. */
  reserved: number
  /** As last announced by the consumer; what callers see is derived when read. */
  stock_status: string
  /** The worst status announced since the stock was last above its threshold: alerts fire once. */
  alerted_status: string
}

/** By which pieces of its text a product is found; one too many does no harm. */
export interface ProductGramsTable {
  /** Of 512 product ids. */
  block: number
  gram: number
  product_id: number
}

export interface StockMovementsTable {
  movement_id: Generated<number>
  product_id: number
  kind: string
  delta_on_hand: number
  delta_reserved: number
  reason: string | null
  note: string | null
  order_id: number | null
  actor_id: number | null
  created_at: number
  /** The document that it was posted with; left out, none. */
  document_id: ColumnType<number | null, number | null | undefined, never>
  digest: Digest
}

export interface PriceChangesTable {
  product_id: number
  /** The product's version that has the new price. */
  version: number
  from_cents: number
  to_cents: number
  /** Null when it was the program. */
  changed_by: number | null
  changed_at: number
}

/** Products that came from a file without a SKU, known by its handle and options. */
export interface ImportedProductsTable {
  import_key: string
  product_id: number
}

/** Many changes of stock that belong together: a delivery, a count, an import, an import that was undone. */
export interface StockDocumentsTable {
  document_id: number
  kind: string
  supplier: string | null
  reason: string | null
  note: string | null
  /** Null when it was the program. */
  actor_id: number | null
  created_at: number
}

export interface StockDocumentLinesTable {
  document_id: number
  product_id: number
  delta_on_hand: number
}

export interface StockCountsTable {
  count_id: number
  name: string
  /** Null: everything. */
  category: string | null
  /** `open`, `posted` or `cancelled`. */
  state: string
  started_by: number
  started_at: number
  closed_by: number | null
  closed_at: number | null
  /** Of what was posted; null as long as nothing is, and where nothing differed. */
  document_id: number | null
}

export interface StockCountLinesTable {
  count_id: number
  product_id: number
  /** Units found; null until somebody has looked. */
  counted: number | null
  /** On hand at the moment at which they were counted: what is sold later doesn't change the difference. */
  expected: number | null
  counted_by: number | null
  counted_at: number | null
}

/** An import that wrote something: the document under which its first quantities came in. */
export interface ImportsTable {
  document_id: number
  created: number
  updated: number
  undone_by: number | null
  undone_at: number | null
  /** Set when undoing begins: broken off, it goes on under the same one. */
  undo_document_id: number | null
}

export interface ImportLinesTable {
  document_id: number
  product_id: number
  /** `created` or `updated`. */
  action: string
  /** The product's version that the import wrote. */
  version: number
  /** Units that came in with it. */
  quantity: number
  /** Of undoing: `undone`, or why not; null until it was tried. */
  outcome: string | null
  /** JSON: the fields that were changed, each from what to what. */
  changes: string
}

export interface PicturesTable {
  /** Named after its content, as in `3f2a….webp`: it never changes. */
  name: string
  content_type: string
  content: Uint8Array
  created_at: number
}

/** Which products show a picture that isn't their first: what is shown isn't deleted. */
export interface ProductPicturesTable {
  image_url: string
  product_id: number
}
