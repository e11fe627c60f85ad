// Shows that whoever was logged out, disabled or deleted while Redis was away stays out when it comes back.
import { expect, test } from 'vitest'
import { describeEngine } from '../support/engines/describe.ts'
import type { Engine } from '../support/engines/engine.ts'
import { metric, type Stage, until } from '../support/load.ts'
import { petshop, type Server } from '../support/server.ts'
import { onRedis } from './engines.ts'
import { makeShop, openShopProcess, startOwnRedis, statusOf, untilEnded } from './redis-shops.ts'

interface Scene {
  readonly redis: Engine
  readonly stage: Stage
  readonly one: Server
  readonly other: Server
}

async function openScene(): Promise<Scene> {
  const redis = await startOwnRedis()
  const stage = await makeShop()
  const one = await openShopProcess(stage.dataDir, redis)
  const other = await openShopProcess(stage.dataDir, redis, { args: ['--no-worker'] })
  return { redis, stage, one, other }
}

/** Redis keeps the person's session, and both processes have seen it there. */
async function remember({ redis, one, other }: Scene, token: string): Promise<void> {
  await until('the session is in Redis', async () => {
    for (const server of [one, other]) expect(await statusOf(server, '/api/me', token)).toBe(200)
    return (await entries(redis)) > 0
  })
}

async function entries(redis: Engine): Promise<number> {
  const keys = (await onRedis(redis.url, 'KEYS', 'cache:session:*')) as string[]
  return keys.filter((key) => !key.endsWith(':generation')).length
}

async function untilAway({ one, other }: Scene, away: boolean): Promise<void> {
  for (const { url } of [one, other]) {
    await until(away ? 'it is away' : 'it is back', async () => {
      return (await metric(url, 'petshop_redis_up')) === (away ? 0 : 1)
    })
  }
}

function logOut(server: Server, token: string): Promise<Response> {
  const headers = { authorization: `Bearer ${token}` }
  return fetch(`${server.url}/api/logout`, { method: 'POST', headers })
}

describeEngine('redis', 'a session that ended while Redis was away', () => {
  test('killed: has not come back with what Redis had on its disk', async () => {
    const scene = await openScene()
    const { redis, stage, one, other } = scene
    const [ended, stays] = [stage.buyers[0]!.token, stage.buyers[1]!.token]
    for (const token of [ended, stays]) await remember(scene, token)
    await redis.kill()
    await untilAway(scene, true)
    expect((await logOut(one, ended)).status).toBe(200)
    expect([
      await statusOf(one, '/api/me', ended),
      await statusOf(other, '/api/me', ended),
    ]).toEqual([401, 401])
    await redis.restart()
    // The entry has come back: only the generation keeps it from being read.
    expect(await entries(redis)).toBeGreaterThan(0)
    await untilAway(scene, false)
    for (let i = 0; i < 20; i++) {
      for (const server of [one, other]) {
        expect(await statusOf(server, '/api/me', ended)).toBe(401)
        expect(await statusOf(server, '/api/me', stays)).toBe(200)
      }
    }
  })

  test('frozen: is out when it thaws, also where nobody asked meanwhile', async () => {
    const scene = await openScene()
    const { redis, stage, one, other } = scene
    const { token, user_id } = stage.buyers[0]!
    await remember(scene, token)
    process.kill(redis.pid, 'SIGSTOP')
    const response = await fetch(`${one.url}/api/users/${user_id}`, {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${stage.owner.token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ active: false }),
    })
    expect(response.status).toBe(200)
    process.kill(redis.pid, 'SIGCONT')
    for (const server of [one, other]) await untilEnded(server, token)
    for (let i = 0; i < 20; i++) {
      for (const server of [one, other]) expect(await statusOf(server, '/api/me', token)).toBe(401)
    }
  })

  test('cut off from one process only: that one tells of it when it is back', async () => {
    const scene = await openScene()
    const { redis, stage, one, other } = scene
    const { token } = stage.buyers[0]!
    await remember(scene, token)
    // Both lose their lines, over and over, while somebody logs out.
    const cutting = setInterval(() => {
      onRedis(redis.url, 'CLIENT', 'KILL', 'TYPE', 'normal').catch(() => {})
    }, 5)
    expect((await logOut(one, token)).status).toBe(200)
    clearInterval(cutting)
    await untilEnded(other, token)
    await untilAway(scene, false)
    for (let i = 0; i < 20; i++) {
      for (const server of [one, other]) expect(await statusOf(server, '/api/me', token)).toBe(401)
    }
  })

  test('by the command line, in a process of its own', async () => {
    const scene = await openScene()
    const { stage, one, other, redis } = scene
    const { token } = stage.buyers[0]!
    await remember(scene, token)
    const env = {
      PETSHOP_DATA_DIR: stage.dataDir,
      REDIS_URL: redis.url,
      PETSHOP_LOG_LEVEL: 'error',
    }
    const { code, stderr } = await petshop(['users', 'disable', 'buyer1'], env)
    expect([code, stderr]).toEqual([0, ''])
    for (const server of [one, other]) {
      await untilEnded(server, token)
    }
  })
})
