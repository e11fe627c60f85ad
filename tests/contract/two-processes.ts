// Owns two processes of one shop, in this test's process: one database, one Redis or none, nothing else in common.
import { randomBytes } from 'node:crypto'
import type { InjectOptions } from 'fastify'
import { sql } from 'kysely'
import { type App, openCore } from '../../src/app.ts'
import { readConfig } from '../../src/platform/config.ts'
import { drain } from '../../src/platform/events/drain.ts'
import type { HttpServer } from '../../src/platform/http/server.ts'
import { createLog } from '../../src/platform/logging.ts'
import { buildHttp } from '../../src/serve.ts'
import type { TestClock } from '../support/core.ts'
import { until } from '../support/load.ts'
import { bearer, type People, testPeople } from '../support/people.ts'
import { tempDir } from '../support/temp-dir.ts'

export interface Half {
  readonly app: App
  readonly http: HttpServer
  ask(options: InjectOptions & { token?: string; body?: object }): Promise<Reply>
  get(url: string, token?: string): Promise<Reply>
  hits(cache: string): number
}

export interface Reply {
  readonly status: number
  /** Nothing is known of it beforehand. */
  readonly body: ReturnType<JSON['parse']>
}

export interface TwoProcesses {
  readonly one: Half
  readonly other: Half
  readonly people: People
  readonly clock: TestClock
  readonly prefix: string
  /** Applies every event there is, in the one. */
  settle(): Promise<void>
  close(): Promise<void>
}

export async function openTwoProcesses(redisUrl: string | null): Promise<TwoProcesses> {
  const prefix = `test-${randomBytes(6).toString('hex')}:`
  const config = readConfig({
    PETSHOP_DATA_DIR: tempDir(),
    ...(redisUrl !== null && { REDIS_URL: redisUrl }),
    PETSHOP_REDIS_PREFIX: prefix,
    PETSHOP_EVENT_LOG: 'embedded',
  })
  let now = Date.UTC(2026, 0, 15, 4)
  const clock = { now: () => now, advance: (ms: number) => void (now += ms) }
  const open = async () => openHalf(await openCore({ config, clock, log: createLog('silent') }))
  const [one, other] = [await open(), await open()]
  const people = await testPeople(one.app.core, one.app.users)
  const consumers = one.app.modules.flatMap((module) => module.consumers)
  return {
    one,
    other,
    people,
    clock,
    prefix,
    settle: () => drain(one.app.core, consumers),
    async close() {
      for (const { http, app } of [one, other]) {
        await http.close()
        await app.notifications.live.stop()
        await app.close()
      }
    },
  }
}

async function openHalf(app: App): Promise<Half> {
  const { store } = app.core
  // Nothing here pulls the plug: waiting for the disk would be most of the time.
  if (store.dialect.name === 'sqlite') await sql`pragma synchronous = off`.execute(store.db)
  const http = await buildHttp(app)
  await http.ready()
  const ask: Half['ask'] = async ({ token, body, ...options }) => {
    const response = await http.inject({
      ...options,
      headers: {
        ...(token === undefined ? {} : bearer(token)),
        ...(body && { 'content-type': 'application/json' }),
        ...options.headers,
      },
      ...(body && { payload: JSON.stringify(body) }),
    })
    return { status: response.statusCode, body: JSON.parse(response.payload || 'null') }
  }
  return {
    app,
    http,
    ask,
    get: (url, token) => ask({ method: 'GET', url, ...(token && { token }) }),
    hits: (cache) => app.core.caches.counts().find(({ name }) => name === cache)?.hits ?? 0,
  }
}

/** Long before an entry would be forgotten by itself. */
const SOON_MS = 15_000

/** What others have changed is seen because they have told it. */
export function soon(what: string, isTrue: () => Promise<boolean>): Promise<void> {
  return until(what, isTrue, SOON_MS)
}

/** Asks until the answer comes from the cache. */
export function untilCached(half: Half, cache: string, ask: () => Promise<unknown>): Promise<void> {
  return until(`${cache} is cached`, async () => {
    const before = half.hits(cache)
    await ask()
    return half.hits(cache) > before
  })
}
