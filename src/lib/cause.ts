// Owns who and what set an action off: passed down to every write instead of being looked up.
import type { Role } from './roles.ts'

/** Somebody who is logged in. */
export interface Caller {
  readonly user_id: number
  readonly username: string
  readonly role: Role
  readonly session_id: number
  /** Of staff who still have to set up their second factor: until then they may do what a customer may. */
  readonly lacksSecondFactor?: true
}

export interface Cause {
  /** Null when the system acts by itself. */
  readonly actor_id: number | null
  /** The HTTP request, carried into events so that logs can be followed. */
  readonly request_id: string | null
  /** Epoch milliseconds. */
  readonly now: number
  /** Of a request that is traced (W3C Trace Context), carried into events as well. */
  readonly traceparent?: string
}

/** Of what follows from an event by itself. */
export function causeAfter(
  event: { readonly request_id: string | null; readonly traceparent?: string } | undefined,
  now: number,
): Cause {
  const cause = { actor_id: null, request_id: event?.request_id ?? null, now }
  return event?.traceparent === undefined ? cause : { ...cause, traceparent: event.traceparent }
}
