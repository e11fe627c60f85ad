// Owns a whole shop for tests, in this process: real SQLite, all modules, requests without a socket.
import type { InjectOptions, LightMyRequestResponse as Response } from 'fastify'
import { sql } from 'kysely'
import { type App, wire } from '../../src/app.ts'
import type { Role } from '../../src/lib/roles.ts'
import type { Config } from '../../src/platform/config.ts'
import { runCheck } from '../../src/platform/doctor.ts'
import type { Consumer } from '../../src/platform/events/consumer.ts'
import { drain } from '../../src/platform/events/drain.ts'
import type { HttpServer } from '../../src/platform/http/server.ts'
import type { Core } from '../../src/platform/module.ts'
import type { InventoryItem, NewProduct } from '../../src/modules/inventory/index.ts'
import type { Order } from '../../src/modules/orders/index.ts'
import type { Settings } from '../../src/modules/shop/index.ts'
import { buildHttp } from '../../src/serve.ts'
import { testCore, type TestClock } from './core.ts'
import { bearer, type People, type Person, testPeople } from './people.ts'

/** A body as its test expects it: nothing is known of it beforehand. */
type Json = ReturnType<JSON['parse']>
type Headers = Readonly<Record<string, string>>

export interface Answer {
  readonly status: number
  readonly body: Json
  /** The body as it was sent. */
  readonly text: string
  /** `error.code`; undefined on success. */
  readonly code: string | undefined
  readonly headers: Response['headers']
}

export interface Client {
  get(path: string, headers?: Headers): Promise<Answer>
  post(path: string, body?: unknown, headers?: Headers): Promise<Answer>
  put(path: string, body?: unknown, headers?: Headers): Promise<Answer>
  patch(path: string, body?: unknown, headers?: Headers): Promise<Answer>
  delete(path: string, headers?: Headers): Promise<Answer>
}

export interface NewOrderInput {
  readonly lines?: readonly (readonly [product_id: number, quantity: number])[]
  readonly fulfilment?: 'delivery' | 'pickup'
  readonly note?: string
  readonly address?: string
}

/** One of the people every test shop has, or one who was added. */
export type Who = keyof People | Person

export interface Shop {
  readonly app: App
  readonly core: Core
  readonly clock: TestClock
  readonly http: HttpServer
  readonly people: People
  readonly consumers: readonly Consumer[]
  /** Requests with this person's session. */
  as(person: Who): Client
  readonly guest: Client
  send(options: InjectOptions): Promise<Answer>
  /** Makes another person, logged in. */
  addPerson(role?: Role): Promise<Person>
  /** Applies every event there is. */
  settle(): Promise<void>
  /** Ten of it at ¥10.00 unless told otherwise. @returns its id */
  addProduct(product?: Partial<NewProduct>): Promise<number>
  /** A product as the owner sees it. */
  product(product_id: number): Promise<InventoryItem>
  /** Places an order for the person's own account. @returns its id; fails unless it is placed */
  order(person: Who, input: NewOrderInput): Promise<number>
  /** An order as the owner sees it. */
  readOrder(order_id: number): Promise<Order>
  set(settings: Partial<Settings>): Promise<void>
  /** Everything that `petshop doctor` finds wrong; empty when all adds up. */
  findings(): Promise<string[]>
  close(): Promise<void>
}

/** A new, empty shop with one person of each role and a second customer; `close` removes it. */
export async function openShop(settings: Partial<Config> = {}): Promise<Shop> {
  const { core: plain, clock, close } = await testCore()
  const core = { ...plain, config: { ...plain.config, ...settings } }
  // Nothing here pulls the plug: waiting for the disk would be most of the time.
  if (core.store.dialect.name === 'sqlite') {
    await sql`pragma synchronous = off`.execute(core.store.db)
  }
  const app = wire(core)
  const http = await buildHttp(app)
  await http.ready()
  const people = await testPeople(core, app.users)
  const consumers = app.modules.flatMap((module) => module.consumers)
  const system = { actor_id: null, request_id: null, now: clock.now() }
  let products = 0
  let added = 0

  const send = async (options: InjectOptions) => toAnswer(await http.inject(options))
  const personOf = (who: Who) => (typeof who === 'string' ? people[who] : who)
  const as = (who: Who) => client(send, personOf(who).headers)
  const owner = as('owner')

  return {
    app,
    core,
    clock,
    http,
    people,
    consumers,
    as,
    guest: client(send, {}),
    send,
    addPerson: (role = 'customer') => addPerson(app, `${role}-${++added}`, role),
    settle: () => drain(core, consumers),
    async addProduct(product = {}) {
      const number = ++products
      const [product_id = 0] = await app.inventory.createProducts(system, [
        {
          sku: `SKU-${number}`,
          product_name: `商品${number}`,
          name_en: `Product ${number}`,
          price_cents: 1000,
          quantity: 10,
          ...product,
        },
      ])
      return product_id
    },
    product: async (product_id) => (await owner.get(`/api/inventory/${product_id}`)).body.item,
    async order(person, { lines = [], ...input }) {
      const items = lines.map(([product_id, quantity]) => ({ product_id, quantity }))
      const body = { user_id: personOf(person).user_id, items, ...input }
      const answer = await as(person).post('/api/orders', body)
      if (answer.status !== 201) throw new Error(`the order was refused: ${answer.text}`)
      return answer.body.order_id
    },
    readOrder: async (order_id) => (await owner.get(`/api/orders/${order_id}`)).body.item,
    async set(settings) {
      await app.shop.changeSettings(settings, clock.now())
    },
    findings: () => findingsOf(app),
    async close() {
      await http.close()
      await app.notifications.live.stop()
      await close()
    },
  }
}

async function addPerson(app: App, username: string, role: Role): Promise<Person> {
  const { store, clock } = app.core
  const now = clock.now()
  const account = { username, email: `${username}@example.com`, password: null, role }
  const [user_id = 0] = await app.users.createUsersBulk([account], now)
  const device = { user_agent: 'test', address: '127.0.0.1' }
  const cause = { actor_id: user_id, request_id: null, now }
  const { token } = await store.transaction((trx) =>
    app.users.openSession(trx, { user_id, role }, device, cause),
  )
  return { user_id, username, role, token, headers: bearer(token) }
}

async function findingsOf(app: App): Promise<string[]> {
  const { db } = app.core.store
  const found: string[] = []
  for (const check of app.modules.flatMap((module) => module.checks)) {
    const { findings } = await runCheck(check, db, app.core.clock.now())
    found.push(...findings.map(({ message }) => `${check.name}: ${message}`))
  }
  return found
}

function client(send: (options: InjectOptions) => Promise<Answer>, own: Headers): Client {
  const bodiless = (method: 'GET' | 'DELETE') => (path: string, headers?: Headers) =>
    send({ method, url: path, headers: { ...own, ...headers } })
  const withBody =
    (method: 'POST' | 'PUT' | 'PATCH') => (path: string, body?: unknown, headers?: Headers) =>
      send({
        method,
        url: path,
        headers: {
          ...own,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
      })
  return {
    get: bodiless('GET'),
    delete: bodiless('DELETE'),
    post: withBody('POST'),
    put: withBody('PUT'),
    patch: withBody('PATCH'),
  }
}

function toAnswer(response: Response): Answer {
  const text = response.payload
  const isJson = String(response.headers['content-type']).startsWith('application/json')
  // The answer to HEAD has none.
  const body: Json = isJson && text !== '' ? JSON.parse(text) : null
  return {
    status: response.statusCode,
    body,
    text,
    code: body?.error?.code,
    headers: response.headers,
  }
}
