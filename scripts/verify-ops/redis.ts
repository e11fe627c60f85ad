// Owns the checks of Redis with our settings: killed with a backlog, and full. What it held comes back or is sent
// again; nothing is lost, and the shop sells on meanwhile.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createClient } from 'redis'
import { type Owned, startProcess, temporaryFolder, waitFor } from '../../bench/lib/processes.ts'
import { kill } from '../../tests/support/engines/processes.ts'
import { freePort } from '../../tests/support/engines/ports.ts'
import type { Finding } from '../verify-deploy/check.ts'
import { textOf, write } from '../verify-deploy/files.ts'
import { program, versionOf } from '../verify-deploy/tools.ts'
import { type Api, isReady, openStage, type Stage, until } from './stage.ts'

interface Redis {
  readonly url: string
  readonly command: (...words: string[]) => Promise<unknown>
  start(): Promise<void>
  kill(): Promise<void>
  close(): Promise<void>
}

interface Scene {
  readonly redis: Redis
  readonly stage: Stage
  readonly api: Api
  /** Orders that were answered with success so far; everything else is a problem. */
  readonly place: (count: number) => Promise<void>
  readonly placed: () => number
  readonly problems: string[]
}

/** With this group left out orders wait in Redis to be confirmed. */
const LEFT_OUT = 'confirm-order-on-placed'
const ORDERS = 150
/** Longer than a process needs to notice. */
const AWAY_MS = 2500

export async function checkRedisKilled(): Promise<Finding> {
  return inScene(async ({ redis, stage, api, place, placed, problems }) => {
    const slow = await stage.worker(['--except', LEFT_OUT])
    await place(ORDERS)
    // `everysec`: what is older than a second is on the disk.
    await until('the relay has sent them', async () => (await lengthOf(redis)) >= ORDERS)
    const waiting = await stage.backlog(api)
    if (waiting < ORDERS) problems.push(`only ${waiting} events waited`)
    await redis.kill()
    await Promise.all([sleep(AWAY_MS), place(ORDERS)])
    if (!(await isReady(api.url))) problems.push('without Redis it said that it cannot serve')
    await redis.start()
    const kept = await lengthOf(redis)
    if (kept === 0) problems.push('it came back empty: its files were of no use')
    await slow.stop()
    await stage.worker()
    const begun = performance.now()
    await until('all is done', async () => (await stage.backlog(api)) === 0)
    const seconds = ((performance.now() - begun) / 1000).toFixed(1)
    problems.push(...(await problemsOf(stage, placed())))
    return (
      `orders through kill -9 of Redis: ${waiting} events waited in it, ${kept} were there when it was back, ` +
      `all done ${seconds} s later, the doctor is content`
    )
  })
}

export async function checkRedisFull(): Promise<Finding> {
  return inScene(async ({ redis, stage, api, place, placed, problems }) => {
    await stage.worker()
    await place(ORDERS)
    await until('all is done', async () => (await stage.backlog(api)) === 0)
    const limit = await setting(redis, 'maxmemory')
    await redis.command('CONFIG', 'SET', 'maxmemory', '1mb')
    const refused = await redis.command('SET', 'one', 'more').catch((error: Error) => error.message)
    if (!String(refused).startsWith('OOM')) problems.push(`full, it answered ${String(refused)}`)
    await place(ORDERS)
    const waiting = await stage.backlog(api)
    if (waiting < ORDERS) problems.push(`only ${waiting} events waited outside of the full Redis`)
    if (!(await isReady(api.url))) problems.push('with Redis full it said that it cannot serve')
    await redis.command('CONFIG', 'SET', 'maxmemory', limit)
    const ms = await until('all is done', async () => (await stage.backlog(api)) === 0)
    const evicted = /evicted_keys:(\d+)/.exec(String(await redis.command('INFO', 'stats')))?.[1]
    if (evicted !== '0') problems.push(`it threw ${evicted} keys away`)
    problems.push(...(await problemsOf(stage, placed())))
    return (
      `orders, half of them while Redis was full: ${waiting} events waited in the database, ` +
      `all done ${(ms / 1000).toFixed(1)} s after it had room, ${evicted} keys thrown away`
    )
  })
}

async function inScene(work: (scene: Scene) => Promise<string>): Promise<Finding> {
  const redis = await openRedis()
  const by = `redis ${await versionOf(await program('redis-server'), '--version')}, deploy/redis/redis.conf`
  const stage = await openStage({ REDIS_URL: redis.url })
  try {
    const api = await stage.api()
    const problems: string[] = []
    let placed = 0
    const place = async (count: number) => {
      for (let n = 0; n < count; n += 10)
        placed += await placeSome(stage, api, Math.min(10, count - n), problems)
    }
    const of = await work({ redis, stage, api, place, placed: () => placed, problems })
    return { count: placed, of, by, problems }
  } catch (error) {
    throw new Error(`${String(error)}\n${stage.lastWords()}`, { cause: error })
  } finally {
    await stage.close()
    await redis.close()
  }
}

async function placeSome({ customers }: Stage, api: Api, count: number, problems: string[]) {
  const answers = await Promise.all(
    customers.slice(0, count).map(async ({ user_id, token }) => {
      const response = await fetch(`${api.url}/api/orders`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ user_id, items: [{ product_id: 3, quantity: 1 }] }),
      })
      const text = await response.text()
      if (response.status !== 201) problems.push(`an order: ${response.status} ${text}`)
      return response.status === 201
    }),
  )
  return answers.filter(Boolean).length
}

/** Each order is there and confirmed, and the books add up: events done by each group once, stock, ledger. */
async function problemsOf(stage: Stage, placed: number): Promise<string[]> {
  const report = JSON.parse(await stage.petshop(['doctor', '--json'])) as { healthy: boolean }
  if (!report.healthy) return [JSON.stringify(report)]
  const exported = await stage.petshop(['export', 'orders', '--language', 'en'])
  const confirmed = exported.split('\n').filter((line) => line.includes('confirmed')).length
  return confirmed === placed ? [] : [`${placed} orders, ${confirmed} confirmed`]
}

async function lengthOf(redis: Redis): Promise<number> {
  return Number(await redis.command('XLEN', 'orders'))
}

async function setting(redis: Redis, name: string): Promise<string> {
  const answer = await redis.command('CONFIG', 'GET', name)
  const value = Array.isArray(answer) ? answer[1] : Object.values(answer as object)[0]
  return String(value)
}

const PASSWORD = 'only for this check'

/** Our file with a host's paths and port put in. */
async function openRedis(): Promise<Redis> {
  const server = await program('redis-server')
  const home = temporaryFolder()
  const folder = home.path
  const port = await freePort()
  mkdirSync(join(folder, 'data'))
  const secret = write(folder, 'secret.conf', `requirepass "${PASSWORD}"\n`)
  const conf = textOf('deploy/redis/redis.conf')
    .replace('/etc/redis/petshop-secret.conf', secret)
    .replace('/var/lib/redis', `${folder}/data`)
    .replace('port 6379', `port ${port}`)
    .replace(/^bind .*$/m, 'bind 127.0.0.1')
  const file = write(folder, 'redis.conf', conf)
  const url = `redis://:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}`
  const command = async (...words: string[]) => {
    const client = createClient({ url, socket: { reconnectStrategy: false } })
    client.on('error', () => {})
    await client.connect()
    return client.sendCommand(words).finally(() => client.destroy())
  }
  let owned: Owned | undefined
  const start = async () => {
    const logFile = join(folder, 'redis.log')
    owned = startProcess(server, [file], { cwd: folder, logFile })
    const answers = () =>
      command('PING').then(
        () => true,
        () => false,
      )
    await waitFor(owned, 'Redis answers', 30, answers)
  }
  await start()
  return {
    url,
    command,
    start,
    kill: async () => {
      if (owned) await kill(owned.child)
    },
    async close() {
      await owned?.stop()
      home.remove()
    },
  }
}
