// Shows that settings in memory are at most a second old, and never older than the last change.
import { expect, test } from 'vitest'
import { DEFAULTS } from './rules.ts'
import { createSettingsCache } from './settings-cache.ts'

const named = (shop_name: string) => ({ ...DEFAULTS, shop_name })

test('settings are read once a second, however many ask', async () => {
  let reads = 0
  let now = 0
  const cache = createSettingsCache(
    () => Promise.resolve(named(`read ${++reads}`)),
    () => now,
  )
  const answers = await Promise.all([cache.get(), cache.get(), cache.get()])
  expect(answers.map((settings) => settings.shop_name)).toEqual(['read 1', 'read 1', 'read 1'])
  now = 999
  expect((await cache.get()).shop_name).toBe('read 1')
  now = 1000
  expect((await cache.get()).shop_name).toBe('read 2')
  now = 500
  expect((await cache.get()).shop_name).toBe('read 3')
})

test('a change holds at once, also against a reading that began before it', async () => {
  const { promise, resolve } = Promise.withResolvers<typeof DEFAULTS>()
  const cache = createSettingsCache(
    () => promise,
    () => 0,
  )
  const reading = cache.get()
  cache.set(named('new'))
  resolve(named('old'))
  expect((await reading).shop_name).toBe('new')
  expect((await cache.get()).shop_name).toBe('new')
})

test('a failed reading is tried again by the next who asks', async () => {
  let fail = true
  const cache = createSettingsCache(
    () => (fail ? Promise.reject(new Error('away')) : Promise.resolve(named('back'))),
    () => 0,
  )
  await expect(cache.get()).rejects.toThrow('away')
  fail = false
  expect((await cache.get()).shop_name).toBe('back')
})
