// Owns the wire types of sales at the counter.
import Type, { type Static } from 'typebox'
import { defineEvent } from '../../lib/events.ts'
import {
  DISCARD_REASONS,
  DISCOUNT_REASONS,
  MAX_LINES,
  MAX_QUANTITY,
  MOVEMENT_REASONS,
  TENDERS,
} from '../../lib/selling.ts'
import { Cents, Id, named, nullable, oneOf, Page, strict, Timestamp } from '../../lib/wire.ts'

export type TenderKind = (typeof TENDERS)[number]
export type DiscountReason = (typeof DISCOUNT_REASONS)[number]
export type DiscardReason = (typeof DISCARD_REASONS)[number]

/** 100 lines of the dearest, in the largest quantity. */
const Amount = Type.Integer({ minimum: 0, maximum: 100_000_000_000_000 })
const Note = Type.String({ maxLength: 200 })
const UUID = '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$'
const SaleId = Type.String({ pattern: UUID })

const Discount = Type.Object(
  {
    discount_cents: Type.Integer({ minimum: 1, maximum: 100_000_000_000_000 }),
    reason: oneOf(DISCOUNT_REASONS),
    note: Type.Optional(Note),
  },
  strict,
)
export type Discount = Static<typeof Discount>

/**
 * `sale_id` is made by the till, once for each sale: sent again, by whomever, it is the same sale. Prices are
 * those that were charged. `taken_at` is when it was taken, `sold_by` by whom, if it is sent later or by somebody
 * else. `decision` (manager) books in what is missing, with this reason, and sells it.
 */
export const NewSale = named(
  'NewSale',
  Type.Object(
    {
      sale_id: SaleId,
      items: Type.Array(
        Type.Object(
          {
            product_id: Id,
            quantity: Type.Integer({ minimum: 1, maximum: MAX_QUANTITY }),
            unit_price_cents: Cents,
            discount: Type.Optional(Discount),
          },
          strict,
        ),
        { minItems: 1, maxItems: MAX_LINES },
      ),
      discount: Type.Optional(Discount),
      tenders: Type.Array(
        Type.Object(
          {
            tender: oneOf(TENDERS),
            /** Of the total, so much was paid this way. */
            amount_cents: Type.Integer({ minimum: 1, maximum: 100_000_000_000_000 }),
            /** Cash only: what the customer handed over; the rest is change. */
            received_cents: Type.Optional(Amount),
          },
          strict,
        ),
        { maxItems: TENDERS.length },
      ),
      customer_id: Type.Optional(Id),
      taken_at: Type.Optional(Timestamp),
      sold_by: Type.Optional(Id),
      decision: Type.Optional(
        Type.Object({ reason: oneOf(MOVEMENT_REASONS), note: Type.Optional(Note) }, strict),
      ),
    },
    strict,
  ),
)
export type NewSale = Static<typeof NewSale>

export const SaleAnswer = named(
  'SaleAnswer',
  Type.Object({
    status: Type.Literal('success'),
    sale_id: Type.String(),
    order_id: Id,
    order_number: Type.String(),
    total_cents: Type.Integer(),
    change_cents: Type.Integer(),
  }),
)
export type SaleAnswer = Static<typeof SaleAnswer>

/** `line` counts from 1; 0 was given on the whole sale. */
const GivenDiscount = Type.Object({
  line: Type.Integer(),
  discount_cents: Type.Integer(),
  reason: oneOf(DISCOUNT_REASONS),
  note: nullable(Type.String()),
})

export const CounterSale = named(
  'CounterSale',
  Type.Object({
    sale_id: Type.String(),
    order_id: Id,
    order_number: Type.String(),
    /** Null: nobody the shop knows. */
    customer_id: nullable(Id),
    sold_by: Id,
    seller: Type.String(),
    /** Who sent it in: somebody else, if it waited on its till. */
    recorded_by: Id,
    total_cents: Type.Integer(),
    discount_cents: Type.Integer(),
    change_cents: Type.Integer(),
    tenders: Type.Array(
      Type.Object({
        tender: oneOf(TENDERS),
        amount_cents: Type.Integer(),
        received_cents: Type.Integer(),
      }),
    ),
    discounts: Type.Array(GivenDiscount),
    /** Why it could be sold although the books had none left. */
    decision: nullable(Type.String()),
    taken_at: Timestamp,
    recorded_at: Timestamp,
  }),
)
export type CounterSale = Static<typeof CounterSale>

const Sold = Type.Object({ product_id: Id, quantity: Type.Integer({ minimum: 1 }) }, strict)

/** A sale that its till has kept, because it was refused, and that is never booked. */
export const NewDiscard = named(
  'NewDiscard',
  Type.Object(
    {
      sale_id: SaleId,
      reason: oneOf(DISCARD_REASONS),
      note: Type.Optional(Note),
      total_cents: Amount,
      sold_by: Type.Optional(Id),
      taken_at: Type.Optional(Timestamp),
      items: Type.Array(Sold, { maxItems: MAX_LINES }),
    },
    strict,
  ),
)
export type NewDiscard = Static<typeof NewDiscard>

export const DiscardAnswer = named(
  'DiscardAnswer',
  Type.Object({ status: Type.Literal('success'), sale_id: Type.String() }),
)
export type DiscardAnswer = Static<typeof DiscardAnswer>

/** Key: the sale_id. What was paid for it was given back, or is booked elsewhere: the note says. */
export const SaleDiscarded = defineEvent(
  'counter.sale_discarded',
  'orders',
  1,
  Type.Object({
    sale_id: Type.String(),
    reason: oneOf(DISCARD_REASONS),
    note: nullable(Type.String()),
    discarded_by: Id,
    sold_by: Id,
    total_cents: Type.Integer(),
    taken_at: Timestamp,
    items: Type.Array(Sold),
  }),
)

export const SaleQuery = Type.Object({ ...Page, order_id: Type.Optional(Id) }, strict)
