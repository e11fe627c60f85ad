// Owns the tables of sessions and known devices; a token is found by its hash, and only its owner's rows change.
import type { InferResult, Selectable } from 'kysely'
import { toTimestamp } from '../../lib/wire.ts'
import type { Db, Reader, Store, Trx } from '../../platform/db/store.ts'
import type { Database } from '../../tables.ts'
import type { Session } from './schema.ts'
import { isAlive, type LiveSession } from './sessions-rules.ts'
import { roleOf } from './store.ts'

export type SessionRow = Selectable<Database['sessions']>

/** Finds a token's session, if its account may be used. Runs for every request: compiled once. */
export function sessionFinder(db: Db): (token_hash: string) => Promise<LiveSession | null> {
  const compiled = db
    .selectFrom('sessions')
    .innerJoin('users', 'users.user_id', 'sessions.user_id')
    .select([
      'sessions.session_id',
      'sessions.created_at',
      'sessions.last_seen_at',
      'users.user_id',
      'users.username',
      'users.role',
    ])
    // Written out, so that the hash is the only value.
    .where((eb) => eb('users.active', '=', eb.lit(1)))
    .where('sessions.token_hash', '=', '')
    .compile()
  type Row = InferResult<typeof compiled>[number]
  return async (token_hash) => {
    const { rows } = await db.executeQuery<Row>({ ...compiled, parameters: [token_hash] })
    const row = rows[0]
    return row ? { ...row, role: roleOf(row.role) } : null
  }
}

/** Would a request with this session be let in now? For connections that outlive their request. */
export async function isSessionLive(
  reader: Reader,
  session_id: number,
  now: number,
): Promise<boolean> {
  const row = await reader
    .selectFrom('sessions')
    .innerJoin('users', 'users.user_id', 'sessions.user_id')
    .select(['sessions.created_at', 'sessions.last_seen_at', 'users.role'])
    .where('sessions.session_id', '=', session_id)
    .where('users.active', '=', 1)
    .executeTakeFirst()
  return row !== undefined && isAlive(roleOf(row.role), row, now)
}

export async function insertSession(
  trx: Trx,
  session: Omit<SessionRow, 'session_id'>,
): Promise<void> {
  await trx.insertInto('sessions').values(session).execute()
}

/** Notes the last use, unless somebody else has in the meantime. */
export async function touchSession(
  db: Db,
  session: Pick<SessionRow, 'session_id' | 'last_seen_at'>,
  now: number,
  expires_at: number,
): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ last_seen_at: now, expires_at })
    .where('session_id', '=', session.session_id)
    .where('last_seen_at', '=', session.last_seen_at)
    .execute()
}

const MOST_LISTED = 100

/** The user's sessions, the last used first. */
export function listSessions(reader: Reader, user_id: number, now: number): Promise<SessionRow[]> {
  return reader
    .selectFrom('sessions')
    .selectAll()
    .where('user_id', '=', user_id)
    .where('expires_at', '>', now)
    .orderBy('last_seen_at', 'desc')
    .orderBy('session_id', 'desc')
    .limit(MOST_LISTED)
    .execute()
}

/** @param current the session that asks */
export function presentSession(row: SessionRow, current: number): Session {
  return {
    session_id: row.session_id,
    current: row.session_id === current,
    user_agent: row.user_agent,
    address: row.address,
    created_at: toTimestamp(row.created_at),
    last_seen_at: toTimestamp(row.last_seen_at),
    expires_at: toTimestamp(row.expires_at),
  }
}

/** @returns the ended session's token hash; none when this user has no such session */
export async function deleteSession(
  trx: Trx,
  user_id: number,
  session_id: number,
): Promise<string[]> {
  const rows = await trx
    .selectFrom('sessions')
    .select('token_hash')
    .where('session_id', '=', session_id)
    .where('user_id', '=', user_id)
    .execute()
  if (rows[0]) await trx.deleteFrom('sessions').where('session_id', '=', session_id).execute()
  return rows.map((row) => row.token_hash)
}

/**
 * Ends the user's sessions, all or all but one; the caller has locked the user, as whoever logs in does.
 * @returns the token hashes of those that ended
 */
export async function deleteSessions(
  trx: Trx,
  user_id: number,
  except: number | null = null,
): Promise<string[]> {
  const ended = await listTokenHashes(trx, user_id, except)
  let query = trx.deleteFrom('sessions').where('user_id', '=', user_id)
  if (except !== null) query = query.where('session_id', '<>', except)
  await query.execute()
  return ended
}

/** The token hashes of the user's sessions, all or all but one. */
export async function listTokenHashes(
  trx: Trx,
  user_id: number,
  except: number | null = null,
): Promise<string[]> {
  let query = trx.selectFrom('sessions').select('token_hash').where('user_id', '=', user_id)
  if (except !== null) query = query.where('session_id', '<>', except)
  return (await query.execute()).map((row) => row.token_hash)
}

export async function deleteExpiredSessions(reader: Reader, now: number): Promise<void> {
  await reader.deleteFrom('sessions').where('expires_at', '<=', now).execute()
}

/**
 * Remembers a device; the caller has locked the user.
 * @returns whether it is another than those known; the very first is not
 */
export async function rememberDevice(
  store: Store,
  trx: Trx,
  user_id: number,
  device_key: string,
  now: number,
): Promise<boolean> {
  const known = await trx
    .selectFrom('known_devices')
    .select('device_key')
    .where('user_id', '=', user_id)
    .execute()
  if (known.some((device) => device.device_key === device_key)) return false
  await store.dialect
    .ignoreConflicts(
      trx.insertInto('known_devices').values({ user_id, device_key, first_seen_at: now }),
    )
    .execute()
  return known.length > 0
}

export async function forgetDevices(trx: Trx, user_id: number): Promise<void> {
  await trx.deleteFrom('known_devices').where('user_id', '=', user_id).execute()
}
