// Tests for doing something at most so often.
import { expect, test } from 'vitest'
import { seldom } from './seldom.ts'

test('it does nothing when it is asked again too early, and a failure does not count', async () => {
  let now = 0
  let done = 0
  let fails = true
  const work = seldom(
    100,
    () => now,
    () => {
      if (fails) return Promise.reject(new Error('no'))
      done++
      return Promise.resolve()
    },
  )
  await expect(work()).rejects.toThrow('no')
  fails = false
  await work()
  now = 99
  await work()
  expect(done).toBe(1)
  now = 100
  await work()
  expect(done).toBe(2)
})
