// Shows what operators see of the event log in Redis, and that whatever Redis loses is sent again.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createClient } from 'redis'
import { Permanent } from '../../src/platform/events/consumer.ts'
import { deliver } from '../../src/platform/events/delivery.ts'
import { openEventLog } from '../../src/platform/events/open-log.ts'
import { drain } from '../../src/platform/events/drain.ts'
import { startWorker } from '../../src/platform/events/worker.ts'
import { describeEngine } from '../support/engines/describe.ts'
import { until } from '../support/load.ts'
import { type Bench, openBench, range, readSome, registerGroups } from './event-log-harness.ts'

describeEngine('redis', 'the event log on Redis Streams', (url) => {
  let bench: Bench
  let client: ReturnType<typeof newClient>
  let key = (name: string) => name

  const newClient = () => createClient({ url, RESP: 3 })

  beforeEach(async () => {
    bench = await openBench('redis')
    const prefix = bench.core.config.redis!.prefix
    key = (name) => `${prefix}${name}`
    client = newClient()
    client.on('error', () => {})
    await client.connect()
  })
  afterEach(async () => {
    client.destroy()
    await bench.close()
  })

  /** As FLUSHALL would, without touching what other tests have in the same server. */
  async function emptyRedis(): Promise<void> {
    for await (const keys of client.scanIterator({ MATCH: `${key('')}*`, COUNT: 1000 })) {
      if (keys.length > 0) await client.del(keys)
    }
  }

  test('shows its groups, their lag and what is pending to redis-cli', async () => {
    const consumer = bench.consumer('count')
    await registerGroups(bench.core.store, [consumer])
    await bench.write(range(5))
    const { reader, ship } = await bench.openLog()
    await ship()
    await readSome(reader(consumer), 2, 2)
    expect(await client.xInfoGroups(key('orders'))).toMatchObject([
      { name: 'count', pending: 2, lag: 3, consumers: 1 },
    ])
    expect(await bench.core.events.broker!.state([])).toMatchObject({
      up: true,
      streams: [{ stream: 'orders', length: 5, dead: 0 }, {}, {}],
      groups: [{ group: 'count', lag: 3, pending: 2 }],
    })
    await drain(bench.core, [consumer])
    expect(await client.xInfoGroups(key('orders'))).toMatchObject([{ pending: 0, lag: 0 }])
    const entries = await client.xRange(key('orders'), '-', '+', { COUNT: 1 })
    expect(entries?.[0]?.message).toMatchObject({ type: 'test.counted', key: 'one' })
  })

  test('sends again what an emptied Redis has lost, and each effect stays one', async () => {
    const consumer = bench.consumer('count')
    await registerGroups(bench.core.store, [consumer])
    await bench.write(range(300))
    const { reader, ship } = await bench.openLog()
    await ship()
    const open = reader(consumer)
    await deliver(bench.core, consumer, open, await readSome(open, 100, 100))
    await emptyRedis()
    await bench.write(range(50, 301))
    await drain(bench.core, [consumer])
    expect(await bench.numbers('count')).toEqual(range(350))
  })

  test('is emptied again and again while a worker runs: nothing is lost, nothing done twice', async () => {
    const consumers = ['one', 'two'].map((name) => bench.consumer(name))
    const worker = await startWorker(bench.core, consumers, [])
    for (let i = 0; i < 12; i++) {
      await bench.write(range(50, 1 + i * 50))
      if (i % 3 === 1) await emptyRedis()
    }
    for (const { name } of consumers) {
      await until(`${name} has all`, async () => (await bench.numbers(name)).length >= 600)
      expect(await bench.numbers(name)).toEqual(range(600))
    }
    await worker.stop()
    expect(await bench.failed()).toEqual([])
  })

  test('notices a Redis whose last entries are gone though it still knows us', async () => {
    const consumer = bench.consumer('count')
    await registerGroups(bench.core.store, [consumer])
    await bench.write(range(10))
    const { ship } = await bench.openLog()
    await ship()
    // A restart that lost the end of the file: the run has another name, the rest is there.
    const tail = await client.xRevRange(key('orders'), '+', '-', { COUNT: 4 })
    await client.xDel(
      key('orders'),
      (tail ?? []).map(({ id }) => id),
    )
    await bench.core.store.db.updateTable('shipments').set({ epoch: 'an earlier run' }).execute()
    await drain(bench.core, [consumer])
    expect(await bench.numbers('count')).toEqual(range(10))
  })

  test('forgets what every group has acknowledged, and nothing else', async () => {
    const [fast, slow] = [bench.consumer('fast'), bench.consumer('slow')]
    await registerGroups(bench.core.store, [fast, slow])
    await bench.write(range(250))
    await drain(bench.core, [fast])
    const { reader } = await bench.openLog()
    const open = reader(slow)
    const handed = await readSome(open, 150, 150)
    await bench.core.events.broker!.trim()
    expect(await client.xLen(key('orders'))).toBe(250)

    await deliver(bench.core, slow, open, handed)
    await bench.core.events.broker!.trim()
    // Trimming works by blocks: it may keep more, never less.
    const kept = await client.xLen(key('orders'))
    expect(kept).toBeGreaterThanOrEqual(100)
    expect(kept).toBeLessThan(250)
    await drain(bench.core, [fast, slow])
    expect(await bench.numbers('slow')).toEqual(range(250))
  })

  test('keeps a copy of each dead letter beside its stream', async () => {
    const consumer = bench.consumer('count', {
      before: () => {
        throw new Permanent('never')
      },
    })
    const listener = { ...bench.consumer('listen'), stream: 'notifications' as const, types: [] }
    await bench.write([7])
    await drain(bench.core, [consumer, listener])
    const letters = await client.xRange(key('orders:dead'), '-', '+')
    const letter = letters?.[0]?.message
    expect(letter).toMatchObject({ group: 'count', error: 'never', type: 'test.counted' })
    expect(JSON.parse(letter?.['event'] ?? '')).toMatchObject({ payload: { n: 7 } })
  })

  test("passes over what isn't an event of ours", async () => {
    const consumer = bench.consumer('count')
    await registerGroups(bench.core.store, [consumer])
    await client.xAdd(key('orders'), '*', { hello: 'world' })
    await bench.write([1])
    await drain(bench.core, [consumer])
    expect(await bench.numbers('count')).toEqual([1])
    expect(await client.xPending(key('orders'), 'count')).toMatchObject({ pending: 0 })
  })

  test('gives up an event that everybody who is handed it dies of, and the others go on', async () => {
    const consumer = bench.consumer('count')
    await registerGroups(bench.core.store, [consumer])
    await bench.write(range(3))
    await (await bench.openLog()).ship()
    // Handed out again and again to workers that end before they are done.
    for (let i = 0; i < 5; i++) await readSome((await bench.openLog()).reader(consumer), 10, 3)
    await drain(bench.core, [consumer])
    const parked = await bench.failed()
    expect(parked).toHaveLength(3)
    expect(parked[0]).toMatchObject({ attempts: 0, state: 'retrying' })
    const worker = await startWorker(bench.core, [consumer], [])
    await until('they are tried one by one', async () => (await bench.failed()).length === 0)
    await worker.stop()
    expect((await bench.numbers('count')).toSorted()).toEqual([1, 2, 3])
  })

  test('tells readers in other processes at once that something came', async () => {
    const log = await openEventLog(bench.core)
    let arrivals = 0
    const off = log.broker!.onArrival(() => arrivals++)
    await until('it listens', async () => {
      const channels = await client.pubSubChannels(`${key('')}*`)
      return channels.length > 0
    })
    await registerGroups(bench.core.store, [bench.consumer('count')])
    await bench.write([1])
    await (await bench.openLog()).ship()
    await until('it was told', () => Promise.resolve(arrivals > 0))
    off()
    await log.close()
  })

  test('trims by the numbers of ids, not by their letters', async () => {
    const entries = ['9', '10'].flatMap((time) => range(150).map((n) => `${time}-${n}`))
    for (const id of entries) await client.xAdd(key('orders'), id, { hello: 'world' })
    await client.xGroupCreate(key('orders'), 'slow', '9-120')
    await client.xGroupCreate(key('orders'), 'fast', '10-150')
    await bench.core.events.broker!.trim()
    // Redis gives up whole nodes, of 100 entries.
    expect(await client.xLen(key('orders'))).toBe(200)
  })
})
