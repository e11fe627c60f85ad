// Owns the shape of every table. Times are epoch milliseconds, money minor units, flags 0 or 1.
import type { Generated } from 'kysely'

export interface Database {
  users: UsersTable
  retired_usernames: RetiredUsernamesTable
  sessions: SessionsTable
  known_devices: KnownDevicesTable
  settings: SettingsTable
  sequences: SequencesTable
  idempotency_keys: IdempotencyKeysTable
  inventory: InventoryTable
  stock_movements: StockMovementsTable
  price_changes: PriceChangesTable
  imported_products: ImportedProductsTable
  pictures: PicturesTable
  orders: OrdersTable
  order_items: OrderItemsTable
  outbox: OutboxTable
  consumer_groups: ConsumerGroupsTable
  applied_events: AppliedEventsTable
  shipments: ShipmentsTable
  leases: LeasesTable
  failed_deliveries: FailedDeliveriesTable
  notifications: NotificationsTable
  notification_counters: NotificationCountersTable
  daily_orders: DailyOrdersTable
  daily_sales: DailySalesTable
  reversed_orders: ReversedOrdersTable
}

interface UsersTable {
  user_id: number
  username: string
  /** `foldText(username)`: unique, so that case and width don't make another person. */
  username_key: string
  email: string
  email_key: string
  /** argon2id in PHC string form; empty when the account can't log in. */
  password: string
  display_name: string
  phone: string
  /** Folded username, display name, e-mail and phone, one a line, for searching. */
  search_text: string
  role: string
  active: number
  created_at: number
  updated_at: number
  deleted_at: number | null
}

interface RetiredUsernamesTable {
  /** SHA-256 of a deleted account's `username_key`, hex: never given out again, and no longer readable. */
  name_hash: string
  retired_at: number
}

interface SessionsTable {
  session_id: Generated<number>
  /** SHA-256 of the token, hex: a stolen database opens no session. */
  token_hash: string
  user_id: number
  user_agent: string
  address: string
  created_at: number
  last_seen_at: number
  expires_at: number
}

interface KnownDevicesTable {
  user_id: number
  device_key: string
  first_seen_at: number
}

interface SettingsTable {
  name: string
  /** JSON. */
  value: string
  updated_at: number
}

interface SequencesTable {
  name: string
  next_value: number
}

interface IdempotencyKeysTable {
  /** SHA-256 of user, route and key: a key means nothing outside of that scope. */
  key_hash: string
  body_hash: string
  /** JSON of the answer's body. */
  response: string
  created_at: number
}

interface InventoryTable {
  product_id: number
  sku: string
  /** `foldText(sku)`, unique. */
  sku_key: string
  barcode: string | null
  product_name: string
  name_en: string
  /** Folded names, SKU and barcode, for searching. */
  search_text: string
  category: string
  unit: string
  price_cents: number
  cost_cents: number | null
  description: string
  image_url: string | null
  low_stock_threshold: number
  active: number
  /** Physically there. */
  on_hand: number
  /** Promised to open orders. Available = on_hand − reserved. */
  reserved: number
  /** As last announced by the consumer; what callers see is derived when read. */
  stock_status: string
  /** The worst status announced since the stock was last above its threshold: alerts fire once. */
  alerted_status: string
  /** Counts up with every change of the descriptive columns; caches never go back. */
  version: number
  created_at: number
  updated_at: number
}

interface StockMovementsTable {
  movement_id: Generated<number>
  product_id: number
  kind: string
  delta_on_hand: number
  delta_reserved: number
  reason: string | null
  note: string | null
  order_id: number | null
  actor_id: number | null
  created_at: number
}

interface PriceChangesTable {
  product_id: number
  /** The product's version that has the new price. */
  version: number
  from_cents: number
  to_cents: number
  /** Null when it was the program. */
  changed_by: number | null
  changed_at: number
}

/** Products that came from a file without a SKU, known by its handle and options. */
interface ImportedProductsTable {
  import_key: string
  product_id: number
}

interface PicturesTable {
  /** Named after its content, as in `3f2a….webp`: it never changes. */
  name: string
  content_type: string
  content: Uint8Array
  created_at: number
}

interface OrdersTable {
  order_id: number
  order_number: string
  /** UUID made by the server for each placement: tells whether an ambiguous commit happened. */
  request_id: string
  user_id: number
  placed_by: number
  channel: string
  fulfilment: string
  status: string
  payment_status: string
  total_cents: number
  note: string | null
  address: string | null
  carrier: string | null
  tracking_number: string | null
  cancellation_reason: string | null
  created_at: number
  confirmed_at: number | null
  ready_at: number | null
  shipped_at: number | null
  completed_at: number | null
  cancelled_at: number | null
  paid_at: number | null
  refunded_at: number | null
}

interface OrderItemsTable {
  order_id: number
  line: number
  product_id: number
  product_name: string
  quantity: number
  unit_price_cents: number
}

interface OutboxTable {
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

interface ConsumerGroupsTable {
  group_name: string
  stream: string
  /** Up to here this group has done everything; it moves in the transaction of the effect. */
  position: number
}

/** What a group has done beyond its place: the mark commits with the effect. */
interface AppliedEventsTable {
  group_name: string
  position: number
}

interface ShipmentsTable {
  /** `redis` or `kafka`. */
  log: string
  stream: string
  /** The last position that was sent there. */
  position: number
  /** The broker's data, as it was called then: another name means that it may have lost events. */
  epoch: string
}

interface LeasesTable {
  name: string
  owner: string
  /** Fencing token: counts up with every change of owner. */
  token: number
  expires_at: number
}

interface FailedDeliveriesTable {
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

interface NotificationsTable {
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

interface NotificationCountersTable {
  user_id: number
  last_id: number
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

type DailyOrdersTable = DailyFigures

interface DailySalesTable extends DailyFigures {
  product_id: number
  /** As it was when the product was first sold on this day. */
  category: string
}

/** Only orders that were cancelled or refunded, as far as the reports have heard. */
interface ReversedOrdersTable {
  order_id: number
  cancelled: number
  refunded_on: string | null
}
