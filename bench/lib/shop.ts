// Owns a shop that is measured: seeded in a folder, started as its own process, asked how it does.
import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../../tests/support/engines/ports.ts'
import { largestBacklog, parseMetrics, sumOf } from './metrics.ts'
import { isAnswering, type Owned, runProcess, startProcess, waitFor } from './processes.ts'
import type { Account, Shop, ShopOptions } from './scenario.ts'
import type { Seeded, SeedTask } from './seed-process.ts'

const HERE = resolve(import.meta.dirname, '../..')
const SEED_SECONDS = 300
const START_SECONDS = 120
const SETTLE_SECONDS = 120
const LOOK_MS = 50

interface Start {
  readonly root: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly folder: string
  readonly url: string
}

interface Started {
  readonly owned: Owned
  readonly readyMs: number
}

/** @param folder empty, and the shop's own */
export async function startShop(folder: string, options: ShopOptions = {}): Promise<Shop> {
  const { root = HERE, from, args = [] } = options
  const dataDir = join(folder, 'data')
  mkdirSync(dataDir, { recursive: true })
  if (from !== undefined) copyShop(from, dataDir)
  const port = await freePort()
  const env = {
    PETSHOP_LOG_LEVEL: 'info',
    ...options.env,
    PETSHOP_DATA_DIR: dataDir,
    PETSHOP_HOST: '127.0.0.1',
    PETSHOP_PORT: String(port),
  }
  const seeded = await seed(folder, root, env, options)
  const start: Start = { root, args, env, folder, url: `http://127.0.0.1:${port}` }
  return describeShop(start, await spawnShop(start), seeded, dataDir)
}

async function spawnShop({ root, args, env, folder, url }: Start): Promise<Started> {
  const begin = performance.now()
  const owned = startProcess(process.execPath, [join(root, 'src/main.js'), 'serve', ...args], {
    env,
    cwd: folder, // a file .env of the checkout is not for it
    logFile: join(folder, 'shop.log'),
  })
  await waitFor(owned, 'the shop is ready', START_SECONDS, () => isAnswering(`${url}/readyz`))
  return { owned, readyMs: performance.now() - begin }
}

async function seed(
  folder: string,
  root: string,
  env: Readonly<Record<string, string>>,
  options: ShopOptions,
): Promise<Seeded> {
  const { customers = 1000, products = 2000, withPasswords = 0, from } = options
  const to = join(folder, 'seeded.json')
  const existing = from !== undefined
  const task: SeedTask = { root, customers, products, withPasswords, existing, to }
  const program = join(import.meta.dirname, 'seed-process.ts')
  await runProcess(process.execPath, [program, JSON.stringify(task)], {
    env,
    cwd: folder,
    seconds: SEED_SECONDS,
  })
  return JSON.parse(readFileSync(to, 'utf8')) as Seeded
}

function copyShop(from: string, to: string): void {
  for (const name of ['petshop.db', 'petshop.db-wal']) {
    const file = join(from, name)
    // Where the file system can, it shares the blocks: gigabytes in no time.
    if (existsSync(file)) copyFileSync(file, join(to, name), constants.COPYFILE_FICLONE)
  }
}

function describeShop(start: Start, first: Started, seeded: Seeded, dataDir: string): Shop {
  const { url, folder } = start
  const { customers, staff, products } = seeded
  const tokensFile = join(folder, 'tokens')
  writeFileSync(tokensFile, customers.map((c) => `${c.token}\t${c.user_id}\n`).join(''))
  let started = first
  return {
    ...questions(url),
    url,
    get pid() {
      return started.owned.pid
    },
    get readyMs() {
      return started.readyMs
    },
    dataDir,
    customers,
    staff: {
      owner: accountOf(staff, 'owner'),
      manager: accountOf(staff, 'manager'),
      clerk1: accountOf(staff, 'clerk1'),
      clerk2: accountOf(staff, 'clerk2'),
    },
    products,
    tokensFile,
    log: () => started.owned.log(),
    stop: () => started.owned.stop(),
    async restart() {
      await started.owned.stop()
      started = await spawnShop(start)
    },
  }
}

function questions(url: string): Pick<Shop, 'metrics' | 'backlog' | 'settled'> {
  const metrics = async () => parseMetrics(await (await fetch(`${url}/metrics`)).text())
  return {
    metrics,
    backlog: async () => largestBacklog(await metrics()),
    async settled(withinSeconds = SETTLE_SECONDS) {
      const begin = performance.now()
      for (;;) {
        const now = await metrics()
        const seconds = (performance.now() - begin) / 1000
        if (largestBacklog(now) + sumOf(now, 'petshop_order_queue_waiting') === 0) return seconds
        if (seconds > withinSeconds) return null
        await pause(LOOK_MS)
      }
    },
  }
}

function accountOf(staff: Seeded['staff'], name: string): Account {
  const account = staff[name]
  if (!account) throw new Error(`the shop has no ${name}`)
  return account
}
