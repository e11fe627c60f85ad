// Owns when a mail is tried again, and when it is given up.

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Pauses after the first, second … failed attempt. Servers that ask to come back mean minutes to hours. */
const PAUSES = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, 12 * HOUR, DAY] as const
/** However long the server was away: older news is none (RFC 5321 §4.5.4.1: give up after 4–5 days). */
const LONGEST_LIFE = 5 * DAY
/** While the server doesn't answer, somebody looks as often as this. */
export const AWAY_PAUSE = 30 * SECOND

export type Failure = 'away' | 'later' | 'refused'

export interface Attempted {
  /** With this one. */
  readonly attempts: number
  readonly created_at: number
}

export interface Verdict {
  readonly state: 'waiting' | 'dead'
  readonly attempts: number
  readonly next_attempt_at: number
}

/** A server that is away burns no attempt. */
export function verdictOn(mail: Attempted, failure: Failure, now: number): Verdict {
  const attempts = failure === 'away' ? mail.attempts - 1 : mail.attempts
  const pause = failure === 'away' ? AWAY_PAUSE : PAUSES[mail.attempts - 1]
  const tooOld = now - mail.created_at > LONGEST_LIFE
  if (failure === 'refused' || pause === undefined || tooOld) {
    return { state: 'dead', attempts, next_attempt_at: now }
  }
  return { state: 'waiting', attempts, next_attempt_at: now + pause }
}
