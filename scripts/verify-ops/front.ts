// Owns the shop behind a proxy: MariaDB, Redis, two API processes and a worker, made once for all checks of proxies.
import { startMariadb } from '../../tests/support/engines/mariadb.ts'
import { createMariadbDatabase } from '../../tests/support/engines/databases.ts'
import { ensureInstalled } from '../../tests/support/engines/install.ts'
import { startRedis } from '../../tests/support/engines/redis.ts'
import { type Api, openStage, type Stage } from './stage.ts'

export interface Front {
  readonly stage: Stage
  readonly apis: readonly [Api, Api]
}

const ends: (() => Promise<void>)[] = []
let made: Promise<Front> | undefined

/** The same for all who ask. */
export function front(): Promise<Front> {
  return (made ??= openFront())
}

async function openFront(): Promise<Front> {
  const missing = await ensureInstalled(['mariadb-server', 'redis-server'])
  if (missing !== undefined) throw new Error(missing)
  const [mariadb, redis] = await Promise.all([startMariadb(), startRedis()])
  ends.push(mariadb.stop, redis.stop)
  const database = await createMariadbDatabase(mariadb.url)
  const stage = await openStage({ DATABASE_URL: database.url, REDIS_URL: redis.url })
  ends.push(stage.close)
  const [one, other] = await Promise.all([stage.api(), stage.api(), stage.worker()])
  return { stage, apis: [one, other] }
}

/** The last to come is the first to go. */
export async function closeFront(): Promise<void> {
  for (const end of ends.splice(0).reverse()) await end()
}
