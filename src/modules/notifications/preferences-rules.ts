// Owns which notifications a person gets where: what they chose, and what holds until they choose.
import { atLeast, isStaff, type Role } from '../../lib/roles.ts'
import type { Channel, NotificationKind } from './schema.ts'

/** Whom a kind is told to: the one it concerns, or all staff from a role up. */
type Audience = 'person' | 'clerk' | 'manager'

interface KindRule {
  readonly audience: Audience
  /** Mailed to the one it concerns, unless they say otherwise. Staff get by mail only what they ask for. */
  readonly mailed?: true
  /** What keeps an account safe can't be hidden from its owner. */
  readonly always?: true
}

const RULES: Readonly<Record<NotificationKind, KindRule>> = {
  'order.placed': { audience: 'clerk' },
  'order.confirmed': { audience: 'person' },
  'order.ready': { audience: 'person', mailed: true },
  'order.shipped': { audience: 'person', mailed: true },
  'order.completed': { audience: 'person' },
  'order.cancelled': { audience: 'person', mailed: true },
  'order.refunded': { audience: 'person', mailed: true },
  'stock.low': { audience: 'clerk' },
  'stock.out': { audience: 'clerk' },
  'stock.short': { audience: 'clerk' },
  'product.price_changed': { audience: 'manager' },
  'inventory.imported': { audience: 'manager' },
  'user.signed_in_from_new_device': { audience: 'person', mailed: true, always: true },
  'user.role_changed': { audience: 'person', mailed: true, always: true },
  'delivery.dead_lettered': { audience: 'manager' },
}

/** The kinds that somebody in this role may be told, in the order in which they are shown. */
export function kindsFor(role: Role): NotificationKind[] {
  return (Object.keys(RULES) as NotificationKind[]).filter((kind) => {
    const { audience } = RULES[kind]
    return audience === 'person' || atLeast(role, audience)
  })
}

/** Whether this kind is shown on the page whatever anybody prefers. */
export function isAlwaysShown(kind: NotificationKind): boolean {
  return RULES[kind].always === true
}

/**
 * Where somebody gets a kind who never chose.
 * @param personal it concerns this person alone, rather than the staff
 */
function isUsual(kind: NotificationKind, channel: Channel, personal: boolean): boolean {
  return channel === 'page' || (personal && RULES[kind].mailed === true)
}

/** What a page offers somebody: a cancellation concerns customers themselves, and staff as staff. */
export function concernsPersonally(kind: NotificationKind, role: Role): boolean {
  return RULES[kind].audience === 'person' && !(kind === 'order.cancelled' && isStaff(role))
}

/** What people chose, as far as it matters for a batch. */
export interface Choices {
  /** Undefined: never chosen. */
  of(user_id: number, kind: NotificationKind, channel: Channel): boolean | undefined
}

export interface Addressee {
  readonly user_id: number
  readonly kind: NotificationKind
  readonly personal: boolean
}

export function isWanted(choices: Choices, to: Addressee, channel: Channel): boolean {
  if (channel === 'page' && isAlwaysShown(to.kind)) return true
  return choices.of(to.user_id, to.kind, channel) ?? isUsual(to.kind, channel, to.personal)
}
