// Owns the wire types of outgoing mail as the owner sees it: what waits and what was given up, never the words.
import Type, { type Static } from 'typebox'
import { Id, named, nullable, oneOf, Page, strict, Timestamp } from '../../lib/wire.ts'

export const MAIL_STATES = ['waiting', 'dead'] as const

export const QueuedMail = named(
  'QueuedMail',
  Type.Object({
    mail_id: Id,
    kind: Type.String(),
    /** Null: found out at the sending. */
    user_id: nullable(Id),
    state: oneOf(MAIL_STATES),
    attempts: Type.Integer(),
    /** What the last attempt failed of; empty before the first. */
    error: Type.String(),
    created_at: Timestamp,
    next_attempt_at: Timestamp,
  }),
)
export type QueuedMail = Static<typeof QueuedMail>

export const MailList = named(
  'MailList',
  Type.Object({
    status: Type.Literal('success'),
    /** False: no mail server is configured. */
    on: Type.Boolean(),
    items: Type.Array(Type.Unsafe<QueuedMail>({ $ref: 'QueuedMail#' })),
    next_cursor: nullable(Type.String()),
  }),
)

export const MailQuery = Type.Object({ ...Page, state: Type.Optional(oneOf(MAIL_STATES)) }, strict)
