// Owns how long somebody who guesses must wait, and who counts as the same guesser.

const SECOND = 1000
const MINUTE = 60 * SECOND

/** Mistakes that cost nothing: people mistype. */
export const FREE_FAILURES = 4
export const FIRST_WAIT = SECOND
export const LONGEST_WAIT = 15 * MINUTE
/** Failures are forgotten this long after the last one; longer than the longest wait. */
export const FORGET_AFTER = 60 * MINUTE

export interface Failures {
  readonly count: number
  readonly last_at: number
}

export function addFailure(failures: Failures | undefined, now: number): Failures {
  return { count: (isRemembered(failures, now) ? failures.count : 0) + 1, last_at: now }
}

/** Milliseconds until the next try is looked at; 0 when it may come now. */
export function waitLeft(failures: Failures | undefined, now: number): number {
  if (!isRemembered(failures, now) || failures.count <= FREE_FAILURES) return 0
  const doublings = failures.count - FREE_FAILURES - 1
  const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** doublings)
  // After a clock was set back the next failure dates the wait anew; nobody waits for the old time.
  return now < failures.last_at ? 0 : Math.max(0, failures.last_at + wait - now)
}

function isRemembered(failures: Failures | undefined, now: number): failures is Failures {
  return failures !== undefined && Math.abs(now - failures.last_at) < FORGET_AFTER
}

/** Counts in one window; a new one begins when it is over. */
export interface Window {
  readonly since: number
  readonly count: number
}

export const WINDOW = MINUTE

export function countOne(window: Window | undefined, now: number): Window {
  return isOpen(window, now)
    ? { since: window.since, count: window.count + 1 }
    : { since: now, count: 1 }
}

/** Milliseconds until the window's limit is free again; 0 when there is room now. */
export function windowLeft(window: Window | undefined, limit: number, now: number): number {
  return isOpen(window, now) && window.count >= limit ? window.since + WINDOW - now : 0
}

function isOpen(window: Window | undefined, now: number): window is Window {
  return window !== undefined && now >= window.since && now - window.since < WINDOW
}

/**
 * The part of an address that one guesser can't change: IPv6 customers own a /64 at least, so its
 * 2^64 addresses are one.
 */
export function sameGuesser(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped) return mapped
  if (!address.includes(':')) return address
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? []
  const groups = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const missing = tail === undefined ? 0 : Math.max(0, 8 - groups.length - after.length)
  const all = [...groups, ...new Array<string>(missing).fill('0'), ...after]
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
