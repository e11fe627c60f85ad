// Owns a real MariaDB for tests.
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createConnection } from 'mysql2/promise'
import { type Engine, type Home, startEngine, type StartOptions } from './engine.ts'
import { programPath } from './install.ts'
import { freePort } from './ports.ts'
import { accountOf } from './processes.ts'

// A test's server, on the loopback address, for minutes: no secret.
const USER = 'petshop'
const PASSWORD = 'petshop'

// Tests kill processes, not machines: what the system has taken is not lost, so nothing waits for the disk.
const SETTINGS = [
  '--bind-address=127.0.0.1',
  '--skip-name-resolve',
  '--character-set-server=utf8mb4',
  '--max-connections=400',
  '--innodb-flush-log-at-trx-commit=2',
  '--innodb-buffer-pool-size=256M',
  '--skip-performance-schema',
]

/** Its user may do everything. `args` are mariadbd's, and win over ours. */
export function startMariadb(
  options: StartOptions & { readonly args?: readonly string[] } = {},
): Promise<Engine> {
  return startEngine('MariaDB', options.dir, accountOf('mysql'), async (home) => {
    const data = await initialize(home)
    const init = join(home.dir, 'init.sql')
    writeFileSync(init, initFile())
    const port = options.port ?? (await freePort())
    const url = `mysql://${USER}:${PASSWORD}@127.0.0.1:${port}/`
    return {
      port,
      url,
      command: programPath('mariadbd'),
      args: [
        '--no-defaults',
        `--datadir=${data}`,
        `--port=${port}`,
        `--socket=${join(home.dir, 'socket')}`,
        `--pid-file=${join(home.dir, 'pid')}`,
        `--init-file=${init}`,
        ...SETTINGS,
        ...(options.args ?? []),
      ],
      ping: () => ping(url),
    }
  })
}

async function initialize(home: Home): Promise<string> {
  const data = join(home.dir, 'data')
  if (existsSync(join(data, 'mysql'))) return data
  await home.run(programPath('mariadb-install-db'), [
    '--no-defaults',
    `--datadir=${data}`,
    '--skip-test-db',
    '--skip-name-resolve',
  ])
  return data
}

function initFile(): string {
  const account = `'${USER}'@'127.0.0.1'`
  return [
    `create user if not exists ${account} identified by '${PASSWORD}';`,
    `grant all privileges on *.* to ${account} with grant option;`,
    '',
  ].join('\n')
}

async function ping(url: string): Promise<void> {
  const connection = await createConnection({ uri: url, connectTimeout: 2_000 })
  try {
    await connection.query('select 1')
  } finally {
    connection.destroy()
  }
}
