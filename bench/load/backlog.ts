// Owns letting a backlog be worked off, and how fast that goes.
import { setTimeout as pause } from 'node:timers/promises'
import { sumOf } from '../lib/metrics.ts'
import type { Bench, Sample, Shop } from '../lib/scenario.ts'
import { startWorkerBeside } from './worker-beside.ts'

export interface DrainOptions {
  /** The shop's own settings. */
  readonly env?: Readonly<Record<string, string>>
  /** Gives up after so long. */
  readonly withinSeconds: number
  readonly lookMs: number
  /** With what the worker's process holds at each look. */
  readonly onLook?: (t: number, deliveries: number, workerPid: number) => void
}

/** Deliveries of all groups that wait: one event to one group each. */
async function waitingDeliveries(shop: Shop): Promise<number> {
  return sumOf(await shop.metrics(), 'petshop_consumer_backlog')
}

/**
 * Starts a worker on what has piled up, and stops it when nothing waits any more. What follows from the deliveries
 * (confirmations, alerts) is not counted, but waited for. @throws when the time is up
 */
export async function drainWith(
  bench: Bench,
  shop: Shop,
  { env, withinSeconds, lookMs, onLook }: DrainOptions,
): Promise<Sample> {
  const count = await waitingDeliveries(shop)
  const worker = await startWorkerBeside(bench, shop, env)
  const began = performance.now()
  const elapsed = () => (performance.now() - began) / 1000
  for (;;) {
    const left = await waitingDeliveries(shop)
    onLook?.(elapsed(), left, worker.pid)
    if (left === 0) break
    if (elapsed() > withinSeconds) {
      throw new Error(`${left} of ${count} deliveries wait after ${withinSeconds} s`)
    }
    await pause(lookMs)
  }
  const seconds = elapsed()
  await worker.stop()
  return { count, seconds, rate: count / seconds }
}
