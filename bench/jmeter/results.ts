// Owns reading what JMeter wrote down (CSV with field names), and its figures by request.
import { parse } from 'csv-parse/sync'
import { quantile } from '../lib/statistics.ts'

export interface Sampled {
  readonly label: string
  readonly ms: number
  readonly failure: string | null
}

export interface LabelFigures {
  readonly label: string
  readonly count: number
  readonly failed: number
  readonly p50_ms: number
  readonly p95_ms: number
  readonly max_ms: number
}

/** @throws when it isn't what the plan's runner asks JMeter for */
export function parseResults(csv: string): Sampled[] {
  const records: Record<string, string>[] = parse(csv, { columns: true, skip_empty_lines: true })
  return records.map(({ label, elapsed, success, responseCode, failureMessage }) => {
    if (label === undefined || elapsed === undefined) throw new Error('no results of JMeter')
    const failure = success === 'true' ? null : failureMessage || `answered ${responseCode ?? ''}`
    return { label, ms: Number(elapsed), failure }
  })
}

/** In the order in which the requests first came. */
export function figuresOf(samples: readonly Sampled[]): LabelFigures[] {
  return [...Map.groupBy(samples, ({ label }) => label)].map(([label, list]) => {
    const ms = list.map((sample) => sample.ms)
    return {
      label,
      count: list.length,
      failed: list.filter(({ failure }) => failure !== null).length,
      p50_ms: quantile(ms, 0.5) ?? 0,
      p95_ms: quantile(ms, 0.95) ?? 0,
      max_ms: Math.max(...ms),
    }
  })
}
