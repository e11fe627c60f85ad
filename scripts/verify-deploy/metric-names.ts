// Owns which metrics there are: ours as the program itself makes them, those of exporters as deploy/ lists them.
import { createMetrics } from '../../src/platform/metrics.ts'
import { createRedisGauges } from '../../src/platform/redis/gauges.ts'
import { textOf } from './files.ts'

/** What Prometheus adds to whatever it reads. */
const ADDED = ['job', 'instance', 'namespace', 'le']

export interface MetricNames {
  /** The labels of each metric of the shop; null for other programs', whose labels we don't know. */
  readonly labels: ReadonlyMap<string, ReadonlySet<string> | null>
  readonly own: number
}

export async function metricNames(rules: string): Promise<MetricNames> {
  const { registry } = createMetrics()
  createRedisGauges(registry)
  const labels = new Map<string, ReadonlySet<string> | null>()
  for (const { name, type } of await registry.getMetricsAsJSON()) {
    const all = new Set([...labelNamesOf(registry.getSingleMetric(name)), ...ADDED])
    const suffixes = String(type) === 'histogram' ? ['_bucket', '_sum', '_count'] : ['']
    for (const suffix of suffixes) labels.set(name + suffix, all)
  }
  const own = labels.size
  for (const [, name] of rules.matchAll(/^\s+- record: (\S+)$/gm)) labels.set(name ?? '', null)
  const others = JSON.parse(textOf('deploy/prometheus/other-metrics.json')) as Record<
    string,
    string[]
  >
  for (const name of Object.values(others).flat()) labels.set(name, null)
  return { labels, own }
}

/** prom-client keeps them in each metric, and has no type for it. */
function labelNamesOf(metric: object | undefined): string[] {
  return metric && 'labelNames' in metric && Array.isArray(metric.labelNames)
    ? metric.labelNames.map(String)
    : []
}

const WORDS = new Set(
  'and or unless on ignoring by without group_left group_right bool offset inf nan'.split(' '),
)

/** The metrics that a PromQL query reads, each with the labels it is selected by. */
export function selectors(query: string): { name: string; labels: string[] }[] {
  const found: { name: string; labels: string[] }[] = []
  const bare = query
    .replaceAll(/"(?:[^"\\]|\\.)*"/g, '""')
    .replaceAll(/\[[^\]]*\]/g, '')
    .replaceAll(/\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, ' ')
  for (const [, name = '', inside = ''] of bare.matchAll(
    /(?<![\w.])([a-zA-Z_:][\w:]*)\s*(\{[^}]*\}|\(?)/g,
  )) {
    if (inside === '(' || WORDS.has(name.toLowerCase())) continue
    const labels = [...inside.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label = '']) => label)
    found.push({ name, labels })
  }
  return found
}

export function problemsOfQuery(query: string, { labels }: MetricNames): string[] {
  return selectors(query).flatMap(({ name, labels: used }) => {
    const known = labels.get(name)
    if (known === undefined) return [`no metric ${name}`]
    return known === null
      ? []
      : used.filter((l) => !known.has(l)).map((l) => `${name} has no label ${l}`)
  })
}
