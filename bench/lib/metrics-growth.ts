// Owns what histograms and counters of the shop grew by meanwhile, whatever they are called: a scenario need not
// know each.
import { grownMean, grownQuantile, type Metrics, sumOf } from './metrics.ts'

/**
 * Of a histogram `x_seconds`: `x_count`, `x_mean_ms` and `x_p99_ms`; of a counter `x_total`: `x_total`. Gauges have
 * no growth. `petshop_` is left out of the names.
 */
export function growth(before: Metrics, after: Metrics, which: RegExp): Record<string, number> {
  const grown: Record<string, number> = {}
  const by = (name: string) => sumOf(after, name) - sumOf(before, name)
  for (const name of after.keys()) {
    if (!which.test(name)) continue
    const short = name.replace(/^petshop_/, '')
    if (name.endsWith('_total')) grown[short] = by(name)
    const histogram = /^(.*_seconds)_count$/.exec(name)?.[1]
    if (histogram === undefined) continue
    const start = short.replace(/_seconds_count$/, '')
    grown[`${start}_count`] = by(name)
    const mean = grownMean(before, after, histogram)
    const p99 = grownQuantile(before, after, histogram, 0.99)
    if (mean !== null) grown[`${start}_mean_ms`] = mean * 1000
    if (p99 !== null) grown[`${start}_p99_ms`] = p99 * 1000
  }
  return grown
}
