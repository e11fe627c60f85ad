// Shows that who is inside when the server closes is served as ever, and told to come back by another way.
import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { testCore, testServer } from '../../../tests/support/core.ts'
import type { HttpServer } from './server.ts'

const ends: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

test('a request on an open connection is answered in our own words while the server closes', async () => {
  const { core, close } = await testCore()
  ends.push(close)
  const routes = (server: HttpServer) =>
    void server.get('/api/secret', { config: { access: 'owner' } }, () => 'never')
  const app = await testServer(core, [{ routes }])
  await app.listen({ host: '127.0.0.1', port: 0 })
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
  let said = ''
  socket.setEncoding('utf8').on('data', (text: string) => (said += text))
  // Half a request: its connection isn't idle, and so isn't closed.
  socket.write('GET /api/secret HTTP/1.1\r\n')
  await once(app.server, 'connection')
  await new Promise((resolve) => setTimeout(resolve, 50))
  const closed = app.close()
  await new Promise((resolve) => setTimeout(resolve, 50))
  socket.write('host: x\r\n\r\n')
  await Promise.all([closed, once(socket, 'close')])
  expect(said).toMatch(/^HTTP\/1.1 401 /)
  expect(said).toContain('"NOT_LOGGED_IN"')
  expect(said).toMatch(/connection: close/i)
})
