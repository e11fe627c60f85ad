// Shows that guesses made at the same moment don't slip past the back-off.
import { expect, test } from 'vitest'
import { createBackOff } from './back-off.ts'

const wrong = () => new Promise<null>((resolve) => setImmediate(() => resolve(null)))

test('of eighty wrong guesses at once only the free ones are looked at', async () => {
  const failures = createBackOff(null, 'failures')
  let looked = 0
  const guess = () =>
    failures.attempt('somebody', 1000, () => {
      looked++
      return wrong()
    })
  const outcomes = await Promise.allSettled(Array.from({ length: 80 }, guess))
  expect(looked).toBe(5)
  expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(75)
})

test('a success forgets the failures before it', async () => {
  const failures = createBackOff(null, 'failures')
  for (let i = 0; i < 4; i++) await failures.attempt('somebody', 1000, wrong)
  expect(await failures.attempt('somebody', 1000, () => Promise.resolve('in'))).toBe('in')
  for (let i = 0; i < 4; i++) await failures.attempt('somebody', 1000, wrong)
  expect(await failures.attempt('somebody', 1000, () => Promise.resolve('in'))).toBe('in')
})

test('an attempt that broke off for another reason is no failure', async () => {
  const failures = createBackOff(null, 'failures')
  for (let i = 0; i < 20; i++) {
    const broken = failures.attempt('somebody', 1000, () => Promise.reject(new Error('store away')))
    await expect(broken).rejects.toThrow('store away')
  }
  expect(await failures.attempt('somebody', 1000, () => Promise.resolve('in'))).toBe('in')
})
