// Owns the way of an event between the outbox, the wire and a consumer.
import type { Selectable } from 'kysely'
import type { NewEvent, RecordedEvent, Stream } from '../../lib/events.ts'
import type { Database } from '../../tables.ts'
import type { Traced } from '../telemetry/tracing.ts'

export function toEvent(row: Omit<Selectable<Database['outbox']>, 'outbox_id'>): RecordedEvent {
  const payload = parsed(row.payload)
  const event = {
    event_id: row.event_id,
    // An event without a place yet stands behind all that have one.
    position: row.position ?? Number.MAX_SAFE_INTEGER,
    type: row.type,
    stream: row.stream as Stream,
    version: row.version,
    key: row.event_key,
    payload,
    request_id: row.request_id,
    occurred_at: row.occurred_at,
  }
  return isTraced(payload) ? takeTraceOut(event, payload) : event
}

/**
 * As it stands in the outbox. Few requests are traced: their span travels in the payload instead of a column
 * of its own, and is taken out again before anybody reads the event.
 */
export function encodePayload({ payload }: NewEvent, { traceparent }: Traced): string {
  const traced = traceparent !== undefined && typeof payload === 'object'
  return JSON.stringify(traced ? { ...payload, traceparent } : payload)
}

function isTraced(payload: unknown): payload is Required<Traced> {
  return (
    typeof payload === 'object' &&
    payload !== null &&
    'traceparent' in payload &&
    typeof payload.traceparent === 'string'
  )
}

function takeTraceOut(event: RecordedEvent, payload: Required<Traced>): RecordedEvent {
  const { traceparent, ...rest } = payload
  return { ...event, payload: rest, traceparent }
}

/**
 * What cannot be read stays the text it is: no payload is a text, so its consumers refuse it as permanently
 * wrong, the others go on, and the dead letters show what was there.
 */
function parsed(payload: string): unknown {
  try {
    return JSON.parse(payload)
  } catch {
    return payload
  }
}

export function encodeEvent(event: RecordedEvent): string {
  return JSON.stringify(event)
}

/** @returns null when the text is no event of ours: somebody else wrote it into our stream */
export function decodeEvent(text: string): RecordedEvent | null {
  const value = parsed(text)
  if (typeof value !== 'object' || value === null) return null
  const event = value as Partial<RecordedEvent>
  const whole =
    typeof event.event_id === 'string' &&
    typeof event.type === 'string' &&
    typeof event.key === 'string' &&
    Number.isSafeInteger(event.position)
  return whole ? (event as RecordedEvent) : null
}
