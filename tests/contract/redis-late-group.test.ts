// Shows that a group which Redis has never heard of still gets what the shop owes it, though others were done long ago.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { drain } from '../../src/platform/events/drain.ts'
import { describeEngine } from '../support/engines/describe.ts'
import { type Bench, openBench, range, registerGroups } from './event-log-harness.ts'

describeEngine('redis', 'a group that comes late', () => {
  let bench: Bench
  beforeEach(async () => {
    bench = await openBench('redis')
  })
  afterEach(() => bench.close())

  test('is sent again what was forgotten when all the others had done it', async () => {
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
})
