// Owns writing events: they commit with the fact, or not at all.
import { randomUUIDv7 } from 'node:crypto'
import type { Cause } from '../../lib/cause.ts'
import type { NewEvent } from '../../lib/events.ts'
import { insertAll } from '../db/insert.ts'
import type { Store, Trx } from '../db/store.ts'
import { encodePayload } from './recorded.ts'

/**
 * Writes events to the outbox, in the business transaction; the relay ships them after the commit. Events of
 * one key keep the order in which they were written, if their writers lock the key's row first.
 */
export function appendEvents(
  store: Store,
  trx: Trx,
  cause: Cause,
  events: readonly NewEvent[],
): Promise<void> {
  return appendCaused(
    store,
    trx,
    events.map((event) => ({ cause, event })),
  )
}

export interface CausedEvent {
  readonly cause: Cause
  readonly event: NewEvent
}

/** The same for events with different causes, still in one statement. */
export function appendCaused(
  store: Store,
  trx: Trx,
  entries: readonly CausedEvent[],
): Promise<void> {
  return insertAll(
    store,
    trx,
    'outbox',
    entries.map(({ cause, event }) => ({
      event_id: randomUUIDv7(),
      stream: event.stream,
      position: null,
      event_key: event.key,
      type: event.type,
      version: event.version,
      payload: encodePayload(event, cause),
      request_id: cause.request_id,
      occurred_at: cause.now,
    })),
  )
}
