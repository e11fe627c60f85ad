// Owns who hears of what: events become rows, each for one person.
import type { RecordedEvent } from '../../lib/events.ts'
import type { Role } from '../../lib/roles.ts'
import type { Store, Trx } from '../../platform/db/store.ts'
import type { Consumer } from '../../platform/events/consumer.ts'
import { DeliveryDeadLettered } from '../../platform/events/failed-deliveries.ts'
import { readPayload } from '../../platform/events/payload.ts'
import {
  ProductPriceChanged,
  type StockAlert,
  StockLow,
  StockOut,
  StockShort,
} from '../inventory/index.ts'
import {
  OrderCancelled,
  OrderCompleted,
  OrderConfirmed,
  OrderPlaced,
  OrderReady,
  OrderRefunded,
  OrderShipped,
} from '../orders/index.ts'
import { RoleChanged, SignedInFromNewDevice } from '../users/index.ts'
import type { NotificationKind } from './schema.ts'
import { insertNotifications, type NewNotification } from './store.ts'

/** Active staff of this role and above. */
export type StaffIds = (trx: Trx, least: Role) => Promise<readonly number[]>

interface Message {
  readonly kind: NotificationKind
  readonly data: Readonly<Record<string, unknown>>
  /** Single people. */
  readonly users: readonly number[]
  /** And all staff from this role up, but for whoever did it. */
  readonly staff?: { readonly least: Role; readonly but: number | null }
}

export function notificationConsumers(store: Store, staffIds: StaffIds): Consumer[] {
  const consumer = (
    name: string,
    stream: Consumer['stream'],
    types: readonly { readonly type: string }[],
    messageOf: (event: RecordedEvent) => Message,
  ): Consumer => ({
    name,
    stream,
    types: types.map(({ type }) => type),
    handle: (trx, events) => tell(store, trx, staffIds, events, messageOf),
  })
  return [
    consumer(
      'notify-people-on-order-change',
      'orders',
      [
        OrderPlaced,
        OrderConfirmed,
        OrderReady,
        OrderShipped,
        OrderCompleted,
        OrderCancelled,
        OrderRefunded,
      ],
      orderMessage,
    ),
    consumer(
      'notify-staff-on-stock-alert',
      'inventory',
      [StockLow, StockOut, StockShort, ProductPriceChanged],
      stockMessage,
    ),
    consumer(
      'notify-people-on-account-event',
      'notifications',
      [SignedInFromNewDevice, RoleChanged, DeliveryDeadLettered],
      accountMessage,
    ),
  ]
}

async function tell(
  store: Store,
  trx: Trx,
  staffIds: StaffIds,
  events: readonly RecordedEvent[],
  messageOf: (event: RecordedEvent) => Message,
): Promise<void> {
  const staff = new Map<Role, readonly number[]>()
  const notifications: NewNotification[] = []
  for (const event of events) {
    const message = messageOf(event)
    const users = new Set(message.users)
    if (message.staff) {
      const { least, but } = message.staff
      const ids = staff.get(least) ?? (await staffIds(trx, least))
      staff.set(least, ids)
      for (const id of ids) if (id !== but) users.add(id)
    }
    const { kind, data } = message
    for (const user_id of users) {
      const { event_id, occurred_at } = event
      notifications.push({ user_id, kind, data, event_id, created_at: occurred_at })
    }
  }
  await insertNotifications(store, trx, notifications)
}

function orderMessage(event: RecordedEvent): Message {
  switch (event.type) {
    case OrderPlaced.type: {
      const { order_id, order_number, total_cents, placed_by, lines } = readPayload(
        OrderPlaced,
        event,
      )
      return {
        kind: 'order.placed',
        data: { order_id, order_number, total_cents, lines: lines.length },
        users: [],
        staff: { least: 'clerk', but: placed_by },
      }
    }
    case OrderShipped.type: {
      const { user_id, actor_id: _, ...data } = readPayload(OrderShipped, event)
      return { kind: 'order.shipped', data, users: [user_id] }
    }
    case OrderCancelled.type: {
      const { user_id, actor_id, ...data } = readPayload(OrderCancelled, event)
      // When customers cancel, whoever is packing has to hear it.
      const byCustomer = actor_id === user_id
      return {
        kind: 'order.cancelled',
        data,
        users: [user_id],
        ...(byCustomer ? { staff: { least: 'clerk', but: null } } : {}),
      }
    }
    default:
      return simpleOrderMessage(event)
  }
}

function simpleOrderMessage(event: RecordedEvent): Message {
  const definition =
    [OrderConfirmed, OrderReady, OrderCompleted].find(({ type }) => type === event.type) ??
    OrderRefunded
  const { user_id, actor_id: _, ...data } = readPayload(definition, event)
  return { kind: definition.type as NotificationKind, data, users: [user_id] }
}

function stockMessage(event: RecordedEvent): Message {
  if (event.type === ProductPriceChanged.type) {
    const { changed_by, ...data } = readPayload(ProductPriceChanged, event)
    const staff = { least: 'manager' as const, but: changed_by }
    return { kind: 'product.price_changed', data, users: [], staff }
  }
  const definition = [StockLow, StockOut].find(({ type }) => type === event.type) ?? StockShort
  const data: StockAlert = readPayload(definition, event)
  const staff = { least: 'clerk' as const, but: null }
  return { kind: definition.type as NotificationKind, data: { ...data }, users: [], staff }
}

function accountMessage(event: RecordedEvent): Message {
  switch (event.type) {
    case SignedInFromNewDevice.type: {
      const { user_id, ...data } = readPayload(SignedInFromNewDevice, event)
      return { kind: 'user.signed_in_from_new_device', data, users: [user_id] }
    }
    case RoleChanged.type: {
      const { user_id, from, to } = readPayload(RoleChanged, event)
      return { kind: 'user.role_changed', data: { from, to }, users: [user_id] }
    }
    default: {
      const data = readPayload(DeliveryDeadLettered, event)
      const staff = { least: 'manager' as const, but: null }
      return { kind: 'delivery.dead_lettered', data: { ...data }, users: [], staff }
    }
  }
}
