// Tests for the page of metrics: it comes in time, and what other threads have counted never goes back.
import { Counter, Gauge, Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { countedBy } from '../background/metrics.ts'
import { createMetricsPage } from './page.ts'

const HANGS = new Promise<never>(() => {})

/** The same counter in two threads. */
function threads() {
  const registries = [new Registry(), new Registry()] as const
  const counters = registries.map(
    (registry) => new Counter({ name: 'petshop_x_total', help: 'x', registers: [registry] }),
  )
  counters.forEach((counter) => counter.inc(3))
  return registries
}

test('it tells what is there when the gauges cannot be read in time, and asks what hangs only once', async () => {
  const registry = new Registry()
  const gauge = new Gauge({ name: 'petshop_y', help: 'y', registers: [registry] })
  let asked = 0
  let stale = 0
  const page = createMetricsPage({
    registry,
    refresh: () => (asked++, HANGS),
    countedElsewhere: () => Promise.resolve([]),
    onStale: () => stale++,
  })
  gauge.set(7)
  const begin = performance.now()
  expect(await page.read()).toContain('petshop_y 7')
  expect(await page.read()).toContain('petshop_y 7')
  expect(performance.now() - begin).toBeLessThan(8000)
  expect([asked, stale]).toEqual([1, 2])
})

test('a failure is told of, and the next reading may succeed', async () => {
  let failing = true
  const told: string[] = []
  const page = createMetricsPage({
    registry: new Registry(),
    refresh: () => (failing ? Promise.reject(new Error('away')) : Promise.resolve()),
    countedElsewhere: () => Promise.resolve([]),
    onStale: () => told.push('stale'),
  })
  await page.read()
  failing = false
  await page.read()
  expect(told).toEqual(['stale'])
})

test('what a thread counted stays when it does not answer', async () => {
  const [own, other] = threads()
  let silent = false
  const page = createMetricsPage({
    registry: own,
    refresh: () => Promise.resolve(),
    countedElsewhere: () => (silent ? HANGS : countedBy(other)),
    onStale: () => {},
  })
  expect(await page.read()).toMatch(/^petshop_x_total 6$/m)
  silent = true
  expect(await page.read()).toMatch(/^petshop_x_total 6$/m)
})
