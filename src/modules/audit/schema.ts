// Owns the audit log's wire types.
import Type, { type Static } from 'typebox'
import { type ActName, ACTS, type SubjectKind, SUBJECTS } from '../../lib/acts.ts'
import { Id, named, nullable, oneOf, Page, strict, Timestamp } from '../../lib/wire.ts'

export type { ActName, SubjectKind }

/** Never what a person is called, or where: the log outlives their erasure. Ids, roles, amounts, names of fields. */
export type Facts = Readonly<
  Record<string, string | number | boolean | null | readonly (string | number)[]>
>

export const AuditEntry = named(
  'AuditEntry',
  Type.Object({
    entry_id: Id,
    act: Type.String(),
    /** Null when the program acted by itself, or nobody knows who it was. */
    actor_id: nullable(Id),
    /** As the account is called now. */
    actor: nullable(Type.String()),
    subject_kind: Type.String(),
    subject_id: Type.String(),
    before: nullable(Type.Unsafe<Facts>(Type.Object({}, { additionalProperties: true }))),
    after: nullable(Type.Unsafe<Facts>(Type.Object({}, { additionalProperties: true }))),
    /** The HTTP request, as in the program's log. */
    request_id: nullable(Type.String()),
    at: Timestamp,
    /** Its place in the chain; null for a moment, until it is sealed. */
    seal_no: nullable(Id),
    /** SHA-256 over this entry and the seal before, hex. */
    seal: nullable(Type.String()),
  }),
)
export type AuditEntry = Static<typeof AuditEntry>

const filters = {
  act: Type.Optional(oneOf(ACTS)),
  actor_id: Type.Optional(Id),
  subject_kind: Type.Optional(oneOf(SUBJECTS)),
  subject_id: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  /** At or after this time. */
  from: Type.Optional(Timestamp),
  /** Before this time. */
  to: Type.Optional(Timestamp),
}
export const AuditQuery = Type.Object({ ...Page, ...filters }, strict)
export type AuditQuery = Static<typeof AuditQuery>

const EXPORT_FORMATS = ['csv', 'ndjson'] as const
export const AuditExportQuery = Type.Object(
  { ...filters, format: Type.Optional(oneOf(EXPORT_FORMATS)) },
  strict,
)
