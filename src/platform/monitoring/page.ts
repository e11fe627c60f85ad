// Owns the page of metrics: it comes in three seconds at most, whatever the database, the broker or a thread do.
import { setTimeout as pause } from 'node:timers/promises'
import type { Registry } from 'prom-client'
import { type Counted, renderMetrics } from '../background/metrics.ts'

export interface MetricsPage {
  readonly contentType: string
  /** In Prometheus' form. */
  read(): Promise<string>
}

export interface PageParts {
  readonly registry: Registry
  /** Brings the gauges up to date. */
  readonly refresh: () => Promise<void>
  /** What other threads of the process have counted. */
  readonly countedElsewhere: () => Promise<readonly Counted[]>
  /** Told when the gauges could not be read, or not in time. */
  readonly onStale: () => void
}

/** Prometheus waits ten seconds; a broker or a Redis that hangs is waited for by itself, for one. */
const PATIENCE_MS = 2500

export function createMetricsPage(parts: PageParts): MetricsPage {
  const { registry, refresh, countedElsewhere, onStale } = parts
  // A thread that doesn't answer keeps its last numbers: counters never go back.
  let elsewhere: readonly Counted[] = []
  const refreshed = oneAtATime(refresh)
  const heard = oneAtATime(async () => {
    elsewhere = await countedElsewhere()
  })
  return {
    contentType: registry.contentType,
    async read() {
      const [fresh] = await Promise.all([inTime(refreshed()), inTime(heard())])
      if (!fresh) onStale()
      return renderMetrics(registry, elsewhere)
    },
  }
}

/** Whoever asks while it runs waits for the same run: a database that hangs is asked once. */
function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null
  return () => {
    running ??= Promise.try(work).finally(() => (running = null))
    return running
  }
}

/** @returns whether it succeeded in time */
function inTime(work: Promise<void>): Promise<boolean> {
  const done = work.then(
    () => true,
    () => false,
  )
  return Promise.race([done, pause(PATIENCE_MS, false, { ref: false })])
}
