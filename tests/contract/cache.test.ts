// Shows what every cache promises: a version never goes backwards, what was removed stays away, nothing ever fails.
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Cache, FOR_GOOD } from '../../src/platform/cache/cache.ts'
import { describeEngine } from '../support/engines/describe.ts'
import { until } from '../support/load.ts'
import {
  fill,
  openProcess,
  openSpace,
  type Process,
  type RedisSpace,
  untilReady,
} from './cache-harness.ts'

type Thing = string | number | object

function suite(open: (options?: { most?: number; lifeMs?: number }) => Promise<Process<Thing>>) {
  let cache: Cache<Thing>
  let caches: Process<Thing>['caches']
  beforeEach(async () => {
    ;({ cache, caches } = await open())
  })

  const valueOf = async (key: string, of = cache) => (await of.get(key)).value

  test('gives out what was put, to the last character, and nothing else', async () => {
    const values = { '': 'empty', 'a b': { text: '狗粮 🐕 "x"', list: [1, null] }, 'a:b\n*': 0 }
    for (const [key, value] of Object.entries(values)) {
      expect(await valueOf(key)).toBeUndefined()
      await fill(cache, key, value, 1)
    }
    for (const [key, value] of Object.entries(values)) expect(await valueOf(key)).toEqual(value)
    expect(await valueOf('a')).toBeUndefined()
  })

  test('counts hits and misses by name', async () => {
    const before = caches.counts()[0]!
    await fill(cache, 'a', 1, 1)
    for (let i = 0; i < 3; i++) await cache.get('a')
    const [{ hits, misses, errors, name } = before] = caches.counts()
    expect([name, hits - before.hits, misses - before.misses, errors - before.errors]).toEqual([
      'things',
      3,
      1,
      0,
    ])
  })

  test('gives out several at once, in the order asked for, with tickets for those it lacks', async () => {
    await fill(cache, 'a', 1, 1)
    await fill(cache, 'c', 3, 1)
    const before = caches.counts()[0]!
    const found = await cache.getAll(['c', 'b', 'a', 'c'])
    expect(found.map(({ value }) => value)).toEqual([3, undefined, 1, 3])
    expect(await cache.getAll([])).toEqual([])
    const { hits, misses } = caches.counts()[0]!
    expect([hits - before.hits, misses - before.misses]).toEqual([3, 1])
    await cache.put(found[1]!.ticket, 2, 1)
    expect(await valueOf('b')).toBe(2)
  })

  test('takes the same or a newer version, never an older one', async () => {
    const { ticket } = await cache.get('a')
    await cache.put(ticket, 'two', 2)
    await cache.put(ticket, 'one', 1)
    expect(await valueOf('a')).toBe('two')
    await cache.put(ticket, 'two again', 2)
    expect(await valueOf('a')).toBe('two again')
    await cache.put(ticket, 'three', 3)
    expect(await valueOf('a')).toBe('three')
  })

  test('what was removed is gone, and whoever read it before cannot put it back', async () => {
    const { ticket } = await cache.get('a')
    await cache.put(ticket, 'old', 1)
    await cache.remove('a', 2)
    expect(await valueOf('a')).toBeUndefined()
    await cache.put(ticket, 'old', 1)
    expect(await valueOf('a')).toBeUndefined()
    await cache.put(ticket, 'new', 2)
    expect(await valueOf('a')).toBe('new')
  })

  test('what was never there can be removed before it comes', async () => {
    const { ticket } = await cache.get('a')
    await cache.remove('a', 5)
    await cache.put(ticket, 'late', 4)
    expect(await valueOf('a')).toBeUndefined()
  })

  test('a removal that comes late harms nothing that is newer', async () => {
    await fill(cache, 'a', 'three', 3)
    await cache.remove('a', 2)
    await cache.remove('a', 3)
    expect(await valueOf('a')).toBe('three')
  })

  test('what is removed for good does not come back', async () => {
    const { ticket } = await cache.get('a')
    await cache.put(ticket, 'in', 1)
    await cache.remove('a', FOR_GOOD)
    await cache.put(ticket, 'in again', FOR_GOOD - 1)
    await fill(cache, 'a', 'in again', FOR_GOOD - 1)
    expect(await valueOf('a')).toBeUndefined()
  })

  test('forgets all at once, and takes nothing that was read before', async () => {
    const { ticket } = await cache.get('a')
    await fill(cache, 'a', 1, 1)
    await fill(cache, 'b', 1, 1)
    await cache.clear()
    await cache.put(ticket, 'read before', 9)
    expect([await valueOf('a'), await valueOf('b')]).toEqual([undefined, undefined])
    await untilReady(cache)
    await cache.put(ticket, 'read before', 9)
    expect(await valueOf('a')).toBeUndefined()
    await fill(cache, 'a', 'fresh', 1)
    expect(await valueOf('a')).toBe('fresh')
  })

  test('forgets when the time has come', async () => {
    const { cache } = await open({ lifeMs: 200 })
    await fill(cache, 'a', 1, 1)
    await sleep(210)
    expect(await valueOf('a', cache)).toBeUndefined()
  })

  test('takes nothing without a ticket', async () => {
    await cache.put(null, 1, 1)
    expect(await valueOf('a')).toBeUndefined()
  })

  test('is what a table of versions would be, whatever comes in whatever order', async () => {
    const step = fc.record({
      what: fc.constantFrom('put', 'remove'),
      key: fc.constantFrom('a', 'b'),
      version: fc.integer({ min: 1, max: 4 }),
    })
    const run = fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      await cache.clear()
      await untilReady(cache)
      const model = new Map<string, { version: number; there: boolean }>()
      for (const { what, key, version } of steps) {
        const known = model.get(key) ?? { version: 0, there: false }
        const taken = what === 'put' ? version >= known.version : version > known.version
        if (what === 'put') await fill(cache, key, version, version)
        else await cache.remove(key, version)
        if (taken) model.set(key, { version, there: what === 'put' })
        const now = model.get(key)
        expect(await valueOf(key)).toBe(now?.there ? now.version : undefined)
      }
    })
    await fc.assert(run, { numRuns: 30 })
  })
}

describe('[memory] a cache', () => {
  suite((options) => openProcess(null, options))

  test('holds no more than it was told', async () => {
    const { cache } = await openProcess<number>(null, { most: 3 })
    for (let i = 0; i < 5; i++) await fill(cache, String(i), i, 1)
    const kept = await Promise.all([0, 1, 2, 3, 4].map((i) => cache.get(String(i))))
    expect(kept.map(({ value }) => value)).toEqual([undefined, undefined, 2, 3, 4])
  })

  test('forgets after a second, however long it was told: other processes change things too', async () => {
    const { cache } = await openProcess<number>(null, { lifeMs: 3_600_000 })
    await fill(cache, 'a', 1, 1)
    await sleep(1010)
    expect((await cache.get('a')).value).toBeUndefined()
  })

  test('is no cache for what must be gone everywhere at once', async () => {
    const { caches } = await openProcess(null)
    expect([caches.driver, caches.shared]).toEqual(['memory', false])
  })
})

describeEngine('redis', 'a cache', (url) => {
  let space: RedisSpace
  beforeEach(async () => {
    space = await openSpace(url)
  })
  afterEach(() => space.close())

  const open = async <T>(options = {}) => openProcess<T>(await space.connect(), options)
  /** Two processes that share one Redis. */
  const openTwo = async <T>() => [await open<T>(), await open<T>()] as const

  suite(open)

  test('costs no round trip when it is asked again, and shows what others change', async () => {
    const [one, other] = await openTwo<string>()
    await fill(one.cache, 'a', 'old', 1)
    await until('it is kept here', async () => (await other.cache.get('a')).value === 'old')
    const asked = () => other.redis!.calls.answered
    const before = asked()
    for (let i = 0; i < 100; i++) expect((await other.cache.get('a')).value).toBe('old')
    expect(asked()).toBe(before)

    await fill(one.cache, 'a', 'new', 2)
    await until('the change is seen', async () => (await other.cache.get('a')).value === 'new')
    await one.cache.remove('a', 3)
    await until('the removal is', async () => (await other.cache.get('a')).value === undefined)
  })

  test('a process that is slow to fill cannot bring back what another has removed', async () => {
    const [one, other] = await openTwo<string>()
    const { ticket } = await other.cache.get('a')
    await one.cache.remove('a', 2)
    await other.cache.put(ticket, 'read before the change', 1)
    expect((await one.cache.get('a')).value).toBeUndefined()
    await fill(one.cache, 'b', 'old', 1)
    const late = await other.cache.get('b')
    await one.cache.clear()
    await other.cache.put(late.ticket, 'read before the change', 1)
    await untilReady(one.cache)
    expect((await one.cache.get('b')).value).toBeUndefined()
    expect((await other.cache.get('b')).value).toBeUndefined()
  })

  test('does not keep what it was reading while it was removed', async () => {
    const [one, other] = await openTwo<string>()
    for (let i = 0; i < 50; i++) {
      const key = `key ${i}`
      await fill(one.cache, key, 'old', 1)
      // Asked for and removed in one breath: the old value is the answer to the first.
      await Promise.all([other.cache.get(key), other.cache.remove(key, 2)])
      expect((await other.cache.get(key)).value).toBeUndefined()
    }
  })

  test('keeps the newest of what many write at once', async () => {
    const processes = [...(await openTwo<number>()), ...(await openTwo<number>())]
    const { ticket } = await processes[0]!.cache.get('a')
    const versions = Array.from({ length: 60 }, (_, i) => i + 1)
    const shuffled = versions.toSorted((a, b) => ((a * 37) % 61) - ((b * 37) % 61))
    await Promise.all(
      shuffled.map((version, i) => processes[i % 4]!.cache.put(ticket, version, version)),
    )
    for (const { cache } of processes) {
      await until('all agree', async () => (await cache.get('a')).value === 60)
    }
  })

  test('leaves nothing in Redis that does not end by itself, but its generation', async () => {
    const { cache } = await open<string>({ lifeMs: 60_000 })
    await fill(cache, 'a', 'there', 1)
    await cache.remove('b', 1)
    const lives = await Promise.all(
      (await space.keys()).map(async (key) => [key, await space.raw.pTTL(key)] as const),
    )
    const endless = lives.filter(([, ms]) => ms < 0).map(([key]) => key)
    expect(endless).toEqual([`${space.prefix}cache:things:generation`])
    // An entry lives for half the time there, and for the other half in a process.
    expect(lives.find(([key]) => key.endsWith(':a'))?.[1]).toBeLessThanOrEqual(30_000)
  })

  test('takes no more than so many entries a second: a flood of questions does not fill Redis', async () => {
    const { cache } = await open<number>()
    const asked = Array.from({ length: 2000 }, (_, i) => fill(cache, String(i), i, 1))
    const begun = performance.now()
    await Promise.all(asked)
    const seconds = Math.ceil((performance.now() - begun) / 1000) + 1
    expect((await space.keys()).length).toBeLessThan(500 * seconds + 10)
    expect((await space.keys()).length).toBeGreaterThan(100)
  })

  test('a connection that was lost has lost what was kept: nobody knows what was missed', async () => {
    const [one, other] = await openTwo<string>()
    await fill(one.cache, 'a', 'old', 1)
    await until('it is kept here', async () => (await other.cache.get('a')).value === 'old')
    const id = await other.redis!.call((client) => client.clientId())
    await space.raw.sendCommand(['CLIENT', 'KILL', 'ID', String(id)])
    await until('it has noticed', async () => (await other.cache.get('a')).value === undefined)
    await untilReady(other.cache)
    expect((await other.cache.get('a')).value).toBeUndefined()
    // For all: the others may have kept what this one could not remove.
    await until('all have', async () => (await one.cache.get('a')).value === undefined)
  })

  test('an emptied Redis is an empty cache', async () => {
    const [one, other] = await openTwo<string>()
    await fill(one.cache, 'a', 'old', 1)
    await until('it is kept here', async () => (await other.cache.get('a')).value === 'old')
    await space.empty()
    await until('both have noticed', async () => {
      const found = await Promise.all([one.cache.get('a'), other.cache.get('a')])
      return found.every(({ value }) => value === undefined)
    })
    await untilReady(one.cache)
    await untilReady(other.cache)
    await fill(one.cache, 'a', 'new', 1)
    expect((await other.cache.get('a')).value).toBe('new')
  })

  test('without Redis every look is a miss that is counted as an error, and nothing fails', async () => {
    const { redis, caches, cache } = await open<number>()
    await fill(cache, 'a', 1, 1)
    const { ticket } = await cache.get('a')
    await redis!.close()
    await cache.put(ticket, 2, 2)
    await cache.remove('a', 3)
    await cache.clear()
    expect(await cache.get('a')).toEqual({ value: undefined, ticket: null })
    expect(caches.counts()[0]!.errors).toBeGreaterThan(0)
  })
})
