// Owns the check of a rolling upgrade: an earlier version and this one side by side on one database, the migrations of
// this one under load, then one process after the other; no visitor notices.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  createMariadbDatabase,
  createPostgresDatabase,
} from '../../tests/support/engines/databases.ts'
import type { Engine } from '../../tests/support/engines/engine.ts'
import { ensureInstalled } from '../../tests/support/engines/install.ts'
import { startMariadb } from '../../tests/support/engines/mariadb.ts'
import { startPostgres } from '../../tests/support/engines/postgres.ts'
import { startRedis } from '../../tests/support/engines/redis.ts'
import type { Finding } from '../verify-deploy/check.ts'
import { root as here } from '../verify-deploy/tools.ts'
import { startNginx } from './proxies.ts'
import { underLoad } from './restart.ts'
import { openStage, type Stage } from './stage.ts'
import { openEarlier, type Version } from './versions.ts'

/** Long enough for hundreds of requests to meet both versions. */
const SIDE_BY_SIDE_MS = 2000

export type Store = 'MariaDB' | 'PostgreSQL'

export async function checkUpgrade(store: Store): Promise<Finding> {
  const missing = await ensureInstalled([
    store === 'MariaDB' ? 'mariadb-server' : 'postgresql',
    'redis-server',
  ])
  if (missing !== undefined) throw new Error(missing)
  const earlier = await openEarlier()
  const engines = await Promise.all([
    store === 'MariaDB' ? startMariadb() : startPostgres(),
    startRedis(),
  ])
  const [database, redis] = engines
  try {
    const url = await newDatabase(store, database)
    const stage = await openStage({ DATABASE_URL: url, REDIS_URL: redis.url }, earlier.root)
    return await upgrade(stage, earlier, store).finally(stage.close)
  } finally {
    await Promise.all(engines.map((engine: Engine) => engine.stop()))
    earlier.remove()
  }
}

async function newDatabase(store: Store, { url }: Engine): Promise<string> {
  const create = store === 'MariaDB' ? createMariadbDatabase : createPostgresDatabase
  return (await create(url)).url
}

async function upgrade(stage: Stage, earlier: Version, store: Store): Promise<Finding> {
  const [one, other, worker] = await Promise.all([stage.api(), stage.api(), stage.worker()])
  const apis = [one, other]
  const proxy = await startNginx(apis.map(({ port }) => port))
  let migrated = 0
  const work = async () => {
    await sleep(SIDE_BY_SIDE_MS)
    const begun = performance.now()
    await stage.petshop(['migrate'], here)
    migrated = (performance.now() - begun) / 1000
    await sleep(SIDE_BY_SIDE_MS)
    await stage.worker([], here)
    await worker.stop()
    for (const api of apis) {
      await sleep(SIDE_BY_SIDE_MS)
      await api.restart(here)
    }
    await sleep(SIDE_BY_SIDE_MS)
  }
  const watched = await underLoad(proxy, stage, apis, work, here).finally(proxy.close)
  const { answered, figures, problems } = watched
  const steps = stepsOf(here).filter((name) => !stepsOf(earlier.root).includes(name))
  const of =
    `requests from ${earlier.name} to this version, ${steps.length} new steps of migration ` +
    `(${steps.join(', ') || 'none'}; ${migrated.toFixed(1)} s): ${figures}`
  return { count: answered, of, by: store, problems }
}

function stepsOf(root: string): string[] {
  return readdirSync(join(root, 'migrations'))
    .filter((name) => /^\d{4}_/.test(name))
    .map((name) => name.slice(0, -3))
}
