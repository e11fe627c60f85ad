// Owns days in the shop's time zone: where a calendar day begins, whatever zone the browser is in.

/** The instant at which the day `YYYY-MM-DD` begins in `zone`, as ISO 8601 in UTC. */
export function startOfDay(day: string, zone: string): string {
  const midnightUtc = Date.parse(`${day}T00:00:00Z`)
  // Twice, because the offset at the guess may differ from the one at the day's start.
  const guess = midnightUtc - offsetAt(midnightUtc, zone)
  return new Date(midnightUtc - offsetAt(guess, zone)).toISOString()
}

/** The day after `YYYY-MM-DD`. */
export function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}

/** Milliseconds by which the clock in `zone` is ahead of UTC at `instant`. */
function offsetAt(instant: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant)
  const part = (type: string) => Number(parts.find((found) => found.type === type)?.value)
  const local = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  return local - Math.floor(instant / 1000) * 1000
}
