// Owns the list of migration steps, in order. A step that has been released never changes. Where tables change
// one by one, a step that broke off runs again from its beginning: every statement must bear being repeated.
import type { Migration } from 'kysely/migration'
import type { Dialect } from '../src/platform/db/dialect.ts'
import { users } from './0001_users.ts'
import { shop } from './0002_shop.ts'
import { inventory } from './0003_inventory.ts'
import { orders } from './0004_orders.ts'
import { events } from './0005_events.ts'
import { notifications } from './0006_notifications.ts'
import { brokers } from './0007_brokers.ts'
import { reports } from './0008_reports.ts'
import { catalogue } from './0009_catalogue.ts'
import { stock } from './0010_stock.ts'
import { lists } from './0011_lists.ts'
import { orderIndexes } from './0012_order_indexes.ts'
import { counter } from './0013_counter.ts'
import { addresses } from './0014_addresses.ts'
import { notificationPreferences } from './0015_notification_preferences.ts'
import { documents } from './0016_documents.ts'
import { shopFront } from './0017_shop_front.ts'
import { accounts } from './0018_accounts.ts'
import { rowDigests } from './0019_row_digests.ts'
import { audit } from './0020_audit.ts'
import { webhooks } from './0021_webhooks.ts'

export function migrations(dialect: Dialect): Record<string, Migration> {
  return {
    '0001_users': users(dialect),
    '0002_shop': shop(dialect),
    '0003_inventory': inventory(dialect),
    '0004_orders': orders(dialect),
    '0005_events': events(dialect),
    '0006_notifications': notifications(dialect),
    '0007_brokers': brokers(dialect),
    '0008_reports': reports(dialect),
    '0009_catalogue': catalogue(dialect),
    '0010_stock': stock(dialect),
    '0011_lists': lists(dialect),
    '0012_order_indexes': orderIndexes(dialect),
    '0013_counter': counter(dialect),
    '0014_addresses': addresses(dialect),
    '0015_notification_preferences': notificationPreferences(dialect),
    '0016_documents': documents(dialect),
    '0017_shop_front': shopFront(dialect),
    '0018_accounts': accounts(dialect),
    '0019_row_digests': rowDigests(dialect),
    '0020_audit': audit(dialect),
    '0021_webhooks': webhooks(dialect),
  }
}
