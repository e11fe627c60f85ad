// Shows that a transfer may be killed at any moment: the same command goes on, and in the end nothing is missing.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeLargeShop } from '../../bench/transfer-shop.ts'
import { createRandom } from '../../src/demo/random.ts'
import { databasePath } from '../../src/platform/db/store.ts'
import { findMarker } from '../../src/platform/db/transfer/marker.ts'
import type { TransferReport } from '../../src/platform/db/transfer/transfer.ts'
import {
  dropDatabases,
  freshUrl,
  type Kind,
  missing,
  onStore,
  openMoved,
  spoil,
  verify,
} from '../contract/transfer-shop.ts'
import { anySeed } from '../support/load.ts'
import { petshop, startServer } from '../support/server.ts'
import { tempDir } from '../support/temp-dir.ts'

/** `KILLS=20 npx vitest run --project faults tests/faults/transfer.test.ts`: as often as promised. */
const KILLS = Number(process.env['KILLS'] ?? 7)
/** Of them at least so many in the middle of the copy, or it was no test. */
const MIDWAY = 3
const MINUTES = 60_000
const MAIN = join(import.meta.dirname, '../../src/main.js')

const seed = anySeed()
const replay = `SEED=${seed} repeats its delays`

let from: string
beforeAll(async () => {
  const dataDir = tempDir()
  await makeLargeShop({ dataDir, orders: 2000, customers: 100, products: 200 })
  from = `sqlite:${databasePath(dataDir)}`
}, 2 * MINUTES)

const running = new Set<ChildProcess>()
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL')
  await dropDatabases()
})

interface Run {
  readonly child: ChildProcess
  /** Its report; null when it was killed. Fails when it ended badly. */
  readonly report: Promise<TransferReport | null>
}

function start(to: string): Run {
  const child = spawn(process.execPath, [MAIN, 'transfer', '--from', from, '--to', to, '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  const finished = async () => {
    const [out, complaints] = [text(child.stdout), text(child.stderr)]
    const [code, signal] = (await once(child, 'close')) as [number | null, string | null]
    running.delete(child)
    if (signal !== null) return null
    if (code !== 0) throw new Error(`it ended with ${code}: ${await complaints}`)
    return JSON.parse(await out) as TransferReport
  }
  return { child, report: finished() }
}

/** Rows that are there for good; null when nothing has begun, or all is done. */
async function rowsThere(url: string): Promise<number | null> {
  const marker = await onStore(url, findMarker)
  return marker && !marker.finished ? marker.progress.rows : null
}

const KINDS: readonly Kind[] = ['mariadb', 'postgres', 'sqlite']

describe.each(KINDS)(`a transfer to [%s] that is killed ${KILLS} times`, (kind) => {
  const reason = missing(kind)
  if (reason !== undefined) return test('not run', ({ skip }) => skip(reason))

  test(
    'at random moments goes on, and everything is there',
    async () => {
      const random = createRandom(seed)
      const began = performance.now()
      const whole = await start(await freshUrl(kind)).report
      const longest = performance.now() - began
      let url = await freshUrl(kind)
      let before = 0
      let midway = 0
      for (let kills = 0; kills < KILLS || midway < MIDWAY;) {
        const run = start(url)
        await Promise.race([run.report, pause(random.between(0, longest))])
        run.child.kill('SIGKILL')
        const report = await run.report
        if (report) {
          expect(report.tables, replay).toEqual(whole?.tables)
          url = await freshUrl(kind)
          before = 0
          continue
        }
        kills++
        const rows = await rowsThere(url)
        if (rows === null) continue
        // What was committed is never copied again, and nobody opens what isn't whole.
        expect(rows, replay).toBeGreaterThanOrEqual(before)
        await expect(openMoved(url)).rejects.toMatchObject({ exitCode: 65 })
        if (rows > before) midway++
        before = rows
      }
      const last = await start(url).report
      expect(last?.tables, replay).toEqual(whole?.tables)
      expect((await verify(from, url)).equal).toBe(true)
      const doctor = await petshop(['doctor', '--json'], { DATABASE_URL: url })
      expect(doctor.code, doctor.stdout).toBe(0)
    },
    10 * MINUTES,
  )
})

describe('[sqlite] a shop that is running', () => {
  test('is not moved; killed, it is, a moment later', async () => {
    const server = await startServer()
    const source = `sqlite:${databasePath(server.dataDir)}`
    const args = ['transfer', '--from', source, '--to', await freshUrl('sqlite')]
    const refused = await petshop(args)
    expect([refused.code, refused.stderr]).toEqual([
      69,
      expect.stringContaining(`is open (process ${server.pid} on `),
    ])
    // A copy of it is, to rehearse.
    const copy = join(tempDir(), 'copy.db')
    await spoil(source, `vacuum into '${copy}'`)
    const to = await freshUrl('sqlite')
    const rehearsal = await petshop(['transfer', '--from', `sqlite:${copy}`, '--to', to])
    expect(rehearsal).toMatchObject({ code: 0 })
    await server.kill9()
    expect(await petshop(args)).toMatchObject({ code: 0 })
  })
})
