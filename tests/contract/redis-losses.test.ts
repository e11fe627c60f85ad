// Shows that whatever Redis loses without a word, a stream or its beginning, is noticed and sent again.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createClient } from 'redis'
import { drain } from '../../src/platform/events/drain.ts'
import { healGaps } from '../../src/platform/events/gaps.ts'
import { LogAway, LostEvents } from '../../src/platform/events/log.ts'
import { sendAgain } from '../../src/platform/events/shipping.ts'
import { startWorker } from '../../src/platform/events/worker.ts'
import { describeEngine } from '../support/engines/describe.ts'
import { until } from '../support/load.ts'
import { startCommitProxy } from './commit-proxy.ts'
import { type Bench, openBench, range, readSome, registerGroups } from './event-log-harness.ts'

describeEngine('redis', 'a Redis that stays and loses something', (url) => {
  let bench: Bench
  beforeEach(async () => {
    bench = await openBench('redis')
  })
  afterEach(() => bench.close())

  test('sends a group that comes late what was forgotten when all the others had done it', async () => {
    const [early, late] = [bench.consumer('early'), bench.consumer('late')]
    await registerGroups(bench.core.store, [early, late])
    await bench.write(range(300))
    await drain(bench.core, [early])
    // Nobody has read for the other group yet, as after a loss of data while its worker was down.
    await bench.core.events.broker!.trim()
    await bench.write(range(50, 301))
    await drain(bench.core, [early, late])
    expect(await bench.numbers('late')).toEqual(range(350))
    expect(await bench.numbers('early')).toEqual(range(350))
  })

  test('sends again what was in a stream that is gone, though all the rest is there', async () => {
    const [done, idle] = [bench.consumer('done'), bench.consumer('idle')]
    await registerGroups(bench.core.store, [done, idle])
    const worker = await startWorker(bench.core, [done], [])
    await bench.write(range(30))
    await until('one has done it', async () => (await bench.numbers('done')).length === 30)
    // As an eviction does, or somebody who deletes it by hand.
    const client = createClient({ url })
    await client.connect()
    await client.del(`${bench.core.config.redis!.prefix}orders`)
    client.destroy()
    await bench.write(range(5, 31))
    await until('one has done the rest', async () => (await bench.numbers('done')).length === 35)
    await worker.stop()
    await drain(bench.core, [done, idle])
    expect(await bench.numbers('idle')).toEqual(range(35))
    expect(await bench.numbers('done')).toEqual(range(35))
  })

  test('notices that a group was passed over, and sends that again', async () => {
    const [one, other] = [bench.consumer('one'), bench.consumer('other')]
    await registerGroups(bench.core.store, [one, other])
    await bench.write([1])
    await drain(bench.core, [one, other])
    await bench.write(range(19, 2))
    const { ship, lease } = await bench.openLog()
    await ship()
    await lease.release()
    const client = createClient({ url })
    await client.connect()
    const key = `${bench.core.config.redis!.prefix}orders`
    const entries = (await client.xRange(key, '-', '+')) ?? []
    // By hand, or by whatever we don't know of: neither the stream nor what it counts shows it.
    await client.xDel(
      key,
      entries.slice(5, 8).map(({ id }) => id),
    )
    client.destroy()
    const worker = await startWorker(bench.core, [one, other], [])
    await until('the rest is done', async () => (await bench.numbers('one')).length === 17)
    const [heal] = healGaps(bench.core.store, bench.core.events, bench.core.log)
    await heal!.run(1_000)
    await heal!.run(30_999)
    expect(await bench.numbers('one')).toHaveLength(17)
    await heal!.run(31_000)
    await until('all is done', async () => (await bench.numbers('other')).length === 20)
    await until('by both', async () => (await bench.numbers('one')).length === 20)
    await worker.stop()
    expect((await bench.numbers('one')).toSorted((a, b) => a - b)).toEqual(range(20))
  })

  test('says so until it is settled, and the group begins behind what was lost', async () => {
    const [early, late] = [bench.consumer('early'), bench.consumer('late')]
    await registerGroups(bench.core.store, [early, late])
    await bench.write(range(300))
    await drain(bench.core, [early])
    await bench.core.events.broker!.trim()
    const { reader, lease } = await bench.openLog()
    await lease.hold()
    const reading = reader(late)
    // Whoever is told may end before it is certain that the events are sent again.
    await expect(reading.read(10)).rejects.toThrow(LostEvents)
    const told = await reading.read(10).catch((error: unknown) => error as LostEvents)
    await sendAgain(bench.core.store, bench.core.events)
    await (told as LostEvents).settle()
    expect(await reading.read(10)).toEqual([])
    await lease.release()
    await drain(bench.core, [late])
    expect(await bench.numbers('late')).toEqual(range(300))
  })

  test('hands out again what it handed out in an answer that was lost on the way', async () => {
    const proxy = await startCommitProxy(url)
    const behind = await openBench('redis', { REDIS_URL: proxy.url })
    const consumer = behind.consumer('count')
    await registerGroups(behind.core.store, [consumer])
    const { reader, lease, ship } = await behind.openLog()
    await lease.hold()
    const reading = reader(consumer)
    await behind.write(range(2))
    await ship()
    const first = await readSome(reading, 10, 2)
    await reading.acknowledge(first)
    // Nothing of earlier readers is left to be taken over.
    expect(await reading.read(10)).toEqual([])
    await behind.write(range(5, 3))
    await ship()
    proxy.loseStatement('XREADGROUP', 'after')
    await expect(reading.read(10)).rejects.toThrow(LogAway)
    expect(proxy.losses()).toBe(1)
    await until('they come', async () => (await reading.read(10).catch(() => [])).length === 5)
    await behind.close()
    await proxy.close()
  }, 20_000)
})
