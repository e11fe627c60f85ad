// Owns one page of metrics for a process of two threads: what both count is added up.
import {
  AggregatorRegistry,
  type MetricObjectWithValues,
  type MetricValue,
  type Registry,
} from 'prom-client'

export type Counted = MetricObjectWithValues<MetricValue<string>>

/** A thread's own gauges; all others are read by the thread that answers. */
const OF_THREAD = 'petshop_background_'

/** What a thread has counted of the shop's own. */
export async function countedBy(registry: Registry): Promise<Counted[]> {
  const metrics = await registry.getMetricsAsJSON()
  return metrics.filter(
    ({ name, type }) =>
      name.startsWith(OF_THREAD) || (name.startsWith('petshop_') && !isGauge(type)),
  )
}

/** In Prometheus' form. */
export async function renderMetrics(
  registry: Registry,
  others: readonly Counted[],
): Promise<string> {
  if (others.length === 0) return registry.metrics()
  const both = new Set(others.map(({ name }) => name))
  const mine = (await registry.getMetricsAsJSON()).filter(({ name }) => both.has(name))
  const sums = AggregatorRegistry.aggregate([mine, [...others]])
  const rest = registry.getMetricsAsArray().filter(({ name }) => !both.has(name))
  const texts = await Promise.all(rest.map(({ name }) => registry.getSingleMetricAsString(name)))
  return [...texts, await sums.metrics()].join('\n')
}

/** The library's types say a number, its data a word. */
function isGauge(type: unknown): boolean {
  return type === 'gauge'
}
