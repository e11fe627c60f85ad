// Shows that sessions which Redis remembers end everywhere at once, and that the database stays the truth.
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createClient } from 'redis'
import { describeEngine } from '../support/engines/describe.ts'
import type { Person } from '../support/people.ts'
import { openTwoProcesses, soon, type TwoProcesses, untilCached } from './two-processes.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

describeEngine('redis', 'sessions', (url) => {
  let shop: TwoProcesses
  beforeEach(async () => {
    shop = await openTwoProcesses(url)
  })
  afterEach(() => shop.close())

  const me = async (half: TwoProcesses['one'], { token }: Pick<Person, 'token'>) =>
    (await half.get('/api/me', token)).status

  /** Both processes answer this person without asking the database. */
  async function remember(person: Pick<Person, 'token'>): Promise<void> {
    for (const half of [shop.one, shop.other]) {
      await untilCached(half, 'session', () => me(half, person))
    }
  }

  async function logIn(person: Person, role = person.role): Promise<{ token: string }> {
    const { core, users } = shop.one.app
    const device = { user_agent: 'test', address: '127.0.0.1' }
    const cause = { actor_id: person.user_id, request_id: null, now: shop.clock.now() }
    const user = { user_id: person.user_id, role }
    return core.store.transaction((trx) => users.openSession(trx, user, device, cause))
  }

  async function sessionId(token: string): Promise<number> {
    const { body } = await shop.one.get('/api/me/sessions', token)
    return body.items.find((item: { current: boolean }) => item.current).session_id
  }

  /** The other process has it in its own memory: it hears of the end, and asks nobody. */
  async function endsAtOnce(person: Pick<Person, 'token'>): Promise<void> {
    expect(await me(shop.one, person)).toBe(401)
    await soon('it has ended there too', async () => (await me(shop.other, person)) === 401)
  }

  test('end with the log-out', async () => {
    const { customer } = shop.people
    await remember(customer)
    await shop.one.ask({ method: 'POST', url: '/api/logout', token: customer.token })
    await endsAtOnce(customer)
  })

  test('end one by one, and all others at once', async () => {
    const { customer } = shop.people
    const [phone, tablet] = [await logIn(customer), await logIn(customer)]
    for (const each of [customer, phone, tablet]) await remember(each)
    const url = `/api/me/sessions/${await sessionId(phone.token)}`
    expect((await shop.one.ask({ method: 'DELETE', url, token: customer.token })).status).toBe(200)
    await endsAtOnce(phone)
    expect([await me(shop.one, tablet), await me(shop.other, tablet)]).toEqual([200, 200])
    await shop.one.ask({ method: 'DELETE', url: '/api/me/sessions', token: customer.token })
    await endsAtOnce(tablet)
    expect([await me(shop.one, customer), await me(shop.other, customer)]).toEqual([200, 200])
  })

  test('end when the password changes, but for the one that changed it', async () => {
    const account = { username: '小猫', email: 'cat@example.com', password: 'old password 1' }
    await shop.one.ask({ method: 'POST', url: '/api/register', body: account })
    const login = { username: '小猫', password: 'old password 1' }
    const enter = async () =>
      (await shop.one.ask({ method: 'POST', url: '/api/login', body: login })).body
    const [mine, stolen] = [await enter(), await enter()]
    for (const each of [mine, stolen]) await remember(each)
    const body = { current_password: 'old password 1', new_password: 'new password 2' }
    const changed = { method: 'PUT', url: '/api/me/password', token: mine.token, body } as const
    expect((await shop.one.ask(changed)).status).toBe(200)
    await endsAtOnce(stolen)
    expect([await me(shop.one, mine), await me(shop.other, mine)]).toEqual([200, 200])
    const cause = { actor_id: null, request_id: null, now: shop.clock.now() }
    await shop.one.app.users.resetPassword(mine.user_id, 'third password 3', cause)
    await endsAtOnce(mine)
  })

  test('end when the account is disabled or deleted', async () => {
    const { customer, other, owner } = shop.people
    for (const each of [customer, other]) await remember(each)
    const url = `/api/users/${customer.user_id}`
    const body = { active: false }
    await shop.one.ask({ method: 'PATCH', url, token: owner.token, body })
    await endsAtOnce(customer)
    const gone = `/api/users/${other.user_id}`
    await shop.one.ask({ method: 'DELETE', url: gone, token: owner.token })
    await endsAtOnce(other)
  })

  test('end when another log-in takes their place', async () => {
    const account = { username: '小狗', email: 'dog@example.com', password: 'a password 1' }
    await shop.one.ask({ method: 'POST', url: '/api/register', body: account })
    const login = { username: '小狗', password: 'a password 1', cookie: true }
    const headers = { 'sec-fetch-site': 'same-origin' }
    const enter = (cookie?: string) =>
      shop.one.http.inject({
        method: 'POST',
        url: '/api/login',
        headers: { ...headers, 'content-type': 'application/json', ...(cookie && { cookie }) },
        payload: JSON.stringify(login),
      })
    const token = (await enter()).cookies[0]!.value
    await remember({ token })
    expect((await enter(`petshop_session=${token}`)).statusCode).toBe(200)
    await endsAtOnce({ token })
  })

  test('have the role that the account has now', async () => {
    const { clerk, owner } = shop.people
    await remember(clerk)
    const orders = async (half: TwoProcesses['one']) =>
      (await half.get('/api/users', clerk.token)).status
    expect([await orders(shop.one), await orders(shop.other)]).toEqual([200, 200])
    const url = `/api/users/${clerk.user_id}`
    await shop.one.ask({ method: 'PATCH', url, token: owner.token, body: { role: 'customer' } })
    expect(await orders(shop.one)).toBe(403)
    await soon('it is so there too', async () => (await orders(shop.other)) === 403)
    expect(await me(shop.other, clerk)).toBe(200)
  })

  test('end to the millisecond, unused and used', async () => {
    const { customer, clerk } = shop.people
    await remember(customer)
    shop.clock.advance(30 * DAY - 1)
    await remember(customer)
    shop.clock.advance(30 * DAY - 1)
    expect([await me(shop.other, customer), await me(shop.one, customer)]).toEqual([200, 200])
    shop.clock.advance(30 * DAY)
    expect([await me(shop.other, customer), await me(shop.one, customer)]).toEqual([401, 401])

    const used = await logIn(clerk)
    for (let hours = 0; hours < 7 * 24; hours += 8) {
      expect(await me(hours % 16 === 0 ? shop.one : shop.other, used)).toBe(200)
      if (hours < 160) shop.clock.advance(8 * 60 * MINUTE)
    }
    await remember(used)
    shop.clock.advance(8 * 60 * MINUTE - 1)
    expect([await me(shop.one, used), await me(shop.other, used)]).toEqual([200, 200])
    shop.clock.advance(1)
    expect([await me(shop.one, used), await me(shop.other, used)]).toEqual([401, 401])
  })

  test('are noted as used once a minute, by whichever process', async () => {
    const { customer } = shop.people
    const seen = async () => {
      const { db } = shop.one.app.core.store
      const query = db.selectFrom('sessions').select('last_seen_at')
      const row = await query.where('user_id', '=', customer.user_id).executeTakeFirstOrThrow()
      return row.last_seen_at
    }
    const begun = shop.clock.now()
    await remember(customer)
    shop.clock.advance(MINUTE - 1)
    await me(shop.one, customer)
    await me(shop.other, customer)
    expect(await seen()).toBe(begun)
    shop.clock.advance(1)
    await me(shop.other, customer)
    expect(await seen()).toBe(begun + MINUTE)
    shop.clock.advance(1)
    await remember(customer)
    expect(await seen()).toBe(begun + MINUTE)
  })

  test('are remembered for a minute at most, without a token or a name of more than the caller', async () => {
    const { customer } = shop.people
    await remember(customer)
    const raw = createClient({ url, RESP: 3 })
    await raw.connect()
    const keys: string[] = []
    for await (const page of raw.scanIterator({ MATCH: `${shop.prefix}cache:session:*` }))
      keys.push(...page)
    const entries = keys.filter((key) => !key.endsWith(':generation'))
    expect(entries.length).toBeGreaterThan(0)
    for (const key of entries) {
      // Half of it there, half of it in a process.
      expect(await raw.pTTL(key)).toBeLessThanOrEqual(30_000)
      const value = (await raw.get(key)) ?? ''
      expect(`${key} ${value}`).not.toContain(customer.token)
      expect(value).not.toContain('@')
    }
    raw.destroy()
  })

  test('of somebody who was never logged in are asked for again and again, and never remembered', async () => {
    const stranger = { token: 'x'.repeat(43) }
    await untilCached(shop.one, 'session', () => me(shop.one, shop.people.customer))
    const before = shop.one.hits('session')
    for (let i = 0; i < 3; i++) {
      expect(await me(shop.one, stranger)).toBe(401)
      await sleep(5)
    }
    expect(shop.one.hits('session')).toBe(before)
  })
})
