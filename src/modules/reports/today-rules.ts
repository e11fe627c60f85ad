// Owns which stretch of time today is compared with: the same weekday last week, up to the same time of day.

const DAY_MS = 24 * 3600 * 1000

export interface Stretch {
  /** Epoch milliseconds. */
  readonly from: number
  /** Not counted in. */
  readonly to: number
}

/** From that day's beginning to the moment when the clock on the shop's wall showed what it shows now. */
export function sameTimeLastWeek(now: number, timeZone: string): Stretch {
  const to = wallClockBefore(now, 7 * DAY_MS, timeZone)
  const sinceMidnight = (to + offsetAt(to, timeZone)) % DAY_MS
  return { from: wallClockBefore(to, sinceMidnight, timeZone), to }
}

/** So much earlier by the clock on the wall, whatever it was set forward or back in between. */
function wallClockBefore(instant: number, ms: number, timeZone: string): number {
  const guess = instant - ms
  return guess + offsetAt(instant, timeZone) - offsetAt(guess, timeZone)
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Milliseconds by which the clock in the zone is ahead of UTC. */
function offsetAt(instant: number, timeZone: string): number {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formats.set(timeZone, format)
  }
  const parts = format.formatToParts(instant)
  const part = (type: string) => Number(parts.find((found) => found.type === type)?.value)
  const [year, month, day] = [part('year'), part('month'), part('day')]
  const wall = Date.UTC(year, month - 1, day, part('hour'), part('minute'), part('second'))
  return wall - Math.floor(instant / 1000) * 1000
}
