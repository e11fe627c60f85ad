// Owns what the faults of Redis share: shops as processes of their own, a Redis to hurt, and a client that keeps asking.
import { afterEach, expect } from 'vitest'
import type { Engine } from '../support/engines/engine.ts'
import { type RedisOptions, startRedis } from '../support/engines/redis.ts'
import { type Account, makeStage, type Stage, until } from '../support/load.ts'
import { type Server, type ServerOptions, startServer } from '../support/server.ts'
import { tempDir } from '../support/temp-dir.ts'

const engines: Engine[] = []
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.stop()
})

/** Whatever Redis has answered is in its file: what comes back after a restart is what was there. */
export async function startOwnRedis(options: RedisOptions = {}): Promise<Engine> {
  const config = { appendfsync: 'always', ...options.config }
  const engine = await startRedis({ ...options, config })
  engines.push(engine)
  return engine
}

export function makeShop(): Promise<Stage> {
  return makeStage(tempDir(), { buyers: 3, onHand: [100_000, 100_000] })
}

/** A process of the shop; the event log stays in the database: this is about everything else. */
export function openShopProcess(
  dataDir: string,
  redis: Pick<Engine, 'url'>,
  options: ServerOptions = {},
): Promise<Server> {
  const env = { REDIS_URL: redis.url, PETSHOP_EVENT_LOG: 'embedded', ...options.env }
  return startServer({ ...options, dataDir, env })
}

/** What the shop's log says of Redis, in order. */
export function redisLines(server: Server): string[] {
  return server
    .output()
    .split('\n')
    .filter((line) => line.includes('"message":"Redis is'))
    .map((line) => /Redis is (there|away)/.exec(line)?.[1] ?? line)
}

/**
 * The log has one line for each change, there and away in turn; more of them than were made on purpose only
 * where Redis got no turn on a busy machine for longer than a call may take.
 */
export function expectToldOnce(server: Server, outages: number): void {
  const lines = redisLines(server)
  expect(lines.filter((line, i) => line === lines[i - 1])).toEqual([])
  expect(lines.at(-1)).toBe('there')
  const away = lines.filter((line) => line === 'away').length
  const slow = server.output().match(/"event.reason":"no answer in/g)?.length ?? 0
  expect(away).toBeGreaterThanOrEqual(outages)
  expect(away).toBeLessThanOrEqual(outages + slow)
}

export async function statusOf(server: Server, path: string, token?: string): Promise<number> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const response = await fetch(server.url + path, { headers, signal: AbortSignal.timeout(60_000) })
  await response.arrayBuffer()
  return response.status
}

/** Long before an entry would be forgotten by itself. */
const SOON_MS = 20_000

/** A session is known to have ended because somebody has told it. */
export function untilEnded(server: Server, token: string): Promise<void> {
  const isOut = async () => (await statusOf(server, '/api/me', token)) === 401
  return until('the session has ended', isOut, SOON_MS)
}

export interface Asking {
  /** How many answers came, by `path status`. */
  readonly answers: Map<string, number>
  /** The longest that anybody waited, milliseconds. */
  longest(): number
  /** Everything that wasn't 200, and broken lines. */
  wrong(): string[]
  stop(): Promise<void>
}

/** Customers who look at the shop, over and over, until they are stopped. */
export function keepAsking(servers: readonly Server[], people: readonly Account[]): Asking {
  const answers = new Map<string, number>()
  let longest = 0
  let stopped = false
  const paths = ['/api/me', '/api/inventory', '/api/inventory/1', '/readyz']
  async function ask(server: Server, { token }: Account): Promise<void> {
    while (!stopped) {
      for (const path of paths) {
        const begun = performance.now()
        const status = await statusOf(server, path, token).catch((error: Error) => error.message)
        longest = Math.max(longest, performance.now() - begun)
        const key = `${path} ${status}`
        answers.set(key, (answers.get(key) ?? 0) + 1)
      }
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  const running = servers.flatMap((server) => people.map((person) => ask(server, person)))
  return {
    answers,
    longest: () => longest,
    wrong: () => [...answers.keys()].filter((key) => !key.endsWith(' 200')),
    async stop() {
      stopped = true
      await Promise.all(running)
    },
  }
}
