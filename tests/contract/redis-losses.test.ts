// Shows that whatever Redis loses without a word, a stream or its beginning, is noticed and sent again.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createClient } from 'redis'
import { drain } from '../../src/platform/events/drain.ts'
import { startWorker } from '../../src/platform/events/worker.ts'
import { describeEngine } from '../support/engines/describe.ts'
import { until } from '../support/load.ts'
import { type Bench, openBench, range, registerGroups } from './event-log-harness.ts'

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
})
