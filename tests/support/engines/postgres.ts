// Owns a real PostgreSQL for tests.
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { type Engine, type Home, startEngine, type StartOptions } from './engine.ts'
import { programPath } from './install.ts'
import { freePort } from './ports.ts'
import { accountOf } from './processes.ts'

// A test's server, on the loopback address, for minutes: no secret.
const USER = 'petshop'
const PASSWORD = 'petshop'

// Tests kill processes, not machines: what the system has taken is not lost, so nothing waits for the disk.
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  max_connections: '300',
  shared_buffers: '128MB',
  fsync: 'off',
  full_page_writes: 'off',
  log_line_prefix: '%m [%p] %u@%d ',
}

/** Its user may do everything. `settings` are postgresql.conf's, and win over ours. */
export function startPostgres(
  options: StartOptions & { readonly settings?: Readonly<Record<string, string>> } = {},
): Promise<Engine> {
  return startEngine('PostgreSQL', options.dir, accountOf('postgres'), async (home) => {
    const data = await initialize(home)
    const port = options.port ?? (await freePort())
    const url = `postgres://${USER}:${PASSWORD}@127.0.0.1:${port}/postgres`
    const settings = { unix_socket_directories: home.dir, ...SETTINGS, ...options.settings }
    return {
      port,
      url,
      command: programPath('postgres'),
      args: [
        ...['-D', data, '-p', String(port)],
        ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
      stopSignal: 'SIGINT', // SIGTERM would wait for the clients
      ping: () => ping(url),
    }
  })
}

async function initialize(home: Home): Promise<string> {
  const data = join(home.dir, 'data')
  if (existsSync(join(data, 'PG_VERSION'))) return data
  const passwordFile = join(home.dir, 'password')
  writeFileSync(passwordFile, PASSWORD)
  await home.run(programPath('initdb'), [
    ...['-D', data, '-U', USER, '--auth=scram-sha-256', `--pwfile=${passwordFile}`],
    ...['--encoding=UTF8', `--locale=${process.platform === 'linux' ? 'C.UTF-8' : 'C'}`],
    '--no-sync',
  ])
  return data
}

async function ping(url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  client.on('error', () => {}) // the query says it too
  try {
    await client.connect()
    await client.query('select 1')
  } finally {
    await client.end()
  }
}
