// Shows that a list costs the same however long its table is: every query of the API's lists is an index search.
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import { newToken } from '../../src/modules/users/tokens.ts'
import { openShop, type Shop } from '../support/shop.ts'
import { statementsOf } from '../support/statements.ts'

interface Parameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly schema: {
    readonly type?: string
    readonly enum?: readonly string[]
    readonly anyOf?: readonly { readonly const?: string }[]
  }
}

/** Values of the filters that aren't a choice between a few. A new one needs some here. */
const SAMPLES: Readonly<Record<string, readonly string[]>> = {
  // What all products have, what one has, what is no whole piece, and what may be a phone or an order's number.
  search: ['猫', '罕见', 'z', '20261122-1'],
  category: ['猫粮'],
  barcode: ['4006381333931'],
  min_price_cents: ['2050'],
  user_id: ['5'],
  actor_id: ['5'],
  product_id: ['5'],
  subject_id: ['5'],
  order_id: ['5'],
  sale_id: ['0192a3b4-0000-7000-8000-000000000000'],
  group: ['confirm-order-on-placed'],
  from: ['2026-01-01T00:00:00.000Z'],
  to: ['2027-01-01T00:00:00.000Z'],
  '/api/reports/sales from': ['2026-01-01'],
  '/api/reports/sales to': ['2026-12-31'],
}
const PAGE = ['limit', 'cursor']
/** Given together with another filter: alone it asks the same way. */
const ALONG: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  min_price_cents: { max_price_cents: '2050' },
}
/** Filters that another changes nothing for: leaving them out saves half of the time. */
const NOT_WITH: Readonly<Record<string, readonly string[]>> = {
  min_price_cents: ['barcode', 'active'],
}
/** One never ends, the other is a file. */
const NO_LISTS = ['/api/notifications/stream', '/api/system/backups/{name}']

/** What isn't an index search, and why it may stay so. */
const EXCEPTIONS: readonly { readonly why: string; plan: RegExp; statement: RegExp }[] = [
  {
    why: 'in the order of the key, until the page is full',
    plan: /^SCAN (audit_entries|stock_documents|stock_counts|imports|mails)$/,
    statement: /order by ("imports"\.)?"(entry_id|document_id|count_id|mail_id)"( desc)? limit/,
  },
  {
    why: 'mails that wait or were given up: what was sent is gone',
    plan: /^USE TEMP B-TREE FOR ORDER BY$/,
    statement: /from "mails" where "state" = \? order by "mail_id" desc limit/,
  },
  {
    why: 'a handful of webhooks, and what waits for them, counted from the index',
    plan: /^SCAN webhooks$|^SCAN webhook_deliveries USING COVERING INDEX webhook_deliveries_state$/,
    statement: /from "webhook(s|_deliveries)"/,
  },
  {
    why: 'a handful of rows by nature',
    plan: /^SCAN (consumer_groups|applied_events|failed_deliveries)\b/,
    statement: /./,
  },
  {
    why: 'counts and lists of that handful',
    plan: /TEMP B-TREE/,
    statement: /from "(consumer_groups|failed_deliveries)"/,
  },
  {
    why: 'from the newest on, in the order of the index, until the page is full',
    plan: /^SCAN orders USING INDEX orders_created$/,
    statement: /where 1 = 1 order by "created_at" desc, "order_id" desc limit/,
  },
  {
    why: 'in the order of the key, until the page is full: nearly no account is deleted',
    plan: /^SCAN users$/,
    statement: /where "deleted_at" is null order by "user_id" limit/,
  },
  {
    why: 'any part of an account’s texts: staff only, and people are fewer than orders',
    plan: /^SCAN users$/,
    statement: /search_text like/,
  },
  {
    why: 'what is low or sold out, from the narrow rows, when it is rare among the first products',
    plan: /^SCAN stock$/,
    statement: /in \(select product_id from stock where/,
  },
  {
    why: 'counts what is on sale by the state of its stock, from the narrow rows: for staff’s first page',
    plan: /^USE TEMP B-TREE FOR GROUP BY$/,
    statement: /group by "stock"\."stock_status"$/,
  },
  {
    why: 'sorts only products that are low or sold out, when those are rare',
    plan: /TEMP B-TREE FOR ORDER BY/,
    statement: /in \(select product_id from stock where/,
  },
  {
    why: 'sorts only products with a piece of the words, when it is rare',
    plan: /TEMP B-TREE FOR ORDER BY/,
    statement: /in \(select product_id from product_grams where/,
  },
  {
    why: 'sorts only products of some prices, when those are rare',
    plan: /TEMP B-TREE FOR ORDER BY/,
    statement: /in \(select product_id from inventory where active = \? and price_cents/,
  },
  {
    why: 'the quantity changes with every order: an index on it would cost more than the sort',
    plan: /TEMP B-TREE FOR ORDER BY/,
    statement: /order by on_hand - reserved/,
  },
  {
    why: 'the sessions of one person',
    plan: /TEMP B-TREE FOR ORDER BY/,
    statement: /from "sessions" where "user_id" = \?/,
  },
  {
    why: 'the addresses of one person, twenty at most',
    plan: /TEMP B-TREE FOR ORDER BY/,
    statement: /from "addresses" where "user_id" = \?/,
  },
  {
    why: 'the last sales, in the order of the index, until the page is full',
    plan: /^SCAN counter_sales USING INDEX counter_sales_order$/,
    statement: /from "counter_sales" order by "order_id" desc limit/,
  },
  {
    why: 'the orders of one person, or of one day',
    plan: /TEMP B-TREE FOR ORDER BY/,
    statement: /from "orders" .*tracking_number = \? or order_id = \? or user_id = \?/,
  },
  {
    why: 'sums over the days of a period',
    plan: /TEMP B-TREE/,
    statement: /from "daily_sales" where "day" >= \? and "day" <= \?/,
  },
]

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
  const cause = { actor_id: null, request_id: null, now: shop.clock.now() }
  // More than are looked at in the order of a list.
  const products = Array.from({ length: 2100 }, (_, i) => ({
    sku: `P-${i}`,
    product_name: `猫粮 ${i === 7 ? '罕见' : i}`,
    category: '猫粮',
    price_cents: i,
    quantity: 9,
  }))
  await shop.app.inventory.createProducts(cause, products)
  for (let i = 0; i < 3; i++) await shop.order('customer', { lines: [[40, 1]] })
  await shop.settle()
  return () => shop.close()
})

test('every list is found by an index, with each filter and order that it knows', async () => {
  const statements = await statementsOfLists()
  expect(statements.size).toBeGreaterThan(300)
  const used = new Set<string>()
  expect(await offences(statements, used)).toEqual([])
  // An exception that nothing needs any more has to go.
  expect(EXCEPTIONS.map(({ why }) => why).filter((why) => !used.has(why))).toEqual([])
})

test.each([
  ['inventory_name', '/api/inventory?sort=name'],
  ['inventory_price', '/api/inventory?sort=-price'],
  ['stock_movements_product', '/api/inventory/1/movements?'],
  ['orders_status', '/api/orders?status=pending'],
  ['users_active', '/api/users?active=false'],
])('without %s, %s would read or sort a whole table', async (index, url) => {
  const { db } = shop.core.store
  const { rows } = await sql<{ sql: string }>`
    select sql from sqlite_schema where name = ${index}`.execute(db)
  // Another length: a list that was read already is known.
  const look = async (limit: number) =>
    offences(new Set(await statementsOf(() => shop.as('owner').get(`${url}&limit=${limit}`))))
  expect(await look(2)).toEqual([])
  await sql`drop index ${sql.id(index)}`.execute(db)
  const found = await look(3)
  await sql.raw(rows[0]!.sql).execute(db)
  expect(found).toHaveLength(1)
})

test.each(['name', '-name', 'price', '-price', 'newest'])(
  'a category is sought in the order of %s, not picked from all products',
  async (sort) => {
    const { db } = shop.core.store
    const url = `/api/inventory?category=猫粮&sort=${sort}&limit=4`
    const lists = await statementsOf(() => shop.guest.get(url))
    const [list] = lists.filter((statement) => statement.includes('order by'))
    const plan = sql.raw<{ detail: string }>(`explain query plan ${list}`)
    const steps = (await plan.execute(db)).rows.map(({ detail }) => detail)
    expect(steps[0]).toMatch(/^SEARCH inventory USING INDEX \w+ \(active=\? AND category=\?\)$/)
  },
)

test.each([
  ['a word that few have', '/api/inventory?search=罕见&sort=name'],
  ['what is sold out, when it is rare', '/api/inventory?stock_status=out_of_stock&sort=name'],
])('%s is where a list begins, not with all that are on sale', async (_, url) => {
  const { db } = shop.core.store
  const statements = await statementsOf(() => shop.guest.get(`${url}&limit=5`))
  const [list] = statements.filter((statement) => statement.includes('.product_id in'))
  const plan = sql.raw<{ detail: string }>(`explain query plan ${list}`)
  const steps = (await plan.execute(db)).rows.map(({ detail }) => detail)
  expect(steps[0]).toMatch(/^SEARCH (inventory|stock) USING INTEGER PRIMARY KEY \(rowid=\?\)$/)
})

test('what a list of ids names is found by its ids, not among all that are active or pending', async () => {
  const tokens = Array.from({ length: 64 }, () => newToken())
  const statements = await statementsOf(async () => {
    await Promise.all(tokens.map((token) => shop.app.users.authenticate(token, shop.clock.now())))
    const lines = { lines: [[41, 1] as [number, number]] }
    const orders = await Promise.all([1, 2, 3].map(() => shop.order('customer', lines)))
    await shop.settle()
    const [first, second] = orders
    await shop.as('clerk').post(`/api/orders/${first}/cancellation`, { reason: '测试' })
    await shop.as('clerk').post(`/api/orders/${second}/shipment`, {})
    await shop.settle()
  })
  const byMany = statements.filter((statement) => / in \((\?|select value from)/.test(statement))
  expect(byMany.length).toBeGreaterThan(20)
  const found = new Set<string>()
  for (const statement of byMany) {
    const plan = sql.raw<{ detail: string }>(`explain query plan ${statement}`)
    for (const { detail } of (await plan.execute(shop.core.store.db)).rows) {
      const isBroad = /INDEX \w+ \((active|status|payment_status)=\?( AND \w+=\?)?\)/.test(detail)
      if (isBroad) found.add(`${detail}: ${statement}`)
    }
  }
  expect([...found]).toEqual([])
})

/** The SQL of every GET of the API, as staff and as a customer. */
async function statementsOfLists(): Promise<Set<string>> {
  const { body } = await shop.guest.get('/api/openapi.json')
  const paths = Object.entries<{ get?: { parameters?: Parameter[] } }>(body.paths)
  const statements = new Set<string>()
  for (const [path, { get }] of paths) {
    if (!get || NO_LISTS.includes(path)) continue
    for (const url of urlsOf(path, get.parameters ?? [])) {
      for (const who of ['owner', 'customer'] as const) {
        for (const statement of await statementsOf(() => readPages(who, url))) {
          statements.add(statement)
        }
      }
    }
  }
  return statements
}

async function readPages(who: 'owner' | 'customer', url: string): Promise<void> {
  const answer = await shop.as(who).get(url)
  // Staff alone may see some; what no route knows would show nothing.
  expect([url, answer.status]).toEqual([url, expect.toBeOneOf([200, 403, 404])])
  const cursor = answer.body?.next_cursor
  if (cursor) await shop.as(who).get(`${url}&cursor=${encodeURIComponent(cursor)}`)
}

/** Of a filter's many choices: they differ in the value alone. */
const MOST_CHOICES = 8
/** More at once narrow down what fewer have found. */
const MOST_FILTERS = 3

/** One for each combination of up to three filters' values, none given among them. */
function urlsOf(path: string, parameters: readonly Parameter[]): string[] {
  const filters = parameters.filter(
    ({ name, in: place }) => place === 'query' && !PAGE.includes(name) && !isGivenAlong(name),
  )
  let queries: Record<string, string>[] = [
    parameters.some(({ name }) => name === 'limit') ? { limit: '1' } : {},
  ]
  for (const filter of filters) {
    const values = valuesOf(path, filter)
    queries = queries.flatMap((query) => [
      ...(filter.required ? [] : [query]),
      ...values
        .filter(() => !excludes(query, filter.name))
        .map((value) => ({ ...query, [filter.name]: value, ...ALONG[filter.name] })),
    ])
  }
  const own = new Set(filters.map(({ name }) => name))
  const given = (query: Record<string, string>) => Object.keys(query).filter((it) => own.has(it))
  queries = queries.filter((query) => given(query).length <= MOST_FILTERS)
  const base = path.replaceAll(/\{\w+\}/g, '1')
  return queries.map((query) => `${base}?${new URLSearchParams(query).toString()}`)
}

function isGivenAlong(name: string): boolean {
  return Object.values(ALONG).some((along) => name in along)
}

function excludes(query: Readonly<Record<string, string>>, name: string): boolean {
  return Object.entries(NOT_WITH).some(
    ([filter, others]) =>
      (filter === name && others.some((other) => other in query)) ||
      (filter in query && others.includes(name)),
  )
}

function valuesOf(path: string, { name, schema }: Parameter): readonly string[] {
  if (schema.type === 'boolean') return ['true', 'false']
  const listed = schema.enum ?? schema.anyOf?.map((one) => String(one.const))
  const choices = listed ?? SAMPLES[`${path} ${name}`] ?? SAMPLES[name]
  if (!choices) throw new Error(`${path} has a new filter, ${name}: give it a sample`)
  return choices.slice(0, MOST_CHOICES)
}

/** Steps of the statements' plans that read a whole table or sort it, but for the exceptions. */
async function offences(
  statements: ReadonlySet<string>,
  used = new Set<string>(),
): Promise<string[]> {
  const { db } = shop.core.store
  const { rows } = await sql<{ name: string }>`
    select name from sqlite_schema where type = 'table'`.execute(db)
  const tables = new Set(rows.map(({ name }) => name))
  const found: string[] = []
  for (const written of statements) {
    const statement = written.replaceAll(/\s+/g, ' ').trim()
    if (!/^(select|with)\b/i.test(statement)) continue
    const plan = sql.raw<{ detail: string }>(`explain query plan ${statement}`)
    for (const { detail } of (await plan.execute(db)).rows) {
      // What isn't a table is a list of values, or a part of the statement that has steps of its own.
      const scanned = /^SCAN (\w+)(?!.* VIRTUAL TABLE)/.exec(detail)?.[1]
      if (!detail.includes('TEMP B-TREE') && !tables.has(scanned ?? '')) continue
      const exception = EXCEPTIONS.find(
        (one) => one.plan.test(detail) && one.statement.test(statement),
      )
      if (exception) used.add(exception.why)
      else found.push(`${detail}: ${statement}`)
    }
  }
  return found
}
