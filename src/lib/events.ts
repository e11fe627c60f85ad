// Owns what an event is: a fact with a name, a stream, a key that keeps its order, and a versioned payload.
import type { Static, TSchema } from 'typebox'

export const STREAMS = ['orders', 'inventory', 'notifications'] as const
export type Stream = (typeof STREAMS)[number]

export interface EventDefinition<T extends TSchema = TSchema> {
  readonly type: string
  readonly stream: Stream
  readonly version: number
  readonly payload: T
}

/** An event as its writer hands it over: events with the same key keep their order. */
export interface NewEvent {
  readonly type: string
  readonly stream: Stream
  readonly version: number
  readonly key: string
  readonly payload: unknown
}

/** An event as a consumer receives it. */
export interface RecordedEvent extends NewEvent {
  /** UUIDv7; the identity under which each consumer applies it once. */
  readonly event_id: string
  /** Its place in its stream: counts from 1 without a gap, and no event comes before its cause. */
  readonly position: number
  /** Epoch milliseconds of the fact. */
  readonly occurred_at: number
  /** The HTTP request that caused it, for following one cause through the logs. */
  readonly request_id: string | null
  /** The span that caused it, if that request is traced (W3C Trace Context). */
  readonly traceparent?: string
}

export function defineEvent<T extends TSchema>(
  type: string,
  stream: Stream,
  version: number,
  payload: T,
): EventDefinition<T> {
  return { type, stream, version, payload }
}

export function makeEvent<T extends TSchema>(
  definition: EventDefinition<T>,
  key: string | number,
  payload: Static<T>,
): NewEvent {
  const { type, stream, version } = definition
  return { type, stream, version, key: String(key), payload }
}
