// Owns measuring the engines side by side, without HTTP: orders placed on each store, deliveries drained on each log.
//
//   node bench/engines.ts --seconds 5 --orders 5000
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { type App, openCore } from '../src/app.ts'
import { seedBulk } from '../src/demo/seed-bulk.ts'
import { readConfig } from '../src/platform/config.ts'
import { startWorker } from '../src/platform/events/worker.ts'
import { listGroupStates } from '../src/platform/events/undone.ts'
import {
  createMariadbDatabase,
  createPostgresDatabase,
} from '../tests/support/engines/databases.ts'
import { startKafka } from '../tests/support/engines/kafka.ts'
import { startMariadb } from '../tests/support/engines/mariadb.ts'
import { startPostgres } from '../tests/support/engines/postgres.ts'
import { startRedis } from '../tests/support/engines/redis.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    /** The backlog that each log drains. */
    orders: { type: 'string', default: '5000' },
  },
})

const CALLERS = 64
const CUSTOMERS = 200
const PRODUCTS = 1000

type Settings = Readonly<Record<string, string>>
interface Engine {
  stop(): Promise<void>
}
const engines: Engine[] = []
let turn = 0

try {
  const stores = await openStores()
  const logs = await openLogs()
  for (const [name, fresh] of Object.entries(stores)) {
    report(`orders placed on ${name}`, await measurePlacing(await fresh()), 'orders')
  }
  for (const [log, settings] of Object.entries(logs)) {
    for (const store of ['SQLite', 'PostgreSQL'] as const) {
      const env = { ...(await stores[store]()), ...settings(`${store}-${log}-`) }
      report(`drained through ${log} into ${store}`, await measureDraining(env), 'deliveries')
    }
  }
} finally {
  await Promise.all(engines.map((engine) => engine.stop()))
}

/** Durable, as in a shop: what is answered is on the disk. */
async function openStores() {
  const mariadb = await startMariadb({ args: ['--innodb-flush-log-at-trx-commit=1'] })
  const postgres = await startPostgres({ settings: { fsync: 'on', synchronous_commit: 'on' } })
  engines.push(mariadb, postgres)
  const withUrl = async (database: Promise<{ url: string }>): Promise<Settings> => ({
    DATABASE_URL: (await database).url,
  })
  return {
    SQLite: () => Promise.resolve<Settings>({}),
    MariaDB: () => withUrl(createMariadbDatabase(mariadb.url)),
    PostgreSQL: () => withUrl(createPostgresDatabase(postgres.url)),
  }
}

async function openLogs(): Promise<Record<string, (prefix: string) => Settings>> {
  const redis = await startRedis()
  const kafka = await startKafka()
  engines.push(redis)
  const logs: Record<string, (prefix: string) => Settings> = {
    embedded: () => ({}),
    Redis: (prefix) => ({ REDIS_URL: redis.url, PETSHOP_REDIS_PREFIX: prefix }),
  }
  if ('reason' in kafka) {
    process.stdout.write(`Kafka: not run – ${kafka.reason}\n`)
    return logs
  }
  engines.push(kafka)
  logs['Kafka'] = (prefix) => ({ KAFKA_BROKERS: kafka.brokers, PETSHOP_KAFKA_PREFIX: prefix })
  return logs
}

interface Rate {
  readonly count: number
  readonly seconds: number
}

async function measurePlacing(env: Settings): Promise<Rate> {
  return withShop(env, async (app) => {
    await placeFor(app, 500)
    return placeFor(app, Number(values.seconds) * 1000)
  })
}

async function measureDraining(env: Settings): Promise<Rate> {
  return withShop(env, async (app) => {
    const consumers = app.modules.flatMap((module) => module.consumers)
    for (let left = Number(values.orders); left > 0; left -= CALLERS) {
      await Promise.all(Array.from({ length: Math.min(CALLERS, left) }, () => placeOne(app)))
    }
    const begin = performance.now()
    const before = await backlogOf(app)
    const worker = await startWorker(app.core, consumers, [])
    while ((await backlogOf(app)) > 0) await pause(20)
    const seconds = (performance.now() - begin) / 1000
    await worker.stop()
    return { count: before, seconds }
  })
}

/** Deliveries that are known now; confirmations and alerts that follow are not counted, but waited for. */
async function backlogOf(app: App): Promise<number> {
  const groups = await listGroupStates(app.core.store.db)
  return groups.reduce((sum, { backlog, retrying }) => sum + backlog + retrying, 0)
}

async function placeFor(app: App, ms: number): Promise<Rate> {
  const begin = performance.now()
  let count = 0
  const caller = async () => {
    while (performance.now() - begin < ms) {
      await placeOne(app)
      count++
    }
  }
  await Promise.all(Array.from({ length: CALLERS }, caller))
  return { count, seconds: (performance.now() - begin) / 1000 }
}

async function placeOne(app: App): Promise<void> {
  const user_id = 1 + (++turn % CUSTOMERS)
  const product = () => 1 + Math.floor(Math.random() * PRODUCTS)
  const items = [product(), product(), product()].map((product_id) => ({ product_id, quantity: 1 }))
  const caller = { user_id, username: `u${user_id}`, role: 'customer', session_id: 0 } as const
  const cause = { actor_id: user_id, request_id: null, now: Date.now() }
  await app.orders.placements.place(caller, cause, null, { user_id, items })
}

async function withShop<T>(env: Settings, work: (app: App) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'petshop-bench-'))
  const settings = { PETSHOP_DATA_DIR: dataDir, PETSHOP_LOG_LEVEL: 'error', ...env }
  const app = await openCore({ config: readConfig(settings) })
  try {
    await seedBulk(app, {
      now: Date.now(),
      users: CUSTOMERS,
      products: PRODUCTS,
      passwordOf: () => 'not needed here',
      onProgress: () => {},
    })
    return await work(app)
  } finally {
    await app.close()
    rmSync(dataDir, { recursive: true })
  }
}

function report(what: string, { count, seconds }: Rate, unit: string): void {
  const rate = Math.round(count / seconds).toLocaleString('en')
  process.stdout.write(
    `${what.padEnd(40)} ${rate.padStart(8)} ${unit}/s  (${count} in ${seconds.toFixed(1)} s)\n`,
  )
}
