// Owns the way of an event between the outbox, the wire and a consumer.
import type { Selectable } from 'kysely'
import type { RecordedEvent, Stream } from '../../lib/events.ts'
import type { Database } from '../../tables.ts'

export function toEvent(row: Selectable<Database['outbox']>): RecordedEvent {
  return {
    event_id: row.event_id,
    // An event without a place yet stands behind all that have one.
    position: row.position ?? Number.MAX_SAFE_INTEGER,
    type: row.type,
    stream: row.stream as Stream,
    version: row.version,
    key: row.event_key,
    payload: parsed(row.payload),
    request_id: row.request_id,
    occurred_at: row.occurred_at,
  }
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
