// Owns a real Redis for tests.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createClient } from 'redis'
import { type Engine, startEngine, type StartOptions } from './engine.ts'
import { programPath } from './install.ts'
import { freePort } from './ports.ts'

export interface RedisOptions extends StartOptions {
  /** Lines of redis.conf, which win over ours. */
  readonly config?: Readonly<Record<string, string>>
  readonly password?: string
}

export function startRedis(options: RedisOptions = {}): Promise<Engine> {
  return startEngine('Redis', options.dir, undefined, async ({ dir }) => {
    const port = options.port ?? (await freePort())
    const { password } = options
    const secret = password === undefined ? '' : `:${encodeURIComponent(password)}@`
    const url = `redis://${secret}127.0.0.1:${port}`
    const file = join(dir, 'redis.conf')
    writeFileSync(file, configFile(dir, port, options), { mode: 0o600 })
    return { port, url, command: programPath('redis-server'), args: [file], ping: () => ping(url) }
  })
}

function configFile(dir: string, port: number, { password, config }: RedisOptions): string {
  const lines = {
    bind: '127.0.0.1',
    port: String(port),
    dir: JSON.stringify(dir),
    appendonly: 'yes',
    appendfsync: 'everysec',
    save: '""',
    ...(password === undefined ? {} : { requirepass: JSON.stringify(password) }),
    ...config,
  }
  return Object.entries(lines)
    .map(([name, value]) => `${name} ${value}\n`)
    .join('')
}

async function ping(url: string): Promise<void> {
  const client = createClient({ url, socket: { reconnectStrategy: false, connectTimeout: 2_000 } })
  client.on('error', () => {}) // `connect` says it too
  try {
    await client.connect()
    await client.ping()
  } finally {
    client.destroy()
  }
}
