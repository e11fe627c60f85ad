// Shows the way back to a forgotten password: the mail alone leads there, once, and nobody learns who has an account.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type MailServer, startMailServer } from '../support/mail-server.ts'
import { openShop, type Shop } from '../support/shop.ts'

const OLD = 'a long enough password'
const NEW = 'quite another password'
const MINUTE = 60_000

let server: MailServer
let shop: Shop
let count = 0

beforeAll(async () => {
  server = await startMailServer()
  shop = await openShop({ mail: server.config })
})
afterAll(async () => {
  await shop.close()
  await server.stop()
})
beforeEach(async () => {
  // Each test asks as often as it likes, and begins with nothing on its way.
  shop.clock.advance(2 * MINUTE)
  server.refuse = null
  await shop.app.mail.sendDue()
  server.mails.length = 0
})

async function register(): Promise<{ username: string; email: string }> {
  const username = `forgetful-${++count}`
  const email = `${username}@example.com`
  const made = await shop.guest.post('/api/register', { username, email, password: OLD })
  expect(made.status).toBe(201)
  return { username, email }
}

const ask = (username: string, language = 'en') =>
  shop.guest.post('/api/password-reset', { username }, { 'accept-language': language })
const set = (token: string, new_password = NEW) =>
  shop.guest.put('/api/password-reset', { token, new_password })
const logIn = (username: string, password: string) =>
  shop.guest.post('/api/login', { username, password })

/** Asks for a link, and takes it out of the mail. */
async function linkOf(username: string): Promise<string> {
  await ask(username)
  expect(await shop.app.mail.sendDue()).toEqual(['sent'])
  return tokenIn(server.mails.at(-1)?.text)
}

function tokenIn(text = ''): string {
  const token = /https:\/\/shop\.example\.com\/reset-password#([\w-]{43})\b/.exec(text)?.[1]
  if (!token) throw new Error(`there is no link in: ${text}`)
  return token
}

describe('a link', () => {
  test('comes by mail, sets a new password, ends all sessions, and is told', async () => {
    const { username, email } = await register()
    const before = await logIn(username, OLD)
    const token = await linkOf(email)
    expect(server.mails[0]).toMatchObject({ to: [email], from: 'shop@example.com' })
    expect(server.mails[0]?.subject).toContain('Set a new password')
    expect(await set(token)).toMatchObject({ status: 200 })
    const bearer = { authorization: `Bearer ${before.body.token}` }
    expect((await shop.guest.get('/api/me', bearer)).status).toBe(401)
    expect((await logIn(username, OLD)).status).toBe(401)
    expect((await logIn(username, NEW)).status).toBe(200)
    expect(await shop.app.mail.sendDue()).toEqual(['sent'])
    expect(server.mails[1]).toMatchObject({ to: [email] })
    expect(server.mails[1]?.subject).toMatch(/Your password was changed|密码已修改/)
  })

  test('works once, and makes the others of the account worthless', async () => {
    const { username } = await register()
    const first = await linkOf(username)
    const second = await linkOf(username)
    expect((await set(second)).status).toBe(200)
    expect(await set(second)).toMatchObject({ status: 403, code: 'RESET_LINK_WRONG' })
    expect(await set(first)).toMatchObject({ status: 403, code: 'RESET_LINK_WRONG' })
  })

  test('of two who use it at once, one wins', async () => {
    const { username } = await register()
    const token = await linkOf(username)
    const answers = await Promise.all([set(token, NEW), set(token, `${NEW} 2`)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403])
  })

  test('ends after half an hour, and with the password or the e-mail it was for', async () => {
    const { username } = await register()
    const late = await linkOf(username)
    shop.clock.advance(31 * MINUTE)
    expect((await set(late)).code).toBe('RESET_LINK_WRONG')
    const token = await linkOf(username)
    const { body } = await logIn(username, OLD)
    const own = { authorization: `Bearer ${body.token}` }
    const email = `${username}@example.org`
    expect(await shop.guest.patch('/api/me', { email }, own)).toMatchObject({
      status: 403,
      code: 'PASSWORD_WRONG',
    })
    const change = { email, current_password: OLD }
    expect((await shop.guest.patch('/api/me', change, own)).status).toBe(200)
    expect((await set(token)).code).toBe('RESET_LINK_WRONG')
  })

  test('of a disabled account leads nowhere', async () => {
    const { username } = await register()
    const token = await linkOf(username)
    const found = await shop.as('owner').get(`/api/users?search=${username}`)
    const path = `/api/users/${found.body.items[0].user_id}`
    await shop.as('owner').patch(path, { active: false })
    expect((await set(token)).code).toBe('RESET_LINK_WRONG')
    await ask(username)
    expect(await shop.app.mail.sendDue()).toEqual(['dropped'])
  })

  test('holds a new password to the same rules, and can be used again after a refusal', async () => {
    const { username } = await register()
    const token = await linkOf(username)
    expect(await set(token, 'password123')).toMatchObject({ status: 400, code: 'VALIDATION' })
    expect((await set(token)).status).toBe(200)
  })

  test('is kept as a hash only', async () => {
    const { username } = await register()
    const token = await linkOf(username)
    const { db } = shop.core.store
    const kept = JSON.stringify([
      await db.selectFrom('password_resets').selectAll().execute(),
      await db.selectFrom('mails').selectAll().execute(),
      await db.selectFrom('outbox').selectAll().execute(),
    ])
    expect(kept).not.toContain(token)
  })
})

describe('whoever asks', () => {
  test('gets the same answer for every name, and no mail goes to nobody', async () => {
    const { username, email } = await register()
    const asked = [username, email, 'nobody-at-all', 'nobody@example.com']
    const answers = []
    for (const name of asked) answers.push(await ask(name))
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`))).toEqual(
      new Set(['202 {"status":"success"}']),
    )
    await shop.app.mail.sendDue()
    expect(server.mails.map(({ to }) => to)).toEqual([[email], [email]])
  })

  test('reads the mail in their language', async () => {
    const { username } = await register()
    await ask(username, 'zh-CN')
    await shop.app.mail.sendDue()
    expect(server.mails[0]?.subject).toContain('重设密码')
    expect(server.mails[0]?.text).toContain(`${username}，您好`)
  })

  test("can't fill somebody's mailbox", async () => {
    const { username } = await register()
    for (let i = 0; i < 6; i++) await ask(username)
    expect((await shop.app.mail.sendDue()).toSorted()).toEqual([
      ...Array<string>(3).fill('dropped'),
      ...Array<string>(3).fill('sent'),
    ])
  })

  test('is slowed down, whatever name they ask for', async () => {
    const answers = []
    for (let i = 0; i < 25; i++) answers.push(await ask(`name-${i}`))
    expect(answers.at(-1)).toMatchObject({ status: 429, code: 'TOO_MANY_RESETS' })
    expect(answers.at(-1)?.headers['retry-after']).toBeDefined()
    expect((await set('x'.repeat(43))).status).toBe(429)
  })
})

test('a shop without a mail server says so, on the page and to whoever asks', async () => {
  const silent = await openShop()
  try {
    expect((await silent.guest.get('/api/shop')).body.item.password_reset).toBe(false)
    const answer = await silent.guest.post('/api/password-reset', { username: 'customer' })
    expect(answer).toMatchObject({ status: 409, code: 'MAIL_OFF' })
    expect(await silent.core.store.db.selectFrom('mails').selectAll().execute()).toEqual([])
  } finally {
    await silent.close()
  }
  expect((await shop.guest.get('/api/shop')).body.item.password_reset).toBe(true)
})

describe('the mail server', () => {
  test('may be away: nothing is lost, no attempt is burnt, and nobody waits', async () => {
    const { username, email } = await register()
    await server.stop()
    expect((await ask(username)).status).toBe(202)
    for (let i = 0; i < 12; i++) {
      expect(await shop.app.mail.sendDue()).toEqual(['away'])
      shop.clock.advance(MINUTE)
    }
    server = await startMailServer(server.port)
    expect(await shop.app.mail.sendDue()).toEqual(['sent'])
    expect(server.mails.map(({ to }) => to)).toEqual([[email]])
    expect((await set(tokenIn(server.mails[0]?.text))).status).toBe(200)
  })

  test('may refuse for now, and gets it again later; for good, and the owner sees it and tries again', async () => {
    const { username, email } = await register()
    const { body } = await logIn(username, OLD)
    const change = { current_password: OLD, new_password: NEW }
    const own = { authorization: `Bearer ${body.token}` }
    await shop.guest.put('/api/me/password', change, own)
    server.refuse = () => ({ code: 450, message: 'come back later' })
    expect(await shop.app.mail.sendDue()).toEqual(['later'])
    expect(await shop.app.mail.sendDue()).toEqual([])
    server.refuse = () => ({ code: 550, message: 'no such mailbox' })
    shop.clock.advance(2 * MINUTE)
    expect(await shop.app.mail.sendDue()).toEqual(['refused'])
    const dead = await shop.as('owner').get('/api/system/mails?state=dead')
    expect(dead.body).toMatchObject({ on: true, items: [{ kind: 'account_notice', attempts: 2 }] })
    expect(dead.body.items[0].error).toContain('no such mailbox')
    server.refuse = null
    const path = `/api/system/mails/${dead.body.items[0].mail_id}/retry`
    expect((await shop.as('owner').post(path)).status).toBe(200)
    expect((await shop.as('owner').post(path)).status).toBe(404)
    expect(await shop.app.mail.sendDue()).toEqual(['sent'])
    expect(server.mails.map(({ to }) => to)).toEqual([[email]])
  })

  test('which was given up is discarded by the owner; what waits can’t be', async () => {
    const { username } = await register()
    const mailsOf = async (state: string) =>
      (await shop.as('owner').get(`/api/system/mails?state=${state}`)).body.items
    const discard = (mail_id: number) => shop.as('owner').delete(`/api/system/mails/${mail_id}`)
    const before = (await mailsOf('dead')).length
    await ask(username)
    const [{ mail_id }] = await mailsOf('waiting')
    expect((await discard(mail_id)).status).toBe(404)
    server.refuse = () => ({ code: 550, message: 'no such mailbox' })
    const { body } = await logIn(username, OLD)
    const change = { current_password: OLD, new_password: NEW }
    await shop.guest.put('/api/me/password', change, { authorization: `Bearer ${body.token}` })
    await shop.app.mail.sendDue()
    server.refuse = null
    const dead = await mailsOf('dead')
    expect(dead).toHaveLength(before + 1)
    expect((await shop.as('manager').delete(`/api/system/mails/${dead[0].mail_id}`)).status).toBe(
      403,
    )
    expect((await discard(dead[0].mail_id)).status).toBe(200)
    expect((await discard(dead[0].mail_id)).status).toBe(404)
    expect(await mailsOf('dead')).toHaveLength(before)
  })

  test('gets each mail from one of several workers', async () => {
    const { username } = await register()
    for (let i = 0; i < 3; i++) await ask(username)
    const rounds = await Promise.all([1, 2, 3].map(() => shop.app.mail.sendDue()))
    expect(rounds.flat()).toEqual(['sent', 'sent', 'sent'])
    expect(server.mails).toHaveLength(3)
    const ids = server.mails.map(({ headers }) => /^message-id: (\S+)/im.exec(headers)?.[1])
    expect(new Set(ids).size).toBe(3)
  })
})
