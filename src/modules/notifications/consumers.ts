// Owns who hears of what: events become rows, each for one person.
import type { RecordedEvent } from '../../lib/events.ts'
import type { Role } from '../../lib/roles.ts'
import type { Store, Trx } from '../../platform/db/store.ts'
import type { Consumer } from '../../platform/events/consumer.ts'
import { DeliveryDeadLettered } from '../../platform/events/failed-deliveries.ts'
import { readPayload } from '../../platform/events/payload.ts'
import {
  InventoryImported,
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
import { isWanted } from './preferences-rules.ts'
import { readChoices } from './preferences-store.ts'
import type { Channel, NotificationKind } from './schema.ts'
import { insertNotifications, type NewNotification } from './store.ts'

interface Message {
  readonly kind: NotificationKind
  readonly data: Readonly<Record<string, unknown>>
  /** Single people. */
  readonly users: readonly number[]
  /** And all staff from this role up, but for whoever did it; with other facts, where those are private. */
  readonly staff?: {
    readonly least: Role
    readonly but: number | null
    readonly data?: Readonly<Record<string, unknown>>
  }
}

export interface Audience {
  /** Active staff of this role and above. */
  readonly staffIds: (trx: Trx, least: Role) => Promise<readonly number[]>
  /** Those who may still be told something: nobody is disabled or deleted until the commit. At most 1,000 ids. */
  readonly activeUsers: (trx: Trx, ids: readonly number[]) => Promise<ReadonlySet<number>>
}

/** What is given to one person elsewhere than on the page. */
export type Notice = NewNotification & { readonly kind: NotificationKind }

/** A way to people besides the page. */
export interface MailChannel {
  /** Whether the shop sends mail now. */
  readonly works: () => boolean
  /**
   * Remembers what to send, in the transaction that marks the event as done: queued once for each event and
   * person, however often the event is delivered. Sending comes later, and elsewhere.
   */
  readonly queue: (trx: Trx, notices: readonly Notice[]) => Promise<void>
}

export interface NotificationDelivery {
  readonly store: Store
  readonly audience: Audience
  /** Null in a shop without a mail server. */
  readonly mail: MailChannel | null
}

export function notificationConsumers(delivery: NotificationDelivery): Consumer[] {
  const consumer = (
    name: string,
    stream: Consumer['stream'],
    types: readonly { readonly type: string }[],
    messageOf: (event: RecordedEvent) => Message,
  ): Consumer => ({
    name,
    stream,
    types: types.map(({ type }) => type),
    handle: (trx, events) => tell(delivery, trx, events, messageOf),
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
      [StockLow, StockOut, StockShort, ProductPriceChanged, InventoryImported],
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
  delivery: NotificationDelivery,
  trx: Trx,
  events: readonly RecordedEvent[],
  messageOf: (event: RecordedEvent) => Message,
): Promise<void> {
  const { store, audience, mail } = delivery
  const messages = events.map((event) => ({ event, message: messageOf(event) }))
  const staff = await readStaff(trx, audience, messages)
  const named = messages.flatMap(({ message }) => message.users)
  const active = await audience.activeUsers(trx, [...named, ...[...staff.values()].flat()])
  const choices = await readChoices(store, trx, [...active])
  const told = messages.flatMap(({ event, message }) =>
    addresseesOf(message, staff)
      .filter(({ user_id }) => active.has(user_id))
      .map((to) => ({ to: { ...to, kind: message.kind }, event })),
  )
  const on = (channel: Channel): Notice[] =>
    told
      .filter(({ to }) => isWanted(choices, to, channel))
      .map(({ to: { user_id, kind, data }, event: { event_id, occurred_at } }) => ({
        user_id,
        kind,
        data,
        event_id,
        created_at: occurred_at,
      }))
  await insertNotifications(store, trx, on('page'))
  const mailed = mail?.works() ? on('mail') : []
  if (mail && mailed.length > 0) await mail.queue(trx, mailed)
}

interface Told {
  readonly user_id: number
  readonly data: Message['data']
  /** It concerns them alone, rather than the staff. */
  readonly personal: boolean
}

/** Each person once: who is named hears it as such. */
function addresseesOf(
  { users, data, staff }: Message,
  staffIds: ReadonlyMap<Role, readonly number[]>,
): Told[] {
  const told = new Map<number, Told>()
  for (const user_id of users) told.set(user_id, { user_id, data, personal: true })
  for (const user_id of staff ? (staffIds.get(staff.least) ?? []) : []) {
    if (user_id === staff?.but || told.has(user_id)) continue
    told.set(user_id, { user_id, data: staff?.data ?? data, personal: false })
  }
  return [...told.values()]
}

/** The staff that the messages are for, by their least role. */
async function readStaff(
  trx: Trx,
  audience: Audience,
  messages: readonly { readonly message: Message }[],
): Promise<Map<Role, readonly number[]>> {
  const roles = new Set(messages.flatMap(({ message }) => message.staff?.least ?? []))
  const staff = new Map<Role, readonly number[]>()
  for (const role of roles) staff.set(role, await audience.staffIds(trx, role))
  return staff
}

function orderMessage(event: RecordedEvent): Message {
  switch (event.type) {
    case OrderPlaced.type: {
      const placed = readPayload(OrderPlaced, event)
      const { order_id, order_number, total_cents, placed_by, sale_id, lines } = placed
      return {
        kind: 'order.placed',
        data: { order_id, order_number, total_cents, lines: lines.length },
        users: [],
        // What was handed over at the counter is done already.
        ...(sale_id === undefined && { staff: { least: 'clerk' as const, but: placed_by } }),
      }
    }
    case OrderShipped.type: {
      const { user_id, actor_id: _, ...data } = readPayload(OrderShipped, event)
      return { kind: 'order.shipped', data, users: [user_id] }
    }
    case OrderCancelled.type: {
      const { user_id, actor_id, reason, ...facts } = readPayload(OrderCancelled, event)
      const data = { ...facts, reason }
      // When customers cancel, whoever is packing has to hear it; what they wrote stays with the order.
      const byCustomer = actor_id === user_id
      return {
        kind: 'order.cancelled',
        data,
        users: [user_id],
        ...(byCustomer ? { staff: { least: 'clerk', but: null, data: facts } } : {}),
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
  if (event.type === InventoryImported.type) {
    const { imported_by, import_id: _, ...data } = readPayload(InventoryImported, event)
    const kind = 'inventory.imported' as const
    // From the command line nobody is known: then it is told to those who may import.
    if (imported_by !== null) return { kind, data, users: [imported_by] }
    return { kind, data, users: [], staff: { least: 'manager', but: null } }
  }
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
