// Owns how the tests of the tests' servers write and read something on each kind of them.
import { createConnection } from 'mysql2/promise'
import { Client } from 'pg'
import { createClient } from 'redis'
import { afterEach, beforeEach } from 'vitest'
import type { Engine, StartOptions } from '../support/engines/engine.ts'
import { ensureInstalled } from '../support/engines/install.ts'
import { startMariadb } from '../support/engines/mariadb.ts'
import { startPostgres } from '../support/engines/postgres.ts'
import { startRedis } from '../support/engines/redis.ts'

export async function onRedis(url: string, ...command: string[]): Promise<unknown> {
  const client = createClient({ url, socket: { reconnectStrategy: false } })
  client.on('error', () => {})
  await client.connect()
  return client.sendCommand(command).finally(() => client.destroy())
}

export async function onMariadb(url: string, statement: string): Promise<unknown> {
  const connection = await createConnection(url)
  const result = connection.query({ sql: statement, rowsAsArray: true })
  return result.then(([rows]) => rows).finally(() => connection.end())
}

export async function onPostgres(url: string, statement: string): Promise<unknown> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const result = client.query({ text: statement, rowMode: 'array' })
  return result.then(({ rows }) => rows).finally(() => client.end())
}

export interface Kind {
  readonly name: string
  readonly file: string
  readonly start: (options?: StartOptions) => Promise<Engine>
  readonly write: (url: string) => Promise<unknown>
  readonly read: (url: string) => Promise<unknown>
}

function sqlKind(
  kind: Pick<Kind, 'name' | 'file' | 'start'>,
  schema: string,
  run: (url: string, statement: string) => Promise<unknown>,
): Kind {
  return {
    ...kind,
    async write(url) {
      await run(url, `create ${schema} shop`)
      await run(url, 'create table shop.pets (name varchar(20))')
      await run(url, `insert into shop.pets values ('猫 🐈')`)
    },
    async read(url) {
      const [[name]] = (await run(url, 'select name from shop.pets')) as [[unknown]]
      return name
    },
  }
}

export const kinds: Kind[] = [
  {
    name: 'redis',
    file: 'redis.ts',
    start: startRedis,
    write: (url) => onRedis(url, 'SET', 'pet', '猫 🐈'),
    read: (url) => onRedis(url, 'GET', 'pet'),
  },
  sqlKind({ name: 'mariadb', file: 'mariadb.ts', start: startMariadb }, 'database', onMariadb),
  sqlKind({ name: 'postgres', file: 'postgres.ts', start: startPostgres }, 'schema', onPostgres),
]

const missing = await ensureInstalled(['redis-server', 'mariadb-server', 'postgresql'])
beforeEach(({ skip }) => {
  if (missing !== undefined) skip(missing)
})

const engines: Engine[] = []
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.stop()
})

/** Stops it after the test. */
export async function started(engine: Promise<Engine>): Promise<Engine> {
  engines.push(await engine)
  return engine
}
