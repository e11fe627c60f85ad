// Shows how the shop's numbers are read, and what they grew by.
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { growth } from './metrics-growth.ts'
import {
  answersByStatus,
  grownMean,
  grownQuantile,
  largestBacklog,
  parseMetrics,
  sumOf,
} from './metrics.ts'

/** As the shop writes them. */
function registry() {
  const registers = [new Registry()]
  const requests = new Histogram({
    name: 'petshop_http_request_seconds',
    help: 'Time',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.01, 0.1],
    registers,
  })
  const backlog = new Gauge({
    name: 'petshop_consumer_backlog',
    help: 'Backlog',
    labelNames: ['group', 'stream'],
    registers,
  })
  const placed = new Counter({ name: 'petshop_orders_placed_total', help: 'Placed', registers })
  const read = async () => parseMetrics((await registers[0]?.metrics()) ?? '')
  return { requests, backlog, placed, read }
}

const route = { method: 'POST', route: '/api/orders' }

test('answers are counted by status, over all routes', async () => {
  const { requests, read } = registry()
  requests.observe({ ...route, status: '201' }, 0.002)
  requests.observe({ ...route, status: '503' }, 0.002)
  requests.observe({ method: 'GET', route: '/x",status="200', status: '503' }, 0.002)
  const metrics = await read()
  const routes = metrics
    .get('petshop_http_request_seconds_count')
    ?.map(({ labels }) => labels['route'])
  expect(routes).toContain('/x\\",status=\\"200')
  expect(answersByStatus(metrics)).toEqual(
    new Map([
      [201, 1],
      [503, 2],
    ]),
  )
})

test('the largest backlog of any group counts; without groups there is none', async () => {
  const { backlog, read } = registry()
  expect(largestBacklog(await read())).toBe(0)
  backlog.set({ group: 'one', stream: 'orders' }, 3)
  backlog.set({ group: 'two', stream: 'orders' }, 9)
  expect(largestBacklog(await read())).toBe(9)
})

test('what has no series is 0', async () => {
  expect(sumOf(await registry().read(), 'petshop_nothing')).toBe(0)
})

test('a histogram tells the mean and the bucket of what came since', async () => {
  const { requests, read } = registry()
  requests.observe({ ...route, status: '201' }, 0.09)
  const before = await read()
  for (let i = 0; i < 98; i++) requests.observe({ ...route, status: '201' }, 0.0005)
  requests.observe({ ...route, status: '503' }, 0.005)
  requests.observe({ ...route, status: '201' }, 5)
  const after = await read()
  const name = 'petshop_http_request_seconds'
  expect(grownMean(before, after, name)).toBeCloseTo((98 * 0.0005 + 0.005 + 5) / 100)
  expect(grownQuantile(before, after, name, 0.98)).toBe(0.001)
  expect(grownQuantile(before, after, name, 0.99)).toBe(0.01)
  expect(grownQuantile(before, after, name, 1)).toBe(Infinity)
})

test('of what did not grow there is neither', async () => {
  const { requests, read } = registry()
  requests.observe({ ...route, status: '201' }, 0.09)
  const now = await read()
  expect(grownMean(now, now, 'petshop_http_request_seconds')).toBeNull()
  expect(grownQuantile(now, now, 'petshop_http_request_seconds', 0.5)).toBeNull()
})

test('growth names counters and histograms, in ms, and passes over gauges and all others', async () => {
  const { requests, placed, backlog, read } = registry()
  const before = await read()
  placed.inc(3)
  backlog.set({ group: 'one', stream: 'orders' }, 5)
  requests.observe({ ...route, status: '201' }, 0.004)
  const grown = growth(before, await read(), /^petshop_/)
  expect(grown).toEqual({
    orders_placed_total: 3,
    http_request_count: 1,
    http_request_mean_ms: 4,
    http_request_p99_ms: 10,
  })
  expect(growth(before, await read(), /^petshop_sqlite_/)).toEqual({})
})
