// Shows that the generators see what a shop really answers: against a small server that answers as it is told.
import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { startRemote } from '../../bench/load/calls.ts'
import type { ListenersFunctions } from '../../bench/load/listeners-process.ts'
import type { OrdersFunctions, OrdersJob } from '../../bench/load/orders-process.ts'
import { isAlive } from '../support/engines/processes.ts'
import { until } from '../support/load.ts'

const LOAD = join(import.meta.dirname, '../../bench/load')

const ends: (() => Promise<void> | void)[] = []
const bench = { onEnd: (work: () => Promise<void> | void) => void ends.push(work) }

afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ends.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function answer(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
) {
  const text = JSON.stringify(body)
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text) }).end(text)
}

function ordersTo(job: Partial<OrdersJob> & Pick<OrdersJob, 'url'>) {
  const remote = startRemote<OrdersFunctions>(bench, join(LOAD, 'orders-process.ts'))
  const full: OrdersJob = {
    connections: 4,
    pace: { perSecond: 100, seconds: 1 },
    customers: [{ user_id: 7, token: 'secret' }],
    products: 10,
    lines: 3,
    patienceMs: null,
    ...job,
  }
  return { remote, job: full }
}

function order(parts: Parameters<typeof ordersTo>[0]) {
  const { remote, job } = ordersTo(parts)
  return remote.call('order', job)
}

it('sends whole orders at its pace, and tells apart what is answered', async () => {
  const bodies: string[] = []
  const url = await serve((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += String(chunk)))
    request.on('end', () => {
      expect(request.headers.authorization).toBe('Bearer secret')
      const n = bodies.push(body)
      if (n % 8 === 1) answer(response, 503, {})
      else if (n % 4 < 2) answer(response, 503, {}, { 'retry-after': '1' })
      else if (n % 4 === 2) request.socket.destroy()
      else answer(response, 201, { order_id: n })
    })
  })
  const begin = performance.now()
  const done = await order({ url })
  expect(performance.now() - begin).toBeGreaterThan(950)
  expect(done).toMatchObject({ come: 100, gone: 0, withoutRetryAfter: 13 })
  expect(done.answers).toEqual({ 0: 25, 201: 25, 503: 50 })
  expect([...done.orderIds].every((id) => id % 4 === 3)).toBe(true)
  expect(done.seconds.reduce((sum, { failed }) => sum + failed, 0)).toBe(25)
  const { user_id, items } = JSON.parse(bodies[0] ?? '') as { user_id: number; items: object[] }
  expect([user_id, items.length]).toEqual([7, 3])
})

it('counts from when a customer came, not from when a connection was free', async () => {
  const url = await serve((_, response) => {
    setTimeout(() => answer(response, 201, { order_id: 1 }), 100)
  })
  // Ten come at once, one is served at a time.
  const pace = { perSecond: 1e6, seconds: 10 / 1e6 }
  const { latencies } = await order({ url, pace, connections: 1 })
  expect(latencies).toHaveLength(10)
  expect(latencies.at(-1)).toBeGreaterThan(950)
})

it('lets go who finds no connection for too long', async () => {
  const url = await serve((_, response) => {
    setTimeout(() => answer(response, 201, { order_id: 1 }), 300)
  })
  const pace = { perSecond: 1e6, seconds: 10 / 1e6 }
  const done = await order({ url, pace, connections: 1, patienceMs: 400 })
  expect(done.answers[201]).toBe(2)
  expect(done).toMatchObject({ come: 10, gone: 8 })
})

it('hears what each connection is told, and notices those that are lost', async () => {
  const streams: ServerResponse[] = []
  const url = await serve((request, response) => {
    if (request.headers.authorization === 'Bearer refused') return answer(response, 401, {})
    streams.push(response.writeHead(200, { 'content-type': 'text/event-stream' }))
    response.write('retry: 2000\n\n')
  })
  const file = join(LOAD, 'listeners-process.ts')
  const listeners = startRemote<ListenersFunctions>(bench, file)
  const one = await listeners.call('connect', { url, tokens: ['a', 'b', 'refused'] })
  expect(one).toEqual({ first: 0, refused: 1 })
  expect(await listeners.call('connect', { url, tokens: ['c'] })).toEqual({ first: 3, refused: 0 })
  for (const stream of streams) stream.write('id: 1\nevent: notification\ndata: {"order_id":5}\n\n')
  const orderIds: number[] = []
  const ears = new Set<number>()
  let lost = 0
  const listen = async () => {
    const heard = await listeners.call('heard', null)
    orderIds.push(...heard.orderIds)
    for (const listener of heard.listeners) ears.add(listener)
    lost = heard.lost
  }
  await until('all have heard', async () => {
    await listen()
    return orderIds.length >= 3
  })
  expect(orderIds).toEqual([5, 5, 5])
  expect(ears).toEqual(new Set([0, 1, 3]))
  expect(lost).toBe(0)
  streams[2]?.destroy()
  await until('one is lost', async () => {
    await listen()
    return lost === 1
  })
  await listeners.call('leave', null)
  expect((await listeners.call('heard', null)).lost).toBe(1)
})

it('says why a call failed, and is gone at the end', async () => {
  const { remote, job } = ordersTo({ url: 'nonsense' })
  await expect(remote.call('order', job)).rejects.toThrow('Invalid URL')
  for (const end of ends.splice(0)) await end()
  expect(isAlive(remote.pid)).toBe(false)
  await expect(remote.call('order', job)).rejects.toThrow('has ended')
})
