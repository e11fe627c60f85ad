// Owns logging in and staying so: the same answer and the same time for every wrong log-in.
import type { Caller, Cause } from '../../lib/cause.ts'
import { makeEvent } from '../../lib/events.ts'
import type { Role } from '../../lib/roles.ts'
import { foldText } from '../../lib/text.ts'
import type { Trx } from '../../platform/db/store.ts'
import { appendEvents } from '../../platform/events/outbox.ts'
import { runAgain } from '../../platform/db/transactions.ts'
import type { Core } from '../../platform/module.ts'
import { sameGuesser } from './back-off-rules.ts'
import type { UsersContext } from './context.ts'
import { loginFailed } from './errors.ts'
import { SignedInFromNewDevice } from './schema.ts'
import type { Outdate, SessionCache } from './session-cache.ts'
import {
  deviceTraits,
  isAlive,
  isTouchDue,
  lastEnd,
  type LiveSession,
  sessionEnd,
} from './sessions-rules.ts'
import {
  deleteSession,
  deleteSessions,
  insertSession,
  isSessionLive,
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
  const replace = (outdate: Outdate) =>
    store.transaction(async (trx) => {
      const row = await lockActive(store, trx, verified.user_id)
      if (row?.password !== verified.password) return null
      if (replaces) outdate(await deleteSession(trx, replaces.user_id, replaces.session_id))
      return openSession(ctx, trx, { user_id: row.user_id, role: roleOf(row.role) }, device, cause)
    }, runAgain)
  return ctx.sessions.outdating(replace)
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

/** @returns whether there was such a session of this user */
export function endSession(
  { core, sessions }: UsersContext,
  user_id: number,
  session_id: number,
): Promise<boolean> {
  return sessions.outdating((outdate) =>
    core.store.transaction(
      async (trx) => {
        const ended = await deleteSession(trx, user_id, session_id)
        outdate(ended)
        return ended.length > 0
      },
      {
        afterLostCommit: async (ended) =>
          (await isSessionLive(core.store.db, session_id, core.clock.now())) ? undefined : ended,
      },
    ),
  )
}

/** Ends all sessions of the caller but this one. */
export function endOtherSessions(
  { core: { store }, sessions }: UsersContext,
  { user_id, session_id }: Caller,
): Promise<void> {
  return sessions.outdating((outdate) =>
    store.transaction(async (trx) => {
      await lockActive(store, trx, user_id)
      outdate(await deleteSessions(trx, user_id, session_id))
    }, runAgain),
  )
}

export type Authenticate = (token: string, now: number) => Promise<Caller | null>

/** Runs for every request: one query unless Redis remembers, and once a minute per session a note of its last use. */
export function createAuthenticate(core: Core, sessions: SessionCache): Authenticate {
  const find = sessionFinder(core.store.db)
  const note = createNoteOfUse(core)
  return async (token, now) => {
    if (!looksLikeToken(token)) return null
    const token_hash = sha256(token)
    const kept = await sessions.find(token_hash)
    let session: LiveSession | null = kept.value ?? null
    // What is remembered can only say yes: another process may have noted a later use.
    if (!session || !isAlive(session.role, session, now)) {
      session = await find(token_hash)
      if (!session || !isAlive(session.role, session, now)) return null
      sessions.keep(kept.ticket, session)
    }
    if (isTouchDue(session, now) && (await note(session, now))) {
      sessions.keep(kept.ticket, { ...session, last_seen_at: now })
    }
    const { user_id, username, role, session_id } = session
    return { user_id, username, role, session_id }
  }
}

const PAUSE_AFTER_FAILURE = 60_000

/** A store that can't be written, such as a full disk, must not stop people from reading. */
function createNoteOfUse(core: Core) {
  let notBefore = 0
  /** @returns whether it is written */
  return async (session: LiveSession, now: number): Promise<boolean> => {
    if (now < notBefore) return false
    try {
      const expires_at = sessionEnd(session.role, { ...session, last_seen_at: now })
      await touchSession(core.store.db, session, now, expires_at)
      notBefore = 0
      return true
    } catch (error) {
      notBefore = now + PAUSE_AFTER_FAILURE
      core.log.warn({ error }, "a session's last use could not be written")
      return false
    }
  }
}
