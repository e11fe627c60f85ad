// Shows the first run and the settings over HTTP: only who reads the terminal becomes owner, and only one.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type TestCore, testCore, testServer } from '../../../tests/support/core.ts'
import { bearer, type People, testPeople } from '../../../tests/support/people.ts'
import type { HttpServer } from '../../platform/http/server.ts'
import { createUsers, type Users } from '../users/index.ts'
import { createShop, type Shop } from './index.ts'
import { markSetupDone } from './store.ts'

const sameOrigin = { 'sec-fetch-site': 'same-origin' }

let context: TestCore
let users: Users
let shop: Shop
let app: HttpServer
let ordered: boolean

beforeEach(async () => {
  ordered = false
  context = await testCore()
  users = createUsers(context.core, { beforeDelete: () => Promise.resolve() })
  shop = createShop(context.core, { users, hasOrders: () => Promise.resolve(ordered) })
  app = await testServer(context.core, [users, shop], users.authenticate)
})
afterEach(async () => {
  await app.close()
  await context.close()
})

const setup = {
  username: '老板',
  email: 'boss@example.com',
  password: 'three green parrots',
  shop_name: '喵喵宠物',
  currency: 'CNY',
  time_zone: 'Asia/Shanghai',
}

async function setUp(payload: object, headers: object = {}, remoteAddress = '203.0.113.1') {
  const response = await app.inject({
    method: 'POST',
    url: '/api/setup',
    payload,
    headers: { ...headers },
    remoteAddress,
  })
  return { response, status: response.statusCode, code: response.json().error?.code }
}

async function shopInfo() {
  return (await app.inject({ url: '/api/shop' })).json().item
}

describe('the first run', () => {
  test('an empty shop needs a setup, and has sensible settings meanwhile', async () => {
    expect(await shopInfo()).toEqual({
      shop_name: '',
      currency: 'CNY',
      time_zone: 'Asia/Shanghai',
      show_stock: true,
      brand_color: null,
      logo_url: null,
      receipt_text: '',
      languages: ['zh-CN', 'en'],
      setup_needed: true,
      password_reset: false,
    })
  })

  test('with the code from the terminal a browser becomes the owner and is logged in', async () => {
    const code = (await shop.setupCode())!
    const { response, status } = await setUp({ code: code.toLowerCase(), ...setup }, sameOrigin)
    expect(status).toBe(201)
    expect(response.json()).toMatchObject({ status: 'success', user_id: 1, role: 'owner' })
    expect(response.json()).not.toHaveProperty('token')
    const cookies = { petshop_session: response.cookies[0]!.value }
    const settings = await app.inject({ url: '/api/settings', cookies })
    expect(settings.json().item).toEqual({
      shop_name: '喵喵宠物',
      currency: 'CNY',
      time_zone: 'Asia/Shanghai',
      auto_confirm: true,
      show_stock: true,
      brand_color: null,
      logo_url: null,
      low_stock_threshold: 5,
      receipt_text: '',
      languages: ['zh-CN', 'en'],
      staff_second_factor: false,
    })
    expect(await shopInfo()).toMatchObject({ shop_name: '喵喵宠物', setup_needed: false })
    expect(await shop.setupCode()).toBeNull()
    expect(await setUp({ code, ...setup })).toMatchObject({ status: 409, code: 'SETUP_DONE' })
  })

  test('a program gets a token', async () => {
    const { response } = await setUp({ code: await shop.setupCode(), ...setup })
    expect(response.headers['set-cookie']).toBeUndefined()
    const headers = bearer(response.json().token)
    expect((await app.inject({ url: '/api/me', headers })).json().item.role).toBe('owner')
  })

  test('a wrong code makes nothing, and guessing gets slow', async () => {
    const code = await shop.setupCode()
    for (const wrong of ['AAAA-AAAA', 'x', '', code!.slice(1), `${code}2`]) {
      const expected = wrong === '' ? 400 : 403
      expect((await setUp({ ...setup, code: wrong })).status).toBe(expected)
    }
    expect((await setUp({ ...setup, code: 'BBBB-BBBB' })).code).toBe('SETUP_CODE_WRONG')
    const slow = await setUp({ ...setup, code })
    expect([slow.status, slow.response.headers['retry-after']]).toEqual([429, '1'])
    expect(await shopInfo()).toMatchObject({ setup_needed: true })
    expect((await setUp({ ...setup, code }, {}, '203.0.113.2')).status).toBe(201)
  })

  test.each([
    ['time_zone', { time_zone: 'Mars/Olympus' }],
    ['currency', { currency: 'QQQ' }],
    ['currency', { currency: 'yuan' }],
    ['password', { password: 'password123' }],
    ['username', { username: 'deleted-1' }],
    ['shop_name', { shop_name: '   ' }],
    ['email', { email: 'boss' }],
  ])('a wrong %s is refused by name, and the setup can be repeated', async (field, wrong) => {
    const code = await shop.setupCode()
    const { response, status } = await setUp({ code, ...setup, ...wrong })
    expect([status, response.json().error.details[0].field]).toEqual([400, field])
    expect(await shopInfo()).toMatchObject({ shop_name: '', setup_needed: true })
    expect((await setUp({ code, ...setup })).status).toBe(201)
  })

  test('of many at the same moment one becomes the owner', async () => {
    const code = await shop.setupCode()
    const answers = await Promise.all(
      [1, 2, 3, 4].map((i) =>
        setUp({ code, ...setup, username: `owner${i}`, email: `owner${i}@example.com` }),
      ),
    )
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409, 409])
  })

  test('an owner made on the command line ends the first run', async () => {
    const code = await shop.setupCode()
    const cause = { actor_id: null, request_id: null, now: context.clock.now() }
    await users.createUser({ ...setup, role: 'owner' }, cause)
    const again = { ...setup, username: 'second', email: 'second@example.com' }
    await expect(shop.completeSetup(again, cause)).rejects.toMatchObject({ code: 'SETUP_DONE' })
    expect(await shop.setupCode()).toBeNull()
    expect((await setUp({ code, ...setup })).code).toBe('SETUP_DONE')
  })

  test('a setup that is being committed elsewhere holds this one off', async () => {
    const { store } = context.core
    await store.transaction((trx) => markSetupDone(store, trx, 0))
    const cause = { actor_id: null, request_id: null, now: context.clock.now() }
    await expect(shop.completeSetup(setup, cause)).rejects.toMatchObject({ code: 'SETUP_DONE' })
    expect(await shop.settings()).toMatchObject({ shop_name: '' })
  })
})

describe('settings', () => {
  let people: People
  beforeEach(async () => {
    people = await testPeople(context.core, users)
  })

  async function change(payload: object, who = people.owner) {
    const response = await app.inject({
      method: 'PATCH',
      url: '/api/settings',
      headers: who.headers,
      payload,
    })
    return { status: response.statusCode, body: response.json() }
  }

  test('the owner changes them, and they hold at once', async () => {
    expect((await shop.settings()).show_stock).toBe(true)
    const { body } = await change({ show_stock: false, shop_name: '汪汪' })
    expect(body.item).toMatchObject({ show_stock: false, shop_name: '汪汪', auto_confirm: true })
    expect(await shop.settings()).toEqual(body.item)
    expect(await shopInfo()).toMatchObject({ show_stock: false, shop_name: '汪汪' })
  })

  test('another process sees them within a second', async () => {
    const neighbour = createShop(context.core, { users, hasOrders: () => Promise.resolve(false) })
    await neighbour.settings()
    await change({ auto_confirm: false })
    context.clock.advance(1000)
    expect((await neighbour.settings()).auto_confirm).toBe(false)
  })

  test('nobody else reads or changes them', async () => {
    for (const who of [people.manager, people.clerk, people.customer]) {
      expect((await change({ show_stock: false }, who)).status).toBe(403)
      const read = await app.inject({ url: '/api/settings', headers: who.headers })
      expect(read.statusCode).toBe(403)
    }
    expect((await shop.settings()).show_stock).toBe(true)
  })

  test('the currency is fixed once there is an order; the rest is not', async () => {
    expect((await change({ currency: 'JPY' })).status).toBe(200)
    ordered = true
    const refused = await change({ currency: 'CNY', shop_name: 'never' })
    expect([refused.status, refused.body.error.code]).toEqual([409, 'CURRENCY_FIXED'])
    expect((await change({ currency: 'JPY', shop_name: '汪汪' })).status).toBe(200)
    expect(await shop.settings()).toMatchObject({ currency: 'JPY', shop_name: '汪汪' })
  })

  test.each([
    ['time_zone', { time_zone: 'Mars/Olympus' }],
    ['currency', { currency: 'QQQ' }],
    ['show_stock', { show_stock: 'yes' }],
    ['colour', { colour: 'red' }],
  ])('a wrong %s is refused by name', async (field, payload) => {
    const { status, body } = await change(payload)
    expect([status, body.error.details[0].field]).toEqual([400, field])
  })
})
