// Owns the wire types of past imports, and of undoing them.
import Type, { type Static } from 'typebox'
import { Id, named, nullable, oneOf, Timestamp } from '../../lib/wire.ts'

/**
 * `partly`: some fields were changed since and stay. `changed`: all of them were, or a new product was edited.
 * `sold`: its stock has moved since. `promised`: orders wait for it. `taken`: another product has the old SKU
 * or barcode now.
 */
const IMPORT_OUTCOMES = ['undone', 'partly', 'changed', 'sold', 'promised', 'taken'] as const
export type ImportOutcomeName = (typeof IMPORT_OUTCOMES)[number]

export const PastImport = named(
  'PastImport',
  Type.Object({
    import_id: Id,
    actor_id: nullable(Id),
    actor: nullable(Type.String()),
    created_at: Timestamp,
    created: Type.Integer(),
    updated: Type.Integer(),
    undone_at: nullable(Timestamp),
    /** Set when undoing has begun; without `undone_at` it broke off: ask again, and it goes on. */
    undo_document_id: nullable(Id),
    /** Products that went back, wholly or in part. */
    undone: Type.Integer(),
    /** Products of which something or everything stays as it is. */
    kept: Type.Integer(),
  }),
)
export type PastImport = Static<typeof PastImport>

export const KeptProduct = named(
  'KeptProduct',
  Type.Object({
    product_id: Id,
    sku: Type.String(),
    product_name: Type.String(),
    name_en: Type.String(),
    action: oneOf(['created', 'updated']),
    outcome: oneOf(IMPORT_OUTCOMES),
  }),
)
export type KeptProduct = Static<typeof KeptProduct>
