// Owns the wire types of the system page: backlog per group, dead letters, and the store's state.
import Type, { type Static } from 'typebox'
import { Id, named, oneOf, Page, strict, Timestamp } from '../../lib/wire.ts'
import { STREAMS } from '../../lib/events.ts'

export const SystemState = named(
  'SystemState',
  Type.Object({
    version: Type.String(),
    started_at: Timestamp,
    store: Type.Object({ engine: Type.String(), bytes: Type.Integer(), wal_bytes: Type.Integer() }),
    event_log: Type.Object({ engine: Type.String(), unsent: Type.Integer() }),
    groups: Type.Array(
      Type.Object({
        group: Type.String(),
        stream: oneOf(STREAMS),
        /** Events this group hasn't done yet. */
        backlog: Type.Integer(),
        retrying: Type.Integer(),
        dead: Type.Integer(),
      }),
    ),
    sse_clients: Type.Integer(),
    order_queue: Type.Object({ waiting: Type.Integer(), oldest_ms: Type.Integer() }),
  }),
)
export type SystemState = Static<typeof SystemState>

export const DeadLetter = named(
  'DeadLetter',
  Type.Object({
    dead_letter_id: Id,
    group: Type.String(),
    stream: oneOf(STREAMS),
    event_id: Type.String(),
    type: Type.String(),
    payload: Type.Unknown(),
    attempts: Type.Integer(),
    error: Type.String(),
    failed_at: Timestamp,
  }),
)
export type DeadLetter = Static<typeof DeadLetter>

export const DeadLetterQuery = Type.Object(
  { ...Page, group: Type.Optional(Type.String({ maxLength: 100 })) },
  strict,
)
