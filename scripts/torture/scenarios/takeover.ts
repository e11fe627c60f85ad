// Promise 6: a consumer may die between effect and acknowledgement: another takes over in ten seconds, each effect once.
import { setTimeout as sleep } from 'node:timers/promises'
import {
  activeWorker,
  type Fleet,
  progressOf,
  timeToCatchUp,
} from '../../../tests/support/fleet.ts'
import type { Server } from '../../../tests/support/program.ts'
import { redisCommand } from '../../../tests/support/redis-command.ts'
import { type Buyers, startBuyers } from '../buyers.ts'
import type { Run, Scenario } from '../scenario.ts'
import { closeBooks, databaseOn, openShop, ownRedis, type Settings } from '../scene.ts'

const TAKEOVER_MS = 10_000
/** Of each log. */
const LEAST_KILLS = 3
const BURST = { people: 6, orders: 15 }
const LOGS = ['embedded', 'redis', 'kafka'] as const
type LogName = (typeof LOGS)[number]

export const takeover: Scenario = {
  name: 'takeover',
  promise: 6,
  title:
    'the active worker killed in the middle of a burst, and between effect and acknowledgement',
  unit: 'kills',
  promised: 300,
  async run(run) {
    for (const [i, log] of LOGS.entries()) {
      if (i > 0 && run.stopped()) return
      const share = (i + 1) / LOGS.length
      const { engines, redisUrl } = await enginesOf(run, log)
      const goods = { buyers: BURST.people, onHand: [1_000_000, 1_000_000, 1_000_000] }
      const fleet = await openShop(run, { ...goods, engines })
      const [server, ...workers] = await Promise.all([
        fleet.serve(),
        fleet.worker(),
        fleet.worker(),
      ])
      const crowds: Buyers[] = []
      const scene = { run, fleet, server, workers, crowds, log }
      for (let done = 0; run.goesOn(done, LEAST_KILLS, share); done++) {
        // Redis can be told to take no acknowledgements: whoever dies then has done what nobody heard of.
        if (redisUrl && done % 2 === 1) await killUnacknowledged(scene, redisUrl)
        else await killInBurst(scene)
      }
      await closeBooks(run, fleet, crowds)
      await fleet.close()
    }
  },
}

async function enginesOf(
  run: Run,
  log: LogName,
): Promise<{ engines: Settings; redisUrl: string | null }> {
  const PETSHOP_EVENT_LOG = log
  if (log === 'embedded') return { engines: { PETSHOP_EVENT_LOG }, redisUrl: null }
  if (log === 'redis') {
    const { url } = await ownRedis(run)
    return { engines: { PETSHOP_EVENT_LOG, REDIS_URL: url }, redisUrl: url }
  }
  const kafka = {
    KAFKA_BROKERS: await run.engine('kafka'),
    PETSHOP_KAFKA_PREFIX: `torture-${run.seed}-${Date.now()}.`,
    PETSHOP_KAFKA_PARTITIONS: '3',
  }
  const database = await databaseOn(run, 'postgres')
  return { engines: { PETSHOP_EVENT_LOG, ...database, ...kafka }, redisUrl: null }
}

interface Scene {
  readonly run: Run
  readonly fleet: Fleet
  readonly server: Server
  readonly workers: Server[]
  readonly crowds: Buyers[]
  readonly log: LogName
}

function burst({ run, fleet, server, crowds }: Scene): Buyers {
  const buyers = startBuyers({
    seed: run.seed + crowds.length,
    people: fleet.stage.buyers,
    products: fleet.stage.products,
    urls: () => [server.url],
    orders: BURST.orders,
    pauseMs: 0,
  })
  crowds.push(buyers)
  return buyers
}

/** So much at once that it dies in the middle of something. */
async function killInBurst(scene: Scene): Promise<void> {
  const { run, fleet, workers, log } = scene
  const victim = await activeWorker(fleet, workers)
  const middle = (await progressOf(fleet)) + run.random.int(20, 150)
  const buyers = burst(scene)
  while ((await progressOf(fleet)) < middle) await sleep(1)
  await victim.kill9()
  run.fault(`the active worker killed in a burst, log ${log}`)
  await buyers.done
  await replaced(scene, victim)
}

async function killUnacknowledged(scene: Scene, redisUrl: string): Promise<void> {
  const { run, fleet, workers } = scene
  const victim = await activeWorker(fleet, workers)
  await redisCommand(redisUrl, 'ACL', 'SETUSER', 'default', '-xack')
  const before = await confirmed(fleet)
  const buyers = burst(scene)
  while ((await confirmed(fleet)) <= before) await sleep(5)
  const unheard = Number(await redisCommand(redisUrl, 'EVAL', COUNT_PENDING, '0'))
  await victim.kill9()
  await redisCommand(redisUrl, 'ACL', 'SETUSER', 'default', '+xack')
  run.control('effects without acknowledgement', unheard > 0)
  run.fault(`the active worker killed before it could acknowledge ${unheard} deliveries`)
  run.count('unacknowledged deliveries', unheard)
  await buyers.done
  await replaced(scene, victim)
}

/** The other one does it alone: a new one comes only afterwards. */
async function replaced({ run, fleet, workers, log }: Scene, victim: Server): Promise<void> {
  const took = await timeToCatchUp(fleet, undefined, 60_000)
  run.most(`taken over and done, ${log}, ms`, took)
  if (took > TAKEOVER_MS) run.problem(`${log}: taken over only after ${took.toFixed(0)} ms`)
  workers[workers.indexOf(victim)] = await fleet.worker()
  run.count('kills')
}

async function confirmed({ store }: Fleet): Promise<number> {
  const { count } = await store.db
    .selectFrom('orders')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('status', '=', 'confirmed')
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** How many events of the orders were handed out and not acknowledged. */
const COUNT_PENDING = `
  local pending = 0
  for _, group in ipairs(redis.call('xinfo', 'groups', 'orders')) do
    for i = 1, #group, 2 do
      if group[i] == 'pending' then pending = pending + group[i + 1] end
    end
  end
  return pending`
