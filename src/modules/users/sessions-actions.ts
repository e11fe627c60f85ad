// Owns logging in and staying so: the same answer and the same time for every wrong log-in.
import { createBatcher } from '../../lib/batching.ts'
import type { Caller, Cause } from '../../lib/cause.ts'
import { makeEvent } from '../../lib/events.ts'
import { isStaff, type Role } from '../../lib/roles.ts'
import { foldText } from '../../lib/text.ts'
import type { Trx } from '../../platform/db/store.ts'
import { appendEvents } from '../../platform/events/outbox.ts'
import { runAgain } from '../../platform/db/transactions.ts'
import type { Core } from '../../platform/module.ts'
import { noteAct } from './acts-actions.ts'
import { sameGuesser } from './back-off-rules.ts'
import type { UsersContext } from './context.ts'
import { codesOf, takeCode } from './codes-actions.ts'
import { accountDisabled, loginFailed, secondFactorNeeded, wrongCode } from './errors.ts'
import { SignedInFromNewDevice } from './schema.ts'
import type { Outdate } from './session-cache.ts'
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
  isTokenKnown,
  rememberDevice,
  sessionFinder,
  touchSessions,
  type Use,
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
  /** Of the second factor; null when none was given. */
  readonly code: string | null
  readonly device: Device
  /** The session this one takes the place of. */
  readonly replaces: Caller | null
}

/**
 * Codes are guessed per account, from wherever: whoever guesses them knows the password, so a wrong one isn't held
 * against the password.
 * @throws LOGIN_FAILED, ACCOUNT_DISABLED, SECOND_FACTOR_NEEDED, SECOND_FACTOR_WRONG, TOO_MANY_FAILURES, TOO_MANY_LOGINS
 */
export async function logIn(ctx: UsersContext, login: Login, cause: Cause): Promise<LoggedIn> {
  const { core, failures, passwords, refusals } = ctx
  const guesses = `${foldText(login.username)} from ${sameGuesser(login.device.address)}`
  const entry = await failures.attempt<Entry>(guesses, cause.now, async () => {
    const account = await findByLogin(core.store.db, login.username)
    const right = await passwords.verify(account?.password ?? null, login.password)
    if (account && right && account.active !== 1) {
      refusals.note(cause, account.user_id, 'disabled')
      throw accountDisabled()
    }
    if (!account || !right) {
      refusals.note(cause, account?.user_id, 'password')
      return null
    }
    if (account.second_factor !== 1) return enter(ctx, account, login, cause)
    if (login.code === null) throw secondFactorNeeded()
    const entered = await failures.attempt(codesOf(account.user_id), cause.now, async () => {
      const found = await enter(ctx, account, login, cause)
      if (found !== WRONG_CODE) return found
      refusals.note(cause, account.user_id, 'code')
      return null
    })
    return entered ?? WRONG_CODE
  })
  if (entry === WRONG_CODE) throw wrongCode()
  if (!entry) throw loginFailed()
  return entry
}

const WRONG_CODE = 'wrong code'
type Entry = LoggedIn | typeof WRONG_CODE

/** Null when the account was disabled, or its password changed, while this one was verified. */
function enter(
  ctx: UsersContext,
  verified: UserRow,
  { device, replaces, code }: Login,
  cause: Cause,
): Promise<Entry | null> {
  const { store } = ctx.core
  const work = (outdate: Outdate) => async (trx: Trx) => {
    const row = await lockActive(store, trx, verified.user_id)
    if (row?.password !== verified.password) return null
    if (row.second_factor === 1) {
      if (code === null) throw secondFactorNeeded()
      if (!(await takeCode(ctx, trx, row.user_id, code, cause.now))) {
        return WRONG_CODE
      }
    }
    if (replaces) outdate(await deleteSession(trx, replaces.user_id, replaces.session_id))
    return openSession(ctx, trx, { user_id: row.user_id, role: roleOf(row.role) }, device, cause)
  }
  // A code that was taken can't be taken again: after a lost commit the session itself is looked for.
  const committed = async (entry: Entry | null) => {
    if (entry === null || entry === WRONG_CODE) return entry
    return (await isTokenKnown(store.db, sha256(entry.token))) ? entry : undefined
  }
  return ctx.sessions.outdating((outdate) =>
    store.transaction(work(outdate), { afterLostCommit: committed }),
  )
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
  await noteAct(store, trx, cause, 'session.opened', user_id, { actor_id: user_id })
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
export function createAuthenticate(
  core: Core,
  { sessions, secondFactorRequired }: Pick<UsersContext, 'sessions' | 'secondFactorRequired'>,
): Authenticate {
  const find = sessionFinder(core.store)
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
    const caller = { user_id, username, role, session_id }
    const lacks = isStaff(role) && !session.second_factor && (await secondFactorRequired())
    return lacks ? { ...caller, role: 'customer', lacksSecondFactor: true } : caller
  }
}

const PAUSE_AFTER_FAILURE = 60_000
/** Reading must not wait for it. */
const IN_PASSING = { ...runAgain, patienceMs: 0 }
/** Whoever comes when so many wait is noted the next time. */
const MOST_NOTES = 1000

/**
 * Notes of the same moment are written together. A store that can't be written, such as a full disk, must not
 * stop people from reading.
 */
function createNoteOfUse({ store, log }: Core) {
  let pausedUntil = -Infinity
  const notes = createBatcher<Use, void>({
    async run(uses) {
      // Those who came while the last ones failed.
      if (performance.now() < pausedUntil) throw new Error('notes pause after a failure')
      try {
        await store.transaction((trx) => touchSessions(store, trx, uses), IN_PASSING)
      } catch (error) {
        pausedUntil = performance.now() + PAUSE_AFTER_FAILURE
        // Nobody has to do anything: it is written the next time.
        log.info({ error }, "sessions' last use could not be written")
        throw error
      }
      return uses.map(() => ({ ok: true, value: undefined }))
    },
    maxBatch: MOST_NOTES,
    maxQueue: MOST_NOTES,
    maxAgeMs: Infinity,
    now: () => performance.now(),
    refuse: () => new Error('too many notes wait'),
  })
  /** @returns whether it is written */
  return async (session: LiveSession, now: number): Promise<boolean> => {
    if (performance.now() < pausedUntil || notes.isFull()) return false
    const { session_id, last_seen_at } = session
    const expires_at = sessionEnd(session.role, { ...session, last_seen_at: now })
    const use = { session_id, last_seen_at, now, expires_at }
    return notes.submit(use).then(
      () => true,
      () => false,
    )
  }
}
