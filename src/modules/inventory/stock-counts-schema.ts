// Owns the wire types of counts: what is to be counted, what was found, and what comes of it.
import Type, { type Static } from 'typebox'
import { Id, named, nullable, oneOf, Page, strict, Timestamp } from '../../lib/wire.ts'
import { MAX_MOVEMENT, MOVEMENT_REASONS } from './schema.ts'

const COUNT_STATES = ['open', 'posted', 'cancelled'] as const
export type CountState = (typeof COUNT_STATES)[number]

const Words = (maxLength: number) => Type.String({ maxLength, pattern: '^[^\\p{Cc}\\p{Cs}]*$' })

/** Of one category, or of everything when none is named. */
export const NewCount = named(
  'NewCount',
  Type.Object(
    {
      name: Type.Optional(Words(60)),
      category: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
    },
    strict,
  ),
)
export type NewCount = Static<typeof NewCount>

export const StockCount = named(
  'StockCount',
  Type.Object({
    count_id: Id,
    name: Type.String(),
    category: nullable(Type.String()),
    state: oneOf(COUNT_STATES),
    started_by: Id,
    starter: nullable(Type.String()),
    started_at: Timestamp,
    closed_at: nullable(Timestamp),
    /** What was posted; null when nothing differed, or nothing is posted. */
    document_id: nullable(Id),
    lines: Type.Integer(),
    counted: Type.Integer(),
    /** Lines that were counted and aren't as they should be. */
    different: Type.Integer(),
  }),
)
export type StockCount = Static<typeof StockCount>

export const StockCountLine = named(
  'StockCountLine',
  Type.Object({
    product_id: Id,
    sku: Type.String(),
    barcode: nullable(Type.String()),
    product_name: Type.String(),
    name_en: Type.String(),
    unit: Type.String(),
    counted: nullable(Type.Integer()),
    /** On hand when it was counted; what is sold later doesn't change the difference. */
    expected: nullable(Type.Integer()),
    /** counted − expected. */
    difference: nullable(Type.Integer()),
    counted_by: nullable(Id),
    counted_at: nullable(Timestamp),
  }),
)
export type StockCountLine = Static<typeof StockCountLine>

/**
 * `counted`: what was found; null takes it back. `counted_at`: when, for sheets that are entered later.
 * `was`: what stood there before, so that two people don't overwrite each other.
 */
export const CountEntry = named(
  'CountEntry',
  Type.Object(
    {
      counted: nullable(Type.Integer({ minimum: 0, maximum: MAX_MOVEMENT })),
      counted_at: Type.Optional(Timestamp),
      was: Type.Optional(nullable(Type.Integer())),
    },
    strict,
  ),
)
export type CountEntry = Static<typeof CountEntry>

export const CountPosting = named(
  'CountPosting',
  Type.Object({ reason: oneOf(MOVEMENT_REASONS), note: Type.Optional(Words(500)) }, strict),
)
export type CountPosting = Static<typeof CountPosting>

export const CountQuery = Type.Object(
  { ...Page, state: Type.Optional(oneOf(COUNT_STATES)) },
  strict,
)
export const CountLineQuery = Type.Object(
  { ...Page, only: Type.Optional(oneOf(['open', 'counted', 'different'])) },
  strict,
)
export type CountLineQuery = Static<typeof CountLineQuery>
