// Shows that the shop sells on while Redis is killed, frozen, emptied, full or not there yet, and takes it up again.
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { describeEngine } from '../support/engines/describe.ts'
import { freePort } from '../support/engines/ports.ts'
import { metric, placeOrder, type Stage, until } from '../support/load.ts'
import type { Server } from '../support/server.ts'
import { onRedis } from './engines.ts'
import {
  expectToldOnce,
  keepAsking,
  makeShop,
  openShopProcess,
  redisLines,
  startOwnRedis,
  statusOf,
  untilEnded,
} from './redis-shops.ts'

/** Far more than any answer may take, far less than a silent server would make it. */
const BOUND_MS = 5000

/** A counter without a count isn't listed. */
const reads = (server: Server) => metric(server.url, 'petshop_cache_reads_total').catch(() => 0)

async function isAway(server: Server): Promise<boolean> {
  return (await metric(server.url, 'petshop_redis_up')) === 0
}

async function orders(server: Server, stage: Stage, count: number): Promise<number> {
  let placed = 0
  for (let i = 0; i < count; i++) {
    const items = [{ product_id: stage.products[0]!, quantity: 1 }]
    const answer = await placeOrder(server.url, stage.buyers[0]!, items)
    if (answer !== 'unknown' && answer.status === 201) placed++
  }
  return placed
}

describeEngine('redis', 'a shop whose Redis fails', () => {
  test('starts without it, is ready, and takes it up when it comes', async () => {
    const port = await freePort()
    const stage = await makeShop()
    const server = await openShopProcess(stage.dataDir, { url: `redis://127.0.0.1:${port}` })
    expect(await statusOf(server, '/readyz')).toBe(200)
    expect(await statusOf(server, '/api/me', stage.owner.token)).toBe(200)
    expect(await orders(server, stage, 3)).toBe(3)
    expect(redisLines(server)).toEqual(['away'])
    await startOwnRedis({ port })
    await until('it is there', () => redisLines(server).length === 2)
    await until('sessions are remembered', async () => {
      await statusOf(server, '/api/me', stage.owner.token)
      return /cache="session",outcome="hit"} [1-9]/.test(
        await (await fetch(`${server.url}/metrics`)).text(),
      )
    })
    expect(redisLines(server)).toEqual(['away', 'there'])
    expect((await server.stop()).code).toBe(0)
  })

  test('killed and started again under requests: nobody is logged out, no order is refused', async () => {
    const redis = await startOwnRedis()
    const stage = await makeShop()
    const server = await openShopProcess(stage.dataDir, redis)
    const asking = keepAsking([server], stage.buyers)
    await until('the cache is in use', async () => (await reads(server)) > 50)
    for (let round = 0; round < 2; round++) {
      await redis.kill()
      await until('it is noticed', () => isAway(server))
      expect(await orders(server, stage, 5)).toBe(5)
      await sleep(300)
      await redis.restart()
      await until('it is back', async () => !(await isAway(server)))
      expect(await orders(server, stage, 5)).toBe(5)
    }
    await asking.stop()
    expect(asking.wrong()).toEqual([])
    expect(asking.longest()).toBeLessThan(BOUND_MS)
    expectToldOnce(server, 2)
    expect((await server.stop()).code).toBe(0)
  })

  test('frozen: it answers as fast as without, says that it is away, and takes it up when it thaws', async () => {
    const redis = await startOwnRedis()
    const stage = await makeShop()
    const server = await openShopProcess(stage.dataDir, redis)
    const asking = keepAsking([server], stage.buyers)
    await until('the cache is in use', async () => (await reads(server)) > 50)
    process.kill(redis.pid, 'SIGSTOP')
    await until('it is noticed', () => isAway(server))
    expect(await orders(server, stage, 5)).toBe(5)
    await sleep(3000)
    const headers = { authorization: `Bearer ${stage.owner.token}` }
    const begun = performance.now()
    const system = await (await fetch(`${server.url}/api/system`, { headers })).json()
    expect(performance.now() - begun).toBeLessThan(BOUND_MS)
    expect(system).toMatchObject({ item: { redis: { up: false, server: null } } })
    process.kill(redis.pid, 'SIGCONT')
    await until('it is back', async () => !(await isAway(server)))
    await asking.stop()
    expect(asking.wrong()).toEqual([])
    expect(asking.longest()).toBeLessThan(BOUND_MS)
    expectToldOnce(server, 1)
    expect((await server.stop()).code).toBe(0)
  })

  test('emptied: nobody is logged out', async () => {
    const redis = await startOwnRedis()
    const stage = await makeShop()
    const servers = [
      await openShopProcess(stage.dataDir, redis),
      await openShopProcess(stage.dataDir, redis, { args: ['--no-worker'] }),
    ]
    const asking = keepAsking(servers, stage.buyers)
    for (let i = 0; i < 10; i++) {
      await onRedis(redis.url, 'FLUSHALL')
      await sleep(50)
    }
    await asking.stop()
    expect(asking.wrong()).toEqual([])
    for (const server of servers) expectToldOnce(server, 0)
  })

  test('full: what cannot be marked as ended is not believed any more', async () => {
    const redis = await startOwnRedis()
    const stage = await makeShop()
    const [one, other] = [
      await openShopProcess(stage.dataDir, redis),
      await openShopProcess(stage.dataDir, redis, { args: ['--no-worker'] }),
    ]
    const { token } = stage.buyers[0]!
    const rounds = 20
    for (let i = 0; i < rounds; i++) {
      expect([
        await statusOf(one, '/api/me', token),
        await statusOf(other, '/api/me', token),
      ]).toEqual([200, 200])
    }
    await onRedis(redis.url, 'CONFIG', 'SET', 'maxmemory', '1')
    const headers = { authorization: `Bearer ${token}` }
    expect((await fetch(`${one.url}/api/logout`, { method: 'POST', headers })).status).toBe(200)
    expect(await statusOf(one, '/api/me', token)).toBe(401)
    await untilEnded(other, token)
    expect(await orders(one, { ...stage, buyers: stage.buyers.slice(1) }, 3)).toBe(3)
    expect(await statusOf(one, '/readyz')).toBe(200)
  })

  test('that throws keys away is warned of on the system page', async () => {
    const redis = await startOwnRedis({ config: { 'maxmemory-policy': 'allkeys-lru' } })
    const stage = await makeShop()
    const server = await openShopProcess(stage.dataDir, redis)
    const headers = { authorization: `Bearer ${stage.owner.token}` }
    const system = await (await fetch(`${server.url}/api/system`, { headers })).json()
    expect(system).toMatchObject({
      item: {
        redis: {
          up: true,
          warnings: ['EVICTION_POLICY'],
          server: { max_memory_policy: 'allkeys-lru', aof_enabled: true, persistence_ok: true },
        },
      },
    })
    const text = await (await fetch(`${server.url}/metrics`)).text()
    expect(text).toMatch(/^petshop_redis_up 1$/m)
    expect(text).toMatch(/^petshop_redis_max_memory_policy\{policy="allkeys-lru"\} 1$/m)
    expect(text).toMatch(/^petshop_redis_call_seconds_count [1-9]/m)
  })
})
