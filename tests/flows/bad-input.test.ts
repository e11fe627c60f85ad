// Shows that whatever is sent wrongly is refused clearly, in both languages, and that nothing is half done.
import type { InjectOptions } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openShop, type Shop } from '../support/shop.ts'

let shop: Shop
let product_id: number
let order_id: number
beforeAll(async () => {
  shop = await openShop()
  await shop.set({ auto_confirm: false })
  product_id = await shop.addProduct({ quantity: 100_000, barcode: '6901234567892' })
  order_id = await shop.order('customer', { lines: [[product_id, 1]] })
})
afterAll(() => shop.close())

interface Refusal {
  readonly status: number
  readonly code: string
  readonly field?: string
}

const json = { 'content-type': 'application/json' }

/** How many rows each table has, and the stock. */
async function rows(): Promise<unknown> {
  const { db } = shop.core.store
  const tables = await db.introspection.getTables()
  const counts: Record<string, number> = {}
  for (const { name } of tables) {
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(name)}`.execute(
      db,
    )
    counts[name] = rows[0]?.n ?? NaN
  }
  const stock = await db.selectFrom('stock').select(['on_hand', 'reserved']).execute()
  return { counts, stock }
}

/** Sends it in both languages: each time it is refused as expected, and nothing has changed. */
async function refused(request: InjectOptions, { status, code, field }: Refusal): Promise<void> {
  const before = await rows()
  for (const language of ['zh-CN', 'en']) {
    const headers = { ...request.headers, 'accept-language': language }
    const answer = await shop.send({ ...request, headers })
    expect([answer.status, answer.code], answer.text.slice(0, 500)).toEqual([status, code])
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8')
    const { error, ...envelope } = answer.body
    expect(envelope).toEqual({ status: 'error' })
    expect(error.request_id).toMatch(/^[\da-f-]{36}$/)
    expect(/\p{Script=Han}/u.test(error.message)).toBe(language === 'zh-CN')
    expect(answer.text).not.toMatch(/node_modules|\bat \S+:\d+|SQLITE/)
    if (field !== undefined) {
      expect(error.details[0].field).toBe(field)
      expect(error.message).toContain(field)
    }
  }
  expect(await rows()).toEqual(before)
}

const asCustomer = (): Record<string, string> => ({ ...shop.people.customer.headers })
const asOwner = (): Record<string, string> => ({ ...shop.people.owner.headers })

/** `change` works on a good order: the body to send is what comes of it. */
function placement(change: object): InjectOptions {
  const { user_id } = shop.people.customer
  const body = { user_id, items: [{ product_id, quantity: 1 }], ...change }
  return raw(JSON.stringify(body))
}

function raw(payload: string | Buffer, headers: Record<string, string> = json): InjectOptions {
  return { method: 'POST', url: '/api/orders', headers: { ...asCustomer(), ...headers }, payload }
}

const validation = (field: string): Refusal => ({ status: 400, code: 'VALIDATION', field })
const badJson: Refusal = { status: 400, code: 'BAD_JSON' }

describe('[sqlite] an order with', () => {
  test.each([0, -1, 1.5, 1e20, -1e20, 10_001, '1', '', null, true, [], [1], {}])(
    'a quantity of %j is refused',
    async (quantity) => {
      const items = [
        { product_id, quantity: 1 },
        { product_id, quantity },
      ]
      await refused(placement({ items }), validation('items[1].quantity'))
    },
  )

  test.each([0, -1, 1.5, 1e20, '1', null, [], {}])(
    'a product_id of %j is refused',
    async (wrong) => {
      const items = [{ product_id: wrong, quantity: 1 }]
      await refused(placement({ items }), validation('items[0].product_id'))
    },
  )

  test.each([0, -4, 4.5, 1e20, '4', null, [4], {}])('a user_id of %j is refused', async (wrong) => {
    await refused(placement({ user_id: wrong }), validation('user_id'))
  })

  test.each([
    ['items', { items: undefined }],
    ['items', { items: null }],
    ['items', { items: 'milk' }],
    ['items', { items: {} }],
    ['items', { items: [] }],
    ['items[0]', { items: [null] }],
    ['items[0]', { items: [[]] }],
    ['items[0].product_id', { items: [{}] }],
    ['user_id', { user_id: undefined }],
    ['fulfilment', { fulfilment: 'drone' }],
    ['fulfilment', { fulfilment: ['delivery'] }],
    ['note', { note: 5 }],
    ['note', { note: 'x'.repeat(501) }],
    ['address', { address: {} }],
    ['address', { address: '长'.repeat(501) }],
    ['total_cents', { total_cents: 1 }],
    ['status', { status: 'completed' }],
  ])('a wrong %s is refused: %j', async (field, change) => {
    await refused(placement(change), validation(field))
  })

  test('fields that nobody knows is refused, with their path', async () => {
    for (const [field, extra] of [
      ['items[0].unit_price_cents', { unit_price_cents: 1 }],
      ['items[0].toString', { toString: 1 }],
      ['items[0].constructor', { constructor: 1 }],
      ['items[0].hasOwnProperty', { hasOwnProperty: 1 }],
      ['items[0].a.b/c~d', { 'a.b/c~d': 1 }],
    ] as const) {
      const items = [{ product_id, quantity: 1, ...extra }]
      await refused(placement({ items }), validation(field))
    }
  })

  test.each([
    ['the body', '{"__proto__":{"active":true},'],
    ['the body, by its constructor', '{"constructor":{"prototype":{"active":true}},'],
  ])('a prototype hidden in %s is refused', async (_where, begin) => {
    const { payload } = placement({})
    await refused(raw(String(payload).replace('{', begin)), badJson)
    await refused(raw(String(payload).replace('[{', `[${begin}`)), badJson)
    expect(({} as { active?: boolean }).active).toBeUndefined()
  })

  test.each(['a\0b', '\0', '\ud800', 'x\udfffx'])(
    'a text that no database keeps is refused: %j',
    async (text) => {
      await refused(placement({ note: text }), validation('note'))
      await refused(placement({ address: text }), validation('address'))
    },
  )

  test.each(['😀', '\u200d', '𠮷野家', "Robert'); drop table orders;--", '<script>', '\t\n'])(
    'any other text is kept as it is: %j',
    async (note) => {
      const { http, people } = shop
      const { headers, payload } = placement({ note })
      const placed = await http.inject({ method: 'POST', url: '/api/orders', headers, payload })
      expect(placed.statusCode).toBe(201)
      const read = await shop.as(people.customer).get(`/api/orders/${placed.json().order_id}`)
      expect(read.body.item.note).toBe(note)
    },
  )
})

describe('[sqlite] a body that', () => {
  test.each([
    ['is empty', ''],
    ['is blank', '  \n'],
    ['breaks off', '{"user_id":4,"items":[{"product_id"'],
    ['is no JSON', "{'user_id': 4}"],
    ['is two documents', '{}{}'],
    ['has a comment', '{} // hello'],
    ['is a word', 'undefined'],
  ])('%s is refused', async (_what, text) => {
    await refused(raw(text), badJson)
  })

  test.each(['null', '5', '"text"', '[]', 'true'])('is %s is no order', async (text) => {
    await refused(raw(text), validation('body'))
  })

  test('is missing is no order', async () => {
    const request = { method: 'POST' as const, url: '/api/orders', headers: asCustomer() }
    await refused(request, validation('body'))
  })

  test.each([
    ['an impossible byte', [0xff]],
    ['half a character', [0xe5, 0xba]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['half a surrogate pair', [0xed, 0xa0, 0x80]],
  ])('has %s in it is refused', async (_what, bytes) => {
    const [begin, end] = String(placement({ note: '|' }).payload).split('|') as [string, string]
    const body = Buffer.concat([Buffer.from(begin), Buffer.from(bytes), Buffer.from(end)])
    await refused(raw(body), badJson)
  })

  test('is nested deeper than anybody needs is refused', async () => {
    const deep = (n: number) => `${'['.repeat(n)}${']'.repeat(n)}`
    await refused(raw(deep(500_000)), validation('body'))
    await refused(raw(`{"user_id":4,"items":${deep(100_000)}}`), validation('items[0]'))
    const objects = `${'{"items":'.repeat(50_000)}1${'}'.repeat(50_000)}`
    await refused(raw(objects), validation('user_id'))
  })

  test('is larger than a mebibyte is refused', async () => {
    const text = 'x'.repeat(1024 * 1024)
    await refused(placement({ note: text }), { status: 413, code: 'BODY_TOO_LARGE' })
  })

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonx',
    'text/json',
    'application/octet-stream',
    ',',
    'json',
  ])('comes as %s is refused', async (type) => {
    const { payload } = placement({})
    await refused(raw(String(payload), { 'content-type': type }), {
      status: 415,
      code: 'WRONG_MEDIA_TYPE',
    })
  })
})

describe('[sqlite] a list asked for with', () => {
  const ask = (url: string): InjectOptions => ({ url, headers: asOwner() })

  test.each([
    ['limit', 'limit=0'],
    ['limit', 'limit=101'],
    ['limit', 'limit=1.5'],
    ['limit', 'limit='],
    ['limit', 'limit=ten'],
    ['limit', 'limit=1&limit=2'],
    ['cursor', 'cursor='],
    ['cursor', `cursor=${'x'.repeat(501)}`],
    ['status', 'status=lost'],
    ['payment_status', 'payment_status=paid,unpaid'],
    ['user_id', 'user_id=me'],
    ['user_id', 'user_id=99999999999999999999'],
    ['from', 'from=yesterday'],
    ['from', 'from=2026-01-31'],
    ['from', 'from=2026-01-31T08:00:00'],
    ['from', 'from=2026-02-30T08:00:00Z'],
    ['from', 'from=2016-12-31T23:59:60Z'],
    ['to', 'to=1769846400000'],
    ['search', 'search='],
    ['search', `search=${'x'.repeat(101)}`],
    ['search', 'search=%00'],
    ['sort', 'sort=newest'],
    ['__proto__', '__proto__=1'],
    ['constructor', 'constructor=1'],
  ])('a wrong %s is refused: %s', async (field, query) => {
    await refused(ask(`/api/orders?${query}`), validation(field))
  })

  test.each([
    ['sort', 'sort=cheapest'],
    ['active', 'active=maybe'],
    ['stock_status', 'stock_status=some'],
    ['category', 'category='],
    ['barcode', `barcode=${'1'.repeat(65)}`],
    ['barcode', 'barcode=%00'],
  ])('a wrong %s is refused of products: %s', async (field, query) => {
    await refused(ask(`/api/inventory?${query}`), validation(field))
  })

  const cursors = [
    'x',
    '%F0%9F%98%80',
    'W10',
    'WyJhIl0',
    'bnVsbA',
    'eyJhIjoxfQ',
    'WyIxIiwiMiJd',
  ].flatMap((cursor) =>
    ['/api/orders', '/api/users', '/api/inventory?sort=name', '/api/inventory?sort=price'].map(
      (list) => [list, cursor] as const,
    ),
  )
  test.each(cursors)('%s refuses %s as a cursor', async (list, cursor) => {
    const url = `${list}${list.includes('?') ? '&' : '?'}cursor=${cursor}`
    await refused(ask(url), { status: 400, code: 'CURSOR_INVALID' })
  })
})

describe('[sqlite] an address with', () => {
  test.each(['abc', '0', '-1', '1.5', '99999999999999999999', '%00', '1%00', '%20', '1;2', '１'])(
    '%s for an id is refused',
    async (id) => {
      const get = (url: string): InjectOptions => ({ url, headers: asOwner() })
      await refused(get(`/api/orders/${id}`), validation('order_id'))
      await refused(get(`/api/inventory/${id}`), validation('product_id'))
      await refused(get(`/api/users/${id}`), validation('user_id'))
      await refused(
        { method: 'PUT', url: `/api/orders/${id}/payment`, headers: asOwner() },
        validation('order_id'),
      )
    },
  )

  test('what is no character is refused', async () => {
    for (const url of ['/api/orders/%ff', '/api/%', '/%c0%af']) {
      await refused({ url, headers: asOwner() }, { status: 400, code: 'BAD_REQUEST' })
    }
  })

  test('what leads nowhere is not found', async () => {
    for (const [method, url] of [
      ['GET', '/api'],
      ['GET', '/api/nothing'],
      ['GET', `/api/orders/${'9'.repeat(300)}`],
      ['DELETE', '/api/orders/1'],
      ['POST', '/api/orders/1'],
      ['OPTIONS', '/api/orders'],
    ] as const) {
      await refused({ method, url, headers: asOwner() }, { status: 404, code: 'NO_SUCH_ROUTE' })
    }
  })
})

describe('[sqlite] credentials that', () => {
  const cookie = () => ({ cookie: `petshop_session=${shop.people.customer.token}` })

  test('are two at once are refused', async () => {
    const { headers, payload } = placement({})
    await refused(
      { method: 'POST', url: '/api/orders', headers: { ...headers, ...cookie() }, payload },
      { status: 400, code: 'TWO_CREDENTIALS' },
    )
  })

  test.each([
    ['from another site', { 'sec-fetch-site': 'cross-site' }],
    ['from a sister site', { 'sec-fetch-site': 'same-site' }],
    ['from another origin', { origin: 'https://evil.example' }],
    ['from nowhere', {}],
    ['from no origin', { origin: 'null' }],
  ])('come as a cookie %s cannot order', async (_where, headers) => {
    const { payload } = placement({})
    await refused(
      {
        method: 'POST',
        url: '/api/orders',
        headers: { ...json, ...cookie(), ...headers },
        payload,
      },
      { status: 403, code: 'CROSS_SITE' },
    )
  })

  test('are a token nobody has are refused before anything is read', async () => {
    for (const token of ['', 'x', 'x'.repeat(43), 'x'.repeat(5000)]) {
      await refused(raw('{', { ...json, authorization: `Bearer ${token}` }), {
        status: 401,
        code: 'NOT_LOGGED_IN',
      })
    }
  })
})

describe('[sqlite] other requests:', () => {
  const put = (who: () => Record<string, string>, url: string, body: object): InjectOptions => ({
    method: 'PUT',
    url,
    headers: { ...who(), ...json },
    payload: JSON.stringify(body),
  })

  test('a shipment and a cancellation say what they lack', async () => {
    const url = `/api/orders/${order_id}`
    const shipment = { carrier: '顺丰', tracking_number: '1' }
    for (const [field, wrong] of [
      ['carrier', { carrier: '' }],
      ['carrier', { carrier: '  ' }],
      ['carrier', { carrier: '\0' }],
      ['tracking_number', { tracking_number: 1 }],
      ['tracking_number', { tracking_number: '1'.repeat(61) }],
      ['when', { when: 'now' }],
    ] as const) {
      await refused(put(asOwner, `${url}/shipment`, { ...shipment, ...wrong }), validation(field))
    }
    for (const reason of ['', ' ', null, 5, 'x'.repeat(201), '\ud800']) {
      await refused(put(asOwner, `${url}/cancellation`, { reason }), validation('reason'))
    }
    await refused(put(asOwner, `${url}/cancellation`, {}), validation('reason'))
  })

  test('a product is never half made', async () => {
    const product = { sku: 'NEW', product_name: '新', price_cents: 1, quantity: 5 }
    const post = (body: object): InjectOptions => ({
      ...put(asOwner, '/api/inventory', body),
      method: 'POST',
    })
    for (const field of ['sku', 'product_name', 'name_en', 'category', 'unit', 'description']) {
      await refused(post({ ...product, [field]: 'x\0' }), validation(field))
      await refused(post({ ...product, [field]: 7 }), validation(field))
      await refused(post({ ...product, [field]: 'x'.repeat(5001) }), validation(field))
    }
    await refused(post({ ...product, barcode: '6901234567892' }), {
      status: 409,
      code: 'BARCODE_TAKEN',
      field: 'barcode',
    })
  })

  test('a taken username and e-mail are named', async () => {
    const account = {
      username: 'fresh',
      email: 'fresh@example.com',
      password: 'three green parrots',
    }
    const register = (change: object): InjectOptions => ({
      method: 'POST',
      url: '/api/register',
      headers: json,
      payload: JSON.stringify({ ...account, ...change }),
    })
    await refused(register({ username: 'ＣＵＳＴＯＭＥＲ' }), {
      status: 409,
      code: 'USERNAME_TAKEN',
      field: 'username',
    })
    await refused(register({ email: 'Customer@Example.com' }), {
      status: 409,
      code: 'EMAIL_TAKEN',
      field: 'email',
    })
    for (const [field, wrong] of [
      ['username', { username: 'a\0b' }],
      ['username', { username: 'x'.repeat(100_000) }],
      ['email', { email: 'nobody' }],
      ['password', { password: '1234567' }],
      ['role', { role: 'owner' }],
    ] as const) {
      await refused(register(wrong), validation(field))
    }
  })
})
