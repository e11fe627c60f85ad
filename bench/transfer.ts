// Owns measuring a move: makes a large shop, moves it to a real server, and says how long it took and what it needed.
//
//   node bench/transfer.ts --orders 1000000 --to mariadb
//   node bench/transfer.ts --to postgres --shop bench/shop --kills 20
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { databasePath } from '../src/platform/db/store.ts'
import {
  createMariadbDatabase,
  createPostgresDatabase,
} from '../tests/support/engines/databases.ts'
import { startMariadb } from '../tests/support/engines/mariadb.ts'
import { startPostgres } from '../tests/support/engines/postgres.ts'
import { makeLargeShop } from './transfer-shop.ts'

const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '1000000' },
    to: { type: 'string', default: 'mariadb' },
    /** A folder to keep the shop in; where there is one, it is taken. */
    shop: { type: 'string' },
    /** Times that the transfer is killed on its way. */
    kills: { type: 'string', default: '0' },
  },
})

const MAIN = join(import.meta.dirname, '../src/main.js')
/** Between two kills: long enough to get somewhere. */
const LIFE_MS = 20_000

const dataDir = values.shop ?? mkdtempSync(join(tmpdir(), 'petshop-bench-'))
if (!existsSync(databasePath(dataDir))) await makeShop()
const engine = await (values.to === 'postgres' ? startPostgres() : startMariadb())
try {
  const create = values.to === 'postgres' ? createPostgresDatabase : createMariadbDatabase
  await measure((await create(engine.url)).url, engine.pid)
} finally {
  await engine.stop()
  if (values.shop === undefined) rmSync(dataDir, { recursive: true })
}

async function makeShop(): Promise<void> {
  const began = performance.now()
  const onProgress = (done: number, total: number) => {
    if (done % 50_000 === 0 || done === total) say(`made ${done} of ${total} orders`)
  }
  const orders = Number(values.orders)
  await makeLargeShop({ dataDir, orders, customers: 1000, products: 2000, onProgress })
  say(`the shop was made in ${seconds(began)}`)
}

async function measure(url: string, server: number): Promise<void> {
  for (let kills = Number(values.kills); kills > 0; kills--) {
    const { code } = await run(url, LIFE_MS * (0.5 + Math.random()))
    say(code === null ? 'killed' : 'it was done before it could be killed')
  }
  const began = performance.now()
  const before = cpuOf(server)
  const { code, memory, cpu } = await run(url, Infinity)
  say(`ended with ${code} after ${seconds(began)}`)
  say(`CPU seconds: ${cpu} of the transfer, ${cpuOf(server) - before} of the server`)
  say(`memory, MB, the most in each half minute: ${memory.join(' ')}`)
  process.exitCode = code ?? 1
}

interface Run {
  readonly code: number | null
  readonly memory: readonly number[]
  readonly cpu: number
}

async function run(url: string, lifeMs: number): Promise<Run> {
  const args = ['transfer', '--from', `sqlite:${databasePath(dataDir)}`, '--to', url]
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: 'inherit' })
  const pid = child.pid ?? 0
  const began = performance.now()
  const memory: number[] = []
  let cpu = 0
  const watch = setInterval(() => {
    const half = Math.floor((performance.now() - began) / 30_000)
    memory[half] = Math.max(memory[half] ?? 0, memoryOf(pid))
    cpu = Math.max(cpu, cpuOf(pid))
  }, 1000)
  const ended = once(child, 'close') as Promise<[number | null]>
  if (lifeMs < Infinity) {
    await Promise.race([ended, pause(lifeMs)])
    child.kill('SIGKILL')
  }
  const [code] = await ended
  clearInterval(watch)
  return { code, memory, cpu }
}

/** What a process has in memory, MB; 0 where the system doesn't tell. */
function memoryOf(pid: number): number {
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(about(pid, 'status'))?.[1] ?? 0) / 1024)
}

/** Seconds that a process and its children have used, those included that are gone. */
function cpuOf(pid: number): number {
  const ticks = (id: string | number) => {
    const [, ...fields] = about(id, 'stat').split(/.*\) /)
    const [, parent, ...rest] = (fields[0] ?? '').split(' ').map(Number)
    return {
      parent,
      own: (rest[9] ?? 0) + (rest[10] ?? 0),
      gone: (rest[11] ?? 0) + (rest[12] ?? 0),
    }
  }
  const children = readdirSync('/proc').filter((id) => /^\d+$/.test(id) && ticks(id).parent === pid)
  const { own, gone } = ticks(pid)
  const all = children.reduce((sum, id) => sum + ticks(id).own, own + gone)
  return Math.round(all / 100)
}

function about(pid: string | number, what: string): string {
  try {
    return readFileSync(`/proc/${pid}/${what}`, 'utf8')
  } catch {
    return ''
  }
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
