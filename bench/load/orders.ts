// Owns orders offered at a pace: what the generator's process saw, as figures.
import { join } from 'node:path'
import { cpuSeconds, peakMib, resetPeak } from '../lib/process-state.ts'
import type { Bench, Sample, Shop } from '../lib/scenario.ts'
import { quantile } from '../lib/statistics.ts'
import { type Remote, startRemote } from './calls.ts'
import type { OrdersDone, OrdersFunctions, OrdersJob } from './orders-process.ts'

export type Orderer = Remote<OrdersFunctions>

export function startOrderer(bench: Bench): Orderer {
  return startRemote<OrdersFunctions>(bench, join(import.meta.dirname, 'orders-process.ts'))
}

export async function offerOrders(
  orderer: Orderer,
  shop: Shop,
  how: Pick<OrdersJob, 'connections' | 'pace' | 'patienceMs'>,
): Promise<{ readonly done: OrdersDone; readonly sample: Sample }> {
  resetPeak(shop.pid)
  const cpu = cpuSeconds(shop.pid)
  const { url, customers, products } = shop
  const done = await orderer.call('order', { url, customers, products, lines: 3, ...how })
  const cpu_s = cpuSeconds(shop.pid) - cpu
  return { done, sample: { ...ordersSample(done), cpu_s, peak_mib: peakMib(shop.pid) } }
}

/** Orders placed; their times are from when each customer came. */
export function ordersSample(done: OrdersDone): Sample {
  const latencies = [...done.latencies]
  const count = latencies.length
  const last = done.answeredAt.at(-1) ?? done.began
  const seconds = Math.max(last - done.began, 1) / 1000
  const refused = (done.answers[429] ?? 0) + (done.answers[503] ?? 0)
  const all = Object.values(done.answers).reduce((sum, n) => sum + n, 0)
  return {
    count,
    seconds,
    rate: count / seconds,
    ...timesOf(latencies),
    refused,
    failed: all - count - refused,
  }
}

/** Nothing of nothing. */
export function timesOf(
  ms: readonly number[],
): Pick<Sample, 'p50_ms' | 'p95_ms' | 'p99_ms' | 'max_ms'> {
  if (ms.length === 0) return {}
  const sorted = ms.toSorted((one, other) => one - other)
  const at = (share: number) => quantile(sorted, share) ?? 0
  return { p50_ms: at(0.5), p95_ms: at(0.95), p99_ms: at(0.99), max_ms: sorted.at(-1) ?? 0 }
}
