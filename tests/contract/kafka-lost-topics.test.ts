// Shows that places in a topic mean nothing once Kafka has lost it: in the new one nothing is passed over.
import { Admin } from '@platformatic/kafka'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { STREAMS } from '../../src/lib/events.ts'
import { startWorker } from '../../src/platform/events/worker.ts'
import { describeEngine } from '../support/engines/describe.ts'
import { until } from '../support/load.ts'
import { type Bench, openBench, range, registerGroups } from './event-log-harness.ts'

describeEngine('kafka', 'topics that are lost', (brokers) => {
  let bench: Bench
  beforeEach(async () => {
    bench = await openBench('kafka')
  })
  afterEach(() => bench.close())

  async function deleteTopics(): Promise<void> {
    const { prefix } = bench.core.config.kafka!
    const admin = new Admin({ clientId: 'test', bootstrapBrokers: [brokers] })
    const topics = STREAMS.flatMap((stream) => [prefix + stream, `${prefix}${stream}.dead`])
    await admin.deleteTopics({ topics })
    await admin.close()
  }

  test('and made again are read from their beginning, whether they are shorter by then or longer', async () => {
    const consumer = bench.consumer('count')
    await registerGroups(bench.core.store, [consumer])
    const worker = await startWorker(bench.core, [consumer], [])
    let written = 0
    for (const events of [10, 20, 5, 40]) {
      await bench.write(range(events, written + 1))
      written += events
      const all = async () => (await bench.numbers('count')).length === written
      await until(`all ${written} are done`, all, 30_000)
      await deleteTopics()
    }
    await worker.stop()
    expect(await bench.numbers('count')).toEqual(range(written))
  })
})
