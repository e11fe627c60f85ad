// Owns every setting from outside: read once, checked together, frozen. The only reader of the environment.
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { EXIT, StartupError } from '../lib/startup-error.ts'

export interface Config {
  readonly host: string
  readonly port: number
  /** Folder of the shop's files; the database is `petshop.db` in it. */
  readonly dataDir: string
  /** Null: each command has its own default. */
  readonly logLevel: LogLevel | null
  /** Sets the password of all demo accounts; null makes random ones. */
  readonly demoPassword: string | null
  /** Lets a scraper that isn't on loopback read /metrics. */
  readonly metricsToken: string | null
  /** Believe X-Forwarded-* from a reverse proxy on these addresses (comma-separated, or `loopback`). */
  readonly trustProxy: string | null
  readonly orderQueue: { readonly maxWaiting: number; readonly maxAgeMs: number }
  /** Whole days for which done events are kept. */
  readonly eventRetentionDays: number
}

const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug', 'trace'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads the configuration from `PETSHOP_*` variables.
 * @throws StartupError with exit code 78 that lists everything that is wrong
 */
export function readConfig(env: Environment = process.env): Config {
  const problems: string[] = []

  const text = (name: string, fallback: string) => env[name]?.trim() || fallback
  const optional = (name: string) => env[name]?.trim() || null
  const integer = (name: string, fallback: number, min: number, max: number) => {
    const raw = env[name]?.trim()
    if (!raw) return fallback
    const value = Number(raw)
    if (Number.isInteger(value) && value >= min && value <= max) return value
    problems.push(`${name}=${raw}: must be a whole number from ${min} to ${max}`)
    return fallback
  }
  const choice = <T extends string>(name: string, allowed: readonly T[]) => {
    const raw = env[name]?.trim()
    if (!raw) return null
    const found = allowed.find((value) => value === raw)
    if (found) return found
    problems.push(`${name}=${raw}: must be one of ${allowed.join(', ')}`)
    return null
  }

  const demoPassword = optional('PETSHOP_DEMO_PASSWORD')
  if (demoPassword && (demoPassword.length < 8 || demoPassword.length > 128)) {
    problems.push('PETSHOP_DEMO_PASSWORD: must have 8 to 128 characters')
  }

  const trustProxy = optional('PETSHOP_TRUST_PROXY')
  const untrusted = (trustProxy?.split(',') ?? [])
    .map((part) => part.trim())
    .filter((part) => !isProxy(part))
  if (untrusted.length > 0) {
    problems.push(
      `PETSHOP_TRUST_PROXY=${trustProxy ?? ''}: must list addresses, networks as in 10.0.0.0/8, or loopback`,
    )
  }

  const config: Config = {
    host: text('PETSHOP_HOST', '127.0.0.1'),
    port: integer('PETSHOP_PORT', 8080, 0, 65535),
    dataDir: resolve(text('PETSHOP_DATA_DIR', 'data')),
    logLevel: choice('PETSHOP_LOG_LEVEL', LOG_LEVELS),
    demoPassword,
    metricsToken: optional('PETSHOP_METRICS_TOKEN'),
    trustProxy,
    orderQueue: {
      maxWaiting: integer('PETSHOP_ORDER_QUEUE', 2000, 1, 1_000_000),
      maxAgeMs: integer('PETSHOP_ORDER_QUEUE_MS', 2000, 1, 60_000),
    },
    eventRetentionDays: integer('PETSHOP_EVENT_RETENTION_DAYS', 7, 1, 3650),
  }
  if (problems.length > 0) {
    throw new StartupError(`The configuration is wrong:\n  ${problems.join('\n  ')}`, EXIT.config)
  }
  Object.freeze(config.orderQueue)
  return Object.freeze(config)
}

function isProxy(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true
  const [address = '', bits] = text.split('/')
  const family = isIP(address)
  if (family === 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
}
