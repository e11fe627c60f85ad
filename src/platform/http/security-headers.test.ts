// Shows which headers every answer bears, whatever it answers, and that a route may say otherwise of its own.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testCore, testServer } from '../../../tests/support/core.ts'
import type { HttpServer } from './server.ts'

const EXPECTED = {
  'content-security-policy':
    "default-src 'self';script-src 'self';style-src 'self' 'unsafe-inline';img-src 'self' data: https:;" +
    "connect-src 'self';object-src 'none';base-uri 'none';form-action 'self';frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'SAMEORIGIN',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
}

let app: HttpServer
let close: () => Promise<void>
beforeAll(async () => {
  const { core, close: closeCore } = await testCore()
  close = closeCore
  const config = { access: 'public' as const }
  const routes = (server: HttpServer) => {
    server.get('/page', { config }, () => 'a page')
    server.get('/api/thing', { config }, () => ({ a: 1 }))
    server.get('/api/broken', { config }, () => Promise.reject(new Error('broken')))
    server.get('/api/secret', { config: { access: 'owner' } }, () => 'never')
    server.get('/api/kept', { config }, (_request, reply) => {
      const own = { 'cache-control': 'public', 'content-security-policy': "default-src 'none'" }
      return reply.headers(own).send('kept')
    })
  }
  app = await testServer(core, [{ routes }])
})
afterAll(async () => {
  await app.close()
  await close()
})

const get = (url: string) => app.inject({ url })

test.each([
  ['/page', 200],
  ['/api/thing', 200],
  ['/api/broken', 500],
  ['/api/secret', 401],
  ['/api/nowhere', 404],
])('%s answers %i with all of them', async (url, status) => {
  const { statusCode, headers } = await get(url)
  expect(statusCode).toBe(status)
  expect(headers).toMatchObject(EXPECTED)
})

test('what the API answers is kept by nobody; of a page its own headers decide', async () => {
  expect((await get('/api/thing')).headers['cache-control']).toBe('no-store')
  expect((await get('/api/secret')).headers['cache-control']).toBe('no-store')
  expect((await get('/page')).headers['cache-control']).toBeUndefined()
})

test('a route says otherwise of its own answer, and of no other', async () => {
  const { headers } = await get('/api/kept')
  expect(headers).toMatchObject({
    ...EXPECTED,
    'cache-control': 'public',
    'content-security-policy': "default-src 'none'",
  })
  expect((await get('/api/thing')).headers).toMatchObject(EXPECTED)
})
