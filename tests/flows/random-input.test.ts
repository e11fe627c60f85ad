// Shows that no body and no query, however strange, makes the server fail or leaves the books wrong.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openShop, type Shop } from '../support/shop.ts'

let shop: Shop
let product_id: number
let order_id: number
beforeAll(async () => {
  shop = await openShop()
  product_id = await shop.addProduct({ quantity: 1_000_000 })
  order_id = await shop.order('customer', { lines: [[product_id, 1]] })
})
afterAll(() => shop.close())

/** Sent at the same moment in one run; a run that fails is shrunk to as few as will do. */
const MOST_AT_ONCE = 20
/** About two thousand requests. */
const RUNS = 200

const numbers = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.constantFrom(0, -0, -1, 0.1, 1e20, -1e20, 1e308, 2 ** 31, 2 ** 53, 2 ** 63, 5e-324),
)
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    ' ',
    '\0',
    '\ud800',
    '%',
    "'",
    '1',
    'null',
    '__proto__',
    '../',
    '9'.repeat(400),
  ),
  fc.string({ minLength: 200, maxLength: 2000 }),
)
const values: fc.Arbitrary<unknown> = fc.oneof(
  { maxDepth: 3 },
  numbers,
  texts,
  fc.boolean(),
  fc.constant(null),
  fc.jsonValue(),
)

/** A good body with some of its fields spoilt, left out, or joined by others; or something else entirely. */
function spoilt(good: () => object): fc.Arbitrary<string | Buffer> {
  const names = fc.constantFrom(...Object.keys(good()), 'x', '__proto__', 'constructor', 'toString')
  const change = fc.dictionary(names, fc.option(values, { nil: undefined }), { maxKeys: 3 })
  const asJson = (value: unknown) => JSON.stringify(value) ?? ''
  return fc.oneof(
    { weight: 6, arbitrary: change.map((fields) => asJson({ ...good(), ...fields })) },
    { weight: 2, arbitrary: values.map(asJson) },
    { weight: 1, arbitrary: texts },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
    {
      weight: 1,
      arbitrary: fc.tuple(change, fc.nat()).map(([fields, at]) => {
        const text = asJson({ ...good(), ...fields })
        return text.slice(0, at % (text.length + 1))
      }),
    },
  )
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH'

async function survives(
  requests: fc.Arbitrary<{ url: string; payload?: string | Buffer }>,
  method: Method,
  who: keyof Shop['people'],
  runs: number,
): Promise<void> {
  const { headers: own } = shop.people[who]
  const several = fc.array(requests, { minLength: 1, maxLength: MOST_AT_ONCE, size: 'max' })
  await fc.assert(
    fc.asyncProperty(several, async (batch) => {
      const answers = await Promise.all(
        batch.map(({ url, payload }) =>
          payload === undefined
            ? shop.send({ method, url, headers: own })
            : shop.send({
                method,
                url,
                headers: { ...own, 'content-type': 'application/json' },
                payload,
              }),
        ),
      )
      for (const { status, body } of answers) {
        expect(status).toBeLessThan(500)
        // An address with dots in it may lead to a page.
        if (body !== null) expect(body.status).toBe(status < 300 ? 'success' : 'error')
      }
    }),
    { numRuns: runs },
  )
}

const order = () => ({
  user_id: shop.people.customer.user_id,
  items: [{ product_id, quantity: 1 }],
  fulfilment: 'pickup',
  note: '备注',
  address: '地址',
})
const product = () => ({
  sku: 'RANDOM',
  barcode: '123',
  product_name: '随机',
  name_en: 'Random',
  category: '杂',
  unit: '件',
  price_cents: 1,
  cost_cents: 1,
  description: '',
  image_url: '/x.svg',
  low_stock_threshold: 1,
})
const movement = () => ({
  kind: 'count',
  quantity: 900_000,
  reason: 'other',
  order_id: 1,
  note: '',
})
const account = () => ({ username: 'x', email: 'x@example.com', password: 'x', role: 'customer' })

type Route = readonly [
  method: Method,
  path: string,
  who: keyof Shop['people'],
  good: () => object,
  runs: number,
]

// A password that is good enough costs a hash, and each of them 40 ms: a few will do.
const FEW = 20

const routes: readonly Route[] = [
  ['POST', '/api/orders', 'clerk', order, RUNS],
  ['POST', '/api/orders', 'customer', order, RUNS],
  [
    'PUT',
    '/api/orders/:order_id/shipment',
    'clerk',
    () => ({ carrier: 'a', tracking_number: '1' }),
    RUNS,
  ],
  ['PUT', '/api/orders/:order_id/cancellation', 'customer', () => ({ reason: 'a' }), RUNS],
  ['POST', '/api/inventory', 'manager', () => ({ ...product(), quantity: 1 }), RUNS],
  ['PATCH', '/api/inventory/:product_id', 'manager', () => ({ ...product(), active: true }), RUNS],
  ['POST', '/api/inventory/:product_id/movements', 'manager', movement, RUNS],
  [
    'PATCH',
    '/api/me',
    'other',
    () => ({ email: 'a@example.com', display_name: '', phone: '' }),
    RUNS,
  ],
  ['PATCH', '/api/users/:user_id', 'owner', () => ({ phone: '1', display_name: '' }), RUNS],
  ['PATCH', '/api/settings', 'owner', () => ({ shop_name: 'a', show_stock: true }), RUNS],
  ['POST', '/api/users', 'owner', account, FEW],
  ['POST', '/api/register', 'customer', account, FEW],
  ['POST', '/api/login', 'customer', () => ({ username: 'x', password: '', cookie: true }), FEW],
  ['PUT', '/api/me/password', 'other', () => ({ current_password: '', new_password: '' }), FEW],
  ['POST', '/api/setup', 'customer', () => ({ code: 'x', shop_name: 'x' }), FEW],
]

describe('[sqlite] [embedded] any body', () => {
  test.each(routes)('to %s %s by the %s is answered', async (method, path, who, good, runs) => {
    const url = path
      .replace(':order_id', String(order_id))
      .replace(':product_id', String(product_id))
      .replace(':user_id', String(shop.people.other.user_id))
    const requests = spoilt(good).map((payload) => ({ url, payload }))
    await survives(requests, method, who, runs)
    await shop.settle()
    expect(await shop.findings()).toEqual([])
  })
})

describe('[sqlite] any query', () => {
  const names = fc.constantFrom(
    ...['limit', 'cursor', 'search', 'status', 'payment_status', 'user_id', 'from', 'to'],
    ...['category', 'stock_status', 'barcode', 'sort', 'active', 'role', 'unread', 'group'],
    ...['__proto__', 'constructor'],
  )
  const good = fc.constantFrom(
    ...['20', 'name', '-price', 'true', 'pending', 'paid', '1', 'owner'],
    ...['2026-01-31T08:00:00Z', 'WzEsMV0', 'WzFd'],
  )
  const pair = fc.tuple(fc.oneof(names, texts), fc.oneof(good, texts, numbers.map(String)))
  const query = fc.oneof(
    {
      weight: 5,
      arbitrary: fc
        .array(pair, { maxLength: 4 })
        .map((pairs) => pairs.map((words) => words.map(encode).join('=')).join('&')),
    },
    { weight: 1, arbitrary: fc.stringMatching(/^[!"$-~]{0,60}$/) },
  )

  test.each([
    '/api/orders',
    '/api/inventory',
    '/api/inventory/1/movements',
    '/api/users',
    '/api/notifications',
    '/api/system/dead-letters',
  ])('to %s is answered', async (path) => {
    const requests = query.map((text) => ({ url: `${path}?${text}` }))
    await survives(requests, 'GET', 'owner', RUNS)
  })
})

describe('[sqlite] any address', () => {
  test('is answered', async () => {
    const step = fc.oneof(texts.map(encode), fc.constantFrom('orders', 'inventory', '1', '%'))
    const path = fc.array(step, { maxLength: 4 })
    const requests = path.map((steps) => ({ url: `/api/${steps.join('/')}` }))
    await survives(requests, 'GET', 'owner', RUNS)
  })
})

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
}
