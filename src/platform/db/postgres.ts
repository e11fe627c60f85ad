// Owns connections to PostgreSQL and its kin: opened for what we do, and values as every engine gives them.
import {
  Kysely,
  PostgresAdapter,
  PostgresDriver,
  PostgresIntrospector,
  type PostgresPool,
  type PostgresPoolClient,
  PostgresQueryCompiler,
  sql,
} from 'kysely'
import { Client, type ClientBase, Pool, type PoolClient, types } from 'pg'
import { defineError } from '../../lib/errors.ts'
import type { Database } from '../../tables.ts'
import { postgresDialect, type PostgresTraits } from './dialect-postgres.ts'
import type { Engine } from './engine.ts'
import { lockless, migrateAlone } from './migration-lock.ts'
import {
  askServer,
  checkValues,
  CONNECT_MS,
  createLimit,
  IDLE_TRANSACTION_S,
  LOCK_WAIT_MS,
  PROBE_MS,
  type ServerOptions,
  SLOT_PATIENCE_MS,
  statementSeconds,
  toInteger,
  unhurriedly,
  watchServer,
} from './pooled.ts'
import { prepareThrough } from './prepared.ts'
import { createSlots, type Slots } from './slots.ts'
import { ALONE } from './turns.ts'
import type { Probe, Watch } from './watch.ts'

/** PostgreSQL's texts hold every character but this one; only somebody who means mischief sends it. */
const unstorable = defineError('CHARACTER_NOT_ALLOWED', 400, {
  zh: '内容中有不允许的字符（U+0000）。',
  en: 'The request contains a character that is not allowed (U+0000).',
})

const IDLE_MS = 60_000

/** @throws StartupError */
export async function openPostgres(options: ServerOptions): Promise<Engine> {
  const { db, traits } = await connect(options)
  const { server } = traits
  return {
    db,
    dialect: postgresDialect(traits),
    prepare: prepareThrough(db),
    turns: ALONE,
    async size() {
      if (server === 'cockroach') return { bytes: 0, wal_bytes: 0 }
      const { rows } = await sql<{
        bytes: number
      }>`select pg_database_size(current_database()) as bytes`.execute(db)
      return { bytes: rows[0]?.bytes ?? 0, wal_bytes: 0 }
    },
    checkpoint: () => Promise.resolve(),
    migrating(work) {
      const setting = server === 'yugabyte' ? IN_ORDER : null
      return migrateAlone(() => connect(unhurriedly(options), setting), work)
    },
  }
}

/**
 * YugabyteDB spreads rows by a hash of the key's first column unless it is told otherwise; ours are read in the
 * order of their keys. Versions that don't know the setting keep their hash: slower, but right.
 */
const IN_ORDER = 'set yb_use_hash_splitting_by_default = off'

async function connect(
  options: ServerOptions,
  setting: string | null = null,
): Promise<{ db: Kysely<Database>; traits: PostgresTraits }> {
  const slots = createSlots(options.poolSize, SLOT_PATIENCE_MS)
  const watch = watchServer(options, { probe: () => probe(options.url), onAway: slots.refuse })
  const pool = openPool(options, setting, watch)
  let server: PostgresTraits['server'] = 'postgres'
  const db = new Kysely<Database>({
    ...(options.onQuery && { log: options.onQuery }),
    dialect: {
      // CockroachDB has no lock of the kind that Kysely takes, and its tables change one by one.
      createAdapter: () => lockless(new PostgresAdapter(), () => server === 'postgres'),
      createDriver: () => new PostgresDriver({ pool: bounded(pool, options, slots, watch) }),
      createIntrospector: (inner) => new PostgresIntrospector(inner),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  })
  const version = await askServer(db, options.url, async () => {
    const { rows } = await sql<{ version: string }>`select version()`.execute(db)
    return rows[0]?.version ?? ''
  })
  if (/cockroach/i.test(version)) server = 'cockroach'
  if (/-YB-|yugabyte/i.test(version)) server = 'yugabyte'
  return { db, traits: { server } }
}

const INT8 = 20
const NUMERIC = 1700

function openPool(options: ServerOptions, setting: string | null, watch: Watch): Pool {
  const parsers = { [INT8]: toInteger, [NUMERIC]: toInteger }
  const inTime = createLimit(CONNECT_MS / 1000, watch)
  const prepare = (client: ClientBase) =>
    inTime(
      async () => {
        await prepareSession(client, options)
        if (setting) await client.query(setting).catch(() => undefined)
      },
      () => socketOf(client).destroy(),
    )
  const pool = new Pool({
    connectionString: options.url,
    application_name: 'petshop',
    max: options.poolSize,
    connectionTimeoutMillis: CONNECT_MS,
    idleTimeoutMillis: IDLE_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types: {
      getTypeParser: ((oid: number, format: 'text') =>
        (parsers as Record<number, unknown>)[oid] ??
        types.getTypeParser(oid, format)) as typeof types.getTypeParser,
    },
    // It is awaited, which its types don't tell.
    onConnect: prepare as (client: ClientBase) => unknown,
  })
  // Whoever uses the connection next is told by its query.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

async function prepareSession(client: ClientBase, options: ServerOptions): Promise<void> {
  const seconds = statementSeconds(options)
  const settings = [
    `set statement_timeout = ${(seconds ?? 0) * 1000}`,
    `set lock_timeout = ${options.unhurried ? 0 : LOCK_WAIT_MS}`,
    `set idle_in_transaction_session_timeout = ${options.unhurried ? 0 : IDLE_TRANSACTION_S * 1000}`,
  ]
  if (options.readOnly) settings.push('set default_transaction_read_only = on')
  await client.query(settings.join('; '))
}

function bounded(pool: Pool, options: ServerOptions, slots: Slots, watch: Watch): PostgresPool {
  const limit = createLimit(statementSeconds(options), watch)
  return {
    options: {},
    end() {
      watch.close()
      return pool.end()
    },
    async connect() {
      watch.refuseWhileAway()
      const giveBack = await slots.take()
      try {
        return wrap(await watch.taking(() => pool.connect()), limit, giveBack)
      } catch (error) {
        giveBack()
        throw error
      }
    },
  }
}

/** A connection of its own, and one word from the server. */
function probe(url: string): Probe {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: PROBE_MS })
  client.on('error', () => undefined)
  const answered = client.connect().then(() => client.query('select 1'))
  return { answered, drop: () => socketOf(client).destroy() }
}

function wrap(
  client: PoolClient,
  limit: ReturnType<typeof createLimit>,
  giveBack: () => void,
): PostgresPoolClient {
  const cut = () => socketOf(client).destroy()
  const query = (text: string, values: readonly unknown[] = []) => {
    checkValues(values)
    if (values.some((value) => typeof value === 'string' && value.includes('\0'))) {
      throw unstorable()
    }
    return limit(() => client.query(text, [...values]), cut)
  }
  return {
    query: query as unknown as PostgresPoolClient['query'],
    release(destroy) {
      client.release(destroy ?? false)
      giveBack()
    },
  }
}

/** Ending a connection in good order would wait for a server that doesn't answer. */
function socketOf(client: ClientBase): { destroy(): void } {
  return (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream
}
