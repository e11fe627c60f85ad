// Shows that a server which says nothing is given up, and that no value is sent that nobody meant.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLimit, toInteger } from './pooled.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('a statement without an answer is cut, and says so', async () => {
  const gone = Promise.withResolvers<never>()
  const cut = vi.fn(() => gone.reject(new Error('the socket was destroyed')))
  const limited = createLimit(10)(() => gone.promise, cut)
  const failed = expect(limited).rejects.toMatchObject({ code: 'STORE_SILENT' })
  await vi.advanceTimersByTimeAsync(14_000)
  expect(cut).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(2000)
  expect(cut).toHaveBeenCalledTimes(1)
  await failed
})

test('one that answers or fails by itself is left alone, and one without a bound for ever', async () => {
  const cut = vi.fn()
  expect(await createLimit(10)(() => Promise.resolve('rows'), cut)).toBe('rows')
  const failing = createLimit(10)(() => Promise.reject(new Error('no such table')), cut)
  await expect(failing).rejects.toThrow('no such table')
  const gate = Promise.withResolvers<string>()
  const patient = createLimit(null)(() => gate.promise, cut)
  await vi.advanceTimersByTimeAsync(3_600_000)
  gate.resolve('at last')
  expect(await patient).toBe('at last')
  expect(cut).not.toHaveBeenCalled()
})

test.each(['9007199254740993', '-9007199254740993', '1.5', 'x'])(
  '%s is no integer that we can hold',
  (text) => {
    expect(() => toInteger(text)).toThrow(RangeError)
  },
)
