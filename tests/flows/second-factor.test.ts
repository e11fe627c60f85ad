// Shows two-step login: on with a code that works, each code once, off only with password and code, and that staff
// who must have it are let in nowhere without.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { codeAt, stepAt } from '../../src/modules/users/totp.ts'
import { type MailServer, startMailServer } from '../support/mail-server.ts'
import { openShop, type Shop } from '../support/shop.ts'

const PASSWORD = 'a long enough password'
const MINUTE = 60_000
const KEY = 'a key of more than thirty-two characters'

let server: MailServer
let shop: Shop
let count = 0

beforeAll(async () => {
  server = await startMailServer()
  shop = await openShop({ secretKey: KEY, mail: server.config })
})
afterAll(async () => {
  await shop.close()
  await server.stop()
})
// The codes of the test before count no more.
beforeEach(() => shop.clock.advance(5 * MINUTE))

interface Somebody {
  readonly user_id: number
  readonly username: string
  readonly headers: { readonly authorization: string }
}

async function makeStaff(role = 'clerk'): Promise<Somebody> {
  const username = `staff-${++count}`
  const account = { username, email: `${username}@example.com`, password: PASSWORD, role }
  const made = await shop.as('owner').post('/api/users', account)
  expect(made.status).toBe(201)
  const { body } = await logIn(username)
  return { user_id: made.body.item.user_id, username, headers: bearer(body.token) }
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const logIn = (username: string, code?: string, password = PASSWORD) =>
  shop.guest.post('/api/login', { username, password, ...(code !== undefined && { code }) })
const codeOf = (secret: string, offset = 0) => codeAt(secret, stepAt(shop.clock.now()) + offset)
const next = () => shop.clock.advance(30_000)

interface Enrolled extends Somebody {
  readonly secret: string
  readonly codes: readonly string[]
}

async function enrol(somebody?: Somebody): Promise<Enrolled> {
  const who = somebody ?? (await makeStaff())
  const path = '/api/me/second-factor'
  const begun = await shop.guest.post(path, { current_password: PASSWORD }, who.headers)
  expect(begun.status).toBe(201)
  const { secret } = begun.body.item
  const on = await shop.guest.put(path, { code: codeOf(secret) }, who.headers)
  expect(on.status).toBe(200)
  next()
  return { ...who, secret, codes: on.body.item.recovery_codes }
}

describe('turning it on', () => {
  test('takes the password and a code that works; until then nothing is asked for', async () => {
    const who = await makeStaff()
    const path = '/api/me/second-factor'
    const wrong = await shop.guest.post(path, { current_password: 'no' }, who.headers)
    expect(wrong).toMatchObject({ status: 403, code: 'PASSWORD_WRONG' })
    const begun = await shop.guest.post(path, { current_password: PASSWORD }, who.headers)
    expect(begun.body.item.uri).toContain(`secret=${begun.body.item.secret}`)
    expect((await logIn(who.username)).status).toBe(200)
    const refused = await shop.guest.put(path, { code: '000000' }, who.headers)
    expect(refused).toMatchObject({ status: 403, code: 'CODE_WRONG' })
    expect((await logIn(who.username)).status).toBe(200)
    const on = await shop.guest.put(path, { code: codeOf(begun.body.item.secret) }, who.headers)
    expect(new Set(on.body.item.recovery_codes).size).toBe(10)
    const status = await shop.guest.get(path, who.headers)
    expect(status.body.item).toMatchObject({ on: true, recovery_codes_left: 10 })
    expect((await logIn(who.username)).code).toBe('SECOND_FACTOR_NEEDED')
    const again = await shop.guest.post(path, { current_password: PASSWORD }, who.headers)
    expect(again).toMatchObject({ status: 409, code: 'SECOND_FACTOR_ON' })
  })

  test('ends all other sessions', async () => {
    const who = await makeStaff()
    const other = await logIn(who.username)
    await enrol(who)
    expect((await shop.guest.get('/api/me', bearer(other.body.token))).status).toBe(401)
    expect((await shop.guest.get('/api/me', who.headers)).status).toBe(200)
  })

  test('keeps the secret encrypted, and of the recovery codes only hashes', async () => {
    const { secret, codes } = await enrol()
    const { db } = shop.core.store
    const kept = JSON.stringify([
      await db.selectFrom('second_factors').selectAll().execute(),
      await db.selectFrom('recovery_codes').selectAll().execute(),
    ])
    expect(kept).not.toContain(secret)
    for (const code of codes) expect(kept).not.toContain(code.replaceAll('-', ''))
  })
})

describe('logging in', () => {
  test('asks for the code only after the right password', async () => {
    const { username, secret } = await enrol()
    expect(await logIn(username, codeOf(secret), 'wrong password')).toMatchObject({
      status: 401,
      code: 'LOGIN_FAILED',
    })
    expect((await logIn(username)).code).toBe('SECOND_FACTOR_NEEDED')
    expect((await logIn(username, '000000')).code).toBe('SECOND_FACTOR_WRONG')
    const spaced = codeOf(secret).replace(/(...)(...)/, '$1 $2')
    expect((await logIn(username, spaced)).status).toBe(200)
  })

  test('takes each code once, and none from before it', async () => {
    const { username, secret } = await enrol()
    expect((await logIn(username, codeOf(secret))).status).toBe(200)
    expect((await logIn(username, codeOf(secret))).code).toBe('SECOND_FACTOR_WRONG')
    expect((await logIn(username, codeOf(secret, -1))).code).toBe('SECOND_FACTOR_WRONG')
    next()
    const both = await Promise.all([1, 2].map(() => logIn(username, codeOf(secret))))
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401])
  })

  test('takes a recovery code once, however it is typed', async () => {
    const { username, codes } = await enrol()
    const [first = '', second = ''] = codes
    expect((await logIn(username, first.toUpperCase().replaceAll('-', ' '))).status).toBe(200)
    expect((await logIn(username, first)).code).toBe('SECOND_FACTOR_WRONG')
    const again = await logIn(username, second)
    const status = await shop.guest.get('/api/me/second-factor', bearer(again.body.token))
    expect(status.body.item.recovery_codes_left).toBe(8)
  })

  test('slows down whoever guesses codes, per account, and not whoever mistypes the password', async () => {
    const { username, secret } = await enrol()
    for (let i = 0; i < 5; i++) expect((await logIn(username, '000000')).status).toBe(401)
    const held = await logIn(username, codeOf(secret))
    expect(held).toMatchObject({ status: 429, code: 'TOO_MANY_FAILURES' })
    const elsewhere = await shop.send({
      method: 'POST',
      url: '/api/login',
      remoteAddress: '203.0.113.9',
      payload: { username, password: PASSWORD, code: codeOf(secret) },
    })
    expect(elsewhere.status).toBe(429)
    shop.clock.advance(MINUTE)
    expect((await logIn(username, codeOf(secret))).status).toBe(200)
  })
})

describe('turning it off', () => {
  test('takes password and code', async () => {
    const { username, secret, headers } = await enrol()
    const path = '/api/me/second-factor/removal'
    const remove = (current_password: string, code: string) =>
      shop.guest.put(path, { current_password, code }, headers)
    expect((await remove('wrong password', codeOf(secret))).code).toBe('PASSWORD_WRONG')
    expect((await remove(PASSWORD, '000000')).code).toBe('CODE_WRONG')
    expect((await remove(PASSWORD, codeOf(secret))).status).toBe(200)
    expect((await remove(PASSWORD, codeOf(secret))).code).toBe('SECOND_FACTOR_OFF')
    expect((await logIn(username)).status).toBe(200)
  })

  test('for somebody else is the owner’s, and ends their sessions', async () => {
    const { user_id, username, headers } = await enrol()
    const path = `/api/users/${user_id}/second-factor`
    expect((await shop.as('manager').delete(path)).status).toBe(403)
    const own = `/api/users/${shop.people.owner.user_id}/second-factor`
    expect((await shop.as('owner').delete(own)).code).toBe('OWN_SECOND_FACTOR')
    expect((await shop.as('owner').delete(path)).status).toBe(200)
    expect((await shop.as('owner').delete(path)).code).toBe('SECOND_FACTOR_OFF')
    expect((await shop.guest.get('/api/me', headers)).status).toBe(401)
    expect((await logIn(username)).status).toBe(200)
  })

  test('from the command line needs nobody', async () => {
    const { user_id, username } = await enrol()
    const cause = { actor_id: null, request_id: null, now: shop.clock.now() }
    await shop.app.users.resetSecondFactor(user_id, cause)
    expect((await logIn(username)).status).toBe(200)
  })
})

test('each change is told by mail, and so is a recovery code that was used', async () => {
  const { username, headers, secret, codes } = await enrol()
  expect((await logIn(username, codes[0])).status).toBe(200)
  const proof = { current_password: PASSWORD, code: codeOf(secret) }
  expect((await shop.guest.put('/api/me/second-factor/removal', proof, headers)).status).toBe(200)
  await shop.app.mail.sendDue()
  const theirs = server.mails.filter(({ to }) => to.includes(`${username}@example.com`))
  const words = ['已开启两步验证', '使用了恢复码', '已关闭两步验证']
  for (const word of words)
    expect(theirs.filter(({ subject }) => subject.includes(word))).toHaveLength(1)
})

test('new recovery codes take the place of the old', async () => {
  const { username, secret, codes, headers } = await enrol()
  const proof = { current_password: PASSWORD, code: codeOf(secret) }
  const renewed = await shop.guest.put('/api/me/second-factor/recovery-codes', proof, headers)
  const [fresh] = renewed.body.item.recovery_codes
  expect((await logIn(username, codes[0])).code).toBe('SECOND_FACTOR_WRONG')
  expect((await logIn(username, fresh)).status).toBe(200)
})

test('deleting an account leaves nothing of its second factor', async () => {
  const { user_id } = await enrol()
  expect((await shop.as('owner').delete(`/api/users/${user_id}`)).status).toBe(200)
  const { db } = shop.core.store
  for (const table of ['second_factors', 'recovery_codes', 'password_resets'] as const) {
    const rows = await db.selectFrom(table).selectAll().where('user_id', '=', user_id).execute()
    expect(rows).toEqual([])
  }
})

describe('when the owner requires it of staff', () => {
  beforeAll(() => shop.set({ staff_second_factor: true }))
  afterAll(() => shop.set({ staff_second_factor: false }))

  test('those without may do what customers may, and set it up; then everything', async () => {
    const clerk = await makeClerkPastTheRule()
    const own = (path: string) => shop.guest.get(path, clerk.headers)
    expect(await own('/api/users')).toMatchObject({ status: 403, code: 'SECOND_FACTOR_MISSING' })
    const [someones] = await orderOfCustomer()
    expect((await own(`/api/orders/${someones}`)).status).toBe(404)
    expect((await own('/api/session')).body.item.lacks_second_factor).toBe(true)
    await enrol(clerk)
    expect((await own('/api/users')).status).toBe(200)
    expect((await own(`/api/orders/${someones}`)).status).toBe(200)
    expect((await own('/api/session')).body.item.lacks_second_factor).toBeUndefined()
  })

  test('customers need none', async () => {
    expect((await shop.as('customer').get('/api/orders')).status).toBe(200)
    expect((await shop.as('customer').get('/api/session')).body.item).not.toHaveProperty(
      'lacks_second_factor',
    )
  })

  async function makeClerkPastTheRule() {
    await shop.set({ staff_second_factor: false })
    const clerk = await makeStaff()
    await shop.set({ staff_second_factor: true })
    return clerk
  }

  async function orderOfCustomer() {
    const product_id = await shop.addProduct()
    return [await shop.order('customer', { lines: [[product_id, 1]] })]
  }
})

describe('the key', () => {
  test('when it is another one, codes are refused as unreadable, and recovery codes still work', async () => {
    const { username, user_id, secret, codes } = await enrol()
    const { store } = shop.core
    const { secret: sealed } = await store.db
      .selectFrom('second_factors')
      .select('secret')
      .where('user_id', '=', user_id)
      .executeTakeFirstOrThrow()
    const write = (text: string) =>
      store.db
        .updateTable('second_factors')
        .set({ secret: text })
        .where('user_id', '=', user_id)
        .execute()
    await write(`gcm1:${'A'.repeat(80)}`)
    expect(await logIn(username, codeOf(secret))).toMatchObject({
      status: 503,
      code: 'SECOND_FACTOR_UNREADABLE',
    })
    expect((await shop.findings()).join()).toContain(`user ${user_id}`)
    expect((await logIn(username, codes[0])).status).toBe(200)
    // Without a key it stood there as it is; the next code seals it.
    await write(`plain:${secret}`)
    expect((await logIn(username, codeOf(secret))).status).toBe(200)
    const after = await store.db.selectFrom('second_factors').selectAll().execute()
    expect(after.find((row) => row.user_id === user_id)?.secret).toMatch(/^gcm1:/)
    await write(sealed)
  })
})
