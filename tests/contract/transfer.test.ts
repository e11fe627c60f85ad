// Shows that a whole shop moves between any two stores, every value as it was, and goes on there.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migrations } from '../../migrations/index.ts'
import type { App } from '../../src/app.ts'
import { runCheck } from '../../src/platform/doctor.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { allTables, countedColumns, movedTables } from '../../src/platform/db/transfer/tables.ts'
import { drain } from '../../src/platform/events/drain.ts'
import type { HttpServer } from '../../src/platform/http/server.ts'
import { buildHttp } from '../../src/serve.ts'
import {
  dropDatabases,
  EVERY_BYTE,
  freshUrl,
  type Kind,
  makeSource,
  missing,
  move,
  onStore,
  openMoved,
  type SourceShop,
  verify,
} from './transfer-shop.ts'

let source: SourceShop
beforeAll(async () => {
  source = await makeSource()
})
afterAll(async () => {
  await dropDatabases()
  await source.shop.close()
})

/** The shop on a store of this kind. */
async function shopOn(kind: Kind): Promise<string> {
  if (kind === 'sqlite') return source.url
  const url = await freshUrl(kind)
  await move(source.url, url)
  return url
}

const PAIRS: readonly (readonly [Kind, Kind])[] = [
  ['sqlite', 'mariadb'],
  ['mariadb', 'postgres'],
  ['postgres', 'sqlite'],
  ['postgres', 'mariadb'],
  ['sqlite', 'sqlite'],
]

describe.each(PAIRS)('a shop moved from [%s] to [%s]', (from, to) => {
  const reason = missing(from, to)
  if (reason !== undefined) return test('not run', ({ skip }) => skip(reason))
  let url: string
  let app: App
  let http: HttpServer
  beforeAll(async () => {
    const begin = await shopOn(from)
    url = await freshUrl(to)
    const report = await move(begin, url)
    expect(report.equal).toBe(true)
    expect(report.tables.filter(({ source: side }) => side.rows === 0)).toEqual([])
    expect(report.tables.every(({ source: a, target: b }) => a.digest === b.digest)).toBe(true)
    app = await openMoved(url, source.shop.clock)
    http = await buildHttp(app)
    await http.ready()
  })
  afterAll(async () => {
    await http?.close()
    await app?.close()
  })

  const { headersOf, send } = callers(() => http)
  const notes = () => app.core.store.db.selectFrom('notifications').selectAll().execute()
  const settle = () => drain(app.core, consumersOf(app))

  test('adds up', async () => {
    expect(await findingsOf(app)).toEqual([])
  })

  test('shows its pictures, byte by byte', async () => {
    const picture = async (name: string) =>
      (await http.inject({ url: `/pictures/${name}` })).rawPayload
    expect(await picture('every.webp')).toEqual(Buffer.from(EVERY_BYTE))
    expect(await picture('nothing.webp')).toEqual(Buffer.alloc(0))
    expect((await picture('text.svg')).toString()).toBe("\\x41 '毛球' \0 🐈 X'00'")
    expect((await picture('large-2.webp')).equals(Buffer.alloc(900_000, 39))).toBe(true)
  })

  test('knows its people: their sessions go on, and new ones get ids of their own', async () => {
    const me = await send('GET', '/api/me', headersOf('customer'))
    expect([me.status, me.body.item.username]).toEqual([200, 'customer'])
    const before = await highest(app, 'sessions', 'session_id')
    const { user_id } = source.shop.people.customer
    const cause = { actor_id: user_id, request_id: null, now: app.core.clock.now() }
    const device = { user_agent: 'new', address: '127.0.0.1' }
    await app.core.store.transaction((trx) =>
      app.users.openSession(trx, { user_id, role: 'customer' }, device, cause),
    )
    // That of the person who was deleted isn't given again.
    expect(await highest(app, 'sessions', 'session_id')).toBe(before + 2)
  })

  test('applies the events that were waiting, and none of the others again', async () => {
    const before = await notes()
    await settle()
    const order = await send('GET', `/api/orders/${source.unheard}`, headersOf('owner'))
    expect(order.body.item.status).toBe('confirmed')
    const after = await notes()
    const fresh = after.filter(({ event_id }) => !before.some((old) => old.event_id === event_id))
    expect(fresh.length).toBe(after.length - before.length)
    const about = fresh.filter(({ data }) => data.includes(`"order_id":${source.unheard},`))
    // The staff hear of the order, the customer of its confirmation.
    expect(new Set(about.map(({ kind }) => kind))).toEqual(
      new Set(['order.placed', 'order.confirmed']),
    )
    expect(await findingsOf(app)).toEqual([])
  })

  test('goes on selling: new ids, right stock, a repeated request is known', async () => {
    const { product_id, shop } = source
    const { user_id } = shop.people.other
    const items = [{ product_id, quantity: 1 }]
    const place = (headers: Record<string, string>) =>
      send('POST', '/api/orders', { ...headersOf('other'), ...headers }, { user_id, items })
    const before = await highest(app, 'orders', 'order_id')
    const again = await place({ 'idempotency-key': 'once' })
    expect([again.status, again.body.order_id <= before]).toEqual([201, true])
    const fresh = await place({})
    expect([fresh.status, fresh.body.order_id > before]).toEqual([201, true])
    await settle()
    expect(await findingsOf(app)).toEqual([])
  })
})

describe('[sqlite] [mariadb] [postgres] a round trip', () => {
  const reason = missing('mariadb', 'postgres')
  test('over all stores ends where it began', async ({ skip }) => {
    if (reason !== undefined) skip(reason)
    let url = source.url
    for (const kind of ['mariadb', 'postgres', 'sqlite'] as const) {
      const next = await freshUrl(kind)
      expect((await move(url, next)).equal).toBe(true)
      url = next
    }
    const report = await verify(source.url, url)
    expect(report.equal).toBe(true)
    expect(report.tables.map(({ table }) => table)).toEqual(movedTables.map(({ name }) => name))
  })
})

const KINDS: readonly Kind[] = ['sqlite', 'mariadb', 'postgres']

describe.each(KINDS)('on [%s] what a transfer knows of the tables', (kind) => {
  const reason = missing(kind)

  test('is all of them', async ({ skip }) => {
    if (reason !== undefined) skip(reason)
    const names = await onStore(await freshUrl(kind), async (store) => {
      await migrate(store, migrations(store.dialect))
      return (await store.db.introspection.getTables()).map(({ name }) => name)
    })
    expect(names.toSorted()).toEqual(allTables.map(({ name }) => name).toSorted())
    expect(allTables.filter((table) => !movedTables.includes(table))).toEqual([
      { name: 'leases', key: ['name'] },
    ])
  })

  test('is which ids the engine counts, and that it never gives one again', async ({ skip }) => {
    if (reason !== undefined) skip(reason)
    const url = await freshUrl(kind)
    await move(source.url, url)
    await onStore(url, async ({ db }) => {
      // The newest row is gone before the shop opens: its id is not free.
      await sql`delete from failed_deliveries`.execute(db)
      const tables = await db.introspection.getTables()
      const counted = tables.flatMap(({ name, columns }) =>
        columns.filter((column) => column.isAutoIncrementing).map((column) => [name, column.name]),
      )
      expect(counted).toEqual(expect.arrayContaining(Object.entries(countedColumns)))
      if (kind !== 'sqlite') expect(counted).toHaveLength(Object.keys(countedColumns).length)
    })
    const next = await freshUrl('sqlite')
    await move(url, next)
    await onStore(next, async ({ db }) => {
      const { rows } = await sql`
        select seq from sqlite_sequence where name = 'failed_deliveries'`.execute(db)
      expect(rows).toEqual([{ seq: 1000 }])
    })
  })
})

describe('[sqlite] the list of tables', () => {
  test('has the primary keys, and no row comes before one that it refers to', async () => {
    await onStore(source.url, async ({ db }) => {
      for (const [i, { name, key }] of allTables.entries()) {
        const { rows: columns } = await sql<{ name: string; pk: number }>`
          select name, pk from pragma_table_info(${name}) where pk > 0 order by pk`.execute(db)
        expect(columns.map((column) => column.name)).toEqual(key)
        const { rows: parents } = await sql<{ table: string }>`
          select "table" from pragma_foreign_key_list(${name})`.execute(db)
        const before = allTables.slice(0, i).map((table) => table.name)
        expect(before).toEqual(expect.arrayContaining(parents.map(({ table }) => table)))
      }
    })
  })
})

function callers(http: () => HttpServer) {
  return {
    headersOf: (who: keyof SourceShop['shop']['people']) => source.shop.people[who].headers,
    async send(
      method: 'GET' | 'POST',
      url: string,
      headers: Readonly<Record<string, string>>,
      body?: object,
    ) {
      const answer = await http().inject({ method, url, headers, ...(body && { payload: body }) })
      const json: ReturnType<JSON['parse']> = answer.json()
      return { status: answer.statusCode, body: json }
    },
  }
}

function consumersOf(app: App) {
  return app.modules.flatMap((module) => module.consumers)
}

async function highest(app: App, table: string, column: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select max(${sql.ref(column)}) as n from ${sql.table(table)}`.execute(app.core.store.db)
  return Number(rows[0]?.n)
}

async function findingsOf(app: App): Promise<string[]> {
  const found: string[] = []
  for (const check of app.modules.flatMap((module) => module.checks)) {
    const { findings } = await runCheck(check, app.core.store.db, app.core.clock.now())
    found.push(...findings.map(({ message }) => `${check.name}: ${message}`))
  }
  return found
}
