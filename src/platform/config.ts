// Owns every setting from outside: read once, checked together, frozen. The only reader of the environment.
import { existsSync } from 'node:fs'
import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { loadEnvFile } from 'node:process'
import { EXIT, StartupError } from '../lib/startup-error.ts'
import { parseStoreAddress, type StoreAddress, withoutPassword } from './db/address.ts'
import { type Monitoring, readMonitoring } from './monitoring/settings.ts'
import { type BackupConfig, readBackupSettings } from './backup/settings.ts'
import { type MailConfig, readMailSettings } from './mail/settings.ts'
import { readSecretFiles } from './secret-files.ts'
import {
  createSettingsReader,
  type Environment,
  type Setting,
  type SettingsReader,
} from './settings.ts'

const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug', 'trace'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

const EVENT_LOGS = ['embedded', 'redis', 'kafka'] as const
export type EventLogName = (typeof EVENT_LOGS)[number]

export interface StoreConfig {
  readonly address: StoreAddress
  /** Most connections that one process opens; SQLite always has one. */
  readonly poolSize: number
  /** Null: READ COMMITTED on MySQL, the server's own default on PostgreSQL. */
  readonly isolation: 'serializable' | null
}

export interface RedisConfig {
  readonly url: string
  /** Stands before every key and stream; several shops may share one Redis. */
  readonly prefix: string
}

export interface KafkaConfig {
  /** As in `host:port`. */
  readonly brokers: readonly string[]
  /** Stands before every topic and group. */
  readonly prefix: string
  /** Of a topic that is made; those that exist stay as they are. */
  readonly partitions: number
  readonly replicas: number
}

export interface Config extends Monitoring {
  readonly host: string
  readonly port: number
  /** Folder of the shop's files; SQLite's database is `petshop.db` in it unless DATABASE_URL says otherwise. */
  readonly dataDir: string
  /** Folder of the backups that are made from the office. */
  readonly backupDir: string
  /** What `petshop backup` keeps, and where else it goes. */
  readonly backup: BackupConfig
  readonly store: StoreConfig
  readonly redis: RedisConfig | null
  readonly kafka: KafkaConfig | null
  readonly eventLog: EventLogName
  /** Null: each command has its own default. */
  readonly logLevel: LogLevel | null
  /** Sets the password of all demo accounts; null makes random ones. */
  readonly demoPassword: string | null
  /** Lets a scraper that isn't on loopback read /metrics. */
  readonly metricsToken: string | null
  /** Null: the shop sends no mail. */
  readonly mail: MailConfig | null
  /** What secrets of the store are encrypted with; null: they stand there as they are. */
  readonly secretKey: string | null
  /** Webhooks may go to this machine, without TLS: for trials. */
  readonly webhooksToLoopback: boolean
  /** Believe X-Forwarded-* from a reverse proxy on these addresses (comma-separated, or `loopback`). */
  readonly trustProxy: string | null
  readonly orderQueue: { readonly maxWaiting: number; readonly maxAgeMs: number }
  /** Whole days for which done events are kept. */
  readonly eventRetentionDays: number
}

/** Takes settings from a file `.env` in the current folder; what the environment says already wins. */
export function readEnvFile(): void {
  if (existsSync('.env')) loadEnvFile('.env')
}

/**
 * Reads the configuration from the environment; docs/configuration.md has every name.
 * @throws StartupError with exit code 78 that lists everything that is wrong
 */
export function readConfig(env: Environment = process.env): Config {
  return readAll(createReader(env))
}

/**
 * Every setting as it counts now, without secrets, for people.
 * @throws StartupError as `readConfig` does
 */
export function effectiveSettings(env: Environment = process.env): Setting[] {
  const read = createReader(env)
  readAll(read)
  return [...read.asked.values()]
    .map((setting) => ({ ...setting, value: withoutSecret(setting) }))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
}

function createReader(given: Environment): SettingsReader {
  const { env, problems } = readSecretFiles(given)
  const read = createSettingsReader(env)
  read.problems.push(...problems)
  return read
}

function withoutSecret({ name, value }: Setting): string {
  if (value === '') return ''
  if (/PASSWORD|TOKEN|SECRET/.test(name)) return '***'
  return /_(URL|ENDPOINT)$/.test(name) && /^\w+:\/\//.test(value) ? withoutPassword(value) : value
}

function readAll(read: SettingsReader): Config {
  const dataDir = resolve(read.text('PETSHOP_DATA_DIR', 'data'))
  const redis = readRedis(read)
  const kafka = readKafka(read)
  const config: Config = {
    host: read.text('PETSHOP_HOST', '127.0.0.1'),
    port: read.integer('PETSHOP_PORT', 8080, 0, 65535),
    dataDir,
    backupDir: resolve(read.text('PETSHOP_BACKUP_DIR', join(dataDir, 'backups'))),
    backup: readBackupSettings(read),
    store: readStore(read, dataDir),
    redis,
    kafka,
    eventLog: readEventLog(read, redis, kafka),
    logLevel: read.choice('PETSHOP_LOG_LEVEL', LOG_LEVELS),
    ...readMonitoring(read),
    demoPassword: readDemoPassword(read),
    metricsToken: read.optional('PETSHOP_METRICS_TOKEN'),
    mail: readMailSettings(read),
    secretKey: readSecretKey(read),
    webhooksToLoopback: read.choice('PETSHOP_WEBHOOKS_TO_LOOPBACK', ['on']) === 'on',
    trustProxy: readTrustProxy(read),
    orderQueue: {
      maxWaiting: read.integer('PETSHOP_ORDER_QUEUE', 2000, 1, 1_000_000),
      maxAgeMs: read.integer('PETSHOP_ORDER_QUEUE_MS', 2000, 1, 60_000),
    },
    eventRetentionDays: read.integer('PETSHOP_EVENT_RETENTION_DAYS', 7, 1, 3650),
  }
  if (read.problems.length > 0) {
    const list = read.problems.join('\n  ')
    throw new StartupError(`The configuration is wrong:\n  ${list}`, EXIT.config)
  }
  return deepFreeze(config)
}

function readStore(read: SettingsReader, dataDir: string): StoreConfig {
  const text = read.optional('DATABASE_URL')
  let address: StoreAddress = { engine: 'sqlite', path: join(dataDir, 'petshop.db') }
  if (text !== null) {
    const parsed = parseStoreAddress(text)
    // The value may hold a password: only what is wrong with it is said.
    if (typeof parsed === 'string') read.problems.push(`DATABASE_URL: ${parsed}`)
    else address = parsed
  }
  return {
    address,
    poolSize: read.integer('PETSHOP_DATABASE_POOL', 10, 2, 500),
    isolation: read.choice('PETSHOP_DATABASE_ISOLATION', ['serializable']),
  }
}

function readRedis(read: SettingsReader): RedisConfig | null {
  const prefix = read.pattern(
    'PETSHOP_REDIS_PREFIX',
    '',
    /^[\w:.-]{0,40}$/,
    'letters, digits, : . _ -',
  )
  const url = read.optional('REDIS_URL')
  if (url === null) return null
  const protocol = URL.parse(url)?.protocol ?? ''
  if (!['redis:', 'rediss:'].includes(protocol)) {
    read.problems.push('REDIS_URL: must begin with redis:// or rediss://')
  }
  return { url, prefix }
}

function readKafka(read: SettingsReader): KafkaConfig | null {
  const prefix = read.pattern(
    'PETSHOP_KAFKA_PREFIX',
    '',
    /^[\w.-]{0,40}$/,
    'letters, digits, . _ -',
  )
  const partitions = read.integer('PETSHOP_KAFKA_PARTITIONS', 6, 1, 1000)
  const replicas = read.integer('PETSHOP_KAFKA_REPLICAS', 1, 1, 9)
  const text = read.optional('KAFKA_BROKERS')
  if (text === null) return null
  const brokers = text.split(',').map((broker) => broker.trim())
  if (!brokers.every((broker) => /^[^\s:/]+:\d{1,5}$/.test(broker))) {
    read.problems.push(`KAFKA_BROKERS=${text}: must list host:port, separated by commas`)
  }
  return { brokers, prefix, partitions, replicas }
}

/** The most capable that is configured, unless one is chosen. */
function readEventLog(
  read: SettingsReader,
  redis: RedisConfig | null,
  kafka: KafkaConfig | null,
): EventLogName {
  const chosen = read.choice('PETSHOP_EVENT_LOG', EVENT_LOGS)
  if (chosen === 'redis' && !redis) {
    read.problems.push('PETSHOP_EVENT_LOG=redis: needs REDIS_URL')
  }
  if (chosen === 'kafka' && !kafka) {
    read.problems.push('PETSHOP_EVENT_LOG=kafka: needs KAFKA_BROKERS')
  }
  if (chosen) return chosen
  if (kafka) return 'kafka'
  return redis ? 'redis' : 'embedded'
}

function readDemoPassword(read: SettingsReader): string | null {
  const password = read.optional('PETSHOP_DEMO_PASSWORD')
  if (password && (password.length < 8 || password.length > 128)) {
    read.problems.push('PETSHOP_DEMO_PASSWORD: must have 8 to 128 characters')
  }
  return password
}

function readSecretKey(read: SettingsReader): string | null {
  const key = read.optional('PETSHOP_SECRET_KEY')
  if (key !== null && key.length < 32) {
    read.problems.push('PETSHOP_SECRET_KEY: must have 32 characters at least')
  }
  return key
}

function readTrustProxy(read: SettingsReader): string | null {
  const text = read.optional('PETSHOP_TRUST_PROXY')
  const parts = text?.split(',').map((part) => part.trim()) ?? []
  if (!parts.every(isProxy)) {
    read.problems.push(
      `PETSHOP_TRUST_PROXY=${text ?? ''}: must list addresses, networks as in 10.0.0.0/8, or loopback`,
    )
  }
  return text
}

function isProxy(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true
  const [address = '', bits] = text.split('/')
  const family = isIP(address)
  if (family === 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
}

function deepFreeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) {
    if (typeof part === 'object' && part !== null) deepFreeze(part as object)
  }
  return Object.freeze(value)
}
