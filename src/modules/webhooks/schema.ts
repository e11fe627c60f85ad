// Owns the wire types of webhooks.
import Type, { type Static } from 'typebox'
import { WEBHOOK_KINDS, type WebhookKind } from '../../lib/webhook-kinds.ts'
import { Id, named, nullable, oneOf, strict, Timestamp } from '../../lib/wire.ts'

export { WEBHOOK_KINDS, type WebhookKind }

/** What is sent when an owner tries an address. */
export const TEST_KIND = 'webhook.test'

const DELIVERY_STATES = ['waiting', 'dead'] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]

const Url = Type.String({ minLength: 1, maxLength: 2000 })
const Kinds = Type.Array(oneOf(WEBHOOK_KINDS), {
  minItems: 1,
  maxItems: WEBHOOK_KINDS.length,
  uniqueItems: true,
})

export const Webhook = named(
  'Webhook',
  Type.Object({
    webhook_id: Id,
    url: Type.String(),
    kinds: Type.Array(oneOf(WEBHOOK_KINDS)),
    active: Type.Boolean(),
    /** The last time that an event was taken. */
    delivered_at: nullable(Timestamp),
    /** How many deliveries wait, and how many were given up. */
    waiting: Type.Integer(),
    dead: Type.Integer(),
    /** Why the latest of these failed. */
    error: nullable(Type.String()),
    created_at: Timestamp,
  }),
)
export type Webhook = Static<typeof Webhook>

/** With the secret that its receiver checks signatures with: nobody is ever shown it again. */
export const WebhookSecret = named(
  'WebhookSecret',
  Type.Object({ webhook_id: Id, secret: Type.String() }),
)
export type WebhookSecret = Static<typeof WebhookSecret>

export const NewWebhook = named('NewWebhook', Type.Object({ url: Url, kinds: Kinds }, strict))
export type NewWebhook = Static<typeof NewWebhook>

export const WebhookPatch = named(
  'WebhookPatch',
  Type.Object(
    {
      url: Type.Optional(Url),
      kinds: Type.Optional(Kinds),
      active: Type.Optional(Type.Boolean()),
    },
    { ...strict, minProperties: 1 },
  ),
)
export type WebhookPatch = Static<typeof WebhookPatch>

export const WebhookDelivery = named(
  'WebhookDelivery',
  Type.Object({
    delivery_id: Id,
    event_id: Type.String(),
    type: Type.String(),
    state: oneOf(DELIVERY_STATES),
    attempts: Type.Integer(),
    next_attempt_at: Timestamp,
    error: Type.String(),
    created_at: Timestamp,
  }),
)
export type WebhookDelivery = Static<typeof WebhookDelivery>
