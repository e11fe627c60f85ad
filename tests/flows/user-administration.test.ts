// Shows what staff may do to others' accounts, that it holds at once everywhere, and what a deletion leaves behind.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Role } from '../../src/lib/roles.ts'
import { parkDelivery } from '../../src/platform/events/failed-deliveries.ts'
import type { Person } from '../support/people.ts'
import { openShop, type Shop } from '../support/shop.ts'

const password = 'three green parrots'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop.close())

const isIn = async (person: Person) => (await shop.as(person).get('/api/me')).status === 200

/** Another session of the same person. */
async function logInAgain({ user_id, role, username }: Person): Promise<Person> {
  const cause = { actor_id: user_id, request_id: null, now: shop.clock.now() }
  const device = { user_agent: 'Another/1.0', address: '198.51.100.7' }
  const { token } = await shop.core.store.transaction((trx) =>
    shop.app.users.openSession(trx, { user_id, role }, device, cause),
  )
  return { user_id, role, username, token, headers: { authorization: `Bearer ${token}` } }
}

const logIn = (username: string, secret: string) =>
  shop.guest.post('/api/login', { username, password: secret })

/** Who may manage whom: the owner everybody, others those below themselves. */
const MAY: readonly (readonly [actor: 'manager' | 'owner', target: Role, allowed: boolean])[] = [
  ['manager', 'customer', true],
  ['manager', 'clerk', true],
  ['manager', 'manager', false],
  ['manager', 'owner', false],
  ['owner', 'customer', true],
  ['owner', 'manager', true],
  ['owner', 'owner', true],
]

describe('an account', () => {
  test('is seen by clerks when it is a customer’s, by managers always', async () => {
    const see = async (who: 'clerk' | 'manager', role: Role) => {
      const { user_id } = await shop.addPerson(role)
      return (await shop.as(who).get(`/api/users/${user_id}`)).status
    }
    expect(await see('clerk', 'customer')).toBe(200)
    for (const role of ['clerk', 'manager', 'owner'] as const) {
      expect([role, await see('clerk', role)]).toEqual([role, 404])
      expect([role, await see('manager', role)]).toEqual([role, 200])
    }
    const hidden = await shop.as('clerk').get(`/api/users/${shop.people.owner.user_id}`)
    const missing = await shop.as('clerk').get('/api/users/999999')
    expect(hidden.body.error.message).toBe(missing.body.error.message)
  })

  test('is found among the active or the disabled', async () => {
    const [active, disabled] = [await shop.addPerson('clerk'), await shop.addPerson('clerk')]
    await shop.as('owner').patch(`/api/users/${disabled.user_id}`, { active: false })
    const found = async (query: string) => {
      const { body } = await shop.as('manager').get(`/api/users?role=clerk&limit=100${query}`)
      return body.items.map((item: { user_id: number }) => item.user_id)
    }
    expect(await found('')).toEqual(expect.arrayContaining([active.user_id, disabled.user_id]))
    expect(await found('&active=false')).toEqual([disabled.user_id])
    expect(await found('&active=true')).toContain(active.user_id)
    expect(await found('&active=true')).not.toContain(disabled.user_id)
    expect((await shop.as('manager').get('/api/users?active=maybe')).status).toBe(400)
  })
})

describe('the sessions of somebody', () => {
  test('are listed, the last used first', async () => {
    const person = await shop.addPerson('clerk')
    shop.clock.advance(1000)
    await logInAgain(person)
    const { status, body } = await shop.as('manager').get(`/api/users/${person.user_id}/sessions`)
    expect([status, body.next_cursor]).toEqual([200, null])
    expect(body.items).toMatchObject([
      { user_agent: 'Another/1.0', address: '198.51.100.7', current: false },
      { user_agent: 'test', current: false },
    ])
    const { owner } = shop.people
    const own = await shop.as('owner').get(`/api/users/${owner.user_id}/sessions`)
    expect(own.body.items[0].current).toBe(true)
    expect((await shop.as('manager').get('/api/users/999999/sessions')).code).toBe('NOT_FOUND')
  })

  test.each(MAY)('are seen by a %s of a %s: %s', async (actor, role, allowed) => {
    const person = await shop.addPerson(role)
    const { status } = await shop.as(actor).get(`/api/users/${person.user_id}/sessions`)
    expect(status).toBe(allowed ? 200 : 403)
  })

  test.each(MAY)('are ended by a %s of a %s: %s', async (actor, role, allowed) => {
    const person = await shop.addPerson(role)
    const again = await logInAgain(person)
    expect([await isIn(person), await isIn(again)]).toEqual([true, true])
    const path = `/api/users/${person.user_id}/sessions`
    const { items } = (await shop.as('owner').get(path)).body
    const one = items.find((item: { user_agent: string }) => item.user_agent === 'Another/1.0')
    const first = await shop.as(actor).delete(`${path}/${one.session_id}`)
    expect(first.status).toBe(allowed ? 200 : 403)
    expect([await isIn(person), await isIn(again)]).toEqual([true, !allowed])
    const second = await shop.as(actor).delete(path)
    expect(second.status).toBe(allowed ? 200 : 403)
    expect([await isIn(person), await isIn(again)]).toEqual([!allowed, !allowed])
  })

  test('are not ended under another person’s name', async () => {
    const [one, other] = [await shop.addPerson(), await shop.addPerson()]
    const { items } = (await shop.as('owner').get(`/api/users/${one.user_id}/sessions`)).body
    const path = `/api/users/${other.user_id}/sessions/${items[0].session_id}`
    expect((await shop.as('owner').delete(path)).code).toBe('NOT_FOUND')
    expect(await isIn(one)).toBe(true)
    expect((await shop.as('owner').delete('/api/users/999999/sessions')).code).toBe('NOT_FOUND')
  })
})

describe('a new password for somebody else', () => {
  test('is theirs from then on, and all their sessions end', async () => {
    const { body } = await shop.as('manager').post('/api/users', {
      username: 'resets',
      email: 'resets@example.com',
      password,
      role: 'clerk',
    })
    const path = `/api/users/${body.item.user_id}/password`
    const before = await logIn('resets', password)
    expect(before.status).toBe(200)
    const fresh = { new_password: 'seven purple lizards' }
    expect((await shop.as('manager').put(path, fresh)).status).toBe(200)
    const headers = { authorization: `Bearer ${before.body.token}` }
    expect((await shop.guest.get('/api/me', headers)).status).toBe(401)
    expect((await logIn('resets', password)).code).toBe('LOGIN_FAILED')
    expect((await logIn('resets', fresh.new_password)).status).toBe(200)
  })

  test.each(MAY)('is set by a %s for a %s: %s', async (actor, role, allowed) => {
    const person = await shop.addPerson(role)
    // From here on a cache may know the session.
    expect(await isIn(person)).toBe(true)
    const answer = await shop
      .as(actor)
      .put(`/api/users/${person.user_id}/password`, { new_password: password })
    expect(answer.status).toBe(allowed ? 200 : 403)
    expect(await isIn(person)).toBe(!allowed)
    expect((await logIn(person.username, password)).status).toBe(allowed ? 200 : 401)
  })

  test.each(['owner', 'manager'] as const)('is not for a %s’s own account', async (who) => {
    const { user_id } = shop.people[who]
    const body = { new_password: password }
    const { status, code, text } = await shop.as(who).put(`/api/users/${user_id}/password`, body)
    expect([status, code]).toEqual([403, 'OWN_PASSWORD'])
    expect(text).toContain('/api/me/password')
    expect(await isIn(shop.people[who])).toBe(true)
  })

  test('obeys the rules of passwords', async () => {
    const person = await shop.addPerson()
    const put = (body: object) =>
      shop.as('owner').put(`/api/users/${person.user_id}/password`, body)
    for (const wrong of ['short', 'x'.repeat(129), 'password', '11111111', person.username]) {
      const { status, code, body } = await put({ new_password: wrong })
      expect([wrong, status, code]).toEqual([wrong, 400, 'VALIDATION'])
      expect(body.error.details[0].field).toBe('new_password')
    }
    expect((await put({ password })).status).toBe(400)
    expect((await put({ new_password: password, role: 'owner' })).status).toBe(400)
    expect(await isIn(person)).toBe(true)
    expect(
      (await shop.as('owner').put('/api/users/999999/password', { new_password: password })).code,
    ).toBe('NOT_FOUND')
  })
})

describe('after a deletion', () => {
  const everyTable = async () => {
    const { db } = shop.core.store
    const tables = [
      await db.selectFrom('users').selectAll().execute(),
      await db.selectFrom('idempotency_keys').selectAll().execute(),
      await db.selectFrom('failed_deliveries').selectAll().execute(),
      await db.selectFrom('notifications').selectAll().execute(),
      await db.selectFrom('sessions').selectAll().execute(),
      await db.selectFrom('known_devices').selectAll().execute(),
    ]
    return JSON.stringify(tables)
  }

  test('no kept answer says who it was; until then a repetition gets the same', async () => {
    const body = {
      username: 'Gerlinde',
      email: 'gerlinde@example.com',
      display_name: '格琳德',
      phone: '138 0013 8000',
      password,
      role: 'customer',
    }
    const post = () => shop.as('manager').post('/api/users', body, { 'idempotency-key': 'person' })
    const first = await post()
    const second = await post()
    expect([first.status, second.status, second.body]).toEqual([201, 201, first.body])
    const traces = ['erlinde', '格琳德', '0013 8000']
    const tracesIn = (text: string) => traces.filter((trace) => text.includes(trace))
    expect(tracesIn(await everyTable())).toEqual(traces)
    const { user_id } = first.body.item
    expect((await shop.as('manager').delete(`/api/users/${user_id}`)).status).toBe(200)
    expect(tracesIn(await everyTable())).toEqual([])
    const third = await post()
    expect([third.status, third.code]).toEqual([404, 'NOT_FOUND'])
  })

  test('no parked event says from where they came or what they wrote; others are left alone', async () => {
    const { store, clock } = shop.core
    const [gone, stays] = [await shop.addPerson(), await shop.addPerson()]
    // The longer number begins with the shorter.
    const near = gone.user_id * 10
    const consumer = shop.consumers[0]!
    const park = (user_id: number, trace: string, i: number) =>
      store.transaction((trx) =>
        parkDelivery(
          store,
          trx,
          consumer,
          {
            event_id: `00000000-0000-7000-8000-0000000000${user_id % 10}${i}`,
            type: 'user.signed_in_from_new_device',
            stream: 'notifications',
            version: 1,
            key: String(user_id),
            position: i,
            occurred_at: clock.now(),
            request_id: null,
            payload: {
              user_id,
              user_agent: `agent ${trace}`,
              address: `from ${trace}`,
              reason: trace,
            },
          },
          new Error('no'),
          clock.now(),
        ),
      )
    await park(gone.user_id, 'GONE', 1)
    await park(stays.user_id, 'STAYS', 2)
    await park(near, 'NEAR', 3)
    expect((await shop.as('owner').delete(`/api/users/${gone.user_id}`)).status).toBe(200)
    const rows = await store.db.selectFrom('failed_deliveries').select('event').execute()
    const events = rows.map(({ event }) => event).join('\n')
    expect(events).not.toContain('GONE')
    for (const trace of ['STAYS', 'NEAR']) expect(events).toContain(`from ${trace}`)
    expect(rows).toHaveLength(3)
  })
})
