// Owns connections to MySQL and its kin: opened for what we do, and values as every engine gives them.
import {
  Kysely,
  MysqlAdapter,
  MysqlDriver,
  MysqlIntrospector,
  type MysqlPool,
  type MysqlPoolConnection,
  MysqlQueryCompiler,
  sql,
} from 'kysely'
import {
  type Connection,
  createConnection,
  createPool,
  type Pool,
  type PoolConnection,
  type TypeCastField,
} from 'mysql2'
import type { Database } from '../../tables.ts'
import { mysqlDialect, type MysqlTraits } from './dialect-mysql.ts'
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
import { createSlots } from './slots.ts'
import { ALONE } from './turns.ts'
import type { Probe, Watch } from './watch.ts'

const LONGEST_WAIT_S = 3600

/** @throws StartupError */
export async function openMysql(options: ServerOptions): Promise<Engine> {
  const { db, traits } = await connect(options)
  return {
    db,
    dialect: mysqlDialect(traits),
    prepare: prepareThrough(db),
    turns: ALONE,
    async size() {
      const { rows } = await sql<{ bytes: number | null }>`
        select sum(data_length + index_length) as bytes
        from information_schema.tables where table_schema = database()`.execute(db)
      return { bytes: rows[0]?.bytes ?? 0, wal_bytes: 0 }
    },
    checkpoint: () => Promise.resolve(),
    migrating: (work) => migrateAlone(() => connect(unhurriedly(options)), work),
  }
}

async function connect(
  options: ServerOptions,
): Promise<{ db: Kysely<Database>; traits: MysqlTraits }> {
  const pool = openPool(options)
  const db = new Kysely<Database>({
    ...(options.onQuery && { log: options.onQuery }),
    dialect: {
      createAdapter: () => lockless(new MysqlAdapter(), () => false),
      createDriver: () => new MysqlDriver({ pool: bounded(pool, options) }),
      createIntrospector: (inner) => new MysqlIntrospector(inner),
      createQueryCompiler: () => new MysqlQueryCompiler(),
    },
  })
  const version = await askServer(db, options.url, async () => {
    const { rows } = await sql<{ version: string }>`select version() as version`.execute(db)
    return rows[0]?.version ?? ''
  })
  return { db, traits: traitsOf(version) }
}

function traitsOf(version: string): MysqlTraits {
  if (/tidb/i.test(version)) return { collation: 'utf8mb4_bin', isTidb: true }
  const collation = /mariadb/i.test(version) ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin'
  return { collation, isTidb: false }
}

function openPool(options: ServerOptions): Pool {
  return createPool({
    uri: options.url,
    connectionLimit: options.poolSize,
    connectTimeout: CONNECT_MS,
    enableKeepAlive: true,
    keepAliveInitialDelay: 10_000,
    charset: 'utf8mb4_bin',
    // An update's count is of the rows it found, as everywhere else.
    flags: ['+FOUND_ROWS'],
    supportBigNumbers: true,
    typeCast: readValue,
  })
}

/** A failure in here ends the connection and fails the query. */
function readValue(field: TypeCastField, next: () => unknown): unknown {
  if (field.type !== 'LONGLONG' && field.type !== 'NEWDECIMAL') return next()
  const text = field.string()
  return text === null ? null : toInteger(text)
}

function bounded(pool: Pool, options: ServerOptions): MysqlPool {
  const slots = createSlots(options.poolSize, SLOT_PATIENCE_MS)
  const watch = watchServer(options, { probe: () => probe(options.url), onAway: slots.refuse })
  const limit = createLimit(statementSeconds(options), watch)
  const prepared = new WeakSet<PoolConnection>()

  async function connection(): Promise<MysqlPoolConnection> {
    watch.refuseWhileAway()
    const giveBack = await slots.take()
    try {
      const raw = await watch.taking(() => take(pool))
      if (!prepared.has(raw)) await prepareSession(raw, options, watch)
      prepared.add(raw)
      return wrap(raw, limit, giveBack)
    } catch (error) {
      giveBack()
      throw error
    }
  }

  return {
    getConnection: (callback) =>
      void connection().then(
        (ready) => callback(null, ready),
        (error: unknown) => callback(error, undefined as never),
      ),
    end(callback) {
      watch.close()
      pool.end(callback)
    },
  }
}

/** A connection of its own, and one word from the server. */
function probe(url: string): Probe {
  const connection = createConnection({ uri: url, connectTimeout: PROBE_MS })
  connection.on('error', () => undefined)
  const answered = new Promise<void>((resolve, reject) => {
    connection.query('select 1', (error) => (error ? reject(error) : resolve()))
  })
  return { answered, drop: () => streamOf(connection).destroy() }
}

function take(pool: Pool): Promise<PoolConnection> {
  return new Promise((resolve, reject) => {
    pool.getConnection((error, connection) => (error ? reject(error) : resolve(connection)))
  })
}

async function prepareSession(
  raw: PoolConnection,
  options: ServerOptions,
  watch: Watch,
): Promise<void> {
  const run = createLimit(CONNECT_MS / 1000, watch)
  try {
    await run(
      () => prepare(raw, options),
      (error) => streamOf(raw).destroy(error),
    )
  } catch (error) {
    raw.destroy()
    throw error
  }
}

async function prepare(raw: PoolConnection, options: ServerOptions): Promise<void> {
  const [row] = await ask<{ version: string }[]>(raw, 'select version() as version')
  const seconds = statementSeconds(options) ?? 0
  // Whole seconds only.
  const lockSeconds = options.unhurried ? LONGEST_WAIT_S : Math.floor(LOCK_WAIT_MS / 1000)
  const settings = [
    `session sql_mode = 'STRICT_ALL_TABLES,ONLY_FULL_GROUP_BY,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'`,
    `session innodb_lock_wait_timeout = ${lockSeconds}`,
  ]
  if (/mariadb/i.test(row?.version ?? '')) {
    settings.push(`session max_statement_time = ${seconds}`)
    if (!options.unhurried)
      settings.push(`session idle_transaction_timeout = ${IDLE_TRANSACTION_S}`)
  } else {
    // Of reading statements only; the others are bounded by their locks, and by us.
    settings.push(`session max_execution_time = ${seconds * 1000}`)
  }
  await ask(raw, `set ${settings.join(', ')}`)
  await ask(raw, 'set session transaction isolation level read committed')
  if (options.readOnly) await ask(raw, 'set session transaction read only')
}

function ask<T>(raw: PoolConnection, statement: string): Promise<T> {
  return new Promise((resolve, reject) => {
    raw.query(statement, (error, rows) =>
      error ? reject(withoutValues(error)) : resolve(rows as T),
    )
  })
}

/** The driver adds the statement with its values: names and hashes, which must not come into the log. */
function withoutValues(error: Error & { sql?: string }): Error {
  delete error.sql
  return error
}

/**
 * The socket itself. The library's own `destroy` only says good-bye: a server that is silent never answers that, and
 * what waits for it would wait for ever.
 */
function streamOf(connection: Connection): { destroy(error?: Error): void } {
  return (connection as unknown as { stream: { destroy(error?: Error): void } }).stream
}

function wrap(
  raw: PoolConnection,
  limit: ReturnType<typeof createLimit>,
  giveBack: () => void,
): MysqlPoolConnection {
  const cut = (error: Error) => streamOf(raw).destroy(error)
  const run = (statement: string, values: readonly unknown[]) =>
    new Promise<unknown>((resolve, reject) => {
      raw.query(statement, [...values], (error, result) =>
        error ? reject(withoutValues(error)) : resolve(result),
      )
    })
  return {
    config: raw.config,
    threadId: raw.threadId,
    query: ((
      statement: string,
      values: readonly unknown[],
      callback: (error: unknown, result?: unknown) => void,
    ) => {
      const checked = async () => {
        checkValues(values)
        return limit(() => run(statement, values), cut)
      }
      void checked().then(
        (result) => callback(null, result),
        (error: unknown) => callback(error),
      )
    }) as unknown as MysqlPoolConnection['query'],
    destroy: () => raw.destroy(),
    release() {
      raw.release()
      giveBack()
    },
  } as MysqlPoolConnection
}
