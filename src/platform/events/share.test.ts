// Shows that workers share the groups out: all are held, by everybody about the same number, whoever comes or goes.
import { hostname } from 'node:os'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { testCore, type TestCore } from '../../../tests/support/core.ts'
import { createLease, LEASE_MS, type Lease } from './leases.ts'
import { createShare, type Share } from './share.ts'

// Leases of one machine look whether the other's process lives; here each worker has a machine of its own.
vi.mock(import('node:os'), async (original) => ({
  ...(await original()),
  hostname: vi.fn(() => 'here'),
}))

const GROUPS = Array.from({ length: 9 }, (_, i) => `group ${i}`)

let shop: TestCore
beforeEach(async () => {
  shop = await testCore()
})
afterEach(() => shop.close())

interface Worker {
  readonly groups: readonly string[]
  readonly share: Share
  readonly leases: readonly Lease[]
}

let machines = 0

function start(groups: readonly string[] = GROUPS): Worker {
  const { store } = shop.core
  const share = createShare(store, shop.clock, groups)
  vi.mocked(hostname).mockReturnValue(`machine ${++machines}`)
  const leases = groups.map((name) => createLease(store, shop.clock, name, share))
  return { groups, share, leases }
}

async function held({ leases }: Worker): Promise<boolean[]> {
  const holds: boolean[] = []
  for (const lease of leases) holds.push(await lease.hold())
  return holds
}

/** As their loops do, for a while. @returns how many groups each holds in the end */
async function run(workers: readonly Worker[], rounds = 8): Promise<number[]> {
  let counts: number[] = []
  for (let i = 0; i < rounds; i++) {
    shop.clock.advance(1600)
    const holds: boolean[][] = []
    for (const worker of workers) holds.push(await held(worker))
    const holders = GROUPS.map((_, group) => holds.filter((each) => each[group]).length)
    expect(Math.max(...holders), 'nobody shares a group').toBeLessThanOrEqual(1)
    counts = holds.map((each) => each.filter(Boolean).length)
  }
  return counts
}

test('a worker that is alone has all groups', async () => {
  expect(await run([start()], 1)).toEqual([9])
})

test('one that comes later gets its part, and everything when the others are gone', async () => {
  const [one, two, three] = [start(), start(), start()]
  expect(await run([one], 2)).toEqual([9])
  expect((await run([one, two])).toSorted()).toEqual([4, 5])
  expect(await run([one, two, three])).toEqual([3, 3, 3])

  for (const lease of one.leases) await lease.release()
  await one.share.leave()
  expect((await run([two, three], 3)).toSorted()).toEqual([4, 5])
  // The second dies without a word.
  shop.clock.advance(LEASE_MS)
  expect(await run([three], 2)).toEqual([9])
})

test('more workers than groups leave some without any, and no group alone', async () => {
  const workers = Array.from({ length: 12 }, () => start())
  const counts = await run(workers)
  expect(counts.reduce((sum, n) => sum + n, 0)).toBe(9)
  expect(Math.max(...counts)).toBe(1)
})

test('a worker that leaves groups out is not counted on for them', async () => {
  const [all, last, rest] = [start(), start(GROUPS.slice(8)), start(GROUPS.slice(0, 8))]
  for (const workers of [
    [all, last],
    [rest, last],
    [all, rest, last],
  ]) {
    for (let i = 0; i < 6; i++) {
      shop.clock.advance(1600)
      for (const worker of workers) await held(worker)
    }
    const names: string[] = []
    for (const worker of workers) {
      const holds = await held(worker)
      names.push(...worker.groups.filter((_, i) => holds[i]))
    }
    expect(names.toSorted()).toEqual(GROUPS)
  }
})
