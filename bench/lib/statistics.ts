// Owns the arithmetic of repetitions: medians, ranges, ratios, and whether a goal is met.
import type { Goal, Row, Sample } from './scenario.ts'

export interface Spread {
  readonly median: number
  readonly min: number
  readonly max: number
}

/** A row as it is printed and kept: medians of its samples, and the samples. */
export interface RowSummary {
  readonly name: string
  readonly unit: string
  readonly rate: Spread
  /** To what the row is compared with; null when it isn't. */
  readonly ratio: number | null
  readonly against: { readonly name: string; readonly rate: Spread } | null
  readonly p50_ms: number | null
  readonly p95_ms: number | null
  readonly p99_ms: number | null
  /** Of all repetitions together, as are those that failed. */
  readonly refused: number
  readonly failed: number
  readonly cpu_s: number | null
  readonly cpu_us_each: number | null
  readonly peak_mib: number | null
  /** Processors that other programs kept busy, in the most disturbed sample; null: nobody looked. */
  readonly others_cpu: number | null
  readonly more: Readonly<Record<string, number>>
  readonly samples: readonly Sample[]
  readonly against_samples: readonly Sample[]
}

export interface GoalOutcome extends Goal {
  /** Null: the row or its number is missing. */
  readonly value: number | null
  readonly met: boolean
  readonly stretch_met: boolean | null
}

/** Of an even number the mean of the middle two. @throws when there is none */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const upper = sorted[sorted.length >> 1]
  if (upper === undefined) throw new Error('nothing was measured')
  const lower = sorted[(sorted.length - 1) >> 1] ?? upper
  return (lower + upper) / 2
}

/** The value that `share` of all lie at or below (nearest rank); null of none. */
export function quantile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null
}

/** How much y grows when x grows by one, by least squares; 0 of fewer than two points. */
export function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, n) => sum + n, 0) / values.length
  const [mx, my] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))]
  const across = points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0)
  const along = points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0)
  return along > 0 ? across / along : 0
}

export function spread(values: readonly number[]): Spread {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) }
}

export function summarize({ name, unit, samples, against }: Row): RowSummary {
  const rate = spread(samples.map((sample) => sample.rate))
  const other = against && { name: against.name, rate: spread(against.samples.map((s) => s.rate)) }
  return {
    name,
    unit,
    rate,
    ratio: other ? divided(rate.median, other.rate.median) : null,
    against: other ?? null,
    p50_ms: medianOf(samples, (sample) => sample.p50_ms),
    p95_ms: medianOf(samples, (sample) => sample.p95_ms),
    p99_ms: medianOf(samples, (sample) => sample.p99_ms),
    refused: samples.reduce((sum, { refused = 0 }) => sum + refused, 0),
    failed: samples.reduce((sum, { failed = 0 }) => sum + failed, 0),
    cpu_s: medianOf(samples, (sample) => sample.cpu_s),
    cpu_us_each: medianOf(samples, ({ cpu_s, count }) =>
      cpu_s === undefined || count === 0 ? undefined : (cpu_s / count) * 1e6,
    ),
    peak_mib: medianOf(samples, (sample) => sample.peak_mib),
    others_cpu: largest(samples.map((sample) => sample.others_cpu)),
    more: moreOf(samples),
    samples,
    against_samples: against?.samples ?? [],
  }
}

/** Each of the scenario's own numbers, over the samples that have it. */
function moreOf(samples: readonly Sample[]): Record<string, number> {
  const names = new Set(samples.flatMap(({ more = {} }) => Object.keys(more)))
  const pairs = [...names].map((name) => [name, medianOf(samples, ({ more }) => more?.[name])])
  return Object.fromEntries(pairs) as Record<string, number>
}

function medianOf(
  samples: readonly Sample[],
  pick: (sample: Sample) => number | undefined,
): number | null {
  const values = samples.map(pick).filter((value) => value !== undefined)
  return values.length === 0 ? null : median(values)
}

function largest(values: readonly (number | undefined)[]): number | null {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? null : Math.max(...known)
}

function divided(one: number, other: number): number | null {
  return other === 0 ? null : one / other
}

export function judge(goal: Goal, rows: readonly RowSummary[]): GoalOutcome {
  const row = rows.find(({ name }) => name === goal.row)
  const value = row ? valueOf(row, goal.of) : null
  const reaches = (bound: number) =>
    value !== null && (goal.least === undefined ? value <= bound : value >= bound)
  const bound = goal.least ?? goal.most
  return {
    ...goal,
    value,
    met: bound !== undefined && reaches(bound),
    stretch_met: goal.stretch === undefined ? null : reaches(goal.stretch),
  }
}

function valueOf(row: RowSummary, of: string): number | null {
  switch (of) {
    case 'rate':
      return row.rate.median
    case 'ratio':
    case 'p50_ms':
    case 'p95_ms':
    case 'p99_ms':
    case 'refused':
    case 'failed':
    case 'cpu_us_each':
    case 'peak_mib':
      return row[of]
    default:
      return row.more[of] ?? null
  }
}
