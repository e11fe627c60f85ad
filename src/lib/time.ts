// Owns calendar questions that depend on the shop's zone.

const dayFormats = new Map<string, Intl.DateTimeFormat>()

/** The calendar day at an instant in an IANA zone, as `YYYYMMDD`. */
export function shopLocalDate(epochMs: number, timeZone: string): string {
  let format = dayFormats.get(timeZone)
  if (!format) {
    // en-CA writes year-month-day.
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    })
    dayFormats.set(timeZone, format)
  }
  return format.format(epochMs).replaceAll('-', '')
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
