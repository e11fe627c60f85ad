// Shows that guessing is slowed down by the same rules in memory and in Redis, and in Redis for all processes together.
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createBackOff, createQuota } from '../../src/modules/users/back-off.ts'
import {
  createLocalCounts,
  createLocalFailures,
  MOST_KEYS,
} from '../../src/modules/users/local-limits.ts'
import { createSharedCounts, createSharedFailures } from '../../src/modules/users/shared-limits.ts'
import { describeEngine } from '../support/engines/describe.ts'
import { openSpace, type RedisSpace } from './cache-harness.ts'

const MINUTE = 60_000
const wrong = () => new Promise<null>((resolve) => setImmediate(() => resolve(null)))
const right = () => Promise.resolve('in')

describeEngine('redis', 'shared limits', (url) => {
  let space: RedisSpace
  let names = 0
  beforeEach(async () => {
    space = await openSpace(url)
  })
  afterEach(() => space.close())

  const key = fc.constantFrom('one', 'other')
  /** Milliseconds since the step before; clocks are set back, too. */
  const later = fc.oneof(
    fc.integer({ min: 0, max: 3000 }),
    fc.integer({ min: 0, max: 70 * MINUTE }),
    fc.integer({ min: -2 * MINUTE, max: 0 }),
  )

  test('make everybody wait exactly as long as in memory, whatever happens in whatever order', async () => {
    const redis = await space.connect()
    const what = fc.constantFrom('fail', 'fail', 'fail', 'break off', 'succeed')
    const steps = fc.array(fc.record({ key, later, what }), { maxLength: 25 })
    const run = fc.asyncProperty(steps, async (list) => {
      const local = createLocalFailures()
      const shared = createSharedFailures(redis, `failures ${names++}`)
      let now = Date.UTC(2026, 0, 1)
      for (const step of list) {
        now += step.later
        const waits = await Promise.all(
          [local, shared].map(async (book) => {
            const wait = await book.begin(step.key, now)
            if (wait > 0 || step.what === 'fail') return wait
            await (step.what === 'succeed' ? book.forget(step.key) : book.takeBack(step.key))
            return wait
          }),
        )
        expect(waits[1]).toBe(waits[0])
      }
    })
    await fc.assert(run, { numRuns: 60 })
  })

  test('count to the same number a minute', async () => {
    const redis = await space.connect()
    const what = fc.constantFrom('take', 'take', 'left', 'count')
    const steps = fc.array(fc.record({ key, later, what }), { maxLength: 30 })
    const run = fc.asyncProperty(steps, async (list) => {
      const local = createLocalCounts(3)
      const shared = createSharedCounts(redis, `counts ${names++}`, 3)
      let now = Date.UTC(2026, 0, 1)
      for (const step of list) {
        now += step.later
        const [here, there] = await Promise.all(
          [local, shared].map((book) => book[step.what](step.key, now)),
        )
        expect(there).toBe(here)
      }
    })
    await fc.assert(run, { numRuns: 60 })
  })

  test('look at no more guesses in several processes than in one', async () => {
    const [one, other] = [await space.connect(), await space.connect()]
    const processes = [createBackOff(one, 'failures'), createBackOff(other, 'failures')]
    let looked = 0
    const guess = (_: unknown, i: number) =>
      processes[i % 2]!.attempt('somebody', 1000, () => {
        looked++
        return wrong()
      })
    const outcomes = await Promise.allSettled(Array.from({ length: 80 }, guess))
    expect(looked).toBe(5)
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(75)
    await expect(processes[0]!.attempt('somebody else', 1000, right)).resolves.toBe('in')
  })

  test('a success in one process forgets the failures in the other', async () => {
    const [one, other] = [await space.connect(), await space.connect()]
    const [here, there] = [createBackOff(one, 'failures'), createBackOff(other, 'failures')]
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 4; i++) await here.attempt('somebody', 1000, wrong)
      expect(await there.attempt('somebody', 1000, right)).toBe('in')
    }
  })

  test('registrations from one address are counted in all processes together', async () => {
    const [one, other] = [await space.connect(), await space.connect()]
    const [here, there] = [createQuota(one, 'new', 5), createQuota(other, 'new', 5)]
    const waits = await Promise.all(
      Array.from({ length: 20 }, (_, i) => (i % 2 ? here : there).take('203.0.113.9', 1000)),
    )
    expect(waits.filter((wait) => wait === 0)).toHaveLength(5)
    expect(await there.left('203.0.113.9', 1000)).toBe(MINUTE)
  })

  test('hold in each process while Redis is away, and no attempt fails because of it', async () => {
    const redis = await space.connect()
    await redis.close()
    const failures = createBackOff(redis, 'failures')
    for (let i = 0; i < 5; i++) expect(await failures.attempt('somebody', 1000, wrong)).toBe(null)
    await expect(failures.attempt('somebody', 1000, right)).rejects.toThrow('TOO_MANY_FAILURES')
    expect(await failures.attempt('somebody', 1000 + MINUTE, right)).toBe('in')
    const quota = createQuota(redis, 'new', 1)
    expect([await quota.take('a', 0), await quota.take('a', 0)]).toEqual([0, MINUTE])
  })

  test('forget who was counted longest ago: a flood of names fills nothing', async () => {
    const redis = await space.connect()
    const failures = createSharedFailures(redis, 'failures')
    for (let i = 0; i < 5; i++) await failures.begin('the first', 1000)
    const flood = Array.from({ length: MOST_KEYS - 1 }, (_, i) => `name ${i}`)
    for (let i = 0; i < flood.length; i += 2000) {
      await Promise.all(flood.slice(i, i + 2000).map((name) => failures.begin(name, 1000)))
    }
    expect(await failures.begin('the first', 1000)).toBe(1000)
    await failures.begin('one more', 1000)
    const [values, order] = (await space.keys()).toSorted()
    expect([await space.raw.hLen(values!), await space.raw.zCard(order!)]).toEqual([
      MOST_KEYS,
      MOST_KEYS,
    ])
    expect(await failures.begin('the first', 1000)).toBe(0)
    for (const name of [values, order]) {
      expect(await space.raw.pTTL(name!)).toBeGreaterThan(59 * MINUTE)
    }
  })

  test('keep neither names nor addresses in Redis', async () => {
    const redis = await space.connect()
    await createSharedFailures(redis, 'failures').begin('小猫 from 203.0.113.9', 1000)
    const [values] = (await space.keys()).toSorted()
    expect(JSON.stringify(await space.raw.hGetAll(values!))).not.toMatch(/小猫|203/)
  })
})
