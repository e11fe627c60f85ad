// Owns a shop of several processes on any engines: filled before they start, watched through its own database.
import { onTestFinished } from 'vitest'
import { openCore } from '../../src/app.ts'
import { readConfig } from '../../src/platform/config.ts'
import { openStore, type Store } from '../../src/platform/db/store.ts'
import { drain } from '../../src/platform/events/drain.ts'
import { listGroupStates } from '../../src/platform/events/undone.ts'
import { createLog } from '../../src/platform/logging.ts'
import type { DoctorReport } from '../support/doctor.ts'
import { type Account, type Stage, until } from '../support/load.ts'
import { petshop, type Server, startServer } from '../support/server.ts'
import { tempDir } from '../support/temp-dir.ts'

type Settings = Readonly<Record<string, string>>

interface ProcessOptions {
  /** Wins over the fleet's own settings. */
  readonly env?: Settings
  readonly args?: readonly string[]
}

export interface Fleet {
  readonly stage: Stage
  /** What chooses its engines. */
  readonly env: Settings
  /** A reading connection beside the shop's own. */
  readonly store: Store
  /** An API process without background work. */
  serve(options?: ProcessOptions): Promise<Server>
  worker(options?: ProcessOptions): Promise<Server>
  /** Everything that `petshop doctor` finds wrong, by check; empty when all adds up. */
  findings(): Promise<Record<string, string[]>>
}

/** Whatever the environment of the tests says: a blank setting counts as none. */
const NO_ENGINES = { DATABASE_URL: '', REDIS_URL: '', KAFKA_BROKERS: '' }

/** Made with its people and products; gone with the test, and so are its processes. */
export async function makeFleet(
  engines: Settings,
  goods: { readonly buyers: number; readonly onHand: readonly number[] },
): Promise<Fleet> {
  const dataDir = tempDir()
  const env = { ...NO_ENGINES, PETSHOP_DATA_DIR: dataDir, ...engines }
  const config = readConfig(env)
  const stage = await fill(env, goods)
  const store = await openStore({ store: config.store, readOnly: true })
  const running: Server[] = []
  const start = async (command: 'serve' | 'worker', more: ProcessOptions = {}) => {
    const { args = [], env: settings } = more
    const server = await startServer({ command, args, dataDir, env: { ...env, ...settings } })
    running.push(server)
    return server
  }
  onTestFinished(async () => {
    await Promise.all(running.map((server) => server.kill9()))
    await store.close()
  })
  return {
    stage,
    env,
    store,
    serve: ({ env: settings = {}, args = [] } = {}) =>
      start('serve', { env: settings, args: ['--no-worker', ...args] }),
    worker: (options) => start('worker', options),
    findings: () => findingsOn(env),
  }
}

/** An owner, buyers, and products at 1 yuan; everybody is logged in, and nothing waits. */
async function fill(
  env: Settings,
  { buyers, onHand }: { readonly buyers: number; readonly onHand: readonly number[] },
): Promise<Stage> {
  const app = await openCore({ config: readConfig(env), log: createLog('silent') })
  const { store, clock } = app.core
  const now = clock.now()
  const names = ['owner', ...Array.from({ length: buyers }, (_, i) => `buyer${i + 1}`)]
  const people = names.map((username) => ({
    username,
    email: `${username}@example.com`,
    password: null,
    role: username === 'owner' ? ('owner' as const) : ('customer' as const),
  }))
  const ids = await app.users.createUsersBulk(people, now)
  const device = { user_agent: 'test', address: '127.0.0.1' }
  const accounts = await store.transaction(async (trx) => {
    const list: Account[] = []
    for (const [i, { role }] of people.entries()) {
      const user = { user_id: ids[i]!, role }
      const cause = { actor_id: user.user_id, request_id: null, now }
      const { token } = await app.users.openSession(trx, user, device, cause)
      list.push({ user_id: user.user_id, token })
    }
    return list
  })
  const products = await app.inventory.createProducts(
    { actor_id: ids[0]!, request_id: null, now },
    onHand.map((quantity, i) => ({
      sku: `P-${i + 1}`,
      product_name: `商品${i + 1}`,
      price_cents: 100,
      quantity,
    })),
  )
  await drain(
    app.core,
    app.modules.flatMap((module) => module.consumers),
  )
  await app.close()
  return {
    dataDir: env['PETSHOP_DATA_DIR']!,
    owner: accounts[0]!,
    buyers: accounts.slice(1),
    products,
  }
}

async function findingsOn(env: Settings): Promise<Record<string, string[]>> {
  const { stdout, stderr } = await petshop(['doctor', '--json'], env)
  if (stderr !== '') throw new Error(`the doctor complained: ${stderr}`)
  const { checks } = JSON.parse(stdout) as DoctorReport
  return Object.fromEntries(
    checks
      .filter(({ findings }) => findings.length > 0)
      .map(({ check, findings }) => [check, findings.map(({ message }) => message)]),
  )
}

/** How many deliveries are still to be made, whatever the log. */
export async function backlogOf({ store }: Fleet): Promise<number> {
  const groups = await listGroupStates(store.db)
  return groups.reduce((sum, { backlog, retrying }) => sum + backlog + retrying, 0)
}

/** How much was ever done, by all groups together. */
export async function progressOf({ store }: Fleet): Promise<number> {
  const groups = await store.db.selectFrom('consumer_groups').select('position').execute()
  return groups.reduce((sum, { position }) => sum + position, 0)
}

/** Which events there are at this moment. @returns says whether every group, but one, has done all of them */
async function pendingNow({ store }: Fleet, but = ''): Promise<() => Promise<boolean>> {
  const { db } = store
  const streams = await db
    .selectFrom('outbox')
    .select((eb) => ['stream', eb.fn.max('outbox_id').as('last')])
    .groupBy('stream')
    .execute()

  async function isDone({ stream, last }: (typeof streams)[number]): Promise<boolean> {
    const { place } = await db
      .selectFrom('consumer_groups')
      .select((eb) => eb.fn.min('position').as('place'))
      .where('stream', '=', stream)
      .where('group_name', '<>', but)
      .executeTakeFirstOrThrow()
    const left = await db
      .selectFrom('outbox')
      .select('outbox_id')
      .where('stream', '=', stream)
      .where('outbox_id', '<=', Number(last))
      .where((eb) => eb.or([eb('position', 'is', null), eb('position', '>', Number(place))]))
      .limit(1)
      .execute()
    return left.length === 0
  }

  return async () => {
    for (const stream of streams) if (!(await isDone(stream))) return false
    return true
  }
}

/** Waits until all groups, but one, have done what is there at this moment. @returns the milliseconds that took */
export async function timeToCatchUp(fleet: Fleet, but?: string): Promise<number> {
  const begun = performance.now()
  const isDone = await pendingNow(fleet, but)
  await until('what was pending is done', isDone, 30_000)
  return performance.now() - begun
}

export async function untilAllIsDone(fleet: Fleet): Promise<void> {
  await until('all events are done', async () => (await backlogOf(fleet)) === 0)
}

/** The process that relays; in SQLite it also has all the groups. */
export async function activeWorker({ store }: Fleet, workers: readonly Server[]): Promise<Server> {
  let found: Server | undefined
  await until('one of the workers is active', async () => {
    const lease = await store.db
      .selectFrom('leases')
      .select('owner')
      .where('name', '=', 'worker')
      .executeTakeFirst()
    const pid = Number(lease?.owner.split(':')[1])
    found = workers.find((worker) => worker.pid === pid)
    return found !== undefined
  })
  return found!
}
