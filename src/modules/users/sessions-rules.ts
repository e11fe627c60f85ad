// Owns how long a session lives: staff's end the same day, customers' outlast a month; none lives for ever.
import { isStaff, type Role } from '../../lib/roles.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const CUSTOMER_LIFE = { idle: 30 * DAY, absolute: 180 * DAY }
const STAFF_LIFE = { idle: 12 * HOUR, absolute: 7 * DAY }
/** Last use is written at most this often. */
const TOUCH_EVERY = MINUTE

export interface SessionTimes {
  readonly created_at: number
  readonly last_seen_at: number
}

/** A session with the account it belongs to. */
export interface LiveSession extends SessionTimes {
  readonly session_id: number
  readonly user_id: number
  readonly username: string
  readonly role: Role
  readonly second_factor: boolean
}

/** When the session ends if it isn't used again: epoch milliseconds. */
export function sessionEnd(role: Role, times: SessionTimes): number {
  const { idle } = lifeOf(role)
  return Math.min(times.last_seen_at + idle, lastEnd(role, times.created_at))
}

/** When the session ends however much it is used. */
export function lastEnd(role: Role, created_at: number): number {
  return created_at + lifeOf(role).absolute
}

export function isAlive(role: Role, times: SessionTimes, now: number): boolean {
  return now < sessionEnd(role, times)
}

export function isTouchDue(times: SessionTimes, now: number): boolean {
  return now - times.last_seen_at >= TOUCH_EVERY
}

/** What stays the same when a program is updated: its name for itself, without version numbers. */
export function deviceTraits(userAgent: string): string {
  return userAgent.replaceAll(/(?<=\/)\d+(?:\.\d+)+/g, '')
}

function lifeOf(role: Role): { readonly idle: number; readonly absolute: number } {
  return isStaff(role) ? STAFF_LIFE : CUSTOMER_LIFE
}
