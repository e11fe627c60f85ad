// Shows that an early answer that never comes is waited for no longer than a request would be.
import { afterEach, expect, test, vi } from 'vitest'

import { takeEarly } from './early.ts'

afterEach(() => vi.unstubAllGlobals())

test('whoever gives up on a request gives up on its early answer', async () => {
  const swallowed = new Promise<Response>(() => {})
  vi.stubGlobal('window', { petshopEarly: { '/shop': swallowed, '/session': swallowed } })
  const leaving = new AbortController()
  const taken = takeEarly('/shop', leaving.signal)
  leaving.abort()
  const later = new Promise((resolve) => setTimeout(resolve, 0, 'still waiting'))
  expect(await Promise.race([taken, later])).toBeNull()
  expect(await takeEarly('/session', leaving.signal)).toBeNull()
})

test('an answer that is there is taken once', async () => {
  const answer = new Response('{}')
  vi.stubGlobal('window', { petshopEarly: { '/shop': Promise.resolve(answer) } })
  expect(await takeEarly('/shop', new AbortController().signal)).toBe(answer)
  expect(await takeEarly('/shop')).toBeNull()
})
