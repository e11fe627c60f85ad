// Shows that a power cut takes no acknowledged order with it. `npm run power-cut -- --cuts 200` is the long form.
import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { recordShop } from '../../scripts/power-cut/record.ts'
import { cutPower } from '../../scripts/power-cut/replay.ts'
import { anySeed } from '../support/load.ts'
import { tempDir } from '../support/temp-dir.ts'

const CUTS = 8
const ORDERS = 60
const MINUTES = 60_000

const seed = anySeed()
/** What records the writes; where it isn't installed there is nothing to replay. */
const canRecord = spawnSync('strace', ['-V']).status === 0

async function cut(synchronous: 'full' | 'normal') {
  const folder = tempDir()
  const recording = await recordShop({ folder, orders: ORDERS, seed, synchronous })
  expect(recording.answered).toBe(ORDERS)
  return cutPower(recording, { folder, cuts: CUTS, seed })
}

test.each(canRecord ? (['full', 'normal'] as const) : [])(
  'SQLite with synchronous = %s',
  async (synchronous) => {
    const result = await cut(synchronous)
    expect(result.cuts).toBe(CUTS)
    expect(result.acknowledged).toBeGreaterThan(CUTS)
    expect(result.wrong, `SEED=${seed} repeats it`).toEqual([])
    if (synchronous === 'full') expect(result.lost, `SEED=${seed} repeats it`).toEqual([])
    // The negative control: without its syncs the log is not on the disk when the answer leaves.
    else expect(result.lost.length).toBeGreaterThan(0)
  },
  3 * MINUTES,
)

test('the disk keeps what was synced, and of the rest what it likes', async () => {
  const { createDisk } = await import('../../scripts/power-cut/disk.ts')
  const { createRandom } = await import('../../src/demo/random.ts')
  const disk = createDisk(new Map([['f', Buffer.from('aaaa')]]))
  const write = (at: number, text: string) =>
    ({ kind: 'write', file: 'f', at, bytes: Buffer.from(text) }) as const
  disk.take(write(0, 'b'), 0)
  disk.take(write(6, 'c'), 1)
  // It began after the first write and before the second.
  disk.take({ kind: 'sync', file: 'f', upTo: 1 }, 2)
  const seen = new Set<string>()
  for (let i = 0; i < 50; i++) {
    const { images, unsynced } = disk.afterCut(createRandom(i))
    expect(unsynced).toBe(true)
    seen.add(images.get('f')!.toString('latin1'))
  }
  expect([...seen].toSorted()).toEqual(['baaa', 'baaa\0\0', 'baaa\0\0c'].filter((t) => seen.has(t)))
  expect(seen.has('baaa') && seen.has('baaa\0\0c')).toBe(true)
  disk.take({ kind: 'truncate', file: 'f', size: 2 }, 3)
  disk.take({ kind: 'sync', file: 'f', upTo: 4 }, 4)
  expect(disk.afterCut(createRandom(1)).images.get('f')!.toString()).toBe('ba')
})
