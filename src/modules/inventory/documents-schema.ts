// Owns the wire types of stock documents: many changes of stock that were posted as one.
import Type, { type Static } from 'typebox'
import { Id, named, nullable, oneOf, Page, strict, Timestamp } from '../../lib/wire.ts'
import { MAX_MOVEMENT } from './schema.ts'

const DOCUMENT_KINDS = ['receipt', 'count', 'import', 'import_undo'] as const
export type DocumentKind = (typeof DOCUMENT_KINDS)[number]

/** What one delivery may have; more is two documents. */
const MAX_RECEIPT_LINES = 500

const Words = (maxLength: number) => Type.String({ maxLength, pattern: '^[^\\p{Cc}\\p{Cs}]*$' })

/** Goods that came in together. The same product on several lines is added up. */
export const NewReceipt = named(
  'NewReceipt',
  Type.Object(
    {
      lines: Type.Array(
        Type.Object(
          { product_id: Id, quantity: Type.Integer({ minimum: 1, maximum: MAX_MOVEMENT }) },
          strict,
        ),
        { minItems: 1, maxItems: MAX_RECEIPT_LINES },
      ),
      supplier: Type.Optional(Words(100)),
      note: Type.Optional(Words(500)),
    },
    strict,
  ),
)
export type NewReceipt = Static<typeof NewReceipt>

export const StockDocument = named(
  'StockDocument',
  Type.Object({
    document_id: Id,
    kind: oneOf(DOCUMENT_KINDS),
    supplier: nullable(Type.String()),
    reason: nullable(Type.String()),
    note: nullable(Type.String()),
    actor_id: nullable(Id),
    /** Who posted it; null when it was the program, or that person was erased. */
    actor: nullable(Type.String()),
    created_at: Timestamp,
    /** Products that it moved. */
    lines: Type.Integer(),
    /** Units that came in, less those that went out. */
    units: Type.Integer(),
  }),
)
export type StockDocument = Static<typeof StockDocument>

export const StockDocumentLine = named(
  'StockDocumentLine',
  Type.Object({
    product_id: Id,
    sku: Type.String(),
    product_name: Type.String(),
    name_en: Type.String(),
    delta_on_hand: Type.Integer(),
  }),
)
export type StockDocumentLine = Static<typeof StockDocumentLine>

export const DocumentQuery = Type.Object(
  { ...Page, kind: Type.Optional(oneOf(DOCUMENT_KINDS)) },
  strict,
)
