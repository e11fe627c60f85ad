// Shows that of all machines at most one may write at a time, whatever they try and however the clock runs.
import { hostname } from 'node:os'
import fc from 'fast-check'
import { expect, onTestFinished, test, vi } from 'vitest'
import { testCore } from '../../../tests/support/core.ts'
import { createLease, LEASE_MS, type Lease, LostLease } from './leases.ts'

// Leases of one machine look whether the other's process lives; these stand for three machines.
vi.mock(import('node:os'), async (original) => ({
  ...(await original()),
  hostname: vi.fn(() => 'here'),
}))

const MACHINES = ['one', 'two', 'three']

/** `aheadMs`: how far the machines' clocks are ahead of the right time. */
async function threeMachines(aheadMs: readonly number[] = [0, 0, 0]) {
  const { core, clock, close } = await testCore()
  onTestFinished(close)
  const leases = MACHINES.map((name, i) => {
    vi.mocked(hostname).mockReturnValueOnce(name)
    return createLease(core.store, { now: () => clock.now() + (aheadMs[i] ?? 0) }, 'work')
  })
  /** May it write right now? */
  const passes = (lease: Lease) =>
    core.store
      .transaction((trx) => lease.guard(trx))
      .then(
        () => true,
        (error: unknown) => {
          if (error instanceof LostLease) return false
          throw error
        },
      )
  return { leases, clock, passes }
}

test('the first to come has it, until it gives it up or stops renewing', async () => {
  const { leases, clock, passes } = await threeMachines()
  const [one, two, three] = leases as [Lease, Lease, Lease]
  expect(await passes(one)).toBe(false)
  expect([await one.hold(), await two.hold(), await three.hold()]).toEqual([true, false, false])
  for (let i = 0; i < 10; i++) {
    clock.advance(LEASE_MS - 1)
    expect([await one.hold(), await two.hold()]).toEqual([true, false])
  }
  await one.release()
  expect([await two.hold(), await three.hold()]).toEqual([true, false])
  clock.advance(LEASE_MS)
  expect([await three.hold(), await passes(two), await passes(three)]).toEqual([true, false, true])
})

test('whoever comes only later watches for as long as a lease lasts', async () => {
  const { leases, clock } = await threeMachines()
  const [one, two] = leases as [Lease, Lease, Lease]
  await one.hold()
  clock.advance(10 * LEASE_MS)
  expect(await two.hold()).toBe(false)
  clock.advance(LEASE_MS - 1)
  expect(await two.hold()).toBe(false)
  clock.advance(1)
  expect(await two.hold()).toBe(true)
})

test('clocks that are apart take it from nobody who renews it, and keep it from nobody', async () => {
  const { leases, clock, passes } = await threeMachines([0, 7_200_000, -7_200_000])
  const [one, ahead, behind] = leases as [Lease, Lease, Lease]
  for (let i = 0; i < 10; i++) {
    expect([await one.hold(), await ahead.hold(), await behind.hold()]).toEqual([
      true,
      false,
      false,
    ])
    clock.advance(LEASE_MS - 1)
  }
  expect(await passes(one)).toBe(true)
  await behind.hold()
  clock.advance(LEASE_MS)
  expect(await behind.hold()).toBe(true)
  await ahead.hold()
  clock.advance(LEASE_MS)
  expect(await ahead.hold()).toBe(true)
})

test('writing renews it', async () => {
  const { leases, clock, passes } = await threeMachines()
  const [one, two] = leases as [Lease, Lease, Lease]
  await one.hold()
  clock.advance(LEASE_MS - 1)
  expect(await passes(one)).toBe(true)
  clock.advance(LEASE_MS - 1)
  expect(await two.hold()).toBe(false)
})

test('a late release takes it from nobody', async () => {
  const { leases, clock, passes } = await threeMachines()
  const [one, two] = leases as [Lease, Lease, Lease]
  await one.hold()
  await two.hold()
  clock.advance(LEASE_MS)
  await two.hold()
  await one.release()
  expect([await passes(two), await one.hold()]).toEqual([true, false])
})

test('at most one may write at any time, and nobody waits longer than a lease lasts', async () => {
  const machine = fc.integer({ min: 0, max: 2 })
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ what: fc.constant('hold' as const), machine }) },
    { weight: 1, arbitrary: fc.record({ what: fc.constant('release' as const), machine }) },
    {
      weight: 2,
      arbitrary: fc.record({
        what: fc.constant('time' as const),
        ms: fc.oneof(fc.integer({ min: 0, max: 2 * LEASE_MS }), fc.constant(-3_600_000)),
      }),
    },
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const { leases, clock, passes } = await threeMachines()
      for (const next of steps) {
        if (next.what === 'time') clock.advance(next.ms)
        else await leases[next.machine]![next.what]()
        const writers: boolean[] = []
        for (const lease of leases) writers.push(await passes(lease))
        expect(writers.filter(Boolean).length).toBeLessThanOrEqual(1)
      }
      const last = leases[2]!
      await last.hold()
      clock.advance(LEASE_MS)
      expect(await last.hold()).toBe(true)
      expect(await passes(last)).toBe(true)
    }),
    { numRuns: 25 },
  )
})
