// Owns a shop of several processes that is operated on: filled, started process by process, asked how it does.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { largestBacklog, parseMetrics } from '../../bench/lib/metrics.ts'
import {
  type Folder,
  type Owned,
  runProcess,
  startProcess,
  temporaryFolder,
  waitFor,
} from '../../bench/lib/processes.ts'
import type { Account } from '../../bench/lib/scenario.ts'
import type { Seeded, SeedTask } from '../../bench/lib/seed-process.ts'
import { freePort } from '../../tests/support/engines/ports.ts'
import { root as here } from '../verify-deploy/tools.ts'

export type Settings = Readonly<Record<string, string>>

/** One API process; whatever takes its place listens on the same port. */
export interface Api {
  readonly port: number
  readonly url: string
  readonly pid: number
  /** SIGTERM, wait until it is gone, start, wait until it is ready. @param root the code that is started */
  restart(root?: string): Promise<void>
  stop(): Promise<void>
}

export interface Stage {
  readonly folder: string
  readonly env: Settings
  readonly customers: readonly Account[]
  readonly owner: Account
  api(root?: string): Promise<Api>
  worker(args?: readonly string[], root?: string): Promise<Owned>
  /** Runs `petshop` to its end. @throws what it says when it fails */
  petshop(args: readonly string[], root?: string): Promise<string>
  /** Events that the slowest group has still to do. */
  backlog(api: Pick<Api, 'url'>): Promise<number>
  /** The end of what all its processes have printed, for whoever looks for a reason. */
  lastWords(): string
  close(): Promise<void>
}

const CUSTOMERS = 40
const PRODUCTS = 100
const SECONDS = 120

/** Makes the shop with the code of `root`. @param engines what chooses database, Redis and event log */
export async function openStage(engines: Settings, root = here): Promise<Stage> {
  const folder = temporaryFolder()
  const env = {
    PETSHOP_LOG_LEVEL: 'info',
    PETSHOP_DATA_DIR: join(folder.path, 'data'),
    PETSHOP_WORKER_PORT: 'off',
    ...engines,
  }
  const { customers, staff } = await fill(folder, env, root)
  const running: Owned[] = []
  const logs: string[] = []
  const start = (name: string, args: readonly string[], code: string, more: Settings = {}) => {
    const logFile = join(folder.path, `${name}.log`)
    if (!logs.includes(logFile)) logs.push(logFile)
    // A file .env of the checkout is not for it: it looks for one where it is started.
    const owned = startProcess(process.execPath, [programOf(code), ...args], {
      env: { ...env, ...more },
      cwd: folder.path,
      logFile,
    })
    running.push(owned)
    return owned
  }
  return {
    folder: folder.path,
    env,
    customers,
    owner: accountOf(staff, 'owner'),
    api: (code = root) => openApi(start, code),
    async worker(args = [], code = root) {
      const name = `worker-${logs.length}`
      const owned = start(name, ['worker', ...args], code)
      await waitFor(owned, 'the worker runs', SECONDS, async () => owned.log().includes('running.'))
      return owned
    },
    petshop: (args, code = root) =>
      runProcess(process.execPath, [programOf(code), ...args], {
        env,
        cwd: folder.path,
        seconds: SECONDS,
      }),
    backlog: async ({ url }) => largestBacklog(parseMetrics(await textOf(`${url}/metrics`))),
    lastWords: () => logs.map((file) => `${file}:\n${tailOf(file)}`).join('\n'),
    async close() {
      await Promise.all(running.map((owned) => owned.stop()))
      folder.remove()
    },
  }
}

type Start = (name: string, args: readonly string[], root: string, more?: Settings) => Owned

async function openApi(start: Start, root: string): Promise<Api> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const open = async (code: string) => {
    const more = { PETSHOP_PORT: String(port), PETSHOP_TRUST_PROXY: 'loopback' }
    const owned = start(`api-${port}`, ['serve', '--no-worker'], code, more)
    await waitFor(owned, 'the API process is ready', SECONDS, () => isReady(url))
    return owned
  }
  let owned = await open(root)
  return {
    port,
    url,
    get pid() {
      return owned.pid
    },
    async restart(code = root) {
      await owned.stop()
      owned = await open(code)
    },
    stop: () => owned.stop(),
  }
}

/** Nobody logs in: hashing forty passwords would be most of the time. */
async function fill({ path }: Folder, env: Settings, root: string): Promise<Seeded> {
  const to = join(path, 'seeded.json')
  const task: SeedTask = {
    root,
    customers: CUSTOMERS,
    products: PRODUCTS,
    withPasswords: 0,
    existing: false,
    to,
  }
  const program = join(here, 'bench/lib/seed-process.ts')
  const seconds = SECONDS
  await runProcess(process.execPath, [program, JSON.stringify(task)], { env, cwd: path, seconds })
  return JSON.parse(readFileSync(to, 'utf8')) as Seeded
}

function accountOf(staff: Seeded['staff'], name: string): Account {
  const account = staff[name]
  if (!account) throw new Error(`the shop has no ${name}`)
  return account
}

export async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/readyz`)
    await response.arrayBuffer()
    return response.ok
  } catch {
    return false
  }
}

async function textOf(url: string): Promise<string> {
  return (await fetch(url)).text()
}

function tailOf(file: string): string {
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  return lines.slice(-5).join('\n')
}

/** Asks again and again until it is true. @returns the milliseconds it took @throws after `seconds` */
export async function until(
  what: string,
  isTrue: () => Promise<boolean> | boolean,
  seconds = 60,
): Promise<number> {
  const begun = performance.now()
  while (!(await isTrue())) {
    if (performance.now() - begun > seconds * 1000) throw new Error(`not in ${seconds} s: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return performance.now() - begun
}

/** Versions before this one began with another file. */
function programOf(code: string): string {
  const file = join(code, 'src/main.js')
  return existsSync(file) ? file : join(code, 'src/main.ts')
}
