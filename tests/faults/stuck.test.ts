// Shows that somebody who hangs stops nobody else: a lock that isn't given back, a caller who never ends.
import { once } from 'node:events'
import { connect } from 'node:net'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { databasePath } from '../../src/platform/db/store.ts'
import { makeStage, placeOrder } from '../support/load.ts'
import { startServer } from '../support/server.ts'
import { tempDir } from '../support/temp-dir.ts'

// Were the thread to stand still for the engine's whole patience, these answers would take minutes.
const QUESTIONS = 60

test('while another process holds the write lock, reads are answered, and orders refused or kept waiting', async () => {
  const dataDir = tempDir()
  const stage = await makeStage(dataDir, { buyers: 1, onHand: [50] })
  const server = await startServer({ dataDir })
  const other = new DatabaseSync(databasePath(dataDir), { timeout: 5000 })
  other.exec('begin immediate')
  const buyer = stage.buyers[0]!
  const line = { product_id: stage.products[0]!, quantity: 1 }
  const placing = placeOrder(server.url, buyer, [line])
  for (let i = 0; i < QUESTIONS; i++) {
    const answer = await fetch(`${server.url}/api/inventory/${line.product_id}`)
    expect(answer.status).toBe(200)
    await answer.arrayBuffer()
  }
  other.exec('rollback')
  other.close()
  const outcome = await placing
  expect([201, 503]).toContain(outcome === 'unknown' ? outcome : outcome.status)
  const later = await placeOrder(server.url, buyer, [line])
  expect(later).toMatchObject({ status: 201 })
  expect((await server.stop()).code).toBe(0)
})

test.each([
  ['headers', 'GET /healthz HTTP/1.1\r\nHost: x\r\n'],
  [
    'a body',
    'POST /api/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{',
  ],
  ['what is no HTTP', '\x16\x03\x01 garbage\r\n\r\n'],
])('a caller who never ends %s does not keep the shop from closing in order', async (_, bytes) => {
  const server = await startServer()
  const { port } = new URL(server.url)
  const socket = connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true })
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  socket.write(bytes)
  await fetch(`${server.url}/healthz`)
  const ended = await server.stop()
  socket.destroy()
  expect(ended).toEqual({ code: 0, signal: null })
})
