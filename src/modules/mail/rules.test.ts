// Shows when a mail is tried again, and that no outage of the server burns an attempt.
import { expect, test } from 'vitest'
import { AWAY_PAUSE, verdictOn } from './rules.ts'

const now = 1_800_000_000_000
const DAY = 86_400_000

test('the pauses grow, until the mail is given up', () => {
  const pauses: number[] = []
  for (let attempts = 1; ; attempts++) {
    const verdict = verdictOn({ attempts, created_at: now }, 'later', now)
    if (verdict.state === 'dead') break
    pauses.push(verdict.next_attempt_at - now)
  }
  expect(pauses.length).toBeGreaterThan(4)
  expect(pauses).toEqual(pauses.toSorted((a, b) => a - b))
})

test('a server that is away costs no attempt, and is asked again soon', () => {
  expect(verdictOn({ attempts: 7, created_at: now }, 'away', now)).toEqual({
    state: 'waiting',
    attempts: 6,
    next_attempt_at: now + AWAY_PAUSE,
  })
})

test('what the server refuses is given up at once, and so is news of last week', () => {
  expect(verdictOn({ attempts: 1, created_at: now }, 'refused', now).state).toBe('dead')
  expect(verdictOn({ attempts: 1, created_at: now - 6 * DAY }, 'away', now).state).toBe('dead')
})
