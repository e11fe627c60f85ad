// Shows that no id opens what is somebody else's: every id that a route takes, in path, query or body, for everybody.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readDescription, type Description, type Operation } from '../../scripts/fuzz/document.ts'
import { goodValue, type KnownIds } from '../../scripts/fuzz/values.ts'
import { createRandom } from '../../src/demo/random.ts'
import { atLeast, isStaff, type Role, ROLES } from '../../src/lib/roles.ts'
import type { Person } from '../support/people.ts'
import { declaredRoutes, type DeclaredRoute } from '../support/routes.ts'
import { type Answer, openShop, type Shop } from '../support/shop.ts'

/**
 * What naming an id does:
 * - `anybody's`: it names what all who may call are shown
 * - `own`: only one's own; another's doesn't exist, whoever asks
 * - `own or staff`: to customers another's doesn't exist
 * - `own or refused`: customers may only name themselves
 * - `seen`, `managed`: accounts, by their role
 * - `the role decides`: who may call may name any; so it is where nothing stands here and only staff may call
 */
type Rule =
  "anybody's" | 'own' | 'own or staff' | 'own or refused' | 'seen' | 'managed' | 'the role decides'

const RULES: Readonly<Record<string, Rule>> = {
  'GET /api/inventory/{product_id} path product_id': "anybody's",
  'PATCH /api/me/addresses/{address_id} path address_id': 'own',
  'DELETE /api/me/addresses/{address_id} path address_id': 'own',
  'DELETE /api/me/sessions/{session_id} path session_id': 'own',
  'PUT /api/notifications/{notification_id}/read path notification_id': 'own',
  'GET /api/orders query user_id': 'own or refused',
  'POST /api/orders body user_id': 'own or refused',
  'POST /api/orders body items.product_id': "anybody's",
  'GET /api/orders/{order_id} path order_id': 'own or staff',
  'PUT /api/orders/{order_id}/cancellation path order_id': 'own or staff',
  'GET /api/users/{user_id} path user_id': 'seen',
  'PATCH /api/users/{user_id} path user_id': 'managed',
  'DELETE /api/users/{user_id} path user_id': 'managed',
  'PUT /api/users/{user_id}/password path user_id': 'managed',
  'DELETE /api/users/{user_id}/second-factor path user_id': 'managed',
  'DELETE /api/users/{user_id}/sessions path user_id': 'managed',
  'GET /api/users/{user_id}/sessions path user_id': 'managed',
  'DELETE /api/users/{user_id}/sessions/{session_id} path user_id': 'managed',
  'DELETE /api/users/{user_id}/sessions/{session_id} path session_id': 'managed',
}

const CALLERS = ['guest', ...ROLES] as const
type CallerName = (typeof CALLERS)[number]

/** Stands in everything that the person whose things they are has told the shop. */
const SECRET = 'zzsecret'

let shop: Shop
let description: Description
let routes: DeclaredRoute[]
let product_id: number
let positions: Position[]
beforeAll(async () => {
  shop = await openShop()
  routes = await declaredRoutes(shop.app)
  description = readDescription((await shop.guest.get('/api/openapi.json')).text)
  product_id = await shop.addProduct({ quantity: 1_000_000 })
  positions = positionsOf(description.operations)
})
afterAll(() => shop.close())

/** One id that a route takes. */
interface Position {
  readonly operation: Operation
  readonly place: 'path' | 'query' | 'body'
  /** As in `items.product_id`. */
  readonly field: string
}

const isId = (name: string) => /(^|_)id$|_by$|^name$/.test(name.split('.').at(-1) ?? '')

function positionsOf(operations: readonly Operation[]): Position[] {
  return operations.flatMap((operation) => [
    ...operation.parameters
      .filter(({ in: place, name }) => place === 'path' || isId(name))
      .map(({ in: place, name }) => ({ operation, place: place as 'path' | 'query', field: name })),
    ...Object.values(operation.body)
      .flatMap(({ schema }) => fieldsOf(schema))
      .filter(isId)
      .map((field) => ({ operation, place: 'body' as const, field })),
  ])
}

function fieldsOf(given: Operation['body'][string]['schema']): string[] {
  const schema = description.resolve(given)
  if (schema.items) return fieldsOf(schema.items)
  return Object.entries(schema.properties ?? {}).flatMap(([name, part]) => {
    const below = fieldsOf(part).map((field) => `${name}.${field}`)
    return below.length > 0 ? below : [name]
  })
}

const keyOf = ({ operation, place, field }: Position) =>
  `${operation.method} ${operation.path} ${place} ${field}`

function leastOf({ method, path }: Operation): Role | 'public' {
  const access = routes.find(
    (route) => route.method === method && route.path.replaceAll(/:(\w+)/g, '{$1}') === path,
  )?.access
  if (access === undefined || access === 'metrics') throw new Error(`${method} ${path}: whose?`)
  return access
}

/** Null where somebody has yet to decide. */
function ruleOf(position: Position): Rule | null {
  const { operation, place, field } = position
  const declared = RULES[keyOf(position)]
  if (declared) return declared
  const least = leastOf(operation)
  const isOfStaff = least !== 'public' && isStaff(least)
  // Staff may do nearly everything to everybody, but for their own superiors.
  const needsRule = place === 'path' && field === 'user_id'
  return isOfStaff && !needsRule ? 'the role decides' : null
}

/** In the order in which a request is judged. */
function verdict(
  least: Role | 'public',
  rule: Rule,
  caller: CallerName,
  owner: Role | 'self',
): 401 | 403 | 404 | 'in' {
  if (caller === 'guest') return least === 'public' ? 'in' : 401
  if (least !== 'public' && !atLeast(caller, least)) return 403
  const isOwn = owner === 'self'
  switch (rule) {
    case 'own':
      return isOwn ? 'in' : 404
    case 'own or staff':
      return isOwn || isStaff(caller) ? 'in' : 404
    case 'own or refused':
      return isOwn || isStaff(caller) ? 'in' : 403
    case 'seen':
      // To a clerk the others' accounts aren't there.
      return caller !== 'clerk' || owner === 'customer' ? 'in' : 404
    case 'managed':
      return caller === 'owner' || !atLeast(isOwn ? caller : owner, caller) ? 'in' : 403
    default:
      return 'in'
  }
}

interface Owner {
  readonly person: Person
  readonly ids: KnownIds
}

/** Somebody with an order, an address, a session and a notification, all of them theirs alone. */
async function makePerson(role: Role, field: string): Promise<Owner> {
  const person = await shop.addPerson(role)
  const as = shop.as(person)
  // Nobody here has a password, which one's own e-mail would need.
  const email = `${SECRET}${person.user_id}@example.com`
  const { status, text } = await shop.as('owner').patch(`/api/users/${person.user_id}`, { email })
  expect(status, text).toBe(200)
  expect(await storedOf(person.user_id)).toContain(email)
  const ids: Record<string, (number | string)[]> = { user_id: [person.user_id] }
  if (field === 'order_id' || field === 'notification_id') {
    const lines = [[product_id, 1]] as const
    ids['order_id'] = [await shop.order(person, { lines, note: SECRET, address: SECRET })]
  }
  if (field === 'notification_id') {
    await shop.settle()
    ids['notification_id'] = [1]
  }
  if (field === 'address_id') {
    const place = { recipient: SECRET, phone: '13800138000', region: SECRET, detail: SECRET }
    const { body } = await as.post('/api/me/addresses', place)
    ids['address_id'] = [body.item.address_id]
  }
  if (field === 'session_id' || field === 'user_id') {
    const { body } = await as.get('/api/me/sessions')
    ids['session_id'] = [body.items[0].session_id]
  }
  return { person, ids: { product_id: [product_id], ...ids } }
}

/** Values that stand for what only looks like any text. */
const PLAIN: KnownIds = {
  phone: ['13800138000'],
  new_password: ['a-good-password'],
  kind: ['receipt'],
  role: ['customer'],
  name: ['petshop-20260101T000000Z.db'],
  dead_letter_id: [1],
}

let sent = 0

async function send(position: Position, caller: Person | null, ids: KnownIds): Promise<Answer> {
  const { operation, place, field } = position
  const making = {
    description,
    random: createRandom(++sent),
    known: { ...PLAIN, ...ids },
    optional: 1,
  }
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    String(making.known[name]?.[0] ?? 1),
  )
  const query = place === 'query' ? `?${field}=${String(making.known[field]?.[0] ?? 1)}` : ''
  const schema = operation.body['application/json']?.schema
  const headers = { ...caller?.headers, ...(schema && { 'content-type': 'application/json' }) }
  return shop.send({
    method: operation.method as 'GET' | 'POST',
    url: path + query,
    headers,
    ...(schema && { payload: JSON.stringify(goodValue(making, schema)) }),
  })
}

/** Everything that is stored of a person. */
async function storedOf(user_id: number): Promise<string> {
  const { db } = shop.core.store
  const tables = ['users', 'orders', 'addresses', 'sessions', 'notifications'] as const
  const rows = await Promise.all(
    tables.map((table) =>
      db
        .selectFrom(table as 'users')
        .selectAll()
        .where('user_id', '=', user_id)
        .execute(),
    ),
  )
  return JSON.stringify(rows)
}

async function expectVerdict(
  position: Position,
  rule: Rule,
  caller: CallerName,
  owner: Role | 'self',
): Promise<void> {
  const field = position.field.split('.').at(-1) ?? ''
  // A notification's number is its owner's: a foreign one is a number that the caller, who comes later, hasn't reached.
  const other = owner === 'self' ? null : await makePerson(owner, field)
  const ownField = other && field === 'notification_id' ? '' : field
  const own = caller === 'guest' ? null : await makePerson(caller, ownField)
  const theirs = other ?? own
  if (!theirs) return
  const before = await storedOf(theirs.person.user_id)
  // All that isn't in question is the caller's own.
  const named = position.place === 'path' ? theirs.ids : { [field]: theirs.ids[field] ?? [] }
  const answer = await send(position, own?.person ?? null, { ...own?.ids, ...named })
  const expected = verdict(leastOf(position.operation), rule, caller, owner)
  const what = `${keyOf(position)} by ${caller} of ${owner}: ${answer.text}`
  if (expected !== 'in') {
    expect(answer.status, what).toBe(expected)
    expect(answer.text, what).not.toContain(SECRET)
    expect(await storedOf(theirs.person.user_id), what).toBe(before)
  } else if (rule === 'the role decides') {
    expect([401, 403], what).not.toContain(answer.status)
    expect(answer.status, what).toBeLessThan(500)
  } else {
    // 409: allowed, but there is nothing to be done.
    expect([200, 201, 409], what).toContain(answer.status)
  }
}

describe('every id that a route takes', () => {
  test('has its rule, and no rule is left over', () => {
    expect(positions.filter((position) => ruleOf(position) === null).map(keyOf)).toEqual([])
    const keys = positions.map(keyOf)
    expect(Object.keys(RULES).filter((key) => !keys.includes(key))).toEqual([])
    expect(keys.length).toBeGreaterThan(30)
  })

  test('without a rule is seen', () => {
    const order = description.operations.find(({ path }) => path === '/api/orders')!
    const planted = { name: 'friend_id', in: 'query', schema: { type: 'integer' } }
    const [position] = positionsOf([{ ...order, parameters: [planted] }])
    expect(position && ruleOf(position)).toBeNull()
  })

  test.each(CALLERS)('opens for the %s what it should, and nothing more', async (caller) => {
    for (const position of positions) {
      const rule = ruleOf(position)
      if (rule === null) continue
      const isOfAccounts = rule === 'seen' || rule === 'managed'
      for (const owner of isOfAccounts ? ROLES : (['self', 'customer'] as const)) {
        await expectVerdict(position, rule, caller, owner)
      }
    }
  })
})

describe('what a stranger can read', () => {
  test('never tells of a customer', async () => {
    const those = await Promise.all(
      ['notification_id', 'address_id'].map((field) => makePerson('customer', field)),
    )
    const whoMayKnow = [...those.map(({ person }) => person), shop.people.owner]
    const stranger = await shop.addPerson()
    const telling: string[] = []
    const reads = description.operations.filter(
      ({ method, path }) => method === 'GET' && !/[{]|\/stream$/.test(path),
    )
    expect(reads.length).toBeGreaterThan(15)
    for (const { path, parameters } of reads) {
      const search = parameters.some(({ name }) => name === 'search') ? `?search=${SECRET}` : ''
      const read = async (url: string, headers: Record<string, string>) =>
        (await shop.send({ method: 'GET', url, headers })).text
      for (const headers of [{}, stranger.headers]) {
        for (const url of [path, path + search])
          expect(await read(url, headers), url).not.toContain(SECRET)
      }
      const told = await Promise.all(whoMayKnow.map(({ headers }) => read(path, headers)))
      if (told.some((text) => text.includes(SECRET))) telling.push(path)
    }
    // The same questions tell of them, to whoever may know: so a stranger's silence says something.
    expect(telling).toEqual(
      expect.arrayContaining(['/api/me', '/api/me/addresses', '/api/orders', '/api/users']),
    )
  })
})
