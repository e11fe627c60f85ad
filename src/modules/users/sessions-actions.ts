// Owns logging in and staying so: the same answer and the same time for every wrong log-in.
import type { Caller, Cause } from '../../lib/cause.ts'
import { makeEvent } from '../../lib/events.ts'
import type { Role } from '../../lib/roles.ts'
import { foldText } from '../../lib/text.ts'
import type { Trx } from '../../platform/db/store.ts'
import { appendEvents } from '../../platform/events/outbox.ts'
import type { Core } from '../../platform/module.ts'
import { sameGuesser } from './back-off-rules.ts'
import type { UsersContext } from './context.ts'
import { loginFailed } from './errors.ts'
import { SignedInFromNewDevice } from './schema.ts'
import { deviceTraits, isAlive, isTouchDue, lastEnd, sessionEnd } from './sessions-rules.ts'
import {
  deleteSession,
  insertSession,
  type LiveSession,
  rememberDevice,
  sessionFinder,
  touchSession,
} from './sessions-store.ts'
import { findByLogin, lockActive, roleOf, type UserRow } from './store.ts'
import { looksLikeToken, newToken, sha256 } from './tokens.ts'

/** From where somebody logs in. */
export interface Device {
  readonly user_agent: string
  readonly address: string
}

export interface LoggedIn {
  readonly token: string
  readonly user_id: number
  readonly role: Role
  /** When the session ends if it isn't used: epoch milliseconds. */
  readonly expires_at: number
  /** When it ends however much it is used: epoch milliseconds. */
  readonly last_end: number
}

export interface Login {
  readonly username: string
  readonly password: string
  readonly device: Device
  /** The session this one takes the place of. */
  readonly replaces: Caller | null
}

/** @throws LOGIN_FAILED, TOO_MANY_FAILURES, TOO_MANY_LOGINS */
export async function logIn(ctx: UsersContext, login: Login, cause: Cause): Promise<LoggedIn> {
  const { core, failures, passwords } = ctx
  const guesses = `${foldText(login.username)} from ${sameGuesser(login.device.address)}`
  const session = await failures.attempt(guesses, cause.now, async () => {
    const account = await findByLogin(core.store.db, login.username)
    const right = await passwords.verify(account?.password ?? null, login.password)
    return account && right ? enter(ctx, account, login, cause) : null
  })
  if (!session) throw loginFailed()
  return session
}

/** Null when the account was disabled, or its password changed, while this one was verified. */
function enter(
  ctx: UsersContext,
  verified: UserRow,
  { device, replaces }: Login,
  cause: Cause,
): Promise<LoggedIn | null> {
  const { store } = ctx.core
  return store.transaction(async (trx) => {
    const row = await lockActive(store, trx, verified.user_id)
    if (row?.password !== verified.password) return null
    if (replaces) await deleteSession(trx, replaces.user_id, replaces.session_id)
    return openSession(ctx, trx, { user_id: row.user_id, role: roleOf(row.role) }, device, cause)
  })
}

/** Opens a session for an account that the transaction has locked or made. */
export async function openSession(
  ctx: UsersContext,
  trx: Trx,
  user: { readonly user_id: number; readonly role: Role },
  device: Device,
  cause: Cause,
): Promise<LoggedIn> {
  const { store } = ctx.core
  const { user_id, role } = user
  const { now } = cause
  const token = newToken()
  const expires_at = sessionEnd(role, { created_at: now, last_seen_at: now })
  const user_agent = device.user_agent.slice(0, 300)
  const address = device.address.slice(0, 64)
  await insertSession(trx, {
    token_hash: sha256(token),
    user_id,
    user_agent,
    address,
    created_at: now,
    last_seen_at: now,
    expires_at,
  })
  const device_key = sha256(deviceTraits(device.user_agent))
  if (await rememberDevice(store, trx, user_id, device_key, now)) {
    const event = makeEvent(SignedInFromNewDevice, user_id, { user_id, user_agent, address })
    await appendEvents(store, trx, cause, [event])
  }
  return { token, user_id, role, expires_at, last_end: lastEnd(role, now) }
}

export type Authenticate = (token: string, now: number) => Promise<Caller | null>

/** Runs for every request: one query, and once a minute per session a note of its last use. */
export function createAuthenticate(core: Core): Authenticate {
  const find = sessionFinder(core.store.db)
  const note = createNoteOfUse(core)
  return async (token, now) => {
    if (!looksLikeToken(token)) return null
    const session = await find(sha256(token))
    if (!session || !isAlive(session.role, session, now)) return null
    if (isTouchDue(session, now)) await note(session, now)
    const { user_id, username, role, session_id } = session
    return { user_id, username, role, session_id }
  }
}

const PAUSE_AFTER_FAILURE = 60_000

/** A store that can't be written, such as a full disk, must not stop people from reading. */
function createNoteOfUse(core: Core) {
  let notBefore = 0
  return async (session: LiveSession, now: number): Promise<void> => {
    if (now < notBefore) return
    try {
      const expires_at = sessionEnd(session.role, { ...session, last_seen_at: now })
      await touchSession(core.store.db, session, now, expires_at)
      notBefore = 0
    } catch (error) {
      notBefore = now + PAUSE_AFTER_FAILURE
      core.log.warn({ error }, "a session's last use could not be written")
    }
  }
}
