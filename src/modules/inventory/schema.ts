// Owns the wire types of products and stock, and the events about them.
import Type, { type Static } from 'typebox'
import { defineEvent } from '../../lib/events.ts'
import { MAX_IMAGES, MOVEMENT_REASONS } from '../../lib/selling.ts'
import { Cents, Id, named, nullable, oneOf, Page, ref, strict, Timestamp } from '../../lib/wire.ts'

export const STOCK_STATUSES = ['in_stock', 'low_stock', 'out_of_stock'] as const
export type StockStatus = (typeof STOCK_STATUSES)[number]

/** `available`: can be bought, whether plenty or few are left. */
const STOCK_FILTERS = [...STOCK_STATUSES, 'available'] as const
export type StockFilter = (typeof STOCK_FILTERS)[number]

/** All kinds a ledger row can have. */
export const LEDGER_KINDS = [
  'receipt',
  'allocation',
  'release',
  'sale',
  'return',
  'adjustment',
  'write_off',
  'count',
] as const

/** The kinds that staff enter by hand; the others follow from orders. */
export const MOVEMENT_KINDS = ['receipt', 'adjustment', 'write_off', 'count', 'return'] as const
export type MovementKind = (typeof MOVEMENT_KINDS)[number]

export { MOVEMENT_REASONS }

/** Most units that one movement may carry. */
export const MAX_MOVEMENT = 1_000_000

const INVENTORY_SORTS = ['name', '-name', 'price', '-price', 'newest', 'quantity'] as const
export type InventorySort = (typeof INVENTORY_SORTS)[number]

const Sku = Type.String({ minLength: 1, maxLength: 64, pattern: '\\S' })
const Barcode = Type.String({ minLength: 1, maxLength: 64, pattern: '^[0-9A-Za-z-]+$' })
const ProductName = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' })
const ImageUrl = Type.String({ maxLength: 500, pattern: '^(/|https://)' })

/**
 * `quantity` is what can be bought now (on hand − reserved); customers never see it below 0, and not at
 * all when the shop hides stock. `on_hand`, `reserved` and the threshold are for staff, `cost_cents` and
 * `version` for managers.
 */
export const InventoryItem = named(
  'InventoryItem',
  Type.Object({
    product_id: Id,
    sku: Type.String(),
    barcode: nullable(Type.String()),
    product_name: Type.String(),
    name_en: Type.String(),
    category: Type.String(),
    unit: Type.String(),
    price_cents: Cents,
    quantity: Type.Optional(Type.Integer()),
    stock_status: oneOf(STOCK_STATUSES),
    active: Type.Boolean(),
    image_url: nullable(Type.String()),
    /** All pictures in order; the first is `image_url`. */
    image_urls: Type.Array(Type.String()),
    description: Type.String(),
    on_hand: Type.Optional(Type.Integer()),
    reserved: Type.Optional(Type.Integer()),
    low_stock_threshold: Type.Optional(Type.Integer()),
    cost_cents: Type.Optional(nullable(Cents)),
    /** Counts up with every change of what describes the product, not of its stock. */
    version: Type.Optional(Type.Integer()),
  }),
)
export type InventoryItem = Static<typeof InventoryItem>

const productFields = {
  sku: Sku,
  barcode: nullable(Barcode),
  product_name: ProductName,
  name_en: Type.String({ maxLength: 200 }),
  category: Type.String({ minLength: 1, maxLength: 60 }),
  unit: Type.String({ minLength: 1, maxLength: 20 }),
  price_cents: Cents,
  cost_cents: nullable(Cents),
  description: Type.String({ maxLength: 5000 }),
  image_url: nullable(ImageUrl),
  image_urls: Type.Array(ImageUrl, { maxItems: MAX_IMAGES, uniqueItems: true }),
  low_stock_threshold: Type.Integer({ minimum: 0, maximum: MAX_MOVEMENT }),
  active: Type.Boolean(),
}

export const NewProduct = named(
  'NewProduct',
  Type.Object(
    {
      sku: productFields.sku,
      product_name: productFields.product_name,
      price_cents: productFields.price_cents,
      barcode: Type.Optional(productFields.barcode),
      name_en: Type.Optional(productFields.name_en),
      category: Type.Optional(productFields.category),
      unit: Type.Optional(productFields.unit),
      cost_cents: Type.Optional(productFields.cost_cents),
      description: Type.Optional(productFields.description),
      image_url: Type.Optional(productFields.image_url),
      /** All pictures in order, instead of `image_url` alone. */
      image_urls: Type.Optional(productFields.image_urls),
      low_stock_threshold: Type.Optional(productFields.low_stock_threshold),
      /** Units received with it; written to the ledger as a receipt. */
      quantity: Type.Optional(Type.Integer({ minimum: 0, maximum: MAX_MOVEMENT })),
    },
    strict,
  ),
)
export type NewProduct = Static<typeof NewProduct>

export const ProductPatch = named(
  'ProductPatch',
  Type.Partial(
    Type.Object({
      ...productFields,
      /** Empty: of none. */
      category: Type.String({ maxLength: 60 }),
      /** As it was read: changed by somebody else since, it is refused. */
      version: Type.Integer({ minimum: 1 }),
    }),
    { ...strict, minProperties: 1 },
  ),
)
export type ProductPatch = Static<typeof ProductPatch>

export const InventoryQuery = Type.Object(
  {
    ...Page,
    search: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    category: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
    stock_status: Type.Optional(oneOf(STOCK_FILTERS)),
    min_price_cents: Type.Optional(Cents),
    max_price_cents: Type.Optional(Cents),
    barcode: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    sort: Type.Optional(oneOf(INVENTORY_SORTS)),
    /** Staff only: `false` lists the archived products; customers never see those. */
    active: Type.Optional(Type.Boolean()),
  },
  strict,
)
export type InventoryQuery = Static<typeof InventoryQuery>

/** From and up to, in code units, of a text: what of it was searched for. */
const Mark = Type.Unsafe<[number, number]>(
  // A tuple as OpenAPI 3.1 can't be said in this version of the library: its schema is no valid one.
  Type.Array(Type.Integer(), { minItems: 2, maxItems: 2 }),
)
const Marks = Type.Array(Mark)
export type Marks = Static<typeof Marks>

/** A product that may be meant by what is typed; the marks say what of its names is. */
export const Suggestion = named(
  'Suggestion',
  Type.Object({
    product_id: Id,
    product_name: Type.String(),
    name_en: Type.String(),
    price_cents: Cents,
    stock_status: oneOf(STOCK_STATUSES),
    image_url: nullable(Type.String()),
    marks: Type.Object({ product_name: Marks, name_en: Marks }),
  }),
)
export type Suggestion = Static<typeof Suggestion>

export const SuggestedCategory = named(
  'SuggestedCategory',
  Type.Object({ category: Type.String(), products: Type.Integer(), marks: Marks }),
)
export type SuggestedCategory = Static<typeof SuggestedCategory>

export const SuggestionQuery = Type.Object(
  { search: Type.String({ minLength: 1, maxLength: 100 }) },
  strict,
)

export const CategoryCount = named(
  'CategoryCount',
  Type.Object({ category: Type.String(), products: Type.Integer() }),
)

/**
 * receipt, write_off, return: units, positive. adjustment: signed change. count: the absolute number found
 * on the shelf. A reason is required for adjustment and write_off.
 */
export const NewMovement = named(
  'NewMovement',
  Type.Object(
    {
      kind: oneOf(MOVEMENT_KINDS),
      quantity: Type.Integer({ minimum: -MAX_MOVEMENT, maximum: MAX_MOVEMENT }),
      reason: Type.Optional(oneOf(MOVEMENT_REASONS)),
      order_id: Type.Optional(Id),
      note: Type.Optional(Type.String({ maxLength: 500 })),
    },
    strict,
  ),
)
export type NewMovement = Static<typeof NewMovement>

export const Movement = named(
  'Movement',
  Type.Object({
    movement_id: Id,
    product_id: Id,
    kind: oneOf(LEDGER_KINDS),
    delta_on_hand: Type.Integer(),
    delta_reserved: Type.Integer(),
    reason: nullable(Type.String()),
    note: nullable(Type.String()),
    order_id: nullable(Id),
    actor_id: nullable(Id),
    /** The document that it was posted with. */
    document_id: nullable(Id),
    created_at: Timestamp,
  }),
)
export type Movement = Static<typeof Movement>

export const PriceChange = named(
  'PriceChange',
  Type.Object({
    from_cents: Cents,
    to_cents: Cents,
    changed_by: nullable(Id),
    changed_at: Timestamp,
  }),
)
export type PriceChange = Static<typeof PriceChange>

/** A barcode of the shop's own (EAN-13, prefix 21) that no product has yet. */
export const NewBarcode = named('NewBarcode', Type.Object({ barcode: Type.String() }))

/** What is wrong at one place of a file. Line 1 is the header; `column` as the file names it. */
export const ImportProblem = named(
  'ImportProblem',
  Type.Object({
    line: Type.Integer(),
    column: nullable(Type.String()),
    code: Type.String(),
    message: Type.String(),
  }),
)
export type ImportProblem = Static<typeof ImportProblem>

/** What an import does to one product. Of a new one `fields` holds the main values, each from nothing. */
export const ImportChange = named(
  'ImportChange',
  Type.Object({
    line: Type.Integer(),
    action: oneOf(['create', 'update']),
    product_id: nullable(Id),
    sku: Type.String(),
    product_name: Type.String(),
    fields: Type.Array(
      Type.Object({ field: Type.String(), from: Type.String(), to: Type.String() }),
    ),
  }),
)
export type ImportChange = Static<typeof ImportChange>

/**
 * How an import went or, as a dry run, would go. `errors` and `changes` hold the first of each, `error_count`
 * says how many errors there are in all. `ignored_columns` are those that nothing is taken from.
 */
export const ImportReport = named(
  'ImportReport',
  Type.Object({
    status: Type.Literal('success'),
    dry_run: Type.Boolean(),
    /** By which it can be undone; null when it wrote nothing. */
    import_id: nullable(Id),
    format: oneOf(['petshop', 'shopify']),
    created: Type.Integer(),
    updated: Type.Integer(),
    unchanged: Type.Integer(),
    error_count: Type.Integer(),
    errors: Type.Array(ref(ImportProblem)),
    changes: Type.Array(ref(ImportChange)),
    ignored_columns: Type.Array(Type.String()),
  }),
)
export type ImportReport = Static<typeof ImportReport>

export const ImportQuery = Type.Object({ dry_run: Type.Optional(Type.Boolean()) }, strict)

const StockLine = Type.Object({ product_id: Id, quantity: Type.Integer({ minimum: 1 }) })
export type StockLine = Static<typeof StockLine>
const OrderStock = Type.Object({ order_id: Id, lines: Type.Array(StockLine) })

export const StockReserved = defineEvent('stock.reserved', 'inventory', 1, OrderStock)
export const StockReleased = defineEvent('stock.released', 'inventory', 1, OrderStock)
export const StockMoved = defineEvent(
  'stock.moved',
  'inventory',
  1,
  Type.Object({
    product_id: Id,
    kind: oneOf(LEDGER_KINDS),
    delta_on_hand: Type.Integer(),
    on_hand: Type.Integer(),
    reserved: Type.Integer(),
  }),
)

const StockAlert = Type.Object({
  product_id: Id,
  sku: Type.String(),
  product_name: Type.String(),
  name_en: Type.String(),
  available: Type.Integer(),
  low_stock_threshold: Type.Integer(),
})
export type StockAlert = Static<typeof StockAlert>
export const StockLow = defineEvent('stock.low', 'inventory', 1, StockAlert)
export const StockOut = defineEvent('stock.out', 'inventory', 1, StockAlert)
export const StockShort = defineEvent('stock.short', 'inventory', 1, StockAlert)

/** A product was made or its description, threshold or state changed: readers look again. */
export const ProductChanged = defineEvent(
  'product.changed',
  'inventory',
  1,
  Type.Object({ product_id: Id, version: Type.Integer() }),
)

export const ProductPriceChanged = defineEvent(
  'product.price_changed',
  'inventory',
  1,
  Type.Object({
    product_id: Id,
    product_name: Type.String(),
    name_en: Type.String(),
    from_cents: Cents,
    to_cents: Cents,
    changed_by: nullable(Id),
  }),
)

/** A file was imported: how many products it made, changed and left. */
export const InventoryImported = defineEvent(
  'inventory.imported',
  'inventory',
  1,
  Type.Object({
    import_id: Type.String(),
    /** Null when it was the command line. */
    imported_by: nullable(Id),
    created: Type.Integer(),
    updated: Type.Integer(),
    unchanged: Type.Integer(),
  }),
)
