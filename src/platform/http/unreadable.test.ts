// Shows that what is no HTTP, or could be read in two ways, is refused in our own words and cut off.
import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testCore, type TestCore, testServer } from '../../../tests/support/core.ts'
import type { HttpServer } from './server.ts'

let context: TestCore
let app: HttpServer
let asked = 0
beforeAll(async () => {
  context = await testCore()
  const routes = (server: HttpServer) =>
    void server.post('/api/asked', { config: { access: 'public' } }, () => `${++asked}`)
  app = await testServer(context.core, [{ routes }])
  await app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(async () => {
  await app.close()
  await context.close()
})

const HEAD = 'POST /api/asked HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n'

test.each([
  ['two lengths', `${HEAD}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`],
  [
    'a length and chunks',
    `${HEAD}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  ],
  ['a blank before the colon', `${HEAD}Content-Length : 2\r\n\r\n{}`],
  ['lines that end otherwise', HEAD.replaceAll('\r\n', '\n') + 'Content-Length: 2\n\n{}'],
  ['no HTTP at all', '\x16\x03\x01 garbage\r\n\r\n'],
])('%s: refused, cut off, and nothing was done', async (_, bytes) => {
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
  let said = ''
  socket.setEncoding('utf8').on('data', (text: string) => (said += text))
  // A second request behind it: whoever read the first otherwise would serve it.
  socket.write(`${bytes}${HEAD}Content-Length: 2\r\n\r\n{}`)
  await once(socket, 'close')
  expect(said).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nContent-Type: application\/json; charset=/)
  expect(said.split('HTTP/1.1 ')).toHaveLength(2)
  expect(said).toContain('"code":"BAD_REQUEST"')
  expect(asked).toBe(0)
})
