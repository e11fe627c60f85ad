// Owns a shop's core for tests: a real store in a folder of its own, a clock that is set by hand, silence.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrations } from '../../migrations/index.ts'
import type { Clock } from '../../src/lib/clock.ts'
import { openCaches } from '../../src/platform/cache/open.ts'
import { readConfig } from '../../src/platform/config.ts'
import { openEventLog } from '../../src/platform/events/open-log.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { openStore } from '../../src/platform/db/store.ts'
import type { AccessOptions } from '../../src/platform/http/access.ts'
import { createHttpServer, type HttpServer } from '../../src/platform/http/server.ts'
import { createLog } from '../../src/platform/logging.ts'
import { createMetrics } from '../../src/platform/metrics.ts'
import type { Core, Module } from '../../src/platform/module.ts'
import { NO_PACE } from '../../src/lib/pace.ts'
import { openRedis } from '../../src/platform/redis/connection.ts'
import { freshStack } from './stack.ts'

export interface TestClock extends Clock {
  /** Moves the clock, forwards or back, by milliseconds. */
  advance(ms: number): void
}

export interface TestCore {
  readonly core: Core
  readonly clock: TestClock
  close(): Promise<void>
}

/**
 * A new, empty, migrated store; `close` removes it. On the engines of the suite's project, unless `env` chooses
 * others.
 */
export async function testCore(
  options: { env?: Readonly<Record<string, string>> } = {},
): Promise<TestCore> {
  const dataDir = await mkdtemp(join(tmpdir(), 'petshop-test-'))
  const clock = testClock(Date.UTC(2026, 0, 15, 4))
  const stack = options.env
    ? { env: options.env, drop: () => Promise.resolve() }
    : await freshStack()
  const config = readConfig({
    PETSHOP_DATA_DIR: dataDir,
    PETSHOP_LOG_LEVEL: 'silent',
    ...stack.env,
  })
  const store = await openStore({ store: config.store })
  await migrate(store, migrations(store.dialect))
  const [log, metrics] = [createLog('silent'), createMetrics()]
  const redis = config.redis && openRedis({ config: config.redis, log, metrics })
  await redis?.settled()
  const events = await openEventLog({ config, store, redis, log })
  const caches = openCaches(redis, metrics)
  return {
    core: {
      config,
      store,
      events,
      redis,
      caches,
      clock,
      log,
      metrics,
      tracing: null,
      pace: NO_PACE,
      background: null,
    },
    clock,
    async close() {
      await events.close()
      await redis?.close()
      await store.close()
      await stack.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** A server with the modules' routes, for `app.inject`; close it with `app.close()`. */
export async function testServer(
  core: Core,
  modules: readonly Pick<Module, 'routes'>[],
  authenticate: AccessOptions['authenticate'] = () => Promise.resolve(null),
): Promise<HttpServer> {
  const app = await createHttpServer({
    log: core.log,
    metrics: core.metrics,
    dialect: core.store.dialect,
    clock: core.clock,
    metricsToken: null,
    trustProxy: null,
    authenticate,
  })
  for (const module of modules) module.routes(app)
  await app.ready()
  return app
}

function testClock(start: number): TestClock {
  let now = start
  return {
    now: () => now,
    advance(ms) {
      now += ms
    },
  }
}
