// Owns the wire types of the system page: backlog per group, dead letters, and the store's state.
import Type, { type Static } from 'typebox'
import { Id, named, nullable, oneOf, Page, strict, Timestamp } from '../../lib/wire.ts'
import { STREAMS } from '../../lib/events.ts'

const BrokerState = Type.Object({
  up: Type.Boolean(),
  streams: Type.Array(
    Type.Object({ stream: oneOf(STREAMS), length: Type.Integer(), dead: Type.Integer() }),
  ),
  groups: Type.Array(
    Type.Object({
      group: Type.String(),
      /** Not handed out yet; null when the broker doesn't know. */
      lag: nullable(Type.Integer()),
      /** Handed out and not acknowledged; null when the broker doesn't know. */
      pending: nullable(Type.Integer()),
    }),
  ),
})

const REDIS_WARNINGS = ['EVICTION_POLICY', 'PERSISTENCE_FAILING'] as const
export type RedisWarning = (typeof REDIS_WARNINGS)[number]

const RedisState = Type.Object({
  up: Type.Boolean(),
  /** Round trips of this process since its start, those of the event log not among them. */
  calls: Type.Integer(),
  calls_failed: Type.Integer(),
  /** The policy must be `noeviction`: events wait in Redis too. */
  warnings: Type.Array(oneOf(REDIS_WARNINGS)),
  /** What the server says of itself; null while it is away. */
  server: nullable(
    Type.Object({
      version: Type.String(),
      used_memory_bytes: Type.Integer(),
      /** 0 is no limit. */
      max_memory_bytes: Type.Integer(),
      max_memory_policy: Type.String(),
      /** From 0 to 1, of all look-ups of keys. */
      hit_rate: Type.Number(),
      evicted_keys: Type.Integer(),
      connected_clients: Type.Integer(),
      aof_enabled: Type.Boolean(),
      /** Whether the last writing of its files succeeded. */
      persistence_ok: Type.Boolean(),
    }),
  ),
})

export const SystemState = named(
  'SystemState',
  Type.Object({
    version: Type.String(),
    started_at: Timestamp,
    store: Type.Object({ engine: Type.String(), bytes: Type.Integer(), wal_bytes: Type.Integer() }),
    event_log: Type.Object({
      engine: Type.String(),
      /** Events that are not where their readers look. */
      unsent: Type.Integer(),
      /** Null when the log is the database itself. */
      broker: nullable(BrokerState),
    }),
    /** Null when the shop runs without it. */
    redis: nullable(RedisState),
    /** What this process has asked its caches for since its start. */
    caches: Type.Array(
      Type.Object({
        name: Type.String(),
        hits: Type.Integer(),
        misses: Type.Integer(),
        /** Redis was away, or didn't answer in time. */
        errors: Type.Integer(),
      }),
    ),
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
