// Shows what becomes of events that a consumer fails on: parked, tried again, given up, replayed, never doubled.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Consumer, Permanent, RetryLater } from '../../src/platform/events/consumer.ts'
import { deliver, NotNow, redeliver } from '../../src/platform/events/delivery.ts'
import {
  claimDue,
  DeliveryDeadLettered,
  listDeadLetters,
  replayDeadLetter,
} from '../../src/platform/events/failed-deliveries.ts'
import { pruneEvents } from '../../src/platform/events/upkeep.ts'
import { drain } from '../../src/platform/events/drain.ts'
import { startWorker } from '../../src/platform/events/worker.ts'
import { until } from '../support/load.ts'
import {
  type Bench,
  type ConsumerOptions,
  describeLogs,
  numberOf,
  openBench,
  range,
  readSome,
  registerGroups,
  storeAway,
} from './event-log-harness.ts'

/** A consumer's failure that somebody mends. */
function breakdown(fails: (n: number) => Error | null) {
  const state = { broken: true, tries: 0 }
  const before: ConsumerOptions['before'] = (event) => {
    const error = fails(numberOf(event))
    if (!error) return
    state.tries++
    if (state.broken) throw error
  }
  return { state, before }
}

describeLogs('deliveries that fail', (driver) => {
  let bench: Bench
  beforeEach(async () => {
    bench = await openBench(driver)
  })
  afterEach(() => bench.close())

  const claim = (consumer: Consumer) =>
    claimDue(bench.core.store, [consumer.name], bench.clock.now(), 20)

  /** What a worker does again and again. @returns how many deliveries were due */
  async function retry(consumer: Consumer): Promise<number> {
    const due = await claim(consumer)
    for (const row of due) await redeliver(bench.core, consumer, row)
    return due.length
  }

  const deaths = () =>
    bench.core.store.db
      .selectFrom('outbox')
      .select('payload')
      .where('type', '=', DeliveryDeadLettered.type)
      .execute()

  test('one event in a hundred is poison: the others go on, and after the mending each is applied once', async () => {
    const isPoison = (n: number) => n % 100 === 50
    const { state, before } = breakdown((n) => (isPoison(n) ? new Error('poison') : null))
    const consumer = bench.consumer('count', { before })
    await bench.write(range(1000), { keyOf: (n) => `key ${n % 7}` })
    const worker = await startWorker(bench.core, [consumer, bench.consumer('healthy')], [])
    const done = async (group: string) => (await bench.numbers(group)).length
    await until('all but the poison is done', async () => (await done('count')) === 990)
    await until('nobody else noticed', async () => (await done('healthy')) === 1000)
    await until('the poison is parked', async () => (await bench.failed()).length === 10)
    const healthy = range(1000).filter((n) => !isPoison(n))
    expect((await bench.numbers('count')).toSorted((a, b) => a - b)).toEqual(healthy)
    expect(await bench.failed()).toContainEqual({
      group_name: 'count',
      attempts: 1,
      state: 'retrying',
      error: 'poison',
    })

    state.broken = false
    bench.clock.advance(500)
    await until('the poison is done', async () => (await done('count')) === 1000)
    await worker.stop()
    expect((await bench.numbers('count')).toSorted((a, b) => a - b)).toEqual(range(1000))
    expect(await done('healthy')).toBe(1000)
    expect(await bench.failed()).toEqual([])
  })

  test('go to the dead letters after five attempts with growing pauses, and that is told once', async () => {
    const { before } = breakdown((n) => (n === 2 ? new Error('still broken') : null))
    const consumer = bench.consumer('count', { before })
    await bench.write(range(3))
    await drain(bench.core, [consumer])
    for (const [i, pause] of [500, 2000, 8000, 30_000].entries()) {
      expect(await bench.failed()).toMatchObject([{ attempts: i + 1, state: 'retrying' }])
      bench.clock.advance(pause - 1)
      expect(await retry(consumer)).toBe(0)
      bench.clock.advance(1)
      expect(await retry(consumer)).toBe(1)
    }
    expect(await bench.failed()).toEqual([
      { group_name: 'count', attempts: 5, state: 'dead', error: 'still broken' },
    ])
    expect(await bench.numbers('count')).toEqual([1, 3])
    bench.clock.advance(24 * 3600 * 1000)
    expect(await retry(consumer)).toBe(0)
    const told = await deaths()
    expect(told).toHaveLength(1)
    expect(JSON.parse(told[0]!.payload)).toEqual({
      group: 'count',
      event_id: expect.any(String),
      type: 'test.counted',
      error: 'still broken',
    })
  })

  test('that wait when the clock is set back are tried again at once, and not twice at a time', async () => {
    const { state, before } = breakdown((n) => (n === 2 ? new Error('not yet') : null))
    const consumer = bench.consumer('count', { before })
    await bench.write(range(3))
    await drain(bench.core, [consumer])
    bench.clock.advance(-20_000)
    // Clocks of two machines may differ by so much: that is no reason to hurry.
    expect(await retry(consumer)).toBe(0)
    bench.clock.advance(-24 * 3600 * 1000)
    state.broken = false
    const claimed = await claim(consumer)
    expect(claimed).toHaveLength(1)
    expect(await claim(consumer)).toEqual([])
    await redeliver(bench.core, consumer, claimed[0]!)
    expect(await bench.numbers('count')).toEqual([1, 3, 2])
    expect(await bench.failed()).toEqual([])
  })

  test('with Permanent go to the dead letters at once, also at a later attempt', async () => {
    const errors = new Map<number, Error>([
      [2, new Permanent('never')],
      [3, new Error('perhaps')],
    ])
    const { before } = breakdown((n) => errors.get(n) ?? null)
    const consumer = bench.consumer('count', { before })
    await bench.write(range(4))
    await drain(bench.core, [consumer])
    expect(await bench.failed()).toMatchObject([
      { attempts: 1, state: 'dead', error: 'never' },
      { attempts: 1, state: 'retrying', error: 'perhaps' },
    ])
    expect(await deaths()).toHaveLength(1)
    errors.set(3, new Permanent('neither'))
    bench.clock.advance(500)
    expect(await retry(consumer)).toBe(1)
    expect((await bench.failed())[1]).toMatchObject({
      attempts: 2,
      state: 'dead',
      error: 'neither',
    })
    expect(await deaths()).toHaveLength(2)
    expect(await bench.numbers('count')).toEqual([1, 4])
  })

  test('are applied once when they are replayed after the mending, with all their attempts', async () => {
    const { state, before } = breakdown((n) => (n === 2 ? new Permanent('never') : null))
    const consumer = bench.consumer('count', { before })
    const { store } = bench.core
    await bench.write(range(3))
    await drain(bench.core, [consumer])
    const [dead] = (await listDeadLetters(store.db, { limit: 10 })).items
    const replay = (id: number) => replayDeadLetter(store, id, bench.clock.now())

    expect(await replay(dead!.failed_delivery_id + 1)).toBe(false)
    expect(await replay(dead!.failed_delivery_id)).toBe(true)
    expect(await replay(dead!.failed_delivery_id)).toBe(false)
    await retry(consumer)
    expect(await bench.failed()).toMatchObject([{ attempts: 1, state: 'dead' }])

    state.broken = false
    expect(await replay(dead!.failed_delivery_id)).toBe(true)
    expect(await retry(consumer)).toBe(1)
    expect(await retry(consumer)).toBe(0)
    expect(await bench.numbers('count')).toEqual([1, 3, 2])
    expect(await bench.failed()).toEqual([])
    expect(await replay(dead!.failed_delivery_id)).toBe(false)
  })

  test.each([
    ['RetryLater', () => new RetryLater(10)],
    ['a store that is away', storeAway],
  ])(
    'because of %s burn no attempt: the whole batch waits and is applied once',
    async (_what, fail) => {
      const { state, before } = breakdown((n) => (n === 2 ? fail() : null))
      const consumer = bench.consumer('count', { before })
      await registerGroups(bench.core.store, [consumer])
      await bench.write(range(3))
      const { reader: open, ship } = await bench.openLog()
      await ship()
      const reader = open(consumer)
      for (let i = 0; i < 7; i++) {
        const events = await readSome(reader, 10)
        await expect(deliver(bench.core, consumer, reader, events)).rejects.toThrow(NotNow)
      }
      expect(await bench.numbers('count')).toEqual([])
      expect(await bench.failed()).toEqual([])
      state.broken = false
      await deliver(bench.core, consumer, reader, await readSome(reader, 10))
      expect(await bench.numbers('count')).toEqual(range(3))
    },
  )

  test.each([
    ['RetryLater', () => new RetryLater(500)],
    ['a store that is away', storeAway],
  ])('and were parked burn no attempt because of %s', async (_what, fail) => {
    let error: Error = new Error('first it fails by itself')
    const { state, before } = breakdown((n) => (n === 2 ? error : null))
    const consumer = bench.consumer('count', { before })
    await bench.write(range(3))
    await drain(bench.core, [consumer])
    error = fail()
    for (let i = 0; i < 7; i++) {
      bench.clock.advance(500)
      expect(await retry(consumer)).toBe(1)
      expect(await retry(consumer)).toBe(0)
    }
    expect(await bench.failed()).toMatchObject([{ attempts: 1, state: 'retrying' }])
    state.broken = false
    bench.clock.advance(500)
    await retry(consumer)
    expect(await bench.numbers('count')).toEqual([1, 3, 2])
  })

  test('are tried by one worker at a time, and by another when that one dies', async () => {
    const { state, before } = breakdown((n) => (n === 2 ? new Error('poison') : null))
    const consumer = bench.consumer('count', { before })
    await bench.write(range(3))
    await drain(bench.core, [consumer])
    bench.clock.advance(500)
    state.broken = false
    const [taken] = await claim(consumer)
    expect(await claim(consumer)).toEqual([])
    // It dies here, or is only slow: both try, one effect.
    bench.clock.advance(30_000)
    const [again] = await claim(consumer)
    await redeliver(bench.core, consumer, again!)
    await redeliver(bench.core, consumer, taken!)
    expect(await bench.numbers('count')).toEqual([1, 3, 2])
    expect(await bench.failed()).toEqual([])
  })

  test('about a dead letter itself make no further notices', async () => {
    const { before } = breakdown(() => new Permanent('never'))
    const teller = {
      ...bench.consumer('tell', { types: [DeliveryDeadLettered.type], before }),
      stream: 'notifications' as const,
    }
    await bench.write([1])
    await drain(bench.core, [bench.consumer('count', { before }), teller])
    expect((await bench.failed()).map(({ group_name }) => group_name)).toEqual(['count', 'tell'])
    expect(await deaths()).toHaveLength(1)
  })

  test('outlive their event in the log', async () => {
    const { state, before } = breakdown((n) => (n === 2 ? new Error('poison') : null))
    const consumer = bench.consumer('count', { before })
    await bench.write(range(3))
    await drain(bench.core, [consumer])
    bench.clock.advance(500)
    await pruneEvents(bench.core.store, 0).run(bench.clock.now())
    expect(await bench.core.store.db.selectFrom('outbox').selectAll().execute()).toEqual([])
    state.broken = false
    await retry(consumer)
    expect(await bench.numbers('count')).toEqual([1, 3, 2])
  })

  test('leave nothing of their effect behind', async () => {
    let failures = 3
    const consumer = bench.consumer('count', {
      after(event) {
        if (numberOf(event) === 2 && failures-- > 0) throw new Error('after the effect')
      },
    })
    await bench.write(range(3))
    await drain(bench.core, [consumer])
    bench.clock.advance(500)
    await retry(consumer)
    expect(await bench.numbers('count')).toEqual([1, 3])
    bench.clock.advance(2000)
    await retry(consumer)
    expect(await bench.numbers('count')).toEqual([1, 3, 2])
  })
})
