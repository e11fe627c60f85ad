// Shows that a full disk is told to callers and nothing else: reads go on, no order is lost, and room ends it at once.
import { spawnSync } from 'node:child_process'
import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { findingsOf } from '../support/doctor.ts'
import { makeStage, type Outcome, placeOrder, until } from '../support/load.ts'
import { startServer } from '../support/server.ts'
import { tempDir } from '../support/temp-dir.ts'
import { openFolder } from '../support/open-folder.ts'

const MEGABYTES = 48
/** Without a restart, and without anybody's help. */
const RESUMES_MS = 5000
const MINUTE = 60_000

const dataDir = tempDir()
/** Only who administers the machine may mount a file system; everybody else's disk is as large as it is. */
const isMounted =
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${MEGABYTES}m`, 'tmpfs', dataDir]).status === 0
afterAll(() => {
  if (isMounted) spawnSync('umount', ['--lazy', dataDir])
})

/** Takes all the room there is, however little. */
function fill(): string {
  const path = join(dataDir, 'somebody-elses')
  const file = openSync(path, 'a')
  for (let bytes = 64 * 1024; bytes >= 512;) {
    try {
      writeSync(file, Buffer.alloc(bytes))
    } catch {
      bytes /= 2
    }
  }
  closeSync(file)
  return path
}

const told = ({ status, body }: Exclude<Outcome, 'unknown'>) =>
  `${status} ${body.error?.code ?? ''}`

test(
  'a disk that is full under load refuses orders, serves reads, and goes on when there is room',
  async () => {
    if (!isMounted) return
    const stage = await makeStage(dataDir, { buyers: 4, onHand: [1_000_000] })
    const server = await startServer({ dataDir })
    const acknowledged: number[] = []
    const refusals = new Map<string, number>()
    let isOver = false
    let lastSuccess = 0
    const buyers = stage.buyers.map(async (buyer) => {
      while (!isOver) {
        const items = [{ product_id: stage.products[0]!, quantity: 1 }]
        const outcome = await placeOrder(server.url, buyer, items)
        if (outcome === 'unknown') refusals.set('unknown', 1)
        else if (outcome.status === 201) {
          acknowledged.push(outcome.body.order_id!)
          lastSuccess = performance.now()
        } else refusals.set(told(outcome), (refusals.get(told(outcome)) ?? 0) + 1)
      }
    })
    await until('orders are placed', () => acknowledged.length > 50)

    const filler = fill()
    await until('orders are refused', () => (refusals.get('507 STORAGE_FULL') ?? 0) > 20)
    const reads = ['/api/inventory', '/healthz', '/api/orders']
    for (const path of [...reads, ...reads]) {
      const headers = { authorization: `Bearer ${stage.buyers[0]!.token}` }
      expect((await fetch(`${server.url}${path}`, { headers })).status, path).toBe(200)
    }
    const before = acknowledged.length

    rmSync(filler)
    const roomAt = performance.now()
    await until(
      'orders are placed again',
      () => acknowledged.length > before && lastSuccess > roomAt,
    )
    expect(lastSuccess - roomAt).toBeLessThan(RESUMES_MS)
    await until('business is as usual', () => acknowledged.length > before + 50)
    isOver = true
    await Promise.all(buyers)

    // Clean: each refusal said what it was, and nobody was left without an answer.
    expect([...refusals.keys()].filter((what) => !/^50[37] /.test(what))).toEqual([])
    expect(await server.stop()).toEqual({ code: 0, signal: null })
    const store = await openFolder(dataDir, { readOnly: true })
    const rows = await store.db.selectFrom('orders').select('order_id').execute()
    await store.close()
    const there = new Set(rows.map((row) => row.order_id))
    expect(acknowledged.filter((id) => !there.has(id))).toEqual([])
    expect(there.size).toBe(acknowledged.length)
    expect(await findingsOf(dataDir)).toEqual({})
  },
  3 * MINUTE,
)
