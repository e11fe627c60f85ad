// Owns the servers that scenarios run shops on: durable as in a shop, what is answered is on the disk.
import {
  createMariadbDatabase,
  createPostgresDatabase,
} from '../../tests/support/engines/databases.ts'
import type { Engine } from '../../tests/support/engines/engine.ts'
import { ensureInstalled } from '../../tests/support/engines/install.ts'
import { startKafka } from '../../tests/support/engines/kafka.ts'
import { startMariadb } from '../../tests/support/engines/mariadb.ts'
import { startPostgres } from '../../tests/support/engines/postgres.ts'
import { startRedis } from '../../tests/support/engines/redis.ts'
import { familyCpuSeconds } from '../lib/process-state.ts'
import type { Bench } from '../lib/scenario.ts'

export type Settings = Readonly<Record<string, string>>

export interface DatabaseKind {
  /** Settings of a shop with a database of its own, at each call. */
  settings(): Promise<Settings>
  /** What its server has used so far, seconds of CPU; 0 where there is none. */
  cpuSeconds(): number
}

export type Stores = Readonly<Record<'SQLite' | 'MariaDB' | 'PostgreSQL', DatabaseKind>>

/** Servers start when they are first asked for a database. */
export function openStores(bench: Pick<Bench, 'onEnd' | 'say'>): Stores {
  const mariadb = once(async () => {
    await need('mariadb-server')
    bench.say('MariaDB is started')
    const engine = await startMariadb({ args: ['--innodb-flush-log-at-trx-commit=1'] })
    bench.onEnd(() => engine.stop())
    return engine
  })
  const postgres = once(async () => {
    await need('postgresql')
    bench.say('PostgreSQL is started')
    const settings = { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' }
    const engine = await startPostgres({ settings })
    bench.onEnd(() => engine.stop())
    return engine
  })
  return {
    SQLite: { settings: () => Promise.resolve({}), cpuSeconds: () => 0 },
    MariaDB: databasesOn(mariadb, createMariadbDatabase),
    PostgreSQL: databasesOn(postgres, createPostgresDatabase),
  }
}

function databasesOn(
  start: () => Promise<Engine>,
  create: (url: string) => Promise<{ readonly url: string }>,
): DatabaseKind {
  let server: Engine | null = null
  return {
    async settings() {
      server = await start()
      return { DATABASE_URL: (await create(server.url)).url }
    },
    cpuSeconds: () => (server ? familyCpuSeconds(server.pid) : 0),
  }
}

/** A Redis with its log on the disk every second, as the shop advises. @returns settings for the shop's own keys */
export async function openRedisServer(
  bench: Pick<Bench, 'onEnd' | 'say'>,
): Promise<(prefix: string) => Settings> {
  await need('redis-server')
  bench.say('Redis is started')
  const redis = await startRedis()
  bench.onEnd(() => redis.stop())
  return (prefix) => ({ REDIS_URL: redis.url, PETSHOP_REDIS_PREFIX: prefix })
}

/** Null, with a note, where no Kafka can be had. */
export async function openKafka(
  bench: Pick<Bench, 'onEnd' | 'say' | 'note'>,
): Promise<((prefix: string) => Settings) | null> {
  bench.say('Kafka is started')
  const kafka = await startKafka()
  if ('reason' in kafka) {
    bench.note(`without Kafka: ${kafka.reason}`)
    return null
  }
  bench.onEnd(() => kafka.stop())
  return (prefix) => ({ KAFKA_BROKERS: kafka.brokers, PETSHOP_KAFKA_PREFIX: prefix })
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | null = null
  return () => (done ??= work())
}

async function need(name: Parameters<typeof ensureInstalled>[0][number]): Promise<void> {
  const missing = await ensureInstalled([name])
  if (missing !== undefined) throw new Error(missing)
}
