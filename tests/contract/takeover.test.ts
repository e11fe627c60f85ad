// Shows that one worker is active at a time, that another takes over, and that the clock may be set back.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { deliver } from '../../src/platform/events/delivery.ts'
import { LEASE_MS } from '../../src/platform/events/leases.ts'
import { startWorker } from '../../src/platform/events/worker.ts'
import { until } from '../support/load.ts'
import {
  type Bench,
  describeLogs,
  numberOf,
  openBench,
  range,
  readSome,
  registerGroups,
} from './event-log-harness.ts'

const HOUR = 3_600_000

describeLogs(
  'one worker at a time',
  (driver) => {
    let bench: Bench
    beforeEach(async () => {
      bench = await openBench(driver)
    })
    afterEach(() => bench.close())

    /** As if its present owner ran on another machine, where nobody here can see whether it lives. */
    async function moveLeaseElsewhere(): Promise<void> {
      await bench.core.store.db
        .updateTable('leases')
        .set({ owner: 'another-machine:1:x' })
        .executeTakeFirst()
    }

    test('reads nothing while another one renews its lease', async () => {
      const consumer = bench.consumer('count')
      await registerGroups(bench.core.store, [consumer])
      await bench.write(range(3))
      await (await bench.openLog()).ship()
      await moveLeaseElsewhere()
      const { reader, lease } = await bench.openLog()
      expect(await lease.hold()).toBe(false)
      expect(await reader(consumer).read(10)).toEqual([])
      bench.clock.advance(LEASE_MS - 1)
      expect(await lease.hold()).toBe(false)
    })

    test('writes nothing while it stands by, and lets everything else go on', async () => {
      await (await bench.openLog()).ship()
      await moveLeaseElsewhere()
      let commits = 0
      bench.core.store.onCommit(() => commits++)
      const worker = await startWorker(bench.core, [bench.consumer('count')], [])
      const registered = commits
      await bench.write([1])
      for (let i = 0; i < 100; i++) await nextTurn()
      expect(commits).toBe(registered + 1)
      await worker.stop()
    })

    test('goes on where the other one stopped, once its lease has run out', async () => {
      const consumer = bench.consumer('count')
      await registerGroups(bench.core.store, [consumer])
      await bench.write(range(6))
      const old = await bench.openLog()
      await old.ship()
      const oldReader = old.reader(consumer)
      await deliver(bench.core, consumer, oldReader, await readSome(oldReader, 2))
      const inItsHands = await readSome(oldReader, 2)
      await moveLeaseElsewhere()

      const worker = await startWorker(bench.core, [consumer], [])
      await until('all is done', async () => {
        // It has to look twice, so far apart.
        bench.clock.advance(LEASE_MS)
        return (await bench.numbers('count')).length === 6
      })
      await worker.stop()
      // The old one was only asleep.
      await deliver(bench.core, consumer, oldReader, inItsHands)
      expect(await bench.numbers('count')).toEqual(range(6))
    })

    test('takes over at once from a process of this machine that is dead', async () => {
      const { lease } = await bench.openLog()
      await lease.hold()
      const row = await bench.core.store.db
        .selectFrom('leases')
        .selectAll()
        .executeTakeFirstOrThrow()
      const [host] = row.owner.split(':')
      const setOwner = (owner: string) =>
        bench.core.store.db.updateTable('leases').set({ owner }).executeTakeFirst()
      // No system gives a process this number.
      await setOwner(`${host}:99999999:x`)
      expect(await (await bench.openLog()).lease.hold()).toBe(true)
      // Process 1 always lives.
      await setOwner(`${host}:1:x`)
      expect(await (await bench.openLog()).lease.hold()).toBe(false)
    })

    test('takes over at once from one that has stopped in order', async () => {
      const consumer = bench.consumer('count')
      const worker = await startWorker(bench.core, [consumer], [])
      await until('it has the lease', async () => {
        return (await bench.core.store.db.selectFrom('leases').selectAll().execute()).length === 1
      })
      await worker.stop()
      await moveLeaseElsewhere()
      expect(await (await bench.openLog()).lease.hold()).toBe(true)
    })

    test('numbers its terms, so that a write of an earlier one is refused', async () => {
      const [first, second] = [(await bench.openLog()).lease, (await bench.openLog()).lease]
      const { store } = bench.core
      const term = async () =>
        (await store.db.selectFrom('leases').select('token').executeTakeFirstOrThrow()).token
      await first.hold()
      const before = await term()
      await store.transaction((trx) => first.guard(trx))
      await second.hold()
      expect(await term()).toBe(before + 1)
      await expect(store.transaction((trx) => first.guard(trx))).rejects.toThrow(/somebody else/)
      await store.transaction((trx) => second.guard(trx))
    })

    test('is not frozen when the clock is set back', async () => {
      const consumer = bench.consumer('count')
      const worker = await startWorker(bench.core, [consumer], [])
      await bench.write([1])
      await until('the first is done', async () => (await bench.numbers('count')).length === 1)
      bench.clock.advance(-HOUR)
      await bench.write([2])
      await until('the second is done', async () => (await bench.numbers('count')).length === 2)
      await worker.stop()
    })

    test('takes over from one whose lease ends in a future that the clock was set back from', async () => {
      const consumer = bench.consumer('count')
      await registerGroups(bench.core.store, [consumer])
      await bench.write([1])
      await (await bench.openLog()).ship()
      await moveLeaseElsewhere()
      bench.clock.advance(-HOUR)
      const { reader } = await bench.openLog()
      const reading = reader(consumer)
      expect(await reading.read(10)).toEqual([])
      bench.clock.advance(LEASE_MS)
      expect((await readSome(reading, 10)).map(numberOf)).toEqual([1])
    })
  },
  ['embedded', 'redis'],
)
