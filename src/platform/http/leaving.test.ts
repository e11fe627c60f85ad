// Shows that nobody who is inside is shut out, that nobody new is let in, and that it ends.
import { once } from 'node:events'
import { Agent, createServer, get, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { startLeaving } from './leaving.ts'

const ends: (() => void)[] = []
afterEach(() => ends.splice(0).forEach((end) => end()))

async function openServer(): Promise<{ server: Server; port: number; agent: Agent }> {
  const server = createServer((_request, response) => response.end('here'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const agent = new Agent({ keepAlive: true })
  ends.push(() => {
    agent.destroy()
    server.closeAllConnections()
  })
  return { server, agent, port: (server.address() as AddressInfo).port }
}

async function ask(port: number, agent?: Agent): Promise<string | undefined> {
  const sent = get({ host: '127.0.0.1', port, agent: agent ?? false })
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  response.resume()
  await once(response, 'end')
  return response.headers.connection
}

test('a connection that waits idle is still served, and told not to come again', async () => {
  const { server, port, agent } = await openServer()
  expect(await ask(port, agent)).toBe('keep-alive')
  const { quiet } = startLeaving(server)
  await sleep(50)
  expect(await ask(port, agent)).toBe('close')
  await quiet
})

test('those who wait to be let in at that moment are served, however many', async () => {
  const { server, port } = await openServer()
  const asking = Promise.all(Array.from({ length: 200 }, () => ask(port)))
  // They have knocked, and nobody has looked at the door yet.
  const until = performance.now() + 50
  const { promise: left, resolve } = Promise.withResolvers<Promise<void>>()
  setTimeout(() => {
    while (performance.now() < until);
    resolve(startLeaving(server).quiet)
  })
  await expect(asking).resolves.toHaveLength(200)
  await left
})

test('nobody new is let in', async () => {
  const { server, port, agent } = await openServer()
  await ask(port, agent)
  const { quiet } = startLeaving(server)
  await sleep(50)
  await expect(ask(port)).rejects.toThrow('ECONNREFUSED')
  await quiet
})

test('it is quiet when nothing is asked for a while, and at once when nobody is there', async () => {
  const busy = await openServer()
  await ask(busy.port, busy.agent)
  const begun = performance.now()
  await startLeaving(busy.server).quiet
  expect(performance.now() - begun).toBeGreaterThan(200)
  const empty = await openServer()
  const then = performance.now()
  await startLeaving(empty.server).quiet
  expect(performance.now() - then).toBeLessThan(200)
})
