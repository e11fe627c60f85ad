// Owns the wire types of notifications: what happened, for whom, and whether it was read.
import Type, { type Static } from 'typebox'
import { Id, named, nullable, oneOf, Page, strict, Timestamp } from '../../lib/wire.ts'

export const NOTIFICATION_KINDS = [
  'order.placed',
  'order.confirmed',
  'order.ready',
  'order.shipped',
  'order.completed',
  'order.cancelled',
  'order.refunded',
  'stock.low',
  'stock.out',
  'stock.short',
  'product.price_changed',
  'inventory.imported',
  'user.signed_in_from_new_device',
  'user.role_changed',
  'delivery.dead_lettered',
] as const
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number]

/**
 * `notification_id` counts up per user from 1 without a gap: it is also the SSE id, so that a reader who
 * reconnects with the last one seen misses nothing.
 */
export const Notification = named(
  'Notification',
  Type.Object({
    notification_id: Id,
    kind: oneOf(NOTIFICATION_KINDS),
    title: Type.String(),
    body: Type.String(),
    data: Type.Record(Type.String(), Type.Unknown()),
    created_at: Timestamp,
    read_at: nullable(Timestamp),
  }),
)
export type Notification = Static<typeof Notification>

export const NotificationQuery = Type.Object(
  { ...Page, unread: Type.Optional(Type.Boolean()) },
  strict,
)

export const NotificationList = named(
  'NotificationList',
  Type.Object({
    status: Type.Literal('success'),
    items: Type.Array(Type.Unsafe<Notification>({ $ref: 'Notification#' })),
    next_cursor: nullable(Type.String()),
    unread: Type.Integer(),
  }),
)
