// Owns when a delivery is tried again, and when it is given up.
import type { DeliveryState } from './schema.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** Before the second, third … attempt; after the last one it is dead: two days in all. */
const PAUSES_MS = [
  10 * SECOND,
  MINUTE,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  6 * HOUR,
  15 * HOUR,
  24 * HOUR,
]

/** `never`: it would fail in the same way for ever. */
export type Failure = 'later' | 'never'

export interface Verdict {
  readonly state: DeliveryState
  readonly next_attempt_at: number
}

/** @param attempts that were made, this one too */
export function verdictOn(attempts: number, failure: Failure, now: number): Verdict {
  const pause = PAUSES_MS[attempts - 1]
  if (failure === 'never' || pause === undefined) return { state: 'dead', next_attempt_at: now }
  return { state: 'waiting', next_attempt_at: now + pause }
}

/** What an answer means; null when the event was taken. */
export function failureOf(status: number): Failure | null {
  if (status >= 200 && status < 300) return null
  // It says itself that nobody is there any more.
  return status === 410 ? 'never' : 'later'
}

/** It takes nothing at the moment, whatever it is. */
export function isBusy(status: number): boolean {
  return status === 429 || status === 503
}

/** One that has failed for long waits for long; what came after it is tried sooner: it may be back. */
export function heldBackUntil({ next_attempt_at }: Verdict, now: number): number {
  return Math.min(next_attempt_at, now + 5 * MINUTE)
}
