// Shows when a silent server is called away, what makes it be there again, and that slow is not away.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createWatch, type Probe, TICK_MS } from './watch.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const SILENT = { code: 'STORE_SILENT' }
const AWAY = { code: 'STORE_AWAY' }

function watched() {
  const probes: (PromiseWithResolvers<void> & { drop: ReturnType<typeof vi.fn> })[] = []
  const onAway = vi.fn()
  const probe = (): Probe => {
    const asked = { ...Promise.withResolvers<void>(), drop: vi.fn() }
    probes.push(asked)
    return { answered: asked.promise, drop: asked.drop }
  }
  const watch = createWatch({ probe, onAway })
  /** A statement that the server doesn't answer unless it is told to. */
  const ask = () => {
    const { promise, resolve, reject } = Promise.withResolvers<string>()
    const outcome = watch.asking(() => promise, reject)
    outcome.catch(() => undefined)
    return { outcome, answer: () => resolve('rows') }
  }
  const isAway = () => {
    try {
      watch.refuseWhileAway()
      return false
    } catch (error) {
      expect(error).toMatchObject(AWAY)
      return true
    }
  }
  const ticks = (count: number) => vi.advanceTimersByTimeAsync(count * TICK_MS)
  return { watch, probes, onAway, ask, isAway, ticks }
}

test('a server that answers neither the statement nor the probe is away: what waits is cut, once', async () => {
  const { probes, onAway, ask, isAway, ticks } = watched()
  const { outcome } = ask()
  await ticks(9)
  expect(probes).toHaveLength(0)
  await ticks(20)
  expect([probes.length, isAway()]).toEqual([1, false])
  await ticks(1)
  await expect(outcome).rejects.toMatchObject(SILENT)
  expect(isAway()).toBe(true)
  await ticks(300)
  expect([onAway.mock.calls.length, isAway()]).toEqual([1, true])
})

test('a slow statement is waited for as long as the server gives signs of life', async () => {
  const { probes, ask, isAway, ticks } = watched()
  const { outcome, answer } = ask()
  for (let round = 1; round <= 20; round++) {
    await ticks(10)
    expect(probes).toHaveLength(round)
    // Being refused is one as well: too many connections, a password that was changed.
    if (round % 2) probes.at(-1)!.resolve()
    else probes.at(-1)!.reject(new Error('too many connections'))
    await ticks(0)
  }
  answer()
  expect(await outcome).toBe('rows')
  expect(isAway()).toBe(false)
  expect(probes.every(({ drop }) => drop.mock.calls.length > 0)).toBe(true)
})

test('a network that refuses is no answer: a server that is only refused to newcomers is asked again, and then away', async () => {
  const { probes, ask, isAway, ticks } = watched()
  const refused = () => Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
  const first = ask()
  await ticks(10)
  probes[0]!.reject(refused())
  await ticks(10)
  probes[1]!.resolve()
  await ticks(10)
  expect([probes.length, isAway()]).toEqual([3, false])
  probes[2]!.reject(refused())
  await ticks(10)
  probes[3]!.reject(refused())
  await ticks(10)
  await expect(first.outcome).rejects.toMatchObject(SILENT)
  // The last one asks whether it is back.
  expect([probes.length, isAway()]).toEqual([5, true])
})

test('where another statement is answered meanwhile, nobody has to be asked', async () => {
  const { probes, ask, ticks } = watched()
  const { outcome, answer } = ask()
  for (let i = 0; i < 20; i++) {
    const quick = ask()
    await ticks(5)
    quick.answer()
    await quick.outcome
  }
  expect(probes).toHaveLength(0)
  answer()
  await outcome
})

test('taking a connection is waited for, but is no sign of life', async () => {
  const { watch, isAway, ticks, ask } = watched()
  const { outcome } = ask()
  for (let i = 0; i < 31; i++) {
    await watch.taking(() => Promise.resolve())
    await ticks(1)
  }
  await expect(outcome).rejects.toMatchObject(SILENT)
  expect(isAway()).toBe(true)
})

test('it is there again with the first answer, of a probe or of anything else', async () => {
  const { probes, ask, isAway, ticks, watch } = watched()
  ask()
  await ticks(30)
  const byProbe = probes.at(-1)!
  byProbe.resolve()
  await ticks(0)
  expect(isAway()).toBe(false)
  ask()
  const uncut = Promise.withResolvers<string>()
  const patient = watch.asking(
    () => uncut.promise,
    () => undefined,
  )
  await ticks(30)
  expect(isAway()).toBe(true)
  uncut.resolve('rows')
  await patient
  expect(isAway()).toBe(false)
})

test('while it is away it is asked again and again, ever more seldom; being refused does not end it', async () => {
  const { probes, ask, isAway, ticks } = watched()
  ask()
  await ticks(30)
  const before = probes.length
  await ticks(100)
  const early = probes.length - before
  await ticks(1000)
  const late = probes.length - before - early
  expect(early).toBeGreaterThan(2)
  expect(late).toBeGreaterThan(8)
  expect(late / 10).toBeLessThan(early)
  probes.at(-1)!.reject(new Error('ECONNREFUSED'))
  await ticks(0)
  const refused = probes.length
  expect(isAway()).toBe(true)
  await ticks(10)
  expect(probes).toHaveLength(refused + 1)
})

test('nothing is asked of a server of which nobody wants anything, nor after the end', async () => {
  const { watch, probes, ask, ticks } = watched()
  const { outcome, answer } = ask()
  answer()
  await outcome
  await ticks(100)
  expect(probes).toHaveLength(0)
  ask()
  await ticks(15)
  watch.close()
  expect(probes[0]!.drop).toHaveBeenCalled()
  await ticks(100)
  expect(probes).toHaveLength(1)
})
