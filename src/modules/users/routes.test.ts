// Shows making and changing one's own account over HTTP: every refusal names its field, and nothing leaks.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type TestCore, testCore, testServer } from '../../../tests/support/core.ts'
import { bearer } from '../../../tests/support/people.ts'
import type { HttpServer } from '../../platform/http/server.ts'
import { createUsers, type Users } from './index.ts'

let context: TestCore
let users: Users
let app: HttpServer

beforeAll(async () => {
  context = await testCore()
  users = createUsers(context.core, { beforeDelete: () => Promise.resolve() })
  app = await testServer(context.core, [users], users.authenticate)
})
// Each test has its own minute, so that none is refused for the others' registrations.
beforeEach(() => context.clock.advance(61_000))
afterAll(async () => {
  await app.close()
  await context.close()
})

const password = 'three green parrots'

async function register(payload: object, remoteAddress = '203.0.113.1') {
  const response = await app.inject({
    method: 'POST',
    url: '/api/register',
    payload,
    remoteAddress,
  })
  return { status: response.statusCode, body: response.json(), headers: response.headers }
}

async function logIn(username: string, word = password): Promise<string | undefined> {
  const payload = { username, password: word }
  const response = await app.inject({ method: 'POST', url: '/api/login', payload })
  return response.json().token
}

async function member(name: string) {
  await register({ username: name, email: `${name}@example.com`, password })
  return bearer((await logIn(name))!)
}

test('who registers is a customer, and the answer holds no password', async () => {
  const { status, body } = await register({
    username: '小明',
    email: 'ming@example.com',
    password,
    display_name: '王小明',
    phone: '+86 138-0013-8000',
  })
  expect(status).toBe(201)
  expect(body).toEqual({
    status: 'success',
    item: {
      user_id: 1,
      username: '小明',
      email: 'ming@example.com',
      display_name: '王小明',
      phone: '+86 138-0013-8000',
      role: 'customer',
      active: true,
      second_factor: false,
      created_at: new Date(context.clock.now()).toISOString(),
    },
  })
  const row = await context.core.store.db.selectFrom('users').select('password').execute()
  expect(row[0]?.password).toMatch(/^\$argon2id\$/)
})

test('a name or an e-mail is taken whatever its case and width, and the field is named', async () => {
  await register({ username: 'Anna', email: 'anna@example.com', password })
  for (const username of ['anna', 'ANNA', 'Ａｎｎａ']) {
    const { status, body } = await register({ username, email: 'other@example.com', password })
    expect([status, body.error.code]).toEqual([409, 'USERNAME_TAKEN'])
    expect(body.error.details[0].field).toBe('username')
  }
  const { status, body } = await register({
    username: 'Annabel',
    email: 'ANNA@Example.com',
    password,
  })
  expect([status, body.error.code, body.error.details[0].field]).toEqual([
    409,
    'EMAIL_TAKEN',
    'email',
  ])
})

test('names that belong to one person only can be registered once, however many ask at once', async () => {
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, i) =>
      register({ username: i % 2 ? 'Racer' : 'racer', email: `racer${i}@example.com`, password }),
    ),
  )
  expect(answers.map((answer) => answer.status).sort()).toEqual([201, ...Array(7).fill(409)])
})

test.each([
  ['username', { username: 'deleted-1' }],
  ['username', { username: 'Deleted-me' }],
  ['username', { username: 'a＠b.example' }],
  ['username', { username: ' blank' }],
  ['username', { username: 'in\u200bvisible' }],
  ['username', { username: 'two\u2028lines' }],
  ['username', { username: '' }],
  ['username', { username: 'x'.repeat(61) }],
  ['username', { username: 7 }],
  ['email', { email: 'nobody' }],
  ['email', { email: 'nobody@invalid' }],
  ['email', { email: null }],
  ['password', { password: 'short' }],
  ['password', { password: 'password123' }],
  ['password', { password: 'new.person' }],
  ['password', { password: 'x'.repeat(129) }],
  ['display_name', { display_name: 'a\u0000b' }],
  ['phone', { phone: 'call me' }],
  ['role', { role: 'owner' }],
])('a wrong %s is refused by name: %o', async (field, wrong) => {
  const right = { username: 'new.person', email: 'new@example.com', password }
  const { status, body } = await register({ ...right, ...wrong })
  expect([status, body.error.code]).toEqual([400, 'VALIDATION'])
  expect(body.error.details[0].field).toBe(field)
})

test('an address that asks for too many taken names has to wait; others do not', async () => {
  await register({ username: 'taken', email: 'taken@example.com', password })
  const ask = () => register({ username: 'taken', email: 'x@example.com', password }, '2001:db8::1')
  for (let i = 0; i < 20; i++) expect((await ask()).status).toBe(409)
  const refused = await ask()
  expect([refused.status, refused.body.error.code]).toEqual([429, 'TOO_MANY_REGISTRATIONS'])
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  const elsewhere = { username: 'elsewhere', email: 'elsewhere@example.com', password }
  expect((await register(elsewhere, '2001:db8::2')).status).toBe(429)
  expect((await register(elsewhere, '2001:db8:0:1::1')).status).toBe(201)
  context.clock.advance(60_000)
  expect((await ask()).status).toBe(409)
})

test('one reads and changes the own profile, not the own role', async () => {
  const headers = await member('profile')
  const patch = (payload: object) =>
    app.inject({ method: 'PATCH', url: '/api/me', headers, payload })
  const profile = { display_name: '阿花', phone: '010-1234', email: 'NEW@example.com' }
  // Whoever reads the mail gets into the account.
  expect((await patch(profile)).json().error.code).toBe('PASSWORD_WRONG')
  const wrong = { ...profile, current_password: 'not the password' }
  expect((await patch(wrong)).json().error.code).toBe('PASSWORD_WRONG')
  const changed = await patch({ ...profile, current_password: password })
  expect(changed.json().item).toMatchObject({ display_name: '阿花', email: 'NEW@example.com' })
  const me = await app.inject({ url: '/api/me', headers })
  expect(me.json().item).toEqual(changed.json().item)
  expect(await logIn('new@example.com')).toBeDefined()
  expect((await patch({ role: 'owner' })).statusCode).toBe(400)
  expect((await patch({})).statusCode).toBe(400)
  await register({ username: 'neighbour', email: 'neighbour@example.com', password })
  const taken = { email: 'Neighbour@example.com', current_password: password }
  expect((await patch(taken)).json().error.code).toBe('EMAIL_TAKEN')
})

test('anybody may ask who is logged in: a guest is nobody, and no error', async () => {
  const guest = await app.inject({ url: '/api/session' })
  expect([guest.statusCode, guest.json().item]).toEqual([200, null])
  const stale = await app.inject({ url: '/api/session', headers: { authorization: 'Bearer gone' } })
  expect([stale.statusCode, stale.json().item]).toEqual([200, null])
  const headers = await member('whoami')
  const own = await app.inject({ url: '/api/session', headers })
  expect(own.json().item).toMatchObject({ username: 'whoami', role: 'customer' })
  expect(own.body).not.toContain('argon2')
})

test('without a session there is no account to see', async () => {
  const response = await app.inject({ url: '/api/me' })
  expect([response.statusCode, response.json().error.code]).toEqual([401, 'NOT_LOGGED_IN'])
})

test('a new password ends all other sessions, keeps this one, and the old one is void', async () => {
  const headers = await member('changer')
  const elsewhere = bearer((await logIn('changer'))!)
  const change = (payload: object) =>
    app.inject({ method: 'PUT', url: '/api/me/password', headers, payload })
  const isIn = async (who: { authorization: string }) =>
    (await app.inject({ url: '/api/me', headers: who })).statusCode === 200

  const wrong = await change({ current_password: 'not this', new_password: 'four red macaws' })
  expect([wrong.statusCode, wrong.json().error.code]).toEqual([403, 'PASSWORD_WRONG'])
  const common = await change({ current_password: password, new_password: 'qwerty123' })
  expect(common.json().error.details[0].field).toBe('new_password')
  expect([await isIn(headers), await isIn(elsewhere)]).toEqual([true, true])

  const done = await change({ current_password: password, new_password: 'four red macaws' })
  expect([done.statusCode, done.json()]).toEqual([200, { status: 'success' }])
  expect([await isIn(headers), await isIn(elsewhere)]).toEqual([true, false])
  expect(await logIn('changer')).toBeUndefined()
  expect(await logIn('changer', 'four red macaws')).toBeDefined()
})

test('of two changes of a password at once, one holds', async () => {
  const headers = await member('hasty')
  const change = (new_password: string) =>
    app.inject({
      method: 'PUT',
      url: '/api/me/password',
      headers,
      payload: { current_password: password, new_password },
    })
  const answers = await Promise.all([change('four red macaws'), change('five blue macaws')])
  expect(answers.map((answer) => answer.statusCode).sort()).toEqual([200, 403])
})

test('a stolen session cannot guess the password for long', async () => {
  const headers = await member('guarded')
  const guess = () =>
    app.inject({
      method: 'PUT',
      url: '/api/me/password',
      headers,
      payload: { current_password: 'a guess', new_password: 'four red macaws' },
    })
  for (let i = 0; i < 5; i++) expect((await guess()).statusCode).toBe(403)
  expect((await guess()).statusCode).toBe(429)
})
