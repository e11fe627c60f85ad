// Shows that a group applies each event once, in whatever order and however often it is handed out.
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { acceptEvents, registerGroups } from '../../src/platform/events/progress.ts'
import { testCore, type TestCore } from '../support/core.ts'
import { describeStores } from '../support/describe-stores.ts'
import type { Stack } from '../support/stack.ts'

const HEAD = 400

describeStores('what a group has done', (fresh) => {
  let stack: Stack
  let shop: TestCore
  let group = ''
  let groups = 0

  beforeAll(async () => {
    stack = await fresh()
    shop = await testCore({ env: stack.env })
  })
  afterAll(async () => {
    await shop.close()
    await stack.drop()
  })
  beforeEach(newGroup)

  async function newGroup(): Promise<void> {
    group = `group-${++groups}`
    await registerGroups(shop.core.store, [
      { name: group, stream: 'orders', types: [], handle: () => Promise.resolve() },
    ])
  }

  const accept = (positions: readonly number[]) =>
    shop.core.store.transaction(async (trx) => {
      const events = positions.map((position) => ({ position }))
      return (await acceptEvents(shop.core.store, trx, group, events)).map((e) => e.position)
    })

  const place = async () => {
    const { db } = shop.core.store
    const row = await db
      .selectFrom('consumer_groups')
      .select('position')
      .where('group_name', '=', group)
      .executeTakeFirstOrThrow()
    return row.position
  }

  const marks = async () => {
    const rows = await shop.core.store.db
      .selectFrom('applied_events')
      .select('position')
      .where('group_name', '=', group)
      .orderBy('position')
      .execute()
    return rows.map((row) => row.position)
  }

  test('moves its place over events that come in turn, and keeps no mark of them', async () => {
    expect(await accept([1, 2, 3])).toEqual([1, 2, 3])
    expect(await accept([4])).toEqual([4])
    expect(await place()).toBe(4)
    expect(await marks()).toEqual([])
  })

  test('marks what comes out of turn, and moves over it once the gap is closed', async () => {
    expect(await accept([3, 4])).toEqual([3, 4])
    expect(await accept([6])).toEqual([6])
    expect([await place(), await marks()]).toEqual([0, [3, 4, 6]])
    expect(await accept([1, 2])).toEqual([1, 2])
    expect([await place(), await marks()]).toEqual([4, [6]])
    expect(await accept([4, 5, 6, 7])).toEqual([5, 7])
    expect([await place(), await marks()]).toEqual([7, []])
  })

  test('moves over more than one step of what was done out of turn', async () => {
    const beyond = Array.from({ length: 2500 }, (_, i) => i + 2)
    await accept(beyond)
    expect(await accept([1])).toEqual([1])
    expect([await place(), await marks()]).toEqual([2501, []])
  })

  test('counts an event that stands twice in a batch once', async () => {
    expect(await accept([1, 1, 2, 1])).toEqual([1, 2])
  })

  test('finds each event new exactly once, in any order and with any repetition', async () => {
    const batch = fc.array(fc.integer({ min: 1, max: HEAD }), { minLength: 1, maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(fc.array(batch, { maxLength: 12 }), async (batches) => {
        await newGroup()
        const seen = new Set<number>()
        for (const positions of batches) {
          for (const position of await accept(positions)) {
            expect(seen.has(position)).toBe(false)
            seen.add(position)
          }
          for (const position of positions) expect(seen.has(position)).toBe(true)
          const here = await place()
          expect(Array.from({ length: here }, (_, i) => i + 1).every((n) => seen.has(n))).toBe(true)
          expect(seen.has(here + 1)).toBe(false)
        }
      }),
      { numRuns: 25 },
    )
  })

  test('lets one of two workers who were handed the same events apply them', async () => {
    const results = await Promise.all([accept([1, 2, 3]), accept([2, 3, 4]), accept([1, 2, 3, 4])])
    expect(results.flat().sort()).toEqual([1, 2, 3, 4])
    expect(await place()).toBe(4)
  })

  test('has done nothing when the effect is rolled back', async () => {
    const { store } = shop.core
    const failed = store.transaction(async (trx) => {
      await acceptEvents(store, trx, group, [{ position: 1 }])
      throw new Error('no effect')
    })
    await expect(failed).rejects.toThrow('no effect')
    expect(await accept([1])).toEqual([1])
  })
})
