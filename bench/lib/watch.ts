// Owns looking at a shop while something else goes on: its backlog, CPU and memory, moment by moment.
import { setTimeout as pause } from 'node:timers/promises'
import { largestBacklog, type Metrics, sumOf } from './metrics.ts'
import { cpuSeconds, residentMib } from './process-state.ts'
import type { Shop } from './scenario.ts'

export interface Moment {
  /** Seconds since the watch began. */
  readonly t: number
  readonly backlog: number
  /** Since the moment before; 1 is one processor, all of the time. */
  readonly cpu: number
  readonly resident_mib: number
  /** Since the moment before. */
  readonly orders_per_s: number
  readonly orders_waiting: number
  readonly file_mib: number
  readonly wal_mib: number
}

interface Reading {
  readonly at: number
  readonly cpu: number
  readonly placed: number
}

const MIB = 1024 * 1024

/** Looks every `everyMs`, until the work is done. A shop that is slow to answer is looked at less often. */
export async function watching<T>(
  shop: Shop,
  everyMs: number,
  work: Promise<T>,
): Promise<{ result: T; moments: Moment[] }> {
  const moments: Moment[] = []
  const watch = new AbortController()
  const watched = look(shop, everyMs, moments, watch.signal)
  try {
    return { result: await work, moments }
  } finally {
    watch.abort()
    await watched
  }
}

async function look(
  shop: Shop,
  everyMs: number,
  moments: Moment[],
  signal: AbortSignal,
): Promise<void> {
  const begin = performance.now()
  let last: Reading = {
    at: begin,
    cpu: cpuSeconds(shop.pid),
    placed: placedOf(await shop.metrics()),
  }
  for (let due = begin + everyMs; ; due = Math.max(due + everyMs, performance.now())) {
    await pause(Math.max(0, due - performance.now()), undefined, { signal }).catch(() => {})
    if (signal.aborted) return
    const metrics = await shop.metrics().catch(() => null)
    if (!metrics) continue // It may be busy beyond answering; the next look may find out.
    const now: Reading = {
      at: performance.now(),
      cpu: cpuSeconds(shop.pid),
      placed: placedOf(metrics),
    }
    moments.push(momentOf(shop, metrics, begin, last, now))
    last = now
  }
}

function momentOf(
  shop: Shop,
  metrics: Metrics,
  begin: number,
  last: Reading,
  now: Reading,
): Moment {
  const seconds = (now.at - last.at) / 1000
  return {
    t: round((now.at - begin) / 1000),
    backlog: largestBacklog(metrics),
    cpu: round((now.cpu - last.cpu) / seconds),
    resident_mib: residentMib(shop.pid),
    orders_per_s: Math.round((now.placed - last.placed) / seconds),
    orders_waiting: sumOf(metrics, 'petshop_order_queue_waiting'),
    file_mib: round(sumOf(metrics, 'petshop_sqlite_bytes') / MIB),
    wal_mib: round(sumOf(metrics, 'petshop_sqlite_wal_bytes') / MIB),
  }
}

function placedOf(metrics: Metrics): number {
  return sumOf(metrics, 'petshop_orders_placed_total')
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
