// Shows logging in, staying in and being put out over HTTP.
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type TestCore, testCore, testServer } from '../../../tests/support/core.ts'
import { bearer } from '../../../tests/support/people.ts'
import type { HttpServer } from '../../platform/http/server.ts'
import { createUsers, type Users } from './index.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const password = 'three green parrots'
const sameOrigin = { 'sec-fetch-site': 'same-origin' }

let context: TestCore
let users: Users
let app: HttpServer

beforeAll(async () => {
  context = await testCore()
  users = createUsers(context.core, { beforeDelete: () => Promise.resolve() })
  app = await testServer(context.core, [users], users.authenticate)
  const { core } = context
  const cause = { actor_id: null, request_id: null, now: core.clock.now() }
  for (const role of ['owner', 'clerk', 'customer'] as const) {
    await users.createUser({ username: role, email: `${role}@example.com`, password, role }, cause)
  }
})
// Failures are forgotten between tests.
beforeEach(() => context.clock.advance(2 * HOUR))
afterAll(async () => {
  await app.close()
  await context.close()
})

function logIn(body: object, options: { headers?: object; remoteAddress?: string } = {}) {
  return app.inject({
    method: 'POST',
    url: '/api/login',
    payload: { username: 'customer', password, ...body },
    remoteAddress: options.remoteAddress ?? '203.0.113.1',
    headers: { 'user-agent': 'test', ...options.headers },
  })
}

async function tokenOf(username: string, userAgent = 'test'): Promise<{ authorization: string }> {
  const response = await logIn({ username }, { headers: { 'user-agent': userAgent } })
  return bearer(response.json().token)
}

async function isIn(headers: { authorization: string }): Promise<boolean> {
  return (await app.inject({ url: '/api/me', headers })).statusCode === 200
}

describe('logging in', () => {
  test('a program gets a token, by username or e-mail, and no cookie', async () => {
    for (const username of ['customer', 'CUSTOMER', 'Customer@example.com']) {
      const response = await logIn({ username })
      expect(response.statusCode).toBe(200)
      expect(response.json()).toEqual({
        status: 'success',
        token: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
        user_id: 3,
        role: 'customer',
        expires_at: new Date(context.clock.now() + 30 * DAY).toISOString(),
      })
      expect(response.headers['set-cookie']).toBeUndefined()
      expect(response.headers['cache-control']).toBe('no-store')
    }
  })

  test('the store holds only the hash of a token', async () => {
    const { token } = (await logIn({})).json()
    const rows = await context.core.store.db.selectFrom('sessions').selectAll().execute()
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toContain(token)
  })

  test('a browser gets a cookie that no script reads, and no token', async () => {
    const response = await logIn({ cookie: true, username: 'clerk' }, { headers: sameOrigin })
    expect(response.json()).not.toHaveProperty('token')
    const cookie = response.cookies[0]!
    expect(cookie).toMatchObject({
      name: 'petshop_session',
      httpOnly: true,
      sameSite: 'Lax',
      path: '/',
      maxAge: (7 * DAY) / 1000,
    })
    expect(cookie).not.toHaveProperty('secure')
    const cookies = { petshop_session: cookie.value }
    expect((await app.inject({ url: '/api/me', cookies })).json().item.username).toBe('clerk')
    const logout = { method: 'POST', url: '/api/logout', cookies } as const
    expect((await app.inject(logout)).json().error.code).toBe('CROSS_SITE')
    const done = await app.inject({ ...logout, headers: sameOrigin })
    expect([done.statusCode, done.cookies[0]!.value]).toEqual([200, ''])
    expect((await app.inject({ url: '/api/me', cookies })).statusCode).toBe(401)
  })

  test('another site cannot log a visitor in by cookie', async () => {
    for (const headers of [
      {},
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example' },
    ]) {
      const response = await logIn({ cookie: true }, { headers })
      expect([response.statusCode, response.json().error.code]).toEqual([403, 'CROSS_SITE'])
      expect(response.headers['set-cookie']).toBeUndefined()
    }
  })

  test('logging in again in the same browser ends the session before', async () => {
    const first = await logIn({ cookie: true }, { headers: sameOrigin })
    const token = first.cookies[0]!.value
    const cookies = { petshop_session: token }
    await app.inject({
      method: 'POST',
      url: '/api/login',
      payload: { username: 'clerk', password, cookie: true },
      headers: sameOrigin,
      cookies,
    })
    expect((await app.inject({ url: '/api/me', cookies })).statusCode).toBe(401)
  })

  test('cookie and Authorization together are refused', async () => {
    const headers = await tokenOf('customer')
    const cookies = { petshop_session: 'anything' }
    const response = await app.inject({ url: '/api/me', headers, cookies })
    expect(response.json().error.code).toBe('TWO_CREDENTIALS')
  })
})

describe('guessing', () => {
  test('unknown name, wrong password, disabled account and one without password look the same', async () => {
    const { core } = context
    await users.createUsersBulk(
      [
        { username: 'disabled', email: 'disabled@example.com', password, role: 'customer' },
        { username: 'walk-in', email: 'walk-in@example.com', password: null, role: 'customer' },
      ],
      core.clock.now(),
    )
    const id = (await users.listUsers(core.store.db, { search: 'disabled', limit: 1 })).items[0]!
    const cause = { actor_id: null, request_id: null, now: core.clock.now() }
    await users.changeUser({ role: 'owner' }, id.user_id, { active: false }, cause)
    const answers = await Promise.all([
      logIn({ username: 'nobody' }),
      logIn({ username: 'nobody@example.com' }),
      logIn({ password: 'wrong' }),
      logIn({ username: 'disabled', password: 'wrong' }),
      logIn({ username: 'walk-in', password: 'x' }),
      logIn({ username: 'deleted-9' }),
    ])
    const seen = answers.map((answer) => {
      const { request_id, ...error } = answer.json().error
      expect(request_id).toBeDefined()
      return JSON.stringify([answer.statusCode, error, Object.keys(answer.headers).sort()])
    })
    expect(new Set(seen).size).toBe(1)
    expect(seen[0]).toContain('LOGIN_FAILED')
    // Who knows the password may know why it doesn't help.
    const told = await logIn({ username: 'disabled' })
    expect([told.statusCode, told.json().error.code]).toEqual([403, 'ACCOUNT_DISABLED'])
  })

  test('an unknown name takes as long as a known one', async () => {
    const times = { known: [] as number[], unknown: [] as number[] }
    for (let i = 0; i < 7; i++) {
      for (const kind of ['known', 'unknown'] as const) {
        const username = kind === 'known' ? 'customer' : `unknown${i}`
        const start = performance.now()
        await logIn({ username, password: 'wrong' }, { remoteAddress: `203.0.113.${i}` })
        times[kind].push(performance.now() - start)
      }
    }
    const median = (list: number[]) => list.sort((a, b) => a - b)[3]!
    expect(median(times.unknown) / median(times.known)).toBeGreaterThan(0.3)
    expect(median(times.unknown) / median(times.known)).toBeLessThan(3)
  })

  test('after five failures even the right password waits, at that address only', async () => {
    for (let i = 0; i < 5; i++) expect((await logIn({ password: 'no' })).statusCode).toBe(401)
    const refused = await logIn({ username: 'ＣＵＳＴＯＭＥＲ' })
    expect([refused.statusCode, refused.json().error.code]).toEqual([429, 'TOO_MANY_FAILURES'])
    expect(refused.headers['retry-after']).toBe('1')
    expect((await logIn({}, { remoteAddress: '203.0.113.99' })).statusCode).toBe(200)
    expect((await logIn({ username: 'clerk' })).statusCode).toBe(200)
    context.clock.advance(1000)
    expect((await logIn({ password: 'no' })).statusCode).toBe(401)
    expect((await logIn({})).headers['retry-after']).toBe('2')
    context.clock.advance(2000)
    expect((await logIn({})).statusCode).toBe(200)
    expect((await logIn({ password: 'no' })).statusCode).toBe(401)
    expect((await logIn({})).statusCode).toBe(200)
  })

  test('a password that changes while it is being checked opens nothing', async () => {
    const { db } = context.core.store
    const attempt = logIn({ username: 'owner' })
    await setTimeout(5) // it has read the account, and is hashing
    const owner = db.updateTable('users').where('username', '=', 'owner')
    const { password: before } = await db
      .selectFrom('users')
      .select('password')
      .where('username', '=', 'owner')
      .executeTakeFirstOrThrow()
    await owner.set({ password: '' }).execute()
    expect((await attempt).statusCode).toBe(401)
    await owner.set({ password: before }).execute()
  })

  test('names that do not exist wait as well', async () => {
    const ask = () => logIn({ username: 'ghost' })
    for (let i = 0; i < 5; i++) expect((await ask()).statusCode).toBe(401)
    expect((await ask()).statusCode).toBe(429)
  })
})

describe('staying in', () => {
  test('staff are out after twelve idle hours, customers stay', async () => {
    const [clerk, customer] = [await tokenOf('clerk'), await tokenOf('customer')]
    context.clock.advance(12 * HOUR)
    expect([await isIn(clerk), await isIn(customer)]).toEqual([false, true])
  })

  test('use keeps a session alive, until its absolute end', async () => {
    const clerk = await tokenOf('clerk')
    for (let hours = 8; hours < 7 * 24; hours += 8) {
      context.clock.advance(8 * HOUR)
      expect(await isIn(clerk)).toBe(true)
    }
    context.clock.advance(8 * HOUR)
    expect(await isIn(clerk)).toBe(false)
  })

  test('the last use is written at most once a minute', async () => {
    const headers = await tokenOf('customer')
    const seen = async () => {
      const response = await app.inject({ url: '/api/me/sessions', headers })
      const own = response.json().items.find((item: { current: boolean }) => item.current)
      return Date.parse(own.last_seen_at)
    }
    const start = context.clock.now()
    context.clock.advance(59_000)
    expect(await seen()).toBe(start)
    context.clock.advance(1000)
    expect(await seen()).toBe(start + 60_000)
  })

  test('expired sessions are forgotten by the upkeep', async () => {
    const count = async () =>
      (await context.core.store.db.selectFrom('sessions').select('session_id').execute()).length
    await tokenOf('customer')
    expect(await count()).toBeGreaterThan(0)
    const [upkeep] = users.upkeep
    await upkeep!.run(context.clock.now() + 200 * DAY)
    expect(await count()).toBe(0)
  })

  test.each(['', 'x', 'a'.repeat(43), '%00', "' or 1=1 --"])('%o is no token', async (token) => {
    expect(await isIn(bearer(token))).toBe(false)
  })
})

describe('ending sessions', () => {
  test('one sees the own sessions, ends one of them, or all others', async () => {
    const phone = await tokenOf('owner', 'Phone/1.0')
    context.clock.advance(1000)
    const laptop = await tokenOf('owner', 'Laptop/1.0')
    const list = async () =>
      (await app.inject({ url: '/api/me/sessions', headers: laptop })).json().items
    const [first, second] = await list()
    expect(first).toMatchObject({ current: true, user_agent: 'Laptop/1.0', address: '203.0.113.1' })
    expect(second).toMatchObject({ current: false, user_agent: 'Phone/1.0' })

    const end = (headers: object, id: number | string) =>
      app.inject({ method: 'DELETE', url: `/api/me/sessions/${id}`, headers: { ...headers } })
    const stranger = await tokenOf('customer')
    expect((await end(stranger, second.session_id)).statusCode).toBe(404)
    expect(await isIn(phone)).toBe(true)
    expect((await end(laptop, second.session_id)).statusCode).toBe(200)
    expect(await isIn(phone)).toBe(false)
    expect((await end(laptop, second.session_id)).statusCode).toBe(404)
    expect((await end(laptop, 'x')).statusCode).toBe(400)

    const again = await tokenOf('owner', 'Phone/1.0')
    const others = { method: 'DELETE', url: '/api/me/sessions', headers: laptop } as const
    expect((await app.inject(others)).statusCode).toBe(200)
    expect([await isIn(again), await isIn(laptop), await isIn(stranger)]).toEqual([
      false,
      true,
      true,
    ])
  })

  test('logging out ends this session only', async () => {
    const [one, two] = [await tokenOf('customer'), await tokenOf('customer')]
    await app.inject({ method: 'POST', url: '/api/logout', headers: one })
    expect([await isIn(one), await isIn(two)]).toEqual([false, true])
  })
})

describe('devices', () => {
  test('the first device is silent, a new one is announced once, an update is not new', async () => {
    const { core } = context
    const cause = { actor_id: null, request_id: null, now: core.clock.now() }
    const { user_id } = await users.createUser(
      { username: 'traveller', email: 't@example.com', password, role: 'customer' },
      cause,
    )
    const announced = async () => {
      const rows = await core.store.db
        .selectFrom('outbox')
        .select(['type', 'event_key', 'payload'])
        .where('event_key', '=', String(user_id))
        .execute()
      return rows.map((row) => {
        expect(row.type).toBe('user.signed_in_from_new_device')
        return JSON.parse(row.payload)
      })
    }
    await tokenOf('traveller', 'Phone/1.0.1')
    await tokenOf('traveller', 'Phone/2.0.0')
    expect(await announced()).toEqual([])
    await tokenOf('traveller', 'Laptop/1.0')
    await tokenOf('traveller', 'Laptop/1.0')
    await tokenOf('traveller', 'Phone/1.0.1')
    expect(await announced()).toEqual([
      { user_id, user_agent: 'Laptop/1.0', address: '203.0.113.1' },
    ])
  })
})
