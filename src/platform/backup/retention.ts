// Owns which backups are forgotten: of each of the last days, weeks and months that have one, the newest is kept.

export interface Retention {
  readonly days: number
  readonly weeks: number
  readonly months: number
}

const DAY_MS = 86_400_000

/** All that no rule keeps, the newest never; days, weeks (from Monday) and months are those of UTC. */
export function chooseForgotten<T extends { readonly created_at: number }>(
  backups: readonly T[],
  { days, weeks, months }: Retention,
): T[] {
  const newestFirst = backups.toSorted((one, other) => other.created_at - one.created_at)
  const kept = new Set([
    ...newestFirst.slice(0, 1),
    ...newestOfEach(newestFirst, days, dayOf),
    // 1 January 1970 was a Thursday.
    ...newestOfEach(newestFirst, weeks, (time) => Math.floor((dayOf(time) + 3) / 7)),
    ...newestOfEach(newestFirst, months, (time) => new Date(time).toISOString().slice(0, 7)),
  ])
  return newestFirst.filter((backup) => !kept.has(backup))
}

function newestOfEach<T extends { readonly created_at: number }>(
  newestFirst: readonly T[],
  count: number,
  periodOf: (time: number) => number | string,
): T[] {
  const byPeriod = Map.groupBy(newestFirst, ({ created_at }) => periodOf(created_at))
  return [...byPeriod.values()].slice(0, count).flatMap((backups) => backups.slice(0, 1))
}

function dayOf(time: number): number {
  return Math.floor(time / DAY_MS)
}

/** The newest that is not younger than a moment; null when all are. */
export function chooseAt<T extends { readonly created_at: number }>(
  backups: readonly T[],
  time: number,
): T | null {
  const [first = null] = backups
    .filter(({ created_at }) => created_at <= time)
    .toSorted((one, other) => other.created_at - one.created_at)
  return first
}
