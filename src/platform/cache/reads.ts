// Owns the count of what caches were asked: by name and outcome, for people and for Prometheus.
import type { Log } from '../logging.ts'
import type { Metrics } from '../metrics.ts'
import type { CacheCounts, CountRead } from './cache.ts'

type Outcome = Parameters<CountRead>[0]

/** @param log of the category `cache`; null when that is off */
export function countReads(metrics: Metrics, log: Log | null) {
  const caches = new Map<string, Record<Outcome, number>>()
  return {
    counter(name: string): CountRead {
      const counts = { hit: 0, miss: 0, error: 0 }
      caches.set(name, counts)
      const counter = (outcome: Outcome) => metrics.cacheReads.labels({ cache: name, outcome })
      const counters = { hit: counter('hit'), miss: counter('miss'), error: counter('error') }
      return (outcome, entries = 1) => {
        counts[outcome] += entries
        counters[outcome].inc(entries)
        log?.info({ cache: name, outcome, entries }, `${outcome} in the cache`)
      }
    },
    counts: (): CacheCounts[] =>
      [...caches].map(([name, { hit, miss, error }]) => ({
        name,
        hits: hit,
        misses: miss,
        errors: error,
      })),
  }
}
