// Shows who may call each route there is; a route that is missing here fails, so that nobody forgets to decide.
import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { atLeast, type Role } from '../../src/lib/roles.ts'
import { openShop, type Shop } from '../support/shop.ts'
import { declaredRoutes } from '../support/routes.ts'

/** Who may call what: everybody, or those with this role and above. */
const POLICY = {
  'POST /api/register': 'public',
  'POST /api/login': 'public',
  'POST /api/password-reset': 'public',
  'PUT /api/password-reset': 'public',
  'POST /api/setup': 'public',
  'GET /api/session': 'public',
  'GET /api/shop': 'public',
  'GET /api/inventory': 'public',
  'GET /api/inventory/categories': 'public',
  'GET /api/inventory/suggestions': 'public',
  'GET /api/inventory/:product_id': 'public',
  'GET /api/openapi.json': 'public',
  'GET /api/docs': 'public',
  'GET /api/docs/': 'public',
  'GET /api/docs/json': 'public',
  'GET /healthz': 'public',
  'GET /readyz': 'public',
  'GET /assets/*': 'public',
  'GET /pictures/:name': 'public',
  'GET /*': 'public',

  'POST /api/logout': 'customer',
  'GET /api/me': 'customer',
  'PATCH /api/me': 'customer',
  'PUT /api/me/password': 'customer',
  'GET /api/me/second-factor': 'customer',
  'POST /api/me/second-factor': 'customer',
  'PUT /api/me/second-factor': 'customer',
  'PUT /api/me/second-factor/removal': 'customer',
  'PUT /api/me/second-factor/recovery-codes': 'customer',
  'GET /api/me/notification-preferences': 'customer',
  'PUT /api/me/notification-preferences': 'customer',
  'GET /api/me/sessions': 'customer',
  'DELETE /api/me/sessions': 'customer',
  'DELETE /api/me/sessions/:session_id': 'customer',
  'POST /api/orders': 'customer',
  'GET /api/orders': 'customer',
  'GET /api/orders/:order_id': 'customer',
  'PUT /api/orders/:order_id/cancellation': 'customer',
  'GET /api/notifications': 'customer',
  'GET /api/notifications/stream': 'customer',
  'PUT /api/notifications/read': 'customer',
  'PUT /api/notifications/:notification_id/read': 'customer',

  'GET /api/me/addresses': 'customer',
  'POST /api/me/addresses': 'customer',
  'PATCH /api/me/addresses/:address_id': 'customer',
  'DELETE /api/me/addresses/:address_id': 'customer',

  'GET /api/views': 'clerk',
  'POST /api/views': 'clerk',
  'PATCH /api/views/:view_id': 'clerk',
  'DELETE /api/views/:view_id': 'clerk',
  'POST /api/inventory/receipts': 'clerk',
  'GET /api/inventory/documents': 'clerk',
  'GET /api/inventory/documents/:document_id': 'clerk',
  'GET /api/inventory/documents/:document_id/lines': 'clerk',
  'GET /api/inventory/counts': 'clerk',
  'POST /api/inventory/counts': 'clerk',
  'GET /api/inventory/counts/:count_id': 'clerk',
  'GET /api/inventory/counts/:count_id/lines': 'clerk',
  'PUT /api/inventory/counts/:count_id/lines/:product_id': 'clerk',
  'PUT /api/inventory/counts/:count_id/cancellation': 'clerk',
  'GET /api/counter/sales': 'clerk',
  'POST /api/counter/sales': 'clerk',
  'PUT /api/orders/:order_id/confirmation': 'clerk',
  'PUT /api/orders/:order_id/readiness': 'clerk',
  'PUT /api/orders/:order_id/shipment': 'clerk',
  'PUT /api/orders/:order_id/completion': 'clerk',
  'PUT /api/orders/:order_id/payment': 'clerk',
  'POST /api/inventory/:product_id/movements': 'clerk',
  'GET /api/inventory/:product_id/movements': 'clerk',
  'GET /api/reports/today': 'clerk',
  'GET /api/users': 'clerk',
  'GET /api/users/:user_id': 'clerk',

  'PUT /api/orders/:order_id/refund': 'manager',
  'POST /api/inventory': 'manager',
  'PATCH /api/inventory/:product_id': 'manager',
  'GET /api/reports/sales': 'manager',
  'POST /api/users': 'manager',
  'PATCH /api/users/:user_id': 'manager',
  'DELETE /api/users/:user_id': 'manager',
  'GET /api/users/:user_id/sessions': 'manager',
  'DELETE /api/users/:user_id/sessions': 'manager',
  'DELETE /api/users/:user_id/sessions/:session_id': 'manager',
  'PUT /api/users/:user_id/password': 'manager',
  'POST /api/pictures': 'manager',
  'POST /api/inventory/barcodes': 'manager',
  'GET /api/inventory/:product_id/prices': 'manager',
  'POST /api/inventory/import': 'manager',
  'PUT /api/inventory/counts/:count_id/posting': 'manager',
  'GET /api/inventory/imports': 'manager',
  'GET /api/inventory/imports/:import_id/kept': 'manager',
  'PUT /api/inventory/imports/:import_id/reversal': 'manager',
  'GET /api/inventory/export': 'manager',
  'GET /api/inventory/movements/export': 'manager',
  'GET /api/orders/export': 'manager',
  'POST /api/counter/discards': 'manager',

  'GET /api/settings': 'owner',
  'PATCH /api/settings': 'owner',
  'GET /api/system': 'owner',
  'GET /api/system/dead-letters': 'owner',
  'POST /api/system/dead-letters/:dead_letter_id/replay': 'owner',
  'DELETE /api/users/:user_id/second-factor': 'owner',
  'GET /api/system/mails': 'owner',
  'POST /api/system/mails/:mail_id/retry': 'owner',
  'DELETE /api/system/mails/:mail_id': 'owner',
  'GET /api/system/backups': 'owner',
  'POST /api/system/backups': 'owner',
  'GET /api/system/backups/:name': 'owner',
  'DELETE /api/system/backups/:name': 'owner',
  'GET /api/audit': 'owner',
  'GET /api/audit/export': 'owner',
  'GET /api/webhooks': 'owner',
  'POST /api/webhooks': 'owner',
  'PATCH /api/webhooks/:webhook_id': 'owner',
  'DELETE /api/webhooks/:webhook_id': 'owner',
  'PUT /api/webhooks/:webhook_id/secret': 'owner',
  'GET /api/webhooks/:webhook_id/deliveries': 'owner',
  'POST /api/webhooks/:webhook_id/tests': 'owner',
  'POST /api/webhooks/:webhook_id/replays': 'owner',

  // From this machine, or with a token: system.test.ts shows it.
  'GET /metrics': 'public',
} as const satisfies Record<string, Role | 'public'>

type RouteName = keyof typeof POLICY
const TAKES_FILES: readonly RouteName[] = ['POST /api/pictures', 'POST /api/inventory/import']
const routes = Object.entries(POLICY) as [RouteName, Role | 'public'][]

const CALLERS = ['guest', 'customer', 'other', 'clerk', 'manager', 'owner'] as const
type CallerName = (typeof CALLERS)[number]

let shop: Shop
/** What the parameters stand for: all of it the first customer's. */
let ids: Record<string, number>

beforeAll(async () => {
  shop = await openShop()
  const product_id = await shop.addProduct()
  const order_id = await shop.order('customer', { lines: [[product_id, 1]] })
  await shop.settle()
  const sessions = await shop.as('customer').get('/api/me/sessions')
  const notifications = await shop.as('customer').get('/api/notifications')
  const address = { recipient: '王小明', phone: '13800138000', region: '上海市', detail: '1 号' }
  const addressed = await shop.as('customer').post('/api/me/addresses', address)
  ids = {
    product_id,
    order_id,
    session_id: sessions.body.items[0].session_id,
    address_id: addressed.body.item.address_id,
    notification_id: notifications.body.items[0].notification_id,
    user_id: shop.people.customer.user_id,
    dead_letter_id: 1,
    mail_id: 1,
  }
})
afterAll(() => shop.close())

function requestOf(name: RouteName): { method: 'GET' | 'POST'; url: string } {
  const [method, path] = name.split(' ') as ['GET' | 'POST', string]
  const url = path
    .replaceAll(/:(\w+)/g, (_, parameter: string) => String(ids[parameter] ?? NaN))
    .replace('*', 'nothing.txt')
  // A stream that opens never ends: let it fail after the decision.
  return { method, url: url.endsWith('/stream') ? `${url}?since=x` : url }
}

function send(name: RouteName, who: CallerName, more: InjectOptions = {}) {
  const own = who === 'guest' ? {} : shop.people[who].headers
  return shop.send({ ...requestOf(name), ...more, headers: { ...own, ...more.headers } })
}

const brokenBody = { headers: { 'content-type': 'application/json' }, payload: '{"' }

/** `401`, `403`, or that the caller was let in. */
function verdict(least: Role | 'public', who: CallerName): '401' | '403' | 'in' {
  if (least === 'public') return 'in'
  if (who === 'guest') return '401'
  return atLeast(shop.people[who].role, least) ? 'in' : '403'
}

test('every route there is has its line in this table, and declares the same', async () => {
  const declared = (await declaredRoutes(shop.app)).filter(({ method }) => method !== 'HEAD')
  const table = Object.fromEntries(
    declared.map(({ method, path, access }) => [`${method} ${path}`, access]),
  )
  // The description and its pages come from a plugin, which is told once that they are public.
  const ours = routes.filter(([name]) => !/^GET \/api\/(docs|openapi)/.test(name))
  expect(table).toEqual({ ...Object.fromEntries(ours), 'GET /metrics': 'metrics' })
})

const isRead = (name: RouteName) => name.startsWith('GET')

describe.each(routes)('[sqlite] %s, for %s,', (name, least) => {
  test.each(CALLERS)('decides about the %s', async (who) => {
    const expected = verdict(least, who)
    const answer = await send(name, who, isRead(name) ? {} : brokenBody)
    if (expected === '401') expect([answer.status, answer.code]).toEqual([401, 'NOT_LOGGED_IN'])
    else if (expected === '403') expect([answer.status, answer.code]).toEqual([403, 'NOT_ALLOWED'])
    else if (isRead(name)) expect([200, 302, 400, 404]).toContain(answer.status)
    // Only who was let in has the body read; a picture is no JSON, nor is a catalogue.
    else if (TAKES_FILES.includes(name)) expect(answer.code).toBe('WRONG_MEDIA_TYPE')
    else expect([answer.status, answer.code]).toEqual([400, 'BAD_JSON'])
  })
})

describe('[sqlite] access is decided', () => {
  const guarded = routes.filter(([name, least]) => !isRead(name) && least !== 'public')
  test.each(guarded)('before the body is read: %s', async (name, least) => {
    const headers = { 'content-type': 'text/plain' }
    const huge = { headers, payload: 'x'.repeat(2 * 1024 * 1024) }
    expect((await send(name, 'guest', huge)).code).toBe('NOT_LOGGED_IN')
    if (least !== 'customer') expect((await send(name, 'other', huge)).code).toBe('NOT_ALLOWED')
  })

  // A stream has no end, and so no HEAD.
  const reads = routes.filter(([name]) => isRead(name) && !name.endsWith('/stream'))
  test.each(reads)('for HEAD as for %s', async (name, least) => {
    for (const who of ['guest', 'customer'] as const) {
      const { status } = await send(name, who, { method: 'HEAD' })
      const expected = verdict(least, who)
      if (expected === 'in') expect([401, 403]).not.toContain(status)
      else expect(String(status)).toBe(expected)
    }
  })
})

const BODIES: Partial<Record<RouteName, object>> = {
  'PATCH /api/webhooks/:webhook_id': { active: false },
  'PUT /api/orders/:order_id/cancellation': { reason: '不是我的' },
  'PUT /api/orders/:order_id/shipment': { carrier: 'a', tracking_number: '1' },
  'POST /api/inventory/:product_id/movements': { kind: 'receipt', quantity: 1 },
  'PATCH /api/inventory/:product_id': { unit: '个' },
  'PATCH /api/users/:user_id': { phone: '1' },
  'PATCH /api/views/:view_id': { name: '新的' },
  'PUT /api/inventory/counts/:count_id/lines/:product_id': { counted: 1 },
  'PUT /api/inventory/counts/:count_id/posting': { reason: 'shrinkage' },
  'PATCH /api/me/addresses/:address_id': { detail: '2 号' },
  'PUT /api/users/:user_id/password': { new_password: 'a-good-password' },
}

function withBody(name: RouteName): InjectOptions {
  const body = BODIES[name]
  if (!body) return {}
  return { headers: { 'content-type': 'application/json' }, payload: JSON.stringify(body) }
}

describe("[sqlite] somebody else's", () => {
  const own = routes.filter(([name, least]) => least === 'customer' && name.includes(':'))

  test.each(own)('%s does not exist', async (name) => {
    // The other customer has been told nothing yet: no number is hers.
    const answer = await send(name, 'other', withBody(name))
    expect([answer.status, answer.code]).toEqual([404, 'NOT_FOUND'])
    const missing = {
      ...ids,
      order_id: 999_999,
      address_id: 999_999,
      session_id: 999_999,
      notification_id: 999_999,
    }
    const url = name
      .split(' ')[1]!
      .replaceAll(/:(\w+)/g, (_, parameter: string) =>
        String(missing[parameter as keyof typeof missing]),
      )
    const nothing = await send(name, 'other', { ...withBody(name), url })
    expect(nothing.body.error.message).toBe(answer.body.error.message)
    expect(nothing.status).toBe(404)
  })

  test('orders, sessions and notifications are still as they were', async () => {
    expect((await shop.readOrder(ids['order_id']!)).status).toBe('confirmed')
    expect((await shop.as('customer').get('/api/me')).status).toBe(200)
    const { body } = await shop.as('customer').get('/api/notifications')
    expect(body.unread).toBe(body.items.length)
  })
})

describe('[sqlite] what does not exist', () => {
  const objects = routes.filter(([name]) => /:\w+_id/.test(name))

  test.each(objects)('is not found by %s, even for the owner', async (name) => {
    const url = name.split(' ')[1]!.replaceAll(/:\w+/g, '999999')
    const answer = await send(name, 'owner', { ...withBody(name), url })
    expect([answer.status, answer.code]).toEqual([404, 'NOT_FOUND'])
  })
})

describe('[sqlite] a session', () => {
  test('of an account that was disabled, or that was ended, opens nothing', async () => {
    const [disabled, ended] = [await shop.addPerson(), await shop.addPerson()]
    await shop.as('owner').patch(`/api/users/${disabled.user_id}`, { active: false })
    await shop.as(ended).post('/api/logout')
    for (const person of [disabled, ended]) {
      expect((await shop.as(person).get('/api/orders')).code).toBe('NOT_LOGGED_IN')
    }
  })

  test('gains and loses what a new role may do at once', async () => {
    const person = await shop.addPerson()
    const list = () => shop.as(person).get('/api/users')
    expect((await list()).status).toBe(403)
    await shop.as('owner').patch(`/api/users/${person.user_id}`, { role: 'clerk' })
    expect((await list()).status).toBe(200)
    await shop.as('owner').patch(`/api/users/${person.user_id}`, { role: 'customer' })
    expect((await list()).status).toBe(403)
  })
})
