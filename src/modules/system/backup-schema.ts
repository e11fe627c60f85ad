// Owns the wire types of backups.
import Type, { type Static } from 'typebox'
import { itemList, named, nullable, oneOf, ref, strict, Timestamp } from '../../lib/wire.ts'

export const Backup = named(
  'Backup',
  Type.Object({
    name: Type.String(),
    /** So far, while it is running; null when there is no file. */
    bytes: nullable(Type.Integer()),
    created_at: Timestamp,
    state: oneOf(['running', 'ready', 'failed']),
    /** Why it failed, or what is wrong with what is in it, in the caller's language. */
    problem: nullable(Type.String()),
    /** What to type on the server to make it the shop again, when the shop is stopped. */
    restore_command: Type.String(),
  }),
)
export type Backup = Static<typeof Backup>

export const BackupList = Type.Intersect([
  itemList(ref(Backup)),
  Type.Object({
    /** False where the database is a server, which brings its own tool. */
    supported: Type.Boolean(),
  }),
])

/** Named after its time, in UTC. */
export const BackupParams = Type.Object(
  { name: Type.String({ pattern: '^petshop-\\d{8}-\\d{6}\\.db$' }) },
  strict,
)
