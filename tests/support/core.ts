// Owns a shop's core for tests: a real store in a folder of its own, a clock that is set by hand, silence.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrations } from '../../migrations/index.ts'
import type { Clock } from '../../src/lib/clock.ts'
import { readConfig } from '../../src/platform/config.ts'
import { migrate } from '../../src/platform/db/migrate.ts'
import { openStore } from '../../src/platform/db/store.ts'
import type { AccessOptions } from '../../src/platform/http/access.ts'
import { createHttpServer, type HttpServer } from '../../src/platform/http/server.ts'
import { createLog } from '../../src/platform/logging.ts'
import { createMetrics } from '../../src/platform/metrics.ts'
import type { Core, Module } from '../../src/platform/module.ts'

export interface TestClock extends Clock {
  /** Moves the clock, forwards or back, by milliseconds. */
  advance(ms: number): void
}

export interface TestCore {
  readonly core: Core
  readonly clock: TestClock
  close(): Promise<void>
}

/** A new, empty, migrated store; `close` removes it. */
export async function testCore(): Promise<TestCore> {
  const dataDir = await mkdtemp(join(tmpdir(), 'petshop-test-'))
  const clock = testClock(Date.UTC(2026, 0, 15, 4))
  const store = openStore({ dataDir })
  const config = readConfig({ PETSHOP_DATA_DIR: dataDir, PETSHOP_LOG_LEVEL: 'silent' })
  await migrate(store, migrations(store.dialect))
  return {
    core: { config, store, clock, log: createLog('silent'), metrics: createMetrics() },
    clock,
    async close() {
      await store.close()
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
