// Shows that one order is one trace: from its request through the event log to everything that follows from it.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Collector, openCollector } from '../support/collector.ts'
import { makeStage, type Stage, until } from '../support/load.ts'
import { startServer } from '../support/server.ts'
import { tempDir } from '../support/temp-dir.ts'
import { startOwnRedis } from './redis-shops.ts'

const TRACE = '0af7651916cd43dd8448eb211c80319c'
const CALLER = 'b7ad6b7169203331'

let collector: Collector
let stage: Stage
beforeEach(async () => {
  collector = await openCollector()
  stage = await makeStage(tempDir(), { buyers: 1, onHand: [5] })
})
afterEach(() => collector.close())

const settings = (more: Record<string, string> = {}) => ({
  OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  OTEL_SERVICE_NAME: 'the-shop',
  OTEL_BSP_SCHEDULE_DELAY: '50',
  ...more,
})

async function order(url: string, headers: Record<string, string> = {}): Promise<number> {
  const [buyer] = stage.buyers
  const [product_id] = stage.products
  const response = await fetch(`${url}/api/orders`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${buyer?.token}`,
      'content-type': 'application/json',
      ...headers,
    },
    body: JSON.stringify({ user_id: buyer?.user_id, items: [{ product_id, quantity: 1 }] }),
  })
  return response.status
}

const names = () => new Set(collector.spans.map((span) => span.name))

/** The last of them follows from an event that a consumer wrote. */
const FOLLOWING = [
  'place order',
  'confirm-order-on-placed',
  'update-stock-on-stock-change',
  'project-sales-on-order-change',
  'notify-people-on-order-change',
]

/** The order's own span, and everything else in its trace. */
function expectOneTrace(): void {
  const http = collector.spans.find(({ name }) => name === 'POST /api/orders')
  expect(http).toMatchObject({ traceId: TRACE, parentSpanId: CALLER, service: 'the-shop' })
  for (const name of FOLLOWING) {
    const found = collector.spans.filter((span) => span.name === name)
    expect(found, name).not.toEqual([])
    for (const span of found)
      expect(span, name).toMatchObject({ traceId: TRACE, parentSpanId: http?.spanId })
  }
  // Placed and confirmed: two events, two tellings.
  const told = collector.spans.filter(({ name }) => name === 'notify-people-on-order-change')
  expect(told.length).toBe(2)
}

const traceparent = `00-${TRACE}-${CALLER}-01`
const told = () =>
  collector.spans.filter(({ name }) => name === 'notify-people-on-order-change').length === 2

test('on the embedded log, through both threads of the process', async () => {
  const { url } = await startServer({ dataDir: stage.dataDir, env: settings() })
  expect(await order(url, { traceparent })).toBe(201)
  await until(
    'everything is told',
    () => told() && FOLLOWING.every((name) => names().has(name)),
    20_000,
  )
  expectOneTrace()
})

test('on Redis, to a worker that is a process of its own', async () => {
  const redis = await startOwnRedis()
  const env = settings({ REDIS_URL: redis.url })
  const { dataDir } = stage
  const { url } = await startServer({ dataDir, env, args: ['--no-worker'] })
  await startServer({ command: 'worker', dataDir, env })
  expect(await order(url, { traceparent })).toBe(201)
  await until(
    'everything is told',
    () => told() && FOLLOWING.every((name) => names().has(name)),
    20_000,
  )
  expectOneTrace()
  const shipped = collector.spans.filter(({ name }) => name === 'ship to orders')
  expect(shipped.map(({ traceId }) => traceId)).toEqual([TRACE, TRACE])
})

test('a request that its caller has left out is left out everywhere', async () => {
  const { url, stop } = await startServer({ dataDir: stage.dataDir, env: settings() })
  expect(await order(url, { traceparent: traceparent.replace(/01$/, '00') })).toBe(201)
  await fetch(`${url}/healthz`)
  await until('the other request is told of', () => names().has('GET /healthz'))
  await stop()
  expect(collector.spans.filter(({ traceId }) => traceId === TRACE)).toEqual([])
  expect(names().has('confirm-order-on-placed')).toBe(false)
})

test('switched off, nothing is sent', async () => {
  const env = { ...settings(), OTEL_SDK_DISABLED: 'true' }
  const { url, stop } = await startServer({ dataDir: stage.dataDir, env })
  expect(await order(url, { traceparent })).toBe(201)
  await stop()
  expect(collector.spans).toEqual([])
})

test('a collector that is away hinders nothing, nor keeps the shop from ending', async () => {
  collector.close()
  const { url, stop } = await startServer({ dataDir: stage.dataDir, env: settings() })
  expect(await order(url, { traceparent })).toBe(201)
  const begin = performance.now()
  expect((await stop()).code).toBe(0)
  expect(performance.now() - begin).toBeLessThan(10_000)
})
