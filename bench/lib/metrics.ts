// Owns reading Prometheus' text form: what the shop counts of itself.

export interface Series {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

export type Metrics = ReadonlyMap<string, readonly Series[]>

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g

export function parseMetrics(text: string): Metrics {
  const metrics = new Map<string, Series[]>()
  for (const line of text.split('\n')) {
    const [, name, labels = '', value] = LINE.exec(line) ?? []
    if (name === undefined) continue
    const pairs = [...labels.matchAll(LABEL)].map(([, key = '', text = '']) => [key, text] as const)
    const series = { labels: Object.fromEntries(pairs), value: Number(value) }
    const list = metrics.get(name)
    if (list) list.push(series)
    else metrics.set(name, [series])
  }
  return metrics
}

/** All series of a name that have these labels, added up; 0 when there is none. */
export function sumOf(
  metrics: Metrics,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number {
  const wanted = Object.entries(labels)
  return (metrics.get(name) ?? [])
    .filter((series) => wanted.every(([key, text]) => series.labels[key] === text))
    .reduce((sum, { value }) => sum + value, 0)
}

/** Events that the slowest group hasn't done yet. */
export function largestBacklog(metrics: Metrics): number {
  const groups = metrics.get('petshop_consumer_backlog') ?? []
  return Math.max(0, ...groups.map(({ value }) => value))
}

/** How many requests were answered with each status since the start. */
export function answersByStatus(metrics: Metrics): Map<number, number> {
  const counts = new Map<number, number>()
  for (const { labels, value } of metrics.get('petshop_http_request_seconds_count') ?? []) {
    const status = Number(labels['status'])
    counts.set(status, (counts.get(status) ?? 0) + value)
  }
  return counts
}

/** Of a histogram that grew from one reading to another: how many, and their mean; null when none came. */
export function grownMean(before: Metrics, after: Metrics, name: string): number | null {
  const count = sumOf(after, `${name}_count`) - sumOf(before, `${name}_count`)
  const sum = sumOf(after, `${name}_sum`) - sumOf(before, `${name}_sum`)
  return count > 0 ? sum / count : null
}

/** The bucket's upper end that `share` of a histogram's new values lie below; null when none came. */
export function grownQuantile(
  before: Metrics,
  after: Metrics,
  name: string,
  share: number,
): number | null {
  const ends = new Set((after.get(`${name}_bucket`) ?? []).map(({ labels }) => labels['le'] ?? ''))
  const grown = (le: string) =>
    sumOf(after, `${name}_bucket`, { le }) - sumOf(before, `${name}_bucket`, { le })
  const total = grown('+Inf')
  if (total === 0) return null
  const sorted = [...ends].map((le) => ({ le, end: le === '+Inf' ? Infinity : Number(le) }))
  sorted.sort((one, other) => one.end - other.end)
  return sorted.find(({ le }) => grown(le) >= share * total)?.end ?? null
}
