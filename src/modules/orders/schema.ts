// Owns the wire types of orders and the events about them.
import Type, { type Static } from 'typebox'
import { defineEvent } from '../../lib/events.ts'
import { Cents, Id, named, nullable, oneOf, Page, strict, Timestamp } from '../../lib/wire.ts'

export const ORDER_STATUSES = [
  'pending',
  'confirmed',
  'ready',
  'shipped',
  'completed',
  'cancelled',
] as const
export type OrderStatus = (typeof ORDER_STATUSES)[number]

export const PAYMENT_STATUSES = ['unpaid', 'paid', 'refunded'] as const
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number]

export const FULFILMENTS = ['delivery', 'pickup'] as const
export type Fulfilment = (typeof FULFILMENTS)[number]

export const CHANNELS = ['web', 'counter'] as const
export type Channel = (typeof CHANNELS)[number]

const MAX_LINES = 100
export const MAX_LINE_QUANTITY = 10_000

const OrderLine = Type.Object({
  product_id: Id,
  product_name: Type.String(),
  quantity: Type.Integer(),
  unit_price_cents: Cents,
  /** Taken off quantity × price, at the counter. */
  discount_cents: Type.Optional(Type.Integer()),
})

const Address = Type.String({ maxLength: 500 })
const Note = Type.String({ maxLength: 500 })
const Recipient = Type.String({ maxLength: 60, pattern: '^[^\\p{Cc}\\p{Cs}]*$' })
const Phone = Type.String({ maxLength: 30, pattern: '^[0-9+() -]*$' })

export const Order = named(
  'Order',
  Type.Object({
    order_id: Id,
    order_number: Type.String(),
    user_id: Id,
    /** Staff see whose order it is, `deleted-<id>` once that person was erased; null for customers. */
    username: nullable(Type.String()),
    status: oneOf(ORDER_STATUSES),
    payment_status: oneOf(PAYMENT_STATUSES),
    channel: oneOf(CHANNELS),
    fulfilment: oneOf(FULFILMENTS),
    items: Type.Array(OrderLine),
    total_cents: Type.Integer(),
    note: nullable(Type.String()),
    address: nullable(Type.String()),
    /** Whom it goes to, or who picks it up. */
    recipient: nullable(Type.String()),
    phone: nullable(Type.String()),
    carrier: nullable(Type.String()),
    tracking_number: nullable(Type.String()),
    cancellation_reason: nullable(Type.String()),
    created_at: Timestamp,
    confirmed_at: nullable(Timestamp),
    ready_at: nullable(Timestamp),
    shipped_at: nullable(Timestamp),
    completed_at: nullable(Timestamp),
    cancelled_at: nullable(Timestamp),
  }),
)
export type Order = Static<typeof Order>

export const NewOrder = named(
  'NewOrder',
  Type.Object(
    {
      user_id: Id,
      items: Type.Array(
        Type.Object(
          { product_id: Id, quantity: Type.Integer({ minimum: 1, maximum: MAX_LINE_QUANTITY }) },
          strict,
        ),
        { minItems: 1, maxItems: MAX_LINES },
      ),
      fulfilment: Type.Optional(oneOf(FULFILMENTS)),
      note: Type.Optional(Note),
      address: Type.Optional(Address),
      recipient: Type.Optional(Recipient),
      phone: Type.Optional(Phone),
    },
    strict,
  ),
)
export type NewOrder = Static<typeof NewOrder>

/** The requirement fixes `status` and `order_id`. */
export const OrderPlacedAnswer = named(
  'OrderPlacedAnswer',
  Type.Object({
    status: Type.Literal('success'),
    order_id: Id,
    order_number: Type.String(),
    total_cents: Type.Integer(),
  }),
)

export const OrderQuery = Type.Object(
  {
    ...Page,
    status: Type.Optional(oneOf(ORDER_STATUSES)),
    payment_status: Type.Optional(oneOf(PAYMENT_STATUSES)),
    user_id: Type.Optional(Id),
    /** Orders created at or after this time. */
    from: Type.Optional(Timestamp),
    /** Orders created before this time. */
    to: Type.Optional(Timestamp),
    /** An order number or its beginning (the date at least), an order id, a tracking number, a username. */
    search: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  },
  strict,
)
export type OrderQuery = Static<typeof OrderQuery>

export const ShipmentBody = named(
  'ShipmentBody',
  Type.Object(
    {
      carrier: Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' }),
      tracking_number: Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' }),
    },
    strict,
  ),
)
export const CancellationBody = named(
  'CancellationBody',
  Type.Object({ reason: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }) }, strict),
)

const OrderFacts = {
  order_id: Id,
  order_number: Type.String(),
  user_id: Id,
  total_cents: Type.Integer(),
}

export const OrderPlaced = defineEvent(
  'order.placed',
  'orders',
  1,
  Type.Object({
    ...OrderFacts,
    channel: oneOf(CHANNELS),
    fulfilment: oneOf(FULFILMENTS),
    placed_by: Id,
    /** Sold at the counter there and then: nobody has anything to do about it. */
    sale_id: Type.Optional(Type.String()),
    lines: Type.Array(
      Type.Object({
        product_id: Id,
        quantity: Type.Integer(),
        unit_price_cents: Cents,
        discount_cents: Type.Optional(Type.Integer()),
      }),
    ),
  }),
)
export type OrderPlaced = Static<typeof OrderPlaced.payload>

const OrderChange = Type.Object({ ...OrderFacts, actor_id: nullable(Id) })

export const OrderConfirmed = defineEvent('order.confirmed', 'orders', 1, OrderChange)
export const OrderReady = defineEvent('order.ready', 'orders', 1, OrderChange)
export const OrderShipped = defineEvent(
  'order.shipped',
  'orders',
  1,
  Type.Object({
    ...OrderFacts,
    actor_id: nullable(Id),
    carrier: Type.String(),
    tracking_number: Type.String(),
  }),
)
export const OrderCompleted = defineEvent('order.completed', 'orders', 1, OrderChange)
export const OrderCancelled = defineEvent(
  'order.cancelled',
  'orders',
  1,
  Type.Object({ ...OrderFacts, actor_id: nullable(Id), reason: Type.String() }),
)
export const OrderPaid = defineEvent('order.paid', 'orders', 1, OrderChange)
export const OrderRefunded = defineEvent('order.refunded', 'orders', 1, OrderChange)
