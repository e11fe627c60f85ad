// Owns the shape of every table. Times are epoch milliseconds, money minor units, flags 0 or 1.
import type {
  AppliedEventsTable,
  ConsumerGroupsTable,
  FailedDeliveriesTable,
  LeasesTable,
  OutboxTable,
  ShipmentsTable,
  WebhookDeliveriesTable,
  WebhooksTable,
} from './tables/events.ts'
import type {
  ImportLinesTable,
  ImportedProductsTable,
  ImportsTable,
  InventoryTable,
  PicturesTable,
  PriceChangesTable,
  ProductGramsTable,
  ProductPicturesTable,
  StockCountLinesTable,
  StockCountsTable,
  StockDocumentLinesTable,
  StockDocumentsTable,
  StockMovementsTable,
  StockTable,
} from './tables/inventory.ts'
import type {
  CounterAccountsTable,
  CounterDiscountsTable,
  CounterSalesTable,
  CounterTendersTable,
  OrderItemsTable,
  OrdersTable,
} from './tables/orders.ts'
import type {
  AuditEntriesTable,
  AuditHeadTable,
  DailyOrdersTable,
  DailySalesTable,
  NotificationCountersTable,
  NotificationPreferencesTable,
  NotificationsTable,
  ReversedOrdersTable,
} from './tables/reports.ts'
import type { IdempotencyKeysTable, SequencesTable, SettingsTable } from './tables/shop.ts'
import type {
  AddressesTable,
  KnownDevicesTable,
  MailsTable,
  PasswordResetsTable,
  RecoveryCodesTable,
  RetiredUsernamesTable,
  SavedViewsTable,
  SecondFactorsTable,
  SessionsTable,
  UsersTable,
} from './tables/users.ts'

export interface Database {
  users: UsersTable
  retired_usernames: RetiredUsernamesTable
  sessions: SessionsTable
  known_devices: KnownDevicesTable
  addresses: AddressesTable
  mails: MailsTable
  password_resets: PasswordResetsTable
  second_factors: SecondFactorsTable
  recovery_codes: RecoveryCodesTable
  saved_views: SavedViewsTable
  settings: SettingsTable
  sequences: SequencesTable
  idempotency_keys: IdempotencyKeysTable
  inventory: InventoryTable
  stock: StockTable
  product_grams: ProductGramsTable
  stock_movements: StockMovementsTable
  price_changes: PriceChangesTable
  imported_products: ImportedProductsTable
  stock_documents: StockDocumentsTable
  stock_document_lines: StockDocumentLinesTable
  stock_counts: StockCountsTable
  stock_count_lines: StockCountLinesTable
  imports: ImportsTable
  import_lines: ImportLinesTable
  pictures: PicturesTable
  product_pictures: ProductPicturesTable
  orders: OrdersTable
  order_items: OrderItemsTable
  counter_sales: CounterSalesTable
  counter_tenders: CounterTendersTable
  counter_discounts: CounterDiscountsTable
  counter_accounts: CounterAccountsTable
  outbox: OutboxTable
  consumer_groups: ConsumerGroupsTable
  applied_events: AppliedEventsTable
  shipments: ShipmentsTable
  leases: LeasesTable
  failed_deliveries: FailedDeliveriesTable
  notifications: NotificationsTable
  notification_counters: NotificationCountersTable
  notification_preferences: NotificationPreferencesTable
  daily_orders: DailyOrdersTable
  daily_sales: DailySalesTable
  reversed_orders: ReversedOrdersTable
  webhooks: WebhooksTable
  webhook_deliveries: WebhookDeliveriesTable
  audit_entries: AuditEntriesTable
  audit_head: AuditHeadTable
}
