// Owns which refused log-ins get a line of their own in the audit log: whoever guesses by the million must not fill
// the disk with it, nor hide one account among many.

const MINUTE = 60_000

export const WINDOW = 15 * MINUTE
/** Of one account and window; further ones are counted into one line. */
export const SINGLES = 10
/** Accounts with lines of their own in a window; those of all others are counted together. */
export const MOST_ACCOUNTS = 100

export type Reason = 'password' | 'code' | 'disabled'

/** `unknown`: all names that nobody has, which are one. Null: accounts beyond the bound, together. */
export type Account = number | 'unknown' | null

interface Window {
  readonly since: number
  readonly singles: number
  readonly more: number
  readonly reasons: readonly Reason[]
}
export type Windows = Map<Account, Window>

/** Counts it. @returns whether it gets a line of its own */
export function countRefusal(
  windows: Windows,
  account: Account,
  reason: Reason,
  now: number,
): boolean {
  const key = windows.has(account) || windows.size < MOST_ACCOUNTS ? account : null
  const { since, singles, more, reasons } = windows.get(key) ?? newWindow(now)
  const isSingle = key !== null && singles < SINGLES
  const seen = isSingle || reasons.includes(reason) ? reasons : [...reasons, reason]
  const counts = isSingle ? { singles: singles + 1, more } : { singles, more: more + 1 }
  windows.set(key, { since, ...counts, reasons: seen })
  return isSingle
}

const newWindow = (since: number): Window => ({ since, singles: 0, more: 0, reasons: [] })

export interface Further {
  readonly account: Account
  /** How many, of which nothing else is recorded. */
  readonly more: number
  readonly reasons: readonly Reason[]
  /** When the window began: epoch milliseconds. */
  readonly since: number
}

/** Ends the windows that are over, also those of a clock that was set back. @returns what was only counted in them */
export function endWindows(windows: Windows, now: number): Further[] {
  const over = [...windows].filter(([, { since }]) => Math.abs(now - since) >= WINDOW)
  for (const [account] of over) windows.delete(account)
  return over
    .filter(([, { more }]) => more > 0)
    .map(([account, { more, reasons, since }]) => ({ account, more, reasons, since }))
}
