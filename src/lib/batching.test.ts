// Shows group commit: company is welcome, nobody waits for it, and one's failure is nobody else's.
import { setImmediate as nextTurn } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type BatcherOptions, createBatcher, type Settled } from './batching.ts'

type Options = BatcherOptions<number, string>

const done = (items: number[]): Settled<string>[] =>
  items.map((item) => ({ ok: true, value: `#${item}` }))

/** A batcher whose runs end when the test says so. */
function heldBatcher(options: Partial<Options> = {}) {
  const runs: { items: number[]; end(results?: Settled<string>[]): void; fail(e: Error): void }[] =
    []
  const clock = { now: 0 }
  const batcher = createBatcher<number, string>({
    run(items) {
      const { promise, resolve, reject } = Promise.withResolvers<Settled<string>[]>()
      runs.push({ items, end: (results = done(items)) => resolve(results), fail: reject })
      return promise
    },
    maxBatch: 3,
    maxQueue: 5,
    maxAgeMs: 100,
    now: () => clock.now,
    refuse: () => new Error('full'),
    ...options,
  })
  return { batcher, runs, clock, sizes: () => runs.map(({ items }) => items.length) }
}

test('a lonely caller is served in this very turn of the event loop', async () => {
  const { batcher, runs } = heldBatcher()
  const answer = batcher.submit(7)
  await nextTurn()
  expect(runs.map(({ items }) => items)).toEqual([[7]])
  runs[0]!.end()
  expect(await answer).toBe('#7')
  const later = batcher.submit(8)
  await nextTurn()
  runs[1]!.end()
  expect(await later).toBe('#8')
})

test('callers of one turn share a run, and those that come meanwhile share the next', async () => {
  const { batcher, runs, sizes } = heldBatcher()
  const first = [1, 2].map((item) => batcher.submit(item))
  await nextTurn()
  const second = [3, 4, 5, 6].map((item) => batcher.submit(item))
  await nextTurn()
  expect([sizes(), batcher.waiting()]).toEqual([[2], 4])
  runs[0]!.end()
  expect(await Promise.all(first)).toEqual(['#1', '#2'])
  await nextTurn()
  expect([sizes(), batcher.waiting()]).toEqual([[2, 3], 1])
  runs[1]!.end()
  await nextTurn()
  runs[2]!.end()
  expect(await Promise.all(second)).toEqual(['#3', '#4', '#5', '#6'])
})

test('one refusal in a batch reaches its caller alone', async () => {
  const { batcher, runs } = heldBatcher()
  const answers = [1, 2, 3].map((item) => batcher.submit(item))
  await nextTurn()
  const error = new Error('sold out')
  runs[0]!.end([
    { ok: true, value: 'one' },
    { ok: false, error },
    { ok: true, value: 'three' },
  ])
  expect(await Promise.allSettled(answers)).toEqual([
    { status: 'fulfilled', value: 'one' },
    { status: 'rejected', reason: error },
    { status: 'fulfilled', value: 'three' },
  ])
})

test.each([
  ['is rejected', (run: { fail(e: Error): void }) => run.fail(new Error('the store is away'))],
  ['gives too few results', (run: { end(r: Settled<string>[]): void }) => run.end([])],
])('a run that %s fails its own callers, and the next one goes on', async (_what, breakIt) => {
  const { batcher, runs } = heldBatcher()
  const failing = Promise.allSettled([1, 2].map((item) => batcher.submit(item)))
  await nextTurn()
  const later = batcher.submit(3)
  breakIt(runs[0]!)
  expect((await failing).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await nextTurn()
  runs[1]!.end()
  expect(await later).toBe('#3')
})

test('a run that throws at once fails its callers too', async () => {
  let calls = 0
  const { batcher } = heldBatcher({
    run(items) {
      if (calls++ === 0) throw new Error('a mistake')
      return Promise.resolve(done(items))
    },
  })
  await expect(batcher.submit(1)).rejects.toThrow('a mistake')
  expect(await batcher.submit(2)).toBe('#2')
})

test('the queue is bounded by count: newcomers are refused until there is room', async () => {
  const { batcher, runs } = heldBatcher()
  const running = batcher.submit(0)
  await nextTurn()
  const waiting = [1, 2, 3, 4, 5].map((item) => batcher.submit(item))
  await expect(batcher.submit(6)).rejects.toThrow('full')
  runs[0]!.end()
  await running
  await nextTurn()
  const again = batcher.submit(7)
  runs[1]!.end()
  await nextTurn()
  runs[2]!.end()
  expect(await Promise.all([...waiting, again])).toEqual(['#1', '#2', '#3', '#4', '#5', '#7'])
})

test('the queue is bounded by the age of its oldest: those who wait keep their place', async () => {
  const { batcher, runs, clock } = heldBatcher()
  const running = batcher.submit(0)
  await nextTurn()
  expect(batcher.oldestMs()).toBe(0)
  const oldest = batcher.submit(1)
  clock.now = 100
  const younger = batcher.submit(2)
  expect(batcher.oldestMs()).toBe(100)
  clock.now = 101
  await expect(batcher.submit(3)).rejects.toThrow('full')
  runs[0]!.end()
  await running
  await nextTurn()
  expect([batcher.oldestMs(), batcher.waiting()]).toEqual([0, 0])
  runs[1]!.end()
  expect(await Promise.all([oldest, younger])).toEqual(['#1', '#2'])
  const welcome = batcher.submit(4)
  await nextTurn()
  runs[2]!.end()
  expect(await welcome).toBe('#4')
})

test('a clock that is set back makes nobody old', async () => {
  const { batcher, clock, runs } = heldBatcher()
  const running = batcher.submit(0)
  await nextTurn()
  const waiting = batcher.submit(1)
  clock.now = -1_000_000
  expect(batcher.oldestMs()).toBe(0)
  runs[0]!.end()
  await nextTurn()
  runs[1]!.end()
  await Promise.all([running, waiting])
})

test('whenever they come, all are served once, in their order, each with its own answer', async () => {
  const turn = fc.record({ arrive: fc.integer({ min: 0, max: 7 }), pause: fc.boolean() })
  await fc.assert(
    fc.asyncProperty(fc.array(turn, { maxLength: 12 }), fc.integer(), async (turns, seed) => {
      const served: number[] = []
      const sizes: number[] = []
      const { batcher } = heldBatcher({
        maxQueue: 1000,
        async run(items) {
          sizes.push(items.length)
          served.push(...items)
          const failing = Math.abs(seed + sizes.length) % 5 === 0
          for (let i = 0; i < items.length % 3; i++) await nextTurn()
          if (failing) throw new Error('this run')
          return done(items)
        },
      })
      const answers: Promise<string>[] = []
      for (const { arrive, pause } of turns) {
        for (let i = 0; i < arrive; i++) {
          const answer = batcher.submit(answers.length)
          answers.push(answer.catch((error: Error) => error.message))
        }
        if (pause) await nextTurn()
      }
      const outcomes = await Promise.all(answers)
      expect(served).toEqual(answers.map((_, i) => i))
      expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(3)
      for (const [i, outcome] of outcomes.entries()) {
        expect(outcome).toBeOneOf([`#${i}`, 'this run'])
      }
      expect(batcher.waiting()).toBe(0)
    }),
    { numRuns: 60 },
  )
})
