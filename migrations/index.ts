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
  }
}
