// Owns the shape of the tables of what follows from events: notifications, sums and the audit log.
import type { ColumnType, Generated } from 'kysely'

export interface NotificationsTable {
  user_id: number
  /** Counts from 1 per user, without a gap. */
  notification_id: number
  kind: string
  /** JSON: the facts the texts are made of when read. */
  data: string
  event_id: string
  created_at: number
  read_at: number | null
}

export interface NotificationCountersTable {
  user_id: number
  last_id: number
}

/** Only what somebody decided; what else is wanted stands in the rules. */
export interface NotificationPreferencesTable {
  user_id: number
  kind: string
  /** `page` or `mail`. */
  channel: string
  wanted: number
  /** When it last became another. */
  updated_at: number
}

/** Sums of one day. A cancelled order is taken from the day on which it was placed. */
interface DailyFigures {
  /** `YYYY-MM-DD` on the shop's calendar. */
  day: string
  orders: number
  cancelled_orders: number
  units: number
  revenue_cents: number
  /** Given back on this day, for orders of any day. */
  refunded_cents: number
}

export type DailyOrdersTable = DailyFigures

export interface DailySalesTable extends DailyFigures {
  product_id: number
  /** As it was when the product was first sold on this day. */
  category: string
}

/** Only orders that were cancelled or refunded, as far as the reports have heard. */
export interface ReversedOrdersTable {
  order_id: number
  cancelled: number
  refunded_on: string | null
}

/** Added with its act, sealed once, and never otherwise changed. */
export interface AuditEntriesTable {
  entry_id: Generated<number>
  act: string
  /** Null when the program acted by itself, or nobody knows who it was. */
  actor_id: number | null
  subject_kind: string
  subject_id: string
  /** JSON of what matters, and never of what people are called. */
  facts_before: string | null
  facts_after: string | null
  request_id: string | null
  recorded_at: number
  /** Its place in the chain, gap-free from 1; null until it is sealed. */
  seal_no: ColumnType<number | null, number | null | undefined, number>
  /** SHA-256 over the entry and the seal before, hex. */
  seal: ColumnType<string | null, string | null | undefined, string>
}

/** One row: where the chain ends, so that a cut is seen. */
export interface AuditHeadTable {
  head_id: number
  seal_no: number
  seal: string
}
