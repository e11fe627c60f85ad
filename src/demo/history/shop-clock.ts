// Owns the shop's local time in the demo: Asia/Shanghai, eight hours ahead of UTC all year.

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

const offset = 8 * hour

/** Midnight of the shop's day that contains `at`. */
export function startOfShopDay(at: number): number {
  return Math.floor((at + offset) / day) * day - offset
}

/** Hours since the shop's midnight, with fractions: 13.5 is half past one. */
export function shopHour(at: number): number {
  return (at - startOfShopDay(at)) / hour
}

/** 0 is Sunday, 6 is Saturday. */
export function shopWeekday(at: number): number {
  return (Math.floor((at + offset) / day) + 4) % 7
}

/** The shop's date as `20260131`. */
export function shopDate(at: number): string {
  return new Date(at + offset).toISOString().slice(0, 10).replaceAll('-', '')
}

/** The same moment when it lies in [opens, closes); otherwise `opens` on the next fitting day. */
export function withinHours(at: number, opens: number, closes: number): number {
  const hours = shopHour(at)
  if (hours < opens) return startOfShopDay(at) + opens * hour
  if (hours >= closes) return startOfShopDay(at) + day + opens * hour
  return at
}
