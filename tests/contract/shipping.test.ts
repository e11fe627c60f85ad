// Shows what the relay ships to a broker: again whatever was asked for again, and never more than a broker takes.
import Type from 'typebox'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { defineEvent, makeEvent, type RecordedEvent } from '../../src/lib/events.ts'
import { createLease } from '../../src/platform/events/leases.ts'
import type { Broker, EventLog } from '../../src/platform/events/log.ts'
import { appendEvents } from '../../src/platform/events/outbox.ts'
import { relayEvents } from '../../src/platform/events/relay.ts'
import { countUnshipped, sendAgain, shipEvents } from '../../src/platform/events/shipping.ts'
import { type Bench, describeLogs, openBench, range, registerGroups } from './event-log-harness.ts'

const Long = defineEvent('test.long', 'orders', 1, Type.Object({ text: Type.String() }))

describeLogs(
  'shipping',
  (driver) => {
    let bench: Bench
    beforeEach(async () => {
      bench = await openBench(driver)
      await registerGroups(bench.core.store, [bench.consumer('count')])
    })
    afterEach(() => bench.close())

    async function numbered() {
      const lease = createLease(bench.core.store, bench.clock, 'worker')
      await lease.hold()
      while ((await relayEvents(bench.core.store, lease)) > 0);
      return lease
    }

    test.each(['the first', 'a later'])(
      'is done again when asked for during %s batch',
      async (which) => {
        const { store, events } = bench.core
        await bench.write(range(1))
        const lease = await numbered()
        if (which === 'a later') await shipEvents(store, events, lease)
        await bench.write(range(9, 2))
        await relayEvents(store, lease)
        const asked = afterPublishing(events, () => sendAgain(store, events))
        expect(await shipEvents(store, asked, lease)).toBe(which === 'a later' ? 9 : 10)
        expect(await countUnshipped(store.db, events)).toBe(10)
        expect(await shipEvents(store, events, lease)).toBe(10)
        expect(await countUnshipped(store.db, events)).toBe(0)
        expect(await shipEvents(store, events, lease)).toBe(0)
      },
    )

    test('takes a backlog of long events in pieces that a broker accepts', async () => {
      const { store, events, clock } = bench.core
      const cause = { actor_id: null, request_id: 'a-request', now: clock.now() }
      const long = range(80).map(() => makeEvent(Long, 'one', { text: '货'.repeat(20_000) }))
      await store.transaction((trx) => appendEvents(store, trx, cause, long))
      const lease = await numbered()
      const batches: number[] = []
      const watched = afterPublishing(events, async (batch) => void batches.push(batch.length))
      while ((await shipEvents(store, watched, lease)) > 0);
      expect(batches.reduce((sum, n) => sum + n)).toBe(80)
      expect(Math.max(...batches)).toBeLessThan(20)
      expect(await countUnshipped(store.db, events)).toBe(0)
    })
  },
  ['redis', 'kafka'],
)

/** The same log; `then` comes between the broker's answer and the note of it. */
function afterPublishing(
  log: EventLog,
  then: (events: readonly RecordedEvent[]) => Promise<void>,
): EventLog {
  const broker = log.broker!
  const publish: Broker['publish'] = async (stream, events) => {
    await broker.publish(stream, events)
    await then(events)
  }
  return { ...log, broker: { ...broker, publish } }
}
