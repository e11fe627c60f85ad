// Promise 5: Redis killed, frozen, emptied, read-only or full: nobody is refused or logged out, and nothing is lost.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Engine } from '../../../tests/support/engines/engine.ts'
import { backlogOf, type Fleet, timeToCatchUp } from '../../../tests/support/fleet.ts'
import { metric, until } from '../../../tests/support/load.ts'
import type { Server } from '../../../tests/support/program.ts'
import { redisCommand } from '../../../tests/support/redis-command.ts'
import type { Buyers } from '../buyers.ts'
import { nth } from '../nth.ts'
import type { Run, Scenario } from '../scenario.ts'
import { closeBooks, openDoors, openShop, ownRedis, quantile } from '../scene.ts'

interface Fault {
  readonly name: string
  readonly begin: (redis: Engine, run: Run) => Promise<unknown>
  readonly end: (redis: Engine) => Promise<unknown>
  /** Nothing can reach it meanwhile: what follows from orders must wait. */
  readonly blocks: boolean
}

const FAULTS: readonly Fault[] = [
  { name: 'killed', blocks: true, begin: (redis) => redis.kill(), end: (redis) => redis.restart() },
  {
    name: 'frozen',
    blocks: true,
    begin: async ({ pid }) => process.kill(pid, 'SIGSTOP'),
    end: async ({ pid }) => process.kill(pid, 'SIGCONT'),
  },
  {
    name: 'read-only',
    blocks: true,
    // A replica of nobody who is there keeps what it has, and refuses to write.
    begin: ({ url }) => redisCommand(url, 'REPLICAOF', '127.0.0.1', '1'),
    end: ({ url }) => redisCommand(url, 'REPLICAOF', 'NO', 'ONE'),
  },
  {
    name: 'full',
    blocks: true,
    begin: ({ url }) => redisCommand(url, 'CONFIG', 'SET', 'maxmemory', '1'),
    end: ({ url }) => redisCommand(url, 'CONFIG', 'SET', 'maxmemory', '0'),
  },
  {
    name: 'emptied',
    blocks: false,
    begin: (redis, run) => emptyAgainAndAgain(redis, run),
    end: ({ url }) => redisCommand(url, 'FLUSHALL'),
  },
]

const CATCH_UP_MS = 10_000
/** Far more than an answer takes, far less than a silent server would make it. */
const BOUND_MS = 5000

export const redisLost: Scenario = {
  name: 'redis-lost',
  promise: 5,
  title: 'Redis killed, frozen, read-only, full, emptied for a while under load',
  unit: 'outages',
  promised: 100,
  async run(run) {
    const redis = await ownRedis(run)
    const engines = { REDIS_URL: redis.url, PETSHOP_EVENT_LOG: 'redis' }
    const goods = { buyers: 8, onHand: [1_000_000, 1_000_000, 1_000_000] }
    const fleet = await openShop(run, { ...goods, engines })
    const [server, worker] = await Promise.all([fleet.serve(), fleet.worker()])
    const buyers = openDoors(run, fleet, { urls: () => [server.url], timeoutMs: 60_000 })
    await buyers.more(50)
    const away = Math.min(60, Math.max(1.5, run.secondsLeft() / 20))
    const order = shuffled(run)
    for (let round = 0; run.goesOn(round, FAULTS.length); round++) {
      const fault = nth(order, round)
      await stayAway(run, { redis, fleet, server, buyers, fault, seconds: away })
    }
    run.most('p99 without an outage, ms', p99(buyers, 0, -1))
    for (const word of ['refused', 'broken', 'timeout', '503', '429'])
      for (let i = 0; i < (buyers.told.get(word) ?? 0); i++) refuse(run, word)
    await closeBooks(run, fleet, [buyers])
    for (const process of [server, worker])
      if ((await process.stop()).code !== 0) run.problem('a process did not end in order')
  },
}

/** In the middle of deliveries: some of them are lost each time, and have to be made all the same. */
async function emptyAgainAndAgain({ url }: Engine, run: Run): Promise<void> {
  let lost = 0
  for (let times = 0; times < 8 || (lost < 20 && times < 1000); times++) {
    lost += Number(await redisCommand(url, 'EVAL', COUNT_AND_EMPTY, '0'))
    await sleep(run.random.between(5, 60))
  }
  run.count('deliveries that Redis forgot', lost)
  run.control('emptied: deliveries were lost in it', lost > 0)
}

/** FLUSHALL; its answer says how many deliveries were still to be made. */
const COUNT_AND_EMPTY = `
  local left = 0
  for _, stream in ipairs({'orders', 'inventory', 'notifications'}) do
    if redis.call('exists', stream) == 1 then
      for _, group in ipairs(redis.call('xinfo', 'groups', stream)) do
        for i = 1, #group, 2 do
          if group[i] == 'lag' or group[i] == 'pending' then left = left + (group[i + 1] or 0) end
        end
      end
    end
  end
  redis.call('flushall')
  return left`

function refuse(run: Run, word: string): void {
  run.record.verdict.unexpected++
  run.problem(`somebody who bought was answered: ${word}`)
}

/** Each kind once, in an order that follows from the seed. */
function shuffled({ random }: Run): Fault[] {
  return FAULTS.map((fault) => ({ fault, place: random.next() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ fault }) => fault)
}

interface Outage {
  readonly redis: Engine
  readonly fleet: Fleet
  readonly server: Server
  readonly buyers: Buyers
  readonly fault: Fault
  readonly seconds: number
}

async function stayAway(run: Run, outage: Outage): Promise<void> {
  const { redis, fleet, server, buyers, fault, seconds } = outage
  run.fault(`Redis ${fault.name} for ${seconds.toFixed(1)} s`)
  const [before, waiting] = [performance.now(), await backlogOf(fleet)]
  await fault.begin(redis, run)
  await Promise.all([sleep(seconds * 1000), buyers.more(30)])
  const longest = Math.max(...buyers.times.filter(({ at }) => at > before).map(({ ms }) => ms))
  run.most('longest answer in an outage, ms', longest)
  if (longest > BOUND_MS) run.problem(`${fault.name}: somebody waited ${longest.toFixed(0)} ms`)
  run.most('p99 in an outage, ms', p99(buyers, before, Infinity))
  // It was an outage at all: this is seen to fail when nothing was done to Redis.
  const blocked = (await backlogOf(fleet)) > waiting
  if (fault.blocks) run.control(`${fault.name}: it was away`, blocked)
  await fault.end(redis)
  const took = await timeToCatchUp(fleet, undefined, 60_000)
  run.most('caught up after, ms', took)
  if (took > CATCH_UP_MS) run.problem(`${fault.name}: caught up only after ${took.toFixed(0)} ms`)
  await until(
    'Redis is taken up again',
    async () => (await metric(server.url, 'petshop_redis_up')) === 1,
  )
  await buyers.more(20)
  run.count('outages')
}

/** Of the answers between two moments; up to -1: before the first outage. */
function p99(buyers: Buyers, from: number, to: number): number {
  const times =
    to === -1 ? buyers.times.slice(0, 50) : buyers.times.filter(({ at }) => at > from && at < to)
  return quantile(
    times.map(({ ms }) => ms),
    0.99,
  )
}
