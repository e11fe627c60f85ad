// Shows that settings are read once, checked together, and that everything wrong is said at once.
import { resolve } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { StartupError } from '../lib/startup-error.ts'
import { readConfig } from './config.ts'

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
    logLevel: null,
    demoPassword: null,
    metricsToken: null,
    trustProxy: null,
    orderQueue: { maxWaiting: 2000, maxAgeMs: 2000 },
    eventRetentionDays: 7,
  })
})

test('empty and blank settings count as not given', () => {
  const names = ['HOST', 'PORT', 'DATA_DIR', 'LOG_LEVEL', 'DEMO_PASSWORD', 'METRICS_TOKEN']
  const blank = Object.fromEntries(names.map((name, i) => [`PETSHOP_${name}`, ' '.repeat(i)]))
  expect(readConfig(blank)).toEqual(readConfig({}))
})

test('every setting arrives where it belongs', () => {
  const config = readConfig({
    PETSHOP_HOST: '0.0.0.0',
    PETSHOP_PORT: ' 9090 ',
    PETSHOP_DATA_DIR: '/srv/shop',
    PETSHOP_LOG_LEVEL: 'warn',
    PETSHOP_DEMO_PASSWORD: 'eight ch',
    PETSHOP_METRICS_TOKEN: 't',
    PETSHOP_TRUST_PROXY: 'loopback',
    PETSHOP_ORDER_QUEUE: '5',
    PETSHOP_ORDER_QUEUE_MS: '100',
    PETSHOP_EVENT_RETENTION_DAYS: '30',
  })
  expect(config).toEqual({
    host: '0.0.0.0',
    port: 9090,
    dataDir: '/srv/shop',
    logLevel: 'warn',
    demoPassword: 'eight ch',
    metricsToken: 't',
    trustProxy: 'loopback',
    orderQueue: { maxWaiting: 5, maxAgeMs: 100 },
    eventRetentionDays: 30,
  })
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
    'PETSHOP_DEMO_PASSWORD: must have 8 to 128 characters',
    'PETSHOP_PORT=80000: must be a whole number from 0 to 65535',
    'PETSHOP_LOG_LEVEL=loud: must be one of silent, error, warn, info, debug, trace',
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
