// Shows what staff may do to accounts over HTTP, and that a deleted person is gone for good.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type TestCore, testCore, testServer } from '../../../tests/support/core.ts'
import { type People, type Person, testPeople } from '../../../tests/support/people.ts'
import { defineError } from '../../lib/errors.ts'
import { ROLES } from '../../lib/roles.ts'
import type { Trx } from '../../platform/db/store.ts'
import { runCheck } from '../../platform/doctor.ts'
import type { HttpServer } from '../../platform/http/server.ts'
import { createUsers, keepActiveUsers, listStaffIds, namesOf, type Users } from './index.ts'

const password = 'three green parrots'
const openOrders = defineError('OPEN_ORDERS', 409, { zh: '', en: '' })

let context: TestCore
let users: Users
let app: HttpServer
let people: People
let beforeDelete: (trx: Trx, user_id: number) => Promise<void>

beforeEach(async () => {
  beforeDelete = () => Promise.resolve()
  context = await testCore()
  users = createUsers(context.core, { beforeDelete: (trx, id) => beforeDelete(trx, id) })
  app = await testServer(context.core, [users], users.authenticate)
  people = await testPeople(context.core, users)
})
afterEach(async () => {
  await app.close()
  await context.close()
})

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

async function call(who: Person, method: Method, url: string, payload?: object, headers = {}) {
  const response = await app.inject({
    method,
    url,
    headers: { ...who.headers, ...headers },
    ...(payload && { payload }),
  })
  return { status: response.statusCode, body: response.json() }
}

const newUser = (username: string, role: string) => ({
  username,
  email: `${username}@example.com`,
  password,
  role,
})

async function events(): Promise<{ type: string; payload: unknown }[]> {
  const rows = await context.core.store.db
    .selectFrom('outbox')
    .select(['type', 'payload'])
    .orderBy('outbox_id')
    .execute()
  return rows.map((row) => ({ type: row.type, payload: JSON.parse(row.payload) }))
}

describe('finding', () => {
  const found = async (who: Person, query: string) => {
    const { status, body } = await call(who, 'GET', `/api/users?${query}`)
    expect(status).toBe(200)
    return body.items.map((item: { username: string }) => item.username)
  }

  test('managers find everybody, clerks customers, customers nobody', async () => {
    expect(await found(people.manager, '')).toEqual(Object.keys(people))
    expect(await found(people.manager, 'role=clerk')).toEqual(['clerk'])
    expect(await found(people.clerk, '')).toEqual(['customer', 'other'])
    expect(await found(people.clerk, 'search=example')).toEqual(['customer', 'other'])
    expect((await call(people.clerk, 'GET', '/api/users?role=owner')).status).toBe(403)
    expect((await call(people.customer, 'GET', '/api/users')).status).toBe(403)
  })

  test('names, e-mails and phones are found by any part, and nothing is a wildcard', async () => {
    const { user_id } = people.other
    const change = { display_name: '王小明', phone: '138-0013', email: 'Wang_100%@example.com' }
    await call(people.manager, 'PATCH', `/api/users/${user_id}`, change)
    for (const search of [
      '小明',
      '138-0013',
      '1380013',
      '138 00',
      'wang_100%@',
      'WANG',
      'ＯＴＨ',
    ]) {
      const query = `search=${encodeURIComponent(search)}`
      expect(await found(people.manager, query), search).toEqual(['other'])
    }
    for (const search of ['w_ng', '%other', '!', 'nobody', '1380014', '()']) {
      const query = `search=${encodeURIComponent(search)}`
      expect(await found(people.manager, query), search).toEqual([])
    }
  })

  test('pages follow each other without a gap', async () => {
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const query: string = cursor ? `limit=2&cursor=${cursor}` : 'limit=2'
      const { body } = await call(people.owner, 'GET', `/api/users?${query}`)
      expect(body.items.length).toBeLessThanOrEqual(2)
      seen.push(...body.items.map((item: { username: string }) => item.username))
      cursor = body.next_cursor
    } while (cursor !== null)
    expect(seen).toEqual(Object.keys(people))
    expect((await call(people.owner, 'GET', '/api/users?cursor=x')).body.error.code).toBe(
      'CURSOR_INVALID',
    )
  })

  test('one account is read by managers, a customer’s by clerks too, with no password in it', async () => {
    const url = `/api/users/${people.customer.user_id}`
    const { body } = await call(people.manager, 'GET', url)
    expect(body.item).toMatchObject({ username: 'customer', role: 'customer', active: true })
    expect(Object.keys(body.item)).not.toContain('password')
    expect((await call(people.clerk, 'GET', url)).status).toBe(200)
    const manager = `/api/users/${people.manager.user_id}`
    expect((await call(people.clerk, 'GET', manager)).status).toBe(404)
    expect((await call(people.customer, 'GET', url)).status).toBe(403)
    expect((await call(people.manager, 'GET', '/api/users/99')).status).toBe(404)
  })
})

describe('making', () => {
  test('managers make those below them; the owner makes any role', async () => {
    for (const role of ROLES) {
      const status = role === 'customer' || role === 'clerk' ? 201 : 403
      const made = await call(people.manager, 'POST', '/api/users', newUser(`m-${role}`, role))
      expect([role, made.status]).toEqual([role, status])
      const own = await call(people.owner, 'POST', '/api/users', newUser(`o-${role}`, role))
      expect([role, own.status, own.body.item.role]).toEqual([role, 201, role])
    }
    const made = await call(people.clerk, 'POST', '/api/users', newUser('x', 'customer'))
    expect(made.status).toBe(403)
  })

  test('a repeated request makes one account and gets the same answer', async () => {
    const key = { 'idempotency-key': 'one-and-only' }
    const make = (payload: object) => call(people.owner, 'POST', '/api/users', payload, key)
    const [first, second] = await Promise.all([
      make(newUser('twin', 'clerk')),
      make(newUser('twin', 'clerk')),
    ])
    expect(first.status).toBe(201)
    expect(second).toEqual(first)
    expect((await make(newUser('third', 'clerk'))).body.error.code).toBe('IDEMPOTENCY_KEY_REUSED')
  })
})

describe('changing', () => {
  const change = (who: Person, target: { user_id: number }, payload: object) =>
    call(who, 'PATCH', `/api/users/${target.user_id}`, payload)

  test('a manager changes only those below, and raises nobody to the own height', async () => {
    for (const target of [people.owner, people.manager]) {
      for (const payload of [{ role: 'customer' }, { active: false }, { email: 'x@example.com' }]) {
        expect((await change(people.manager, target, payload)).status).toBe(403)
      }
    }
    for (const role of ['manager', 'owner']) {
      expect((await change(people.manager, people.clerk, { role })).status).toBe(403)
    }
    expect((await change(people.manager, people.customer, { role: 'clerk' })).status).toBe(200)
    expect((await change(people.clerk, people.customer, { phone: '1' })).status).toBe(403)
    expect((await change(people.owner, { user_id: 99 }, { phone: '1' })).status).toBe(404)
  })

  test('a new role holds from the next request on, and is announced', async () => {
    expect((await call(people.customer, 'GET', '/api/users')).status).toBe(403)
    await change(people.owner, people.customer, { role: 'manager' })
    expect((await call(people.customer, 'GET', '/api/users')).status).toBe(200)
    await change(people.owner, people.customer, { role: 'manager', phone: '7' })
    await change(people.owner, people.customer, { role: 'customer' })
    expect((await call(people.customer, 'GET', '/api/users')).status).toBe(403)
    const { user_id } = people.customer
    const changed_by = people.owner.user_id
    expect(await events()).toEqual([
      {
        type: 'user.role_changed',
        payload: { user_id, from: 'customer', to: 'manager', changed_by },
      },
      {
        type: 'user.role_changed',
        payload: { user_id, from: 'manager', to: 'customer', changed_by },
      },
    ])
  })

  test('who is disabled is out at once, and in again only by logging in', async () => {
    await change(people.manager, people.clerk, { active: false })
    expect((await call(people.clerk, 'GET', '/api/me')).status).toBe(401)
    await change(people.manager, people.clerk, { active: true })
    expect((await call(people.clerk, 'GET', '/api/me')).status).toBe(401)
  })

  test('the last owner stays, also when two owners demote each other at once', async () => {
    for (const payload of [{ role: 'manager' }, { active: false }]) {
      const refused = await change(people.owner, people.owner, payload)
      expect([refused.status, refused.body.error.code]).toEqual([409, 'LAST_OWNER'])
    }
    await change(people.owner, people.manager, { role: 'owner' })
    const answers = await Promise.all([
      change(people.owner, people.manager, { role: 'clerk' }),
      change(people.manager, people.owner, { active: false }),
    ])
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1)
    const { db } = context.core.store
    expect(await listStaffIds(db, 'owner')).toHaveLength(1)
  })
})

describe('deleting', () => {
  const remove = (who: Person, target: { user_id: number }) =>
    call(who, 'DELETE', `/api/users/${target.user_id}`)

  async function everythingStored(): Promise<string> {
    const { db } = context.core.store
    const tables = ['users', 'retired_usernames', 'sessions', 'known_devices'] as const
    const rows = await Promise.all(
      tables.map((table) => db.selectFrom(table).selectAll().execute()),
    )
    return JSON.stringify(rows)
  }

  test('the person is erased everywhere, the id stays, the sessions end', async () => {
    const { user_id } = people.customer
    const change = { display_name: '王小明', phone: '138-0013-8000', email: 'wang@example.com' }
    await call(people.manager, 'PATCH', `/api/users/${user_id}`, change)
    expect((await remove(people.manager, people.customer)).body).toEqual({ status: 'success' })
    const left = await everythingStored()
    for (const trace of ['王小明', '138-0013', 'wang', '"customer"']) {
      expect(left.replaceAll('"role":"customer"', '')).not.toContain(trace)
    }
    const devices = context.core.store.db.selectFrom('known_devices').selectAll()
    expect(await devices.where('user_id', '=', user_id).execute()).toEqual([])
    expect((await call(people.customer, 'GET', '/api/me')).status).toBe(401)
    expect((await call(people.manager, 'GET', `/api/users/${user_id}`)).status).toBe(404)
    expect((await remove(people.manager, people.customer)).status).toBe(404)
    const { store } = context.core
    const { db } = store
    expect(await namesOf(db, [user_id])).toEqual(new Map([[user_id, `deleted-${user_id}`]]))
    const active = store.transaction((trx) => keepActiveUsers(store, trx, [user_id]))
    expect(await active).toEqual(new Map())
    const { body } = await call(people.manager, 'GET', '/api/users')
    expect(JSON.stringify(body)).not.toContain('deleted-')
    for (const check of users.checks) {
      expect((await runCheck(check, db, context.clock.now())).findings).toEqual([])
    }
  })

  test('the name is never given out again, the e-mail is', async () => {
    await remove(people.manager, people.customer)
    const register = (username: string, email: string) =>
      call(people.manager, 'POST', '/api/users', { username, email, password, role: 'customer' })
    for (const username of ['customer', 'CUSTOMER', 'Ｃustomer']) {
      const { status, body } = await register(username, 'customer@example.com')
      expect([status, body.error.code]).toEqual([409, 'USERNAME_TAKEN'])
    }
    expect((await register('newcomer', 'customer@example.com')).status).toBe(201)
  })

  test('when another module refuses, nothing has changed', async () => {
    const before = await everythingStored()
    beforeDelete = async (trx, user_id) => {
      await trx.deleteFrom('sessions').where('user_id', '=', user_id).execute()
      throw openOrders()
    }
    const refused = await remove(people.manager, people.customer)
    expect([refused.status, refused.body.error.code]).toEqual([409, 'OPEN_ORDERS'])
    expect(await everythingStored()).toBe(before)
  })

  test('nobody deletes an equal, and nobody the last owner', async () => {
    expect((await remove(people.manager, people.owner)).status).toBe(403)
    expect((await remove(people.manager, people.manager)).status).toBe(403)
    expect((await remove(people.clerk, people.customer)).status).toBe(403)
    expect((await remove(people.owner, people.owner)).body.error.code).toBe('LAST_OWNER')
  })
})
