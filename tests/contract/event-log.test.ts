// Shows what every event log promises: order per key, every group, each effect once, nothing forgotten too early.
import { setTimeout as pause } from 'node:timers/promises'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { makeEvent } from '../../src/lib/events.ts'
import { runCheck } from '../../src/platform/doctor.ts'
import { positionsHaveNoGap } from '../../src/platform/events/checks.ts'
import { appendEvents } from '../../src/platform/events/outbox.ts'
import { relayEvents } from '../../src/platform/events/relay.ts'
import { pruneEvents } from '../../src/platform/events/upkeep.ts'
import { drain } from '../../src/platform/events/drain.ts'
import { startWorker } from '../../src/platform/events/worker.ts'
import { until } from '../support/load.ts'
import {
  apply,
  type Bench,
  Counted,
  describeLogs,
  numberOf,
  openBench,
  Other,
  range,
  readSome,
  registerGroups,
} from './event-log-harness.ts'

describeLogs('the event log', (driver) => {
  let bench: Bench
  beforeEach(async () => {
    bench = await openBench(driver)
  })
  afterEach(() => bench.close())

  test('brings events in the order in which they were written, also over many batches', async () => {
    const consumer = bench.consumer('count')
    await bench.write(range(700))
    await bench.write(range(600, 701))
    await drain(bench.core, [consumer])
    expect(await bench.numbers('count')).toEqual(range(1300))
  })

  test('keeps the order of each key, however writing and delivering take turns', async () => {
    let written = 0
    let round = 0
    const turn = fc.record({ events: fc.integer({ min: 0, max: 8 }), deliver: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { maxLength: 6 }), async (turns) => {
        const group = `count-${++round}`
        const consumer = bench.consumer(group)
        await registerGroups(bench.core.store, [consumer])
        const first = written + 1
        for (const { events, deliver } of turns) {
          await bench.write(range(events, written + 1), { keyOf: (n) => `key ${n % 3}` })
          written += events
          if (deliver) await drain(bench.core, [consumer])
        }
        await drain(bench.core, [consumer])
        const effects = await bench.effects(group)
        for (const key of ['key 0', 'key 1', 'key 2']) {
          const numbers = effects.filter((effect) => effect.key === key).map(({ n }) => n)
          expect(numbers).toEqual(
            range(written - first + 1, first).filter((n) => `key ${n % 3}` === key),
          )
        }
      }),
      { numRuns: 25 },
    )
  })

  test('brings every event to every group', async () => {
    const consumers = ['one', 'two', 'three'].map((name) => bench.consumer(name))
    await registerGroups(bench.core.store, consumers)
    await bench.write(range(30))
    const worker = await startWorker(bench.core, consumers, [])
    await bench.write(range(30, 31))
    for (const { name } of consumers) {
      await until(`${name} has all`, async () => (await bench.numbers(name)).length >= 60)
      expect(await bench.numbers(name)).toEqual(range(60))
    }
    await worker.stop()
  })

  test('lets events of other types and streams pass by', async () => {
    const counted = bench.consumer('counted')
    const other = bench.consumer('other', { types: [Other.type] })
    const elsewhere = { ...bench.consumer('elsewhere'), stream: 'inventory' as const }
    await registerGroups(bench.core.store, [counted, other, elsewhere])
    await bench.write([1, 2])
    await bench.write([3], { other: true })
    await bench.write([4])
    await drain(bench.core, [counted, other, elsewhere])
    expect(await bench.numbers('counted')).toEqual([1, 2, 4])
    expect(await bench.numbers('other')).toEqual([3])
    expect(await bench.numbers('elsewhere')).toEqual([])
  })

  test('goes on after nothing, and after much that passes by', async () => {
    const counted = bench.consumer('counted')
    await registerGroups(bench.core.store, [counted])
    const worker = await startWorker(bench.core, [counted], [])
    for (const round of [0, 1, 2]) {
      // Until it has read that there is nothing.
      await pause(60)
      await bench.write(range(1500), { other: true })
      await bench.write(range(3, 3 * round + 1))
      await until('the round is done', async () => {
        const numbers = await bench.numbers('counted')
        return numbers.length >= 3 * (round + 1)
      })
    }
    await worker.stop()
    expect(await bench.numbers('counted')).toEqual(range(9))
  })

  test('carries the whole event: id, time, request, version and payload', async () => {
    const seen: unknown[] = []
    const consumer = bench.consumer('look', { before: (event) => void seen.push(event) })
    await bench.write([7], { keyOf: () => 'the key' })
    await drain(bench.core, [consumer])
    expect(seen).toEqual([
      {
        event_id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
        position: 1,
        deliveries: 1,
        type: Counted.type,
        stream: 'orders',
        version: 1,
        key: 'the key',
        payload: { n: 7 },
        request_id: 'a-request',
        occurred_at: bench.clock.now(),
      },
    ])
  })

  test('knows no event of a business transaction that was rolled back', async () => {
    const { store } = bench.core
    const failure = store.transaction(async (trx) => {
      await trx.insertInto('settings').values({ name: 'x', value: '1', updated_at: 0 }).execute()
      const cause = { actor_id: null, request_id: null, now: bench.clock.now() }
      await appendEvents(store, trx, cause, [makeEvent(Counted, 'one', { n: 1 })])
      throw new Error('changed my mind')
    })
    await expect(failure).rejects.toThrow('changed my mind')
    await bench.write([2])
    await drain(bench.core, [bench.consumer('count')])
    expect(await bench.numbers('count')).toEqual([2])
  })

  test('gives a group that is new what comes from then on, and nothing of the past', async () => {
    const old = bench.consumer('old')
    await bench.write(range(5))
    await drain(bench.core, [old])
    const young = bench.consumer('young')
    await registerGroups(bench.core.store, [young])
    await bench.write(range(3, 6))
    await drain(bench.core, [old, young])
    expect(await bench.numbers('young')).toEqual([6, 7, 8])
    expect(await bench.numbers('old')).toEqual(range(8))
  })

  test('brings events that were written before any worker had ever run', async () => {
    await bench.write(range(5))
    await drain(bench.core, [bench.consumer('count')])
    expect(await bench.numbers('count')).toEqual(range(5))
  })

  test('reads the same events again until they are acknowledged', async () => {
    const consumer = bench.consumer('count')
    await registerGroups(bench.core.store, [consumer])
    await bench.write(range(3))
    const { reader: open, ship } = await bench.openLog()
    await ship()
    const reader = open(consumer)
    const first = await readSome(reader, 10, 3)
    expect(first.map(numberOf)).toEqual([1, 2, 3])
    expect(await reader.read(10)).toEqual(first)
    expect((await reader.read(2)).map(numberOf)).toEqual([1, 2])
  })

  describe('applies each effect once', () => {
    test('when the process dies after the commit and before the acknowledgement', async () => {
      const consumer = bench.consumer('count')
      await registerGroups(bench.core.store, [consumer])
      await bench.write(range(5))
      const before = await bench.openLog()
      await before.ship()
      await apply(bench.core, consumer, await readSome(before.reader(consumer), 3))
      await before.end()
      // Here it dies: nobody acknowledges. The next process begins anew.
      await drain(bench.core, [consumer])
      expect(await bench.numbers('count')).toEqual(range(5))
    })

    test('when the process dies after the effect and before the commit', async () => {
      const consumer = bench.consumer('count')
      await registerGroups(bench.core.store, [consumer])
      await bench.write(range(5))
      const before = await bench.openLog()
      await before.ship()
      const events = await readSome(before.reader(consumer), 3)
      const died = apply(bench.core, consumer, events, () => {
        throw new Error('the plug was pulled')
      })
      await expect(died).rejects.toThrow('the plug was pulled')
      await before.end()
      expect(await bench.numbers('count')).toEqual([])
      await drain(bench.core, [consumer])
      expect(await bench.numbers('count')).toEqual(range(5))
    })

    test('when a batch fails in the middle and is applied one by one', async () => {
      let failures = 1
      const consumer = bench.consumer('count', {
        after(event) {
          if (numberOf(event) === 3 && failures-- > 0) throw new Error('for once')
        },
      })
      await bench.write(range(5))
      await drain(bench.core, [consumer])
      expect(await bench.numbers('count')).toEqual(range(5))
    })

    test('when a worker that was asleep applies what another has done meanwhile', async () => {
      const consumer = bench.consumer('count')
      await registerGroups(bench.core.store, [consumer])
      await bench.write(range(4))
      const sleeper = await bench.openLog()
      await sleeper.ship()
      const inItsHands = await readSome(sleeper.reader(consumer), 3, 3)
      await sleeper.end()
      await apply(bench.core, consumer, inItsHands.slice(0, 2))
      await apply(bench.core, consumer, inItsHands)
      await drain(bench.core, [consumer])
      expect(await bench.numbers('count')).toEqual(range(4))
      expect(await bench.failed()).toEqual([])
    })

    test('when two workers fight for the lease all the time', async () => {
      const consumers = ['one', 'two'].map((name) => bench.consumer(name))
      // Two leases of one process take each other for dead: each takes over whenever it looks.
      const workers = await Promise.all([1, 2].map(() => startWorker(bench.core, consumers, [])))
      for (let i = 0; i < 40; i++) {
        await bench.write(range(10, 1 + i * 10))
        bench.clock.advance(2000)
      }
      for (const { name } of consumers) {
        await until(`${name} has all`, async () => (await bench.numbers(name)).length >= 400)
      }
      await Promise.all(workers.map((worker) => worker.stop()))
      for (const { name } of consumers) expect(await bench.numbers(name)).toEqual(range(400))
      expect(await bench.failed()).toEqual([])
    })
  })

  test('stops gracefully: what is under way is finished and kept', async () => {
    const gate = Promise.withResolvers<void>()
    const inside = Promise.withResolvers<void>()
    const consumer = bench.consumer('count', {
      async before() {
        inside.resolve()
        await gate.promise
      },
    })
    await bench.write([1])
    const worker = await startWorker(bench.core, [consumer], [])
    await inside.promise
    let stopped = false
    const stopping = worker.stop().then(() => (stopped = true))
    await new Promise((resolve) => setImmediate(resolve))
    expect(stopped).toBe(false)
    gate.resolve()
    await stopping
    expect(await bench.numbers('count')).toEqual([1])
    await drain(bench.core, [consumer])
    expect(await bench.numbers('count')).toEqual([1])
  })

  test('stops only after the upkeep that is under way', async () => {
    const gate = Promise.withResolvers<void>()
    const inside = Promise.withResolvers<void>()
    const upkeep = {
      name: 'tidy',
      everyMs: 1,
      run() {
        inside.resolve()
        return gate.promise
      },
    }
    const worker = await startWorker(bench.core, [], [upkeep])
    await inside.promise
    let stopped = false
    const stopping = worker.stop().then(() => (stopped = true))
    for (let i = 0; i < 10; i++) await new Promise((resolve) => setImmediate(resolve))
    expect(stopped).toBe(false)
    gate.resolve()
    await stopping
  })

  describe('forgets', () => {
    const RETENTION = 7 * 24 * 3600 * 1000
    const kept = () =>
      bench.core.store.db.selectFrom('outbox').select('position').orderBy('position').execute()
    const prune = () => pruneEvents(bench.core.store, RETENTION).run(bench.clock.now())
    const gaps = async () =>
      (await runCheck(positionsHaveNoGap, bench.core.store.db, bench.clock.now())).findings

    test('only what every group has done, and not before the retention is over', async () => {
      const [fast, slow] = [bench.consumer('fast'), bench.consumer('slow')]
      await registerGroups(bench.core.store, [fast, slow])
      await bench.write(range(6))
      await drain(bench.core, [fast])
      bench.clock.advance(RETENTION + 1)
      await prune()
      expect(await kept()).toHaveLength(6)

      await drain(bench.core, [slow])
      await bench.write(range(2, 7))
      await drain(bench.core, [fast, slow])
      await prune()
      expect((await kept()).map(({ position }) => position)).toEqual([7, 8])
      expect(await gaps()).toEqual([])

      bench.clock.advance(RETENTION + 1)
      await prune()
      expect(await kept()).toEqual([])
      await bench.write([9])
      await drain(bench.core, [fast, slow])
      expect(await bench.numbers('slow')).toEqual(range(9))
      expect(await gaps()).toEqual([])
    })

    test('from the beginning only, so that what stays has no gaps', async () => {
      const consumer = bench.consumer('count')
      await bench.write([1])
      bench.clock.advance(RETENTION)
      await bench.write([2])
      // Two machines' clocks differ: an older event stands behind a younger one.
      bench.clock.advance(-RETENTION)
      await bench.write([3])
      await drain(bench.core, [consumer])
      bench.clock.advance(RETENTION + 1)
      await prune()
      expect((await kept()).map(({ position }) => position)).toEqual([2, 3])
      expect(await gaps()).toEqual([])
    })
  })

  test('numbers nothing for a relay that has lost its lease', async () => {
    const [old, young] = [await bench.openLog(), await bench.openLog()]
    await old.lease.hold()
    await young.lease.hold()
    await bench.write([1])
    await expect(relayEvents(bench.core.store, old.lease)).rejects.toThrow(/somebody else/)
    const rows = await bench.core.store.db.selectFrom('outbox').select('position').execute()
    expect(rows).toEqual([{ position: null }])
  })
})
