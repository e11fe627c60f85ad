// Owns the wire types of reports.
import Type, { type Static } from 'typebox'
import { Id, named, nullable, oneOf, strict, Timestamp } from '../../lib/wire.ts'

const SALES_GROUPINGS = ['day', 'product', 'category'] as const
export type SalesGrouping = (typeof SALES_GROUPINGS)[number]

/** A day on the shop's calendar, as in `2026-01-31`. */
const Day = Type.String({ maxLength: 10 })

export const SalesQuery = Type.Object(
  {
    /** The first day; 30 days up to `to` unless given. */
    from: Type.Optional(Day),
    /** The last day, counted in; today unless given. */
    to: Type.Optional(Day),
    group_by: Type.Optional(oneOf(SALES_GROUPINGS)),
    /** Of products and categories: so many, the best-selling first. Days are always all there. */
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
  },
  strict,
)
export type SalesQuery = Static<typeof SalesQuery>

/**
 * `revenue_cents` is what orders of these days come to, without those that were cancelled since.
 * `refunded_cents` was given back on these days, for orders of any day. An order may have products of several
 * categories, so by category there is no number of orders.
 */
export const SalesItem = named(
  'SalesItem',
  Type.Object({
    day: Type.Optional(Type.String()),
    product_id: Type.Optional(Id),
    product_name: Type.Optional(Type.String()),
    name_en: Type.Optional(Type.String()),
    category: Type.Optional(Type.String()),
    orders: nullable(Type.Integer()),
    cancelled_orders: nullable(Type.Integer()),
    units: Type.Integer(),
    revenue_cents: Type.Integer(),
    refunded_cents: Type.Integer(),
  }),
)
export type SalesItem = Static<typeof SalesItem>

const SalesSum = Type.Object({ orders: Type.Integer(), revenue_cents: Type.Integer() })

export const Today = named(
  'Today',
  Type.Object({
    /** When it was so. */
    at: Timestamp,
    day: Day,
    /** Null for clerks. */
    sales: nullable(
      Type.Object({
        today: SalesSum,
        /** Of the same weekday a week ago, up to the same time of day. */
        last_week: SalesSum,
      }),
    ),
    /** Orders that somebody has to do something about; each number stops at 100,000. */
    open_orders: Type.Object({
      pending: Type.Integer(),
      confirmed: Type.Integer(),
      ready: Type.Integer(),
      shipped: Type.Integer(),
    }),
    /** Products on sale that run low, and that are sold out. */
    stock: Type.Object({ low: Type.Integer(), out: Type.Integer() }),
    /** What consumers still have to do, and what they gave up. Null for clerks. */
    work: nullable(Type.Object({ backlog: Type.Integer(), dead_letters: Type.Integer() })),
  }),
)
export type Today = Static<typeof Today>
