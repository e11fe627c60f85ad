// Owns a shop of several processes on any engines: filled before they start, watched through its own database.
import { readConfig } from '../../src/platform/config.ts'
import { openStore, type Store } from '../../src/platform/db/store.ts'
import { listGroupStates } from '../../src/platform/events/undone.ts'
import { type Goods, makeStage, type Stage, until } from './load.ts'
import { petshop, type Server, startProgram } from './program.ts'

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
  /** The shop as most people run it: one process does everything. */
  whole(options?: ProcessOptions): Promise<Server>
  /** An API process without background work. */
  serve(options?: ProcessOptions): Promise<Server>
  worker(options?: ProcessOptions): Promise<Server>
  /** Everything that `petshop doctor` finds wrong, by check; empty when all adds up. */
  findings(): Promise<Record<string, string[]>>
  /** Kills its processes. */
  close(): Promise<void>
}

export interface FleetOptions extends Goods {
  /** Where its file is, or whatever else it keeps on the disk. */
  readonly dataDir: string
  readonly engines: Settings
  /** What its processes are told besides: the way to the same engines, as through a proxy. */
  readonly processes?: Settings
  readonly detached?: boolean
}

/** Whatever the environment says: a blank setting counts as none. */
const NO_ENGINES = { DATABASE_URL: '', REDIS_URL: '', KAFKA_BROKERS: '' }

/** Made with its people and products. */
export async function openFleet(options: FleetOptions): Promise<Fleet> {
  const { dataDir, engines, detached = false, processes = {} } = options
  const env = { ...NO_ENGINES, PETSHOP_DATA_DIR: dataDir, ...engines }
  const stage = await makeStage(dataDir, options, env)
  const store = await openStore({ store: readConfig(env).store, readOnly: true })
  const started: Promise<Server>[] = []
  const start = (command: 'serve' | 'worker', more: ProcessOptions = {}) => {
    const { args = [], env: settings } = more
    const all = { ...env, ...processes, ...settings }
    const server = startProgram({ command, args, dataDir, env: all, detached })
    started.push(server)
    return server
  }
  return {
    stage,
    env,
    store,
    whole: (options) => start('serve', options),
    serve: ({ env: settings = {}, args = [] } = {}) =>
      start('serve', { env: settings, args: ['--no-worker', ...args] }),
    worker: (options) => start('worker', options),
    findings: () => findingsOn(env, detached),
    async close() {
      // Those that are still starting too: they would write into a folder that is about to go.
      const ends = started.map(async (server) => (await server).kill9())
      await Promise.allSettled(ends)
      await store.close()
    },
  }
}

/** What `petshop doctor --json` prints, as far as it matters here. */
interface Report {
  readonly checks: readonly {
    readonly check: string
    readonly findings: readonly { readonly message: string }[]
  }[]
}

async function findingsOn(env: Settings, detached: boolean): Promise<Record<string, string[]>> {
  const { stdout, stderr } = await petshop(['doctor', '--json'], env, detached)
  if (stderr !== '') throw new Error(`the doctor complained: ${stderr}`)
  const { checks } = JSON.parse(stdout) as Report
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
export async function timeToCatchUp(fleet: Fleet, but?: string, mostMs = 30_000): Promise<number> {
  const begun = performance.now()
  const isDone = await pendingNow(fleet, but)
  await until('what was pending is done', isDone, mostMs)
  return performance.now() - begun
}

export async function untilAllIsDone(fleet: Fleet, mostMs?: number): Promise<void> {
  await until('all events are done', async () => (await backlogOf(fleet)) === 0, mostMs)
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
