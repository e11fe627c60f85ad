// Shows that settings are read once, checked together, and that everything wrong is said at once.
import { resolve } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { StartupError } from '../lib/startup-error.ts'
import { effectiveSettings, readConfig } from './config.ts'

function problemsOf(env: Record<string, string>): string[] {
  try {
    readConfig(env)
    return []
  } catch (error) {
    if (!(error instanceof StartupError)) throw error
    expect(error.exitCode).toBe(78)
    const [title, ...problems] = error.message.split('\n')
    expect(title).toBe('The configuration is wrong:')
    return problems.map((line) => line.trim())
  }
}

test('without any setting the shop is open to this machine alone', () => {
  expect(readConfig({})).toEqual({
    host: '127.0.0.1',
    port: 8080,
    dataDir: resolve('data'),
    backupDir: resolve('data/backups'),
    backup: { keep: { days: 14, weeks: 8, months: 0 }, remote: null },
    store: {
      address: { engine: 'sqlite', path: resolve('data/petshop.db') },
      poolSize: 10,
      isolation: null,
    },
    redis: null,
    kafka: null,
    eventLog: 'embedded',
    logLevel: null,
    logCategories: [],
    worker: { host: '127.0.0.1', port: 9464 },
    tracing: null,
    demoPassword: null,
    metricsToken: null,
    mail: null,
    secretKey: null,
    webhooksToLoopback: false,
    trustProxy: null,
    orderQueue: { maxWaiting: 2000, maxAgeMs: 2000 },
    eventRetentionDays: 7,
  })
})

test('empty and blank settings count as not given', () => {
  const names = ['PETSHOP_PORT', 'PETSHOP_LOG_LEVEL', 'DATABASE_URL', 'REDIS_URL', 'KAFKA_BROKERS']
  const blank = Object.fromEntries(names.map((name, i) => [name, ' '.repeat(i)]))
  expect(readConfig(blank)).toEqual(readConfig({}))
})

test('every setting arrives where it belongs', () => {
  const config = readConfig({
    PETSHOP_HOST: '0.0.0.0',
    PETSHOP_PORT: ' 9090 ',
    PETSHOP_DATA_DIR: '/srv/shop',
    PETSHOP_BACKUP_DIR: '/mnt/backups',
    PETSHOP_BACKUP_KEEP: '7d,4w,6m',
    DATABASE_URL: 'postgresql://shop:secret@db:5432/petshop',
    PETSHOP_DATABASE_POOL: '20',
    PETSHOP_DATABASE_ISOLATION: 'serializable',
    REDIS_URL: 'rediss://:secret@cache:6379/1',
    PETSHOP_REDIS_PREFIX: 'shop-1:',
    KAFKA_BROKERS: 'one:9092, two:9092',
    PETSHOP_KAFKA_PREFIX: 'shop-1.',
    PETSHOP_KAFKA_PARTITIONS: '12',
    PETSHOP_KAFKA_REPLICAS: '3',
    PETSHOP_EVENT_LOG: 'redis',
    PETSHOP_LOG_LEVEL: 'warn',
    PETSHOP_LOG: 'cache , request',
    PETSHOP_WORKER_HOST: '0.0.0.0',
    PETSHOP_WORKER_PORT: '9465',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/',
    OTEL_SERVICE_NAME: 'shop-1',
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: '0.25',
    OTEL_BSP_SCHEDULE_DELAY: '100',
    PETSHOP_DEMO_PASSWORD: 'eight ch',
    PETSHOP_METRICS_TOKEN: 't',
    PETSHOP_PUBLIC_URL: 'https://shop.example.com/',
    PETSHOP_SECRET_KEY: 'a key of more than thirty-two characters',
    PETSHOP_WEBHOOKS_TO_LOOPBACK: 'on',
    PETSHOP_SMTP_FROM: 'shop@example.com',
    PETSHOP_SMTP_HOST: 'smtp.example.com',
    PETSHOP_SMTP_PASSWORD: 'p',
    PETSHOP_SMTP_TLS: 'tls',
    PETSHOP_SMTP_USER: 'u',
    PETSHOP_TRUST_PROXY: 'loopback',
    PETSHOP_ORDER_QUEUE: '5',
    PETSHOP_ORDER_QUEUE_MS: '100',
    PETSHOP_EVENT_RETENTION_DAYS: '30',
  })
  expect(config).toEqual({
    host: '0.0.0.0',
    port: 9090,
    dataDir: '/srv/shop',
    backupDir: '/mnt/backups',
    backup: { keep: { days: 7, weeks: 4, months: 6 }, remote: null },
    store: {
      address: { engine: 'postgres', url: 'postgres://shop:secret@db:5432/petshop' },
      poolSize: 20,
      isolation: 'serializable',
    },
    redis: { url: 'rediss://:secret@cache:6379/1', prefix: 'shop-1:' },
    kafka: { brokers: ['one:9092', 'two:9092'], prefix: 'shop-1.', partitions: 12, replicas: 3 },
    eventLog: 'redis',
    logLevel: 'warn',
    logCategories: ['request', 'cache'],
    worker: { host: '0.0.0.0', port: 9465 },
    tracing: {
      url: 'http://collector:4318/v1/traces',
      serviceName: 'shop-1',
      sampler: 'parentbased_traceidratio',
      ratio: 0.25,
      delayMs: 100,
    },
    demoPassword: 'eight ch',
    metricsToken: 't',
    mail: {
      host: 'smtp.example.com',
      port: 465,
      tls: 'tls',
      user: 'u',
      password: 'p',
      from: 'shop@example.com',
      publicUrl: 'https://shop.example.com',
    },
    secretKey: 'a key of more than thirty-two characters',
    webhooksToLoopback: true,
    trustProxy: 'loopback',
    orderQueue: { maxWaiting: 5, maxAgeMs: 100 },
    eventRetentionDays: 30,
  })
})

test('a worker may answer nowhere, and traces stay off where that is said', () => {
  expect(readConfig({ PETSHOP_WORKER_PORT: 'off' }).worker).toBeNull()
  const traced = { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://c.example/otlp' }
  expect(readConfig(traced).tracing?.url).toBe('https://c.example/otlp')
  expect(readConfig({ ...traced, OTEL_SDK_DISABLED: 'true' }).tracing).toBeNull()
  expect(
    problemsOf({
      PETSHOP_LOG: 'request,everything',
      PETSHOP_WORKER_PORT: 'none',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318',
      OTEL_TRACES_SAMPLER_ARG: '2',
    }),
  ).toEqual([
    'PETSHOP_LOG: must list some of request, cache, database',
    'PETSHOP_WORKER_PORT=none: may only have a port, or `off`',
    'OTEL_TRACES_SAMPLER_ARG=2: must be a number from 0 to 1',
    'OTEL_EXPORTER_OTLP_ENDPOINT: must be an address as in http://collector:4318',
  ])
})

test('everything that is wrong is listed, each with its name, its value and what it may be', () => {
  const problems = problemsOf({
    PETSHOP_PORT: '80000',
    PETSHOP_LOG_LEVEL: 'loud',
    PETSHOP_DEMO_PASSWORD: 'short',
    PETSHOP_ORDER_QUEUE: '0',
    PETSHOP_ORDER_QUEUE_MS: '1.5',
    PETSHOP_EVENT_RETENTION_DAYS: 'a week',
  })
  expect(problems).toEqual([
    'PETSHOP_PORT=80000: must be a whole number from 0 to 65535',
    'PETSHOP_LOG_LEVEL=loud: must be one of silent, error, warn, info, debug, trace',
    'PETSHOP_DEMO_PASSWORD: must have 8 to 128 characters',
    'PETSHOP_ORDER_QUEUE=0: must be a whole number from 1 to 1000000',
    'PETSHOP_ORDER_QUEUE_MS=1.5: must be a whole number from 1 to 60000',
    'PETSHOP_EVENT_RETENTION_DAYS=a week: must be a whole number from 1 to 3650',
  ])
})

test('a password is never repeated in a complaint', () => {
  const secret = 'x'.repeat(129)
  expect(problemsOf({ PETSHOP_DEMO_PASSWORD: secret }).join()).not.toContain(secret)
})

test('a port is a whole number from 0 to 65535 or a complaint', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.integer().map(String), fc.double().map(String)), (raw) => {
      fc.pre(raw.trim() !== '')
      const value = Number(raw)
      const fine = Number.isInteger(value) && value >= 0 && value <= 65535
      expect(problemsOf({ PETSHOP_PORT: raw })).toHaveLength(fine ? 0 : 1)
      if (fine) expect(readConfig({ PETSHOP_PORT: raw }).port).toBe(value)
    }),
  )
})

test('nobody changes a setting afterwards', () => {
  const config = readConfig({})
  const change = (target: object, name: string) => () => Object.assign(target, { [name]: 1 })
  expect(change(config, 'port')).toThrow(TypeError)
  expect(change(config.orderQueue, 'maxWaiting')).toThrow(TypeError)
})

test('the most capable event log that is configured is taken, unless one is chosen', () => {
  const redis = { REDIS_URL: 'redis://localhost' }
  const kafka = { KAFKA_BROKERS: 'localhost:9092' }
  expect(readConfig(redis).eventLog).toBe('redis')
  expect(readConfig({ ...redis, ...kafka }).eventLog).toBe('kafka')
  expect(readConfig({ ...redis, PETSHOP_EVENT_LOG: 'embedded' }).eventLog).toBe('embedded')
  expect(problemsOf({ PETSHOP_EVENT_LOG: 'redis' })).toEqual([
    'PETSHOP_EVENT_LOG=redis: needs REDIS_URL',
  ])
  expect(problemsOf({ PETSHOP_EVENT_LOG: 'kafka', ...redis })).toEqual([
    'PETSHOP_EVENT_LOG=kafka: needs KAFKA_BROKERS',
  ])
})

test('addresses that are wrong are named without showing what may be a password', () => {
  expect(
    problemsOf({
      DATABASE_URL: 'oracle://shop:secret@db/petshop',
      REDIS_URL: 'http://:secret@cache',
      KAFKA_BROKERS: 'localhost',
      PETSHOP_REDIS_PREFIX: 'a b',
    }),
  ).toEqual([
    'PETSHOP_REDIS_PREFIX=a b: may only have letters, digits, : . _ -',
    'REDIS_URL: must begin with redis:// or rediss://',
    'KAFKA_BROKERS=localhost: must list host:port, separated by commas',
    'DATABASE_URL: must begin with sqlite:, mysql:// or postgres://',
  ])
  expect(problemsOf({ DATABASE_URL: 'mysql://shop:secret@db' })).toEqual([
    'DATABASE_URL: names no database, as in …@host:port/petshop',
  ])
})

test('the effective settings name each setting once, say where it comes from, and show no secret', () => {
  const settings = effectiveSettings({
    PETSHOP_PORT: '9090',
    DATABASE_URL: 'mysql://shop:hush@db/petshop',
    REDIS_URL: 'redis://:hush@cache',
    PETSHOP_DEMO_PASSWORD: 'hush-hush',
    PETSHOP_METRICS_TOKEN: 'hush',
  })
  expect(settings).toContainEqual({ name: 'PETSHOP_PORT', value: '9090', source: 'environment' })
  expect(settings).toContainEqual({ name: 'PETSHOP_HOST', value: '127.0.0.1', source: 'default' })
  expect(settings).toContainEqual({ name: 'KAFKA_BROKERS', value: '', source: 'default' })
  expect(settings).toContainEqual({
    name: 'DATABASE_URL',
    value: 'mysql://shop:***@db/petshop',
    source: 'environment',
  })
  expect(JSON.stringify(settings)).not.toContain('hush')
  expect(new Set(settings.map(({ name }) => name)).size).toBe(settings.length)
})
