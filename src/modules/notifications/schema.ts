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

/** Where a notification is given to a person. */
export const CHANNELS = ['page', 'mail'] as const
export type Channel = (typeof CHANNELS)[number]

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

const Preference = Type.Object({
  kind: oneOf(NOTIFICATION_KINDS),
  page: Type.Boolean(),
  mail: Type.Boolean(),
  /** What keeps an account safe is always shown on the page. */
  page_fixed: Type.Boolean(),
})
export type NotificationPreference = Static<typeof Preference>

export const NotificationPreferences = named(
  'NotificationPreferences',
  Type.Object({
    /** What the shop can use now: without a mail server nothing is mailed, whatever was chosen. */
    channels: Type.Object({ page: Type.Boolean(), mail: Type.Boolean() }),
    /** The kinds that somebody in your role may be told. */
    kinds: Type.Array(Preference),
  }),
)
export type NotificationPreferences = Static<typeof NotificationPreferences>

export const NewNotificationPreferences = named(
  'NewNotificationPreferences',
  Type.Object(
    {
      /** Of a kind that stands here twice, the last counts. What is left out stays as it is. */
      kinds: Type.Array(
        Type.Object(
          {
            kind: oneOf(NOTIFICATION_KINDS),
            page: Type.Optional(Type.Boolean()),
            mail: Type.Optional(Type.Boolean()),
          },
          strict,
        ),
        { maxItems: 100 },
      ),
    },
    strict,
  ),
)
export type NewNotificationPreferences = Static<typeof NewNotificationPreferences>
