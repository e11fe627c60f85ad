// Owns the tables of sessions and known devices; a token is found by its hash, and only its owner's rows change.
import { type Selectable, sql } from 'kysely'
import { askTogether } from '../../lib/together.ts'
import { toTimestamp } from '../../lib/wire.ts'
import { prepareByLength } from '../../platform/db/prepared.ts'
import type { Reader, Store, Trx } from '../../platform/db/store.ts'
import { updateEach } from '../../platform/db/update-each.ts'
import type { Database } from '../../tables.ts'
import type { Session } from './schema.ts'
import { isAlive, type LiveSession } from './sessions-rules.ts'
import { roleOf } from './store.ts'

export type SessionRow = Selectable<Database['sessions']>

const MOST_AT_ONCE = 64

/**
 * Finds a token's session, if its account may be used. Runs for every request: those of one turn of the event
 * loop are looked up together.
 */
export function sessionFinder(store: Store): (token_hash: string) => Promise<LiveSession | null> {
  const select = (hashes: readonly string[]) =>
    store.db
      .selectFrom('sessions')
      .innerJoin('users', 'users.user_id', 'sessions.user_id')
      .select(['sessions.token_hash', 'sessions.session_id'])
      .select(['sessions.created_at', 'sessions.last_seen_at'])
      .select(['users.user_id', 'users.username', 'users.role', 'users.active'])
      .select('users.second_factor')
      .where('sessions.token_hash', 'in', hashes)
  const find = prepareByLength((length) =>
    store.prepare(select(Array<string>(length).fill('')).compile()),
  )
  const look = askTogether<string, LiveSession>(async (hashes) => {
    const rows = await find(...hashes)
    const sessions = new Map<string, LiveSession>()
    for (const { token_hash, active, role, second_factor, ...session } of rows) {
      if (active !== 1) continue
      const more = { role: roleOf(role), second_factor: second_factor === 1 }
      sessions.set(token_hash, { ...session, ...more })
    }
    return sessions
  }, MOST_AT_ONCE)
  return async (token_hash) => (await look([token_hash])).get(token_hash) ?? null
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

/** Was this session opened, and not ended since? */
export async function isTokenKnown(reader: Reader, token_hash: string): Promise<boolean> {
  const row = await reader
    .selectFrom('sessions')
    .select('session_id')
    .where('token_hash', '=', token_hash)
    .executeTakeFirst()
  return row !== undefined
}

export async function insertSession(
  trx: Trx,
  session: Omit<SessionRow, 'session_id'>,
): Promise<void> {
  await trx.insertInto('sessions').values(session).execute()
}

export interface Use {
  readonly session_id: number
  /** As it was read. */
  readonly last_seen_at: number
  readonly now: number
  readonly expires_at: number
}

/** Notes the last use of sessions, unless somebody else has in the meantime. A session may stand there twice. */
export async function touchSessions(store: Store, trx: Trx, uses: readonly Use[]): Promise<void> {
  const once = new Map(uses.map((use) => [use.session_id, use]))
  await updateEach(store, trx, {
    table: 'sessions',
    columns: { id: 'integer', known: 'integer', used_at: 'integer', ends_at: 'integer' },
    rows: [...once.values()]
      .toSorted((a, b) => a.session_id - b.session_id)
      .map((use) => [use.session_id, use.last_seen_at, use.now, use.expires_at]),
    set: sql`last_seen_at = list.used_at, expires_at = list.ends_at`,
    where: sql`sessions.session_id = list.id and sessions.last_seen_at = list.known`,
  })
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
