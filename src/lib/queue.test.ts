// Shows that a queue works on so many at once, lets so many wait in their order, and refuses the rest.
import { expect, test } from 'vitest'
import { createQueue } from './queue.ts'

function gate() {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  return { promise, resolve, reject }
}

test('so many work at once, so many wait, in order; a failure makes room too', async () => {
  const full = new Error('full')
  const run = createQueue(2, 2, () => full)
  const gates = Array.from({ length: 5 }, gate)
  const begun: number[] = []
  const job = (i: number) =>
    run(() => {
      begun.push(i)
      return gates[i]!.promise
    })
  const results = [0, 1, 2, 3].map(job)
  const settled = Promise.allSettled(results)
  await expect(run(() => Promise.resolve('x'))).rejects.toBe(full)
  expect(begun).toEqual([0, 1])
  gates[1]!.reject(new Error('failed'))
  await expect(results[1]).rejects.toThrow('failed')
  // Whoever waited has the place: a newcomer finds none.
  const late = job(4)
  expect(begun).toEqual([0, 1, 2])
  gates[0]!.resolve('first')
  expect(await results[0]).toBe('first')
  expect(begun).toEqual([0, 1, 2, 3])
  for (const one of gates) one.resolve('done')
  await settled
  expect(await late).toBe('done')
  expect(await run(() => Promise.resolve('again'))).toBe('again')
})

test('whoever gives up waiting makes room, and is never begun', async () => {
  const run = createQueue(1, 1, () => new Error('full'))
  const first = gate()
  const working = run(() => first.promise)
  const giving = new AbortController()
  let begun = false
  const waiting = run(async () => void (begun = true), giving.signal)
  giving.abort(new Error('enough'))
  await expect(waiting).rejects.toThrow('enough')
  const next = run(() => Promise.resolve('next'))
  first.resolve('first')
  expect([await working, await next, begun]).toEqual(['first', 'next', false])
  await expect(run(() => Promise.resolve('x'), giving.signal)).rejects.toThrow('enough')
})
