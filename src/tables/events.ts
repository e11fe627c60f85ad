// Owns the shape of the tables of events on their way.
import type { Generated } from 'kysely'

export interface OutboxTable {
  /** Insertion order; on engines with many writers not commit order, hence `position`. */
  outbox_id: Generated<number>
  event_id: string
  stream: string
  /** Given by the relay, gap-free per stream; null until then. */
  position: number | null
  event_key: string
  type: string
  version: number
  /** JSON. */
  payload: string
  request_id: string | null
  occurred_at: number
}

export interface ConsumerGroupsTable {
  group_name: string
  stream: string
  /** Up to here this group has done everything; it moves in the transaction of the effect. */
  position: number
}

/** What a group has done beyond its place: the mark commits with the effect. */
export interface AppliedEventsTable {
  group_name: string
  position: number
}

export interface ShipmentsTable {
  /** `redis` or `kafka`. */
  log: string
  stream: string
  /** The last position that was sent there. */
  position: number
  /** The broker's data, as it was called then: another name means that it may have lost events. */
  epoch: string
}

export interface LeasesTable {
  name: string
  owner: string
  /** Fencing token: counts up with every change of owner. */
  token: number
  expires_at: number
}

export interface FailedDeliveriesTable {
  failed_delivery_id: Generated<number>
  group_name: string
  event_id: string
  stream: string
  type: string
  /** JSON of the whole recorded event: it outlives the pruning of the outbox. */
  event: string
  attempts: number
  error: string
  /** `retrying` until the attempts are used up, then `dead`. */
  state: string
  next_attempt_at: number
  failed_at: number
}

export interface WebhooksTable {
  webhook_id: number
  url: string
  /** Types of events, joined by commas. */
  kinds: string
  /** Encrypted where the shop has a key. */
  secret: string
  active: number
  /** The last time that an event was taken. */
  delivered_at: number | null
  created_at: number
  updated_at: number
}

/** What a webhook has yet to be told; gone once it has taken it. */
export interface WebhookDeliveriesTable {
  delivery_id: Generated<number>
  webhook_id: number
  event_id: string
  type: string
  /** JSON, as it is sent. */
  body: string
  /** `waiting` until the attempts are used up, then `dead`. */
  state: string
  attempts: number
  next_attempt_at: number
  error: string
  created_at: number
}
