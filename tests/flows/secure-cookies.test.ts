// Shows the cookie of a shop behind a proxy that speaks TLS: no neighbour under the same domain can plant one.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openShop, type Shop } from '../support/shop.ts'

const PASSWORD = 'a long enough password'
const overTls = { 'x-forwarded-proto': 'https', 'sec-fetch-site': 'same-origin' }

let shop: Shop

beforeAll(async () => {
  shop = await openShop({ trustProxy: 'loopback' })
  await shop.guest.post('/api/register', { username: 'guest', password: PASSWORD })
})
afterAll(() => shop.close())

test('it belongs to this host and to TLS alone; another name counts for nothing there', async () => {
  const body = { username: 'guest', password: PASSWORD, cookie: true }
  const { headers } = await shop.guest.post('/api/login', body, overTls)
  const set = String(headers['set-cookie'])
  expect(set).toMatch(
    /^__Host-petshop_session=[\w-]{43}; .*Path=\/; HttpOnly; Secure; SameSite=Lax/,
  )
  expect(set).not.toMatch(/Domain/i)
  const token = /=([\w-]{43})/.exec(set)?.[1] ?? ''
  const enter = (cookie: string) => shop.guest.get('/api/me', { ...overTls, cookie })
  expect((await enter(`__Host-petshop_session=${token}`)).status).toBe(200)
  expect((await enter(`petshop_session=${token}`)).status).toBe(401)
  const cookie = `__Host-petshop_session=${token}`
  const out = await shop.guest.post('/api/logout', {}, { ...overTls, cookie })
  expect(String(out.headers['set-cookie'])).toMatch(/^__Host-petshop_session=;.*Secure/)
  expect((await enter(cookie)).status).toBe(401)
})
