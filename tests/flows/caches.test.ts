// Shows what an owner sees of caches and of Redis, on a shop with it and without.
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { SystemState } from '../../src/modules/system/schema.ts'
import { openShop, type Shop } from '../support/shop.ts'

let shop: Shop
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop.close())

const state = async () => (await shop.as('owner').get('/api/system')).body.item

test('every look at a product and a list is counted as a hit or a miss', async () => {
  const product_id = await shop.addProduct()
  for (let i = 0; i < 3; i++) {
    await shop.guest.get(`/api/inventory/${product_id}`)
    await shop.guest.get('/api/inventory')
  }
  const { caches } = (await state()) as SystemState
  const asked = (name: string) => {
    const cache = caches.find((each) => each.name === name)
    return cache ? cache.hits + cache.misses + cache.errors : 0
  }
  expect(asked('product')).toBeGreaterThanOrEqual(3)
  expect(asked('product_list')).toBeGreaterThanOrEqual(3)
  const { text } = await shop.guest.get('/metrics')
  expect(text).toMatch(/^petshop_cache_reads_total\{cache="product_list",outcome="\w+"\} [1-9]/m)
})

test('Redis is on the page and in the metrics where the shop has one, and nowhere else', async () => {
  const { redis } = await state()
  const { text } = await shop.guest.get('/metrics')
  if (shop.core.redis) {
    const server = { max_memory_policy: 'noeviction', version: expect.any(String) }
    expect(redis).toMatchObject({ up: true, warnings: [], server })
    expect(text).toMatch(/^petshop_redis_up 1$/m)
  } else {
    expect(redis).toBeNull()
    expect(text).not.toContain('petshop_redis_up')
  }
})
