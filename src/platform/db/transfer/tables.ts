// Owns which tables a transfer moves: all there are, in an order in which no row comes before one it refers to.
import type { Generated } from 'kysely'
import type { Database } from '../../../tables.ts'

export interface MovedTable {
  readonly name: string
  /** The primary key's columns, in its order. */
  readonly key: readonly string[]
}

/** Whoever adds a table adds it here, with its primary key, behind the tables that it refers to. */
const PRIMARY_KEYS = {
  users: ['user_id'],
  retired_usernames: ['name_hash'],
  sessions: ['session_id'],
  known_devices: ['user_id', 'device_key'],
  addresses: ['address_id'],
  mails: ['mail_id'],
  password_resets: ['token_hash'],
  second_factors: ['user_id'],
  recovery_codes: ['user_id', 'code_hash'],
  saved_views: ['view_id'],
  settings: ['name'],
  sequences: ['name'],
  idempotency_keys: ['key_hash'],
  inventory: ['product_id'],
  stock: ['product_id'],
  product_grams: ['block', 'gram', 'product_id'],
  stock_movements: ['movement_id'],
  price_changes: ['product_id', 'version'],
  imported_products: ['import_key'],
  stock_documents: ['document_id'],
  stock_document_lines: ['document_id', 'product_id'],
  stock_counts: ['count_id'],
  stock_count_lines: ['count_id', 'product_id'],
  imports: ['document_id'],
  import_lines: ['document_id', 'product_id'],
  pictures: ['name'],
  product_pictures: ['image_url', 'product_id'],
  orders: ['order_id'],
  order_items: ['order_id', 'line'],
  counter_sales: ['sale_id'],
  counter_tenders: ['order_id', 'tender'],
  counter_discounts: ['order_id', 'line'],
  counter_accounts: ['name'],
  outbox: ['outbox_id'],
  consumer_groups: ['group_name'],
  applied_events: ['group_name', 'position'],
  shipments: ['log', 'stream'],
  failed_deliveries: ['failed_delivery_id'],
  notifications: ['user_id', 'notification_id'],
  notification_counters: ['user_id'],
  notification_preferences: ['user_id', 'kind', 'channel'],
  daily_orders: ['day'],
  daily_sales: ['day', 'product_id'],
  reversed_orders: ['order_id'],
  webhooks: ['webhook_id'],
  webhook_deliveries: ['delivery_id'],
  audit_entries: ['entry_id'],
  audit_head: ['head_id'],
  leases: ['name'],
} as const satisfies { readonly [T in keyof Database]: readonly (keyof Database[T])[] }

export const allTables: readonly MovedTable[] = Object.entries(PRIMARY_KEYS).map(([name, key]) => ({
  name,
  key,
}))

/** So many rows at once: commits don't count, and a batch takes a fraction of a second. */
const PAGE_ROWS = 2000
/** A picture has up to a megabyte. */
const FEW_ROWS = 16

/** How many rows of a table are in memory at a time. */
export function pageRowsOf({ name }: MovedTable): number {
  return name === ('pictures' satisfies keyof Database) ? FEW_ROWS : PAGE_ROWS
}

/** Who works on the old store has no business on the new one. */
const STAYS: keyof Database = 'leases'

export const movedTables: readonly MovedTable[] = allTables.filter(({ name }) => name !== STAYS)

/** Small tables that change whenever the shop does anything: another state of them is another shop. */
export const stateTables: readonly MovedTable[] = allTables.filter(({ name }) =>
  ['settings', 'sequences', 'consumer_groups', 'leases'].includes(name),
)

type CountedColumn<T> = {
  [C in keyof T]: T[C] extends Generated<number> ? (number extends T[C] ? never : C) : never
}[keyof T]

/** The tables whose key the engine counts up, as their types say. */
export const countedColumns = {
  sessions: 'session_id',
  addresses: 'address_id',
  mails: 'mail_id',
  stock_movements: 'movement_id',
  outbox: 'outbox_id',
  failed_deliveries: 'failed_delivery_id',
  webhook_deliveries: 'delivery_id',
  audit_entries: 'entry_id',
} as const satisfies {
  readonly [
    T in keyof Database as CountedColumn<Database[T]> extends never ? never : T
  ]: CountedColumn<Database[T]>
}
