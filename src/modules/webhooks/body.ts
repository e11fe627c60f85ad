// Owns what is sent of an event.
import type { RecordedEvent } from '../../lib/events.ts'
import { toTimestamp } from '../../lib/wire.ts'

type Sent = Pick<RecordedEvent, 'event_id' | 'type' | 'version' | 'occurred_at' | 'payload'>

export function bodyOf({ event_id, type, version, occurred_at, payload }: Sent): string {
  const at = toTimestamp(occurred_at)
  return JSON.stringify({ event_id, type, version, occurred_at: at, data: payload })
}
