// Tests for how background work makes room.
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { createPace } from './pace.ts'

function scene(together = 1) {
  let time = 0
  let people = 0
  const log: string[] = []
  const pace = createPace({ waiting: () => people, now: () => time, together })
  return {
    log,
    pace,
    passes: (ms: number) => void (time += ms),
    waiting: (count: number) => void (people = count),
    step: (name: string, { ms = 0, lagMs = 0, events = 0 } = {}) =>
      pace.step(
        () => {
          log.push(name)
          time += ms
          return Promise.resolve(name)
        },
        { ms: lagMs, events },
      ),
    serve: (ms: number, count = 1) =>
      pace.first(() => {
        time += ms
        return Promise.resolve()
      }, count),
  }
}

/** Long enough for a step that may be taken. */
const settle = () => pause(20)

describe('while nobody waits', () => {
  test('steps are taken in order, one at a time, and give back what they did', async () => {
    const { pace } = scene()
    let running = 0
    const work = async (name: string) => {
      expect(++running).toBe(1)
      await pause(1)
      running--
      return name
    }
    const names = ['a', 'b', 'c']
    const done = await Promise.all(names.map((name) => pace.step(() => work(name))))
    expect(done).toEqual(names)
  })

  test('a step that fails fails its caller only', async () => {
    const { pace, step, log } = scene()
    const failing = pace.step(() => Promise.reject(new Error('no')))
    await expect(failing).rejects.toThrow('no')
    await step('next')
    expect(log).toEqual(['next'])
  })

  test('what comes in between two steps is served between them', async () => {
    const { pace, log } = scene()
    const steps = [1, 2].map((n) =>
      pace.step(() => {
        log.push(`step ${n}`)
        // As a message does that arrives while the step is under way.
        if (n === 1) setImmediate(() => log.push('order'))
        return Promise.resolve()
      }),
    )
    await Promise.all(steps)
    expect(log).toEqual(['step 1', 'order', 'step 2'])
  })
})

describe('where steps may go together', () => {
  test('they do while nobody waits, and one at a time beside people', async () => {
    const { pace, waiting } = scene(4)
    let running = 0
    let most = 0
    const step = () =>
      pace.step(async () => {
        most = Math.max(most, ++running)
        await pause(5)
        running--
      })
    await Promise.all([1, 2, 3].map(step))
    expect(most).toBe(3)
    most = 0
    waiting(1)
    const all = Promise.all([1, 2, 3].map(step))
    await settle()
    expect(most).toBeLessThanOrEqual(1)
    waiting(0)
    await all
  })

  test('they begin beside a long one when the people have gone', async () => {
    const { pace, waiting, step, log } = scene(4)
    const { promise: end, resolve: finish } = Promise.withResolvers<void>()
    const long = pace.step(() => end)
    await settle()
    waiting(1)
    const late = step('late')
    await settle()
    expect(log).toEqual([])
    waiting(0)
    await late
    finish()
    await long
  })
})

describe('while people wait', () => {
  test('a step holds back, and is taken when they are gone', async () => {
    const { step, waiting, log } = scene()
    waiting(3)
    const late = step('late')
    await settle()
    expect(log).toEqual([])
    waiting(0)
    await late
    expect(log).toEqual(['late'])
  })

  test('it holds back after a crowd too: the next are on their way', async () => {
    const { step, serve, passes, log } = scene()
    await serve(1, 64)
    const late = step('late')
    await settle()
    expect(log).toEqual([])
    passes(11)
    await late
  })

  test('after a single order it holds back for moments only', async () => {
    const { step, serve, passes, log } = scene()
    await serve(1, 1)
    const soon = step('soon')
    await settle()
    expect(log).toEqual([])
    passes(6)
    await soon
  })

  test('however many come singly, it comes on every few milliseconds', async () => {
    const { step, serve, log } = scene()
    const soon = step('soon', { lagMs: 0 })
    await serve(1, 1)
    const next = step('next')
    for (let i = 0; i < 9; i++) await serve(1, 1)
    await Promise.all([soon, next])
    expect(log).toEqual(['soon', 'next'])
  })

  test('their time earns background work a part of it', async () => {
    const { step, serve, waiting, log } = scene()
    waiting(3)
    const late = step('late')
    await settle()
    await serve(5, 64)
    await late
    expect(log).toEqual(['late'])
  })

  test.each([
    { lagMs: 0, steps: 1 },
    { lagMs: 14_000, steps: 2 },
    { events: 130_000, steps: 2 },
    { events: 200_000, steps: 20 },
    { lagMs: 60_000, steps: 20 },
  ])(
    'old or much work gets a larger part ($lagMs ms, $events events: $steps of 20)',
    async ({ lagMs, events, steps }) => {
      const { step, serve, waiting, passes, log } = scene()
      waiting(3)
      const all = Array.from({ length: 30 }, () => step('step', { ms: 1, lagMs, events }))
      // Five milliseconds for people: 0.3 for new work, 2 for older, 20 and more for what is very old.
      await serve(5, 64)
      await settle()
      await settle()
      expect(log.length).toBeGreaterThanOrEqual(steps)
      expect(log.length).toBeLessThanOrEqual(steps + 1)
      waiting(0)
      passes(20)
      await Promise.all(all)
    },
  )

  test('people are held while work that is far behind has its share', async () => {
    const { step, pace, waiting, passes, log } = scene()
    waiting(3)
    const steps = Array.from({ length: 10 }, () => step('step', { ms: 4, lagMs: 60_000 }))
    const order = (ms: number) =>
      pace.first(() => {
        log.push('order')
        passes(ms)
        return Promise.resolve()
      }, 64)
    // Two milliseconds for people earn eleven for what is so far behind: three steps, then people again.
    for (let i = 0; i < 3; i++) await order(2)
    expect(log.join(' ')).toBe('order step step step order step step step order')
    waiting(0)
    passes(20)
    await Promise.all(steps)
  })

  test('a step that hangs holds nobody for long', async () => {
    const { pace, serve, waiting, passes } = scene(4)
    const { promise: end, resolve: mend } = Promise.withResolvers<void>()
    const hanging = pace.step(() => end)
    waiting(3)
    const others = [1, 2, 3].map(() =>
      pace.step(() => Promise.resolve(), { ms: 60_000, events: 200_000 }),
    )
    // Held, and let go by the timer; then, with the step known to hang, not held any more.
    for (let i = 0; i < 20; i++) {
      await serve(5, 64)
      passes(50)
    }
    mend()
    waiting(0)
    passes(100)
    await Promise.all([hanging, ...others])
  })

  test('nobody is held when nothing is left to do, or what there is is fresh', async () => {
    const { step, serve, waiting, passes, log } = scene()
    waiting(3)
    const fresh = step('fresh', { ms: 4 })
    await serve(5, 64)
    await serve(5, 64)
    expect(log).toEqual([])
    await fresh
    const old = step('old', { ms: 4, lagMs: 60_000 })
    await serve(5, 64)
    await old
    // There is credit left, and nobody to use it.
    await serve(5, 64)
    waiting(0)
    passes(20)
  })

  test('nobody is held back for long when those who wait are not served', async () => {
    const { step, serve, waiting, passes, log } = scene()
    waiting(3)
    await serve(0, 64)
    const late = step('late')
    await settle()
    expect(log).toEqual([])
    passes(51)
    await late
    const another = step('another')
    await settle()
    expect(log).toEqual(['late'])
    waiting(0)
    await another
  })
})
