// Owns times as bookkeepers read and name them: on the shop's clock.
import { dayAt, isDay } from './days.ts'

const formats = new Map<string, Intl.DateTimeFormat>()

/** As in `2026-01-31 09:05:00`, in an IANA zone. */
export function localTime(epochMs: number, timeZone: string): string {
  let format = formats.get(timeZone)
  if (!format) {
    // Swedes write dates as ISO 8601 does.
    format = new Intl.DateTimeFormat('sv-SE', {
      timeZone,
      dateStyle: 'short',
      timeStyle: 'medium',
    })
    formats.set(timeZone, format)
  }
  return format.format(epochMs)
}

const HOUR_MS = 3_600_000

/** The first moment of a day, `YYYY-MM-DD`, in an IANA zone. */
function startOfDay(day: string, timeZone: string): number {
  // No zone is further from UTC than this. Days follow one another, so halving finds where one begins.
  let before = Date.parse(day) - 30 * HOUR_MS
  let within = Date.parse(day) + 30 * HOUR_MS
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2)
    if (dayAt(middle, timeZone) >= day) within = middle
    else before = middle
  }
  return within
}

/** Epoch milliseconds of `YYYY-MM-DD` in the zone or of an ISO 8601 time; null when it is neither. */
export function instantOf(text: string, timeZone: string): number | null {
  if (isDay(text)) return startOfDay(text, timeZone)
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/.test(text)
  const at = isTime ? Date.parse(text) : NaN
  return Number.isNaN(at) ? null : at
}
