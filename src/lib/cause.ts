// Owns who and what set an action off: passed down to every write instead of being looked up.
import type { Role } from './roles.ts'

/** Somebody who is logged in. */
export interface Caller {
  readonly user_id: number
  readonly username: string
  readonly role: Role
  readonly session_id: number
}

export interface Cause {
  /** Null when the system acts by itself. */
  readonly actor_id: number | null
  /** The HTTP request, carried into events so that logs can be followed. */
  readonly request_id: string | null
  /** Epoch milliseconds. */
  readonly now: number
}
