// Shows that no word is lost: not one that comes early, and not one of many.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createSignal } from './signal.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

async function isOver(waiting: Promise<void>): Promise<boolean> {
  let over = false
  void waiting.then(() => (over = true))
  await nextTurn()
  return over
}

test('who waits is woken by a word', async () => {
  const signal = createSignal()
  const waiting = signal.wait(1000)
  expect(await isOver(waiting)).toBe(false)
  signal.notify()
  expect(await isOver(waiting)).toBe(true)
})

test('who waits in vain goes on after the time', async () => {
  const waiting = createSignal().wait(1000)
  vi.advanceTimersByTime(999)
  expect(await isOver(waiting)).toBe(false)
  vi.advanceTimersByTime(1)
  expect(await isOver(waiting)).toBe(true)
})

test('a word that comes while nobody waits is heard by the next who does', async () => {
  const signal = createSignal()
  signal.notify()
  signal.notify()
  expect(await isOver(signal.wait(1000))).toBe(true)
  expect(await isOver(signal.wait(1000))).toBe(false)
})

test('a word after the time has run out is kept too', async () => {
  const signal = createSignal()
  const waiting = signal.wait(10)
  vi.advanceTimersByTime(10)
  await waiting
  signal.notify()
  expect(await isOver(signal.wait(1000))).toBe(true)
})

test('waiting leaves no timer behind', async () => {
  const signal = createSignal()
  const waiting = signal.wait(1000)
  signal.notify()
  await waiting
  expect(vi.getTimerCount()).toBe(0)
})
