// Owns when customers come who don't wait for one another (an open loop): at even distances, whatever the shop does.

export interface Pace {
  readonly perSecond: number
  readonly seconds: number
}

/** How many have come `elapsedMs` after the start; the first at 0. */
export function comeBy({ perSecond, seconds }: Pace, elapsedMs: number): number {
  if (elapsedMs < 0) return 0
  const all = Math.round(perSecond * seconds)
  return Math.min(all, Math.floor((elapsedMs * perSecond) / 1000) + 1)
}

/** When the n-th comes, counted from 0, in milliseconds after the start. */
export function comesAt({ perSecond }: Pace, n: number): number {
  return (n * 1000) / perSecond
}

/** What became of the customers of one second. */
export interface Second {
  readonly t: number
  readonly come: number
  readonly placed: number
  readonly refused: number
  readonly failed: number
  readonly gone: number
}

/** Counts by the second in which it happened. */
export function createSeconds() {
  const seconds: Record<Exclude<keyof Second, 't'>, number>[] = []
  return {
    add(what: Exclude<keyof Second, 't'>, ms: number, count = 1): void {
      const t = Math.max(0, Math.floor(ms / 1000))
      while (seconds.length <= t)
        seconds.push({ come: 0, placed: 0, refused: 0, failed: 0, gone: 0 })
      const second = seconds[t]
      if (second) second[what] += count
    },
    list: (): Second[] => seconds.map((counts, t) => ({ t, ...counts })),
  }
}
