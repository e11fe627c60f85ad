// Shows that secrets come from files too, and that what is wrong with a file never shows what is in it.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { effectiveSettings, readConfig } from './config.ts'
import { SECRETS } from './secret-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'petshop-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function fileWith(text: string): string {
  const path = join(folder, `secret-${Math.random()}`)
  writeFileSync(path, text)
  return path
}

test('every secret is read from the file that is named, without its last line break', () => {
  const config = readConfig({
    DATABASE_URL_FILE: fileWith('mysql://shop:hush@db:3306/petshop\n'),
    REDIS_URL_FILE: fileWith('redis://:hush@cache:6379/0\r\n'),
    PETSHOP_METRICS_TOKEN_FILE: fileWith('a token\n'),
    PETSHOP_DEMO_PASSWORD_FILE: fileWith('eight ch'),
  })
  expect(config.store.address).toEqual({
    engine: 'mysql',
    url: 'mysql://shop:hush@db:3306/petshop',
  })
  expect(config.redis?.url).toBe('redis://:hush@cache:6379/0')
  expect(config.metricsToken).toBe('a token')
  expect(config.demoPassword).toBe('eight ch')
})

test('what is wrong with a file is said together with everything else, and its content is not', () => {
  const missing = join(folder, 'missing')
  const blank = fileWith(' \n')
  const secret = fileWith('hush')
  const read = () =>
    readConfig({
      PETSHOP_PORT: 'x',
      DATABASE_URL_FILE: secret,
      REDIS_URL: 'redis://cache',
      REDIS_URL_FILE: secret,
      PETSHOP_METRICS_TOKEN_FILE: missing,
      PETSHOP_DEMO_PASSWORD_FILE: blank,
    })
  expect(read).toThrow(`REDIS_URL_FILE=${secret}: REDIS_URL is given too; leave one of them out`)
  expect(read).toThrow(`PETSHOP_METRICS_TOKEN_FILE=${missing}: cannot be read (ENOENT)`)
  expect(read).toThrow(`PETSHOP_DEMO_PASSWORD_FILE=${blank}: is empty`)
  expect(read).toThrow('PETSHOP_PORT=x')
  expect(read).toThrow('DATABASE_URL: must begin with sqlite:, mysql:// or postgres://')
  expect(read).not.toThrow('hush')
})

test('a blank name of a file counts as not given, and a secret of a file is shown to nobody', () => {
  expect(readConfig({ DATABASE_URL_FILE: ' ' })).toEqual(readConfig({}))
  const path = fileWith('redis://:hush@cache:6379/0')
  chmodSync(path, 0o400)
  const settings = effectiveSettings({ REDIS_URL_FILE: path })
  expect(settings).toContainEqual({
    name: 'REDIS_URL',
    value: 'redis://:***@cache:6379/0',
    source: 'environment',
  })
  expect(JSON.stringify(settings)).not.toContain('hush')
})

test('every setting that is hidden when printed may come from a file', () => {
  const everything = { REDIS_URL: 'redis://localhost', KAFKA_BROKERS: 'localhost:9092' }
  const hidden = effectiveSettings(everything)
    .map(({ name }) => name)
    .filter((name) => /PASSWORD|TOKEN|SECRET|^(DATABASE|REDIS)_URL$/.test(name))
  expect(hidden).toEqual([...SECRETS])
})
