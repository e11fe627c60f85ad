// Promise 8: Redis comes back without the end of its file, without its files, or out of the middle of a rewrite: what
// it lost is published again.
import { globSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Engine } from '../../../tests/support/engines/engine.ts'
import { type Fleet, timeToCatchUp } from '../../../tests/support/fleet.ts'
import { until } from '../../../tests/support/load.ts'
import type { Server } from '../../../tests/support/program.ts'
import { redisCommand } from '../../../tests/support/redis-command.ts'
import type { Buyers } from '../buyers.ts'
import { nth } from '../nth.ts'
import type { Run, Scenario } from '../scenario.ts'
import { closeBooks, openDoors, openShop, ownRedis } from '../scene.ts'

/** While nobody works for this group, its events pile up in Redis, and are lost there. */
const IDLE = 'notify-people-on-order-change'

/** What is done to the files of a Redis that was killed. @returns in words */
type Damage = (redis: Engine, run: Run) => string

const DAMAGES: readonly Damage[] = [
  function truncated({ dir }, { random }) {
    const files = globSync(join(dir, 'appendonlydir/*.incr.aof'))
    const file = files.toSorted((a, b) => statSync(a).mtimeMs - statSync(b).mtimeMs).at(-1)
    if (file === undefined) throw new Error('Redis keeps no file of what is appended')
    // At one of its events: what comes after the last of them is nothing but acknowledgements.
    const events = [...readFileSync(file, 'latin1').matchAll(/\bXADD\b/gi)]
    const event = events[Math.floor(events.length * random.between(0.2, 0.6))]
    if (event === undefined) throw new Error('nothing was published since Redis began its file')
    truncateSync(file, event.index)
    return `its file cut off at one of the ${events.length} events in it`
  },
  function deleted({ dir }) {
    rmSync(join(dir, 'appendonlydir'), { recursive: true, force: true })
    return 'its files deleted'
  },
  function inRewrite() {
    return 'killed in the middle of a rewrite of its file'
  },
]

export const redisRecovers: Scenario = {
  name: 'redis-recovers',
  promise: 8,
  title: 'Redis killed in a rewrite, its file truncated, its files deleted, with events in it',
  unit: 'recoveries',
  promised: 100,
  async run(run) {
    const redis = await ownRedis(run)
    const engines = { REDIS_URL: redis.url, PETSHOP_EVENT_LOG: 'redis' }
    const goods = { buyers: 8, onHand: [1_000_000, 1_000_000, 1_000_000] }
    const fleet = await openShop(run, { ...goods, engines })
    const server = await fleet.serve()
    const buyers = openDoors(run, fleet, { urls: () => [server.url] })
    for (let round = 0; run.goesOn(round, DAMAGES.length); round++)
      await damage(run, { redis, fleet, server, buyers, round })
    for (const act of DAMAGES)
      if (act.name !== 'inRewrite')
        run.control(lostIn(act), (run.record.counts[lostIn(act)] ?? 0) > 0)
    const worker = await fleet.worker()
    await closeBooks(run, fleet, [buyers])
    await worker.stop()
  },
}

const lostIn = ({ name }: Damage) => `events that Redis lost, ${name}`

interface Scene {
  readonly redis: Engine
  readonly fleet: Fleet
  readonly server: Server
  readonly buyers: Buyers
  readonly round: number
}

async function damage(run: Run, { redis, fleet, server, buyers, round }: Scene): Promise<void> {
  const lazy = await fleet.worker({ args: ['--except', IDLE] })
  const published = await eventsIn(redis)
  await buyers.more(run.random.int(30, 80))
  // Not before some of it is in Redis: on a busy machine that takes its time.
  await until('orders are published', async () => (await eventsIn(redis)) > published + 5)
  const act = nth(DAMAGES, round)
  if (act.name === 'inRewrite') {
    // What a rewrite does in a moment takes longer with more in it.
    await redisCommand(redis.url, 'DEBUG', 'POPULATE', '20000', 'ballast').catch(() => undefined)
    await redisCommand(redis.url, 'BGREWRITEAOF')
    await sleep(run.random.between(0, 30))
  }
  // Nobody publishes between the two counts: what Redis has lost would be there again before it was counted.
  const [waiting, kept] = await frozen([server, lazy], async () => {
    const before = await eventsIn(redis)
    await redis.kill()
    run.fault(`Redis: ${act(redis, run)}`)
    await redis.restart()
    return [before, await eventsIn(redis)]
  })
  run.count(lostIn(act), Math.max(0, waiting - kept))
  await buyers.more(10)
  await lazy.stop()
  const worker: Server = await fleet.worker()
  // Beside people who never pause: how long is this machine's, and no part of the promise.
  run.most('caught up after, ms', await timeToCatchUp(fleet, undefined, 120_000))
  await worker.stop()
  run.count('recoveries')
}

async function frozen<T>(servers: readonly Server[], work: () => Promise<T>): Promise<T> {
  for (const { pid } of servers) process.kill(pid, 'SIGSTOP')
  try {
    return await work()
  } finally {
    for (const { pid } of servers) process.kill(pid, 'SIGCONT')
  }
}

async function eventsIn({ url }: Engine): Promise<number> {
  const lengths = await Promise.all(
    ['orders', 'inventory', 'notifications'].map((stream) => redisCommand(url, 'XLEN', stream)),
  )
  return lengths.reduce<number>((sum, length) => sum + Number(length), 0)
}
