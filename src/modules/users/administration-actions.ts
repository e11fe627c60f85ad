// Owns what staff do to others' ways in: never above their own role, decided while the account is locked.
import type { Caller, Cause } from '../../lib/cause.ts'
import type { Trx } from '../../platform/db/store.ts'
import { runAgain } from '../../platform/db/transactions.ts'
import { notAllowed, notFound } from '../../platform/http/errors.ts'
import { noteAct } from './acts-actions.ts'
import type { UsersContext } from './context.ts'
import { ownPassword, refuseField } from './errors.ts'
import { noticeOf } from './mails-actions.ts'
import { deleteResets } from './resets-store.ts'
import { newPasswordProblem } from './common-passwords.ts'
import { mayManage } from './rules.ts'
import { deleteSession, deleteSessions, isSessionLive } from './sessions-store.ts'
import { findUser, lockUser, roleOf, updatePassword, type UserRow } from './store.ts'
import type { Actor } from './users-actions.ts'

/** Ends all sessions of the account. @throws NOT_FOUND, NOT_ALLOWED */
export function endSessionsAs(ctx: UsersContext, actor: Actor, user_id: number): Promise<void> {
  return ctx.sessions.outdating((outdate) =>
    ctx.core.store.transaction(async (trx) => {
      await lockManaged(ctx, trx, actor, user_id)
      outdate(await deleteSessions(trx, user_id))
    }, runAgain),
  )
}

/** @returns whether the account had such a session. @throws NOT_FOUND, NOT_ALLOWED */
export function endSessionAs(
  ctx: UsersContext,
  actor: Actor,
  user_id: number,
  session_id: number,
): Promise<boolean> {
  const { store, clock } = ctx.core
  return ctx.sessions.outdating((outdate) =>
    store.transaction(
      async (trx) => {
        await lockManaged(ctx, trx, actor, user_id)
        const ended = await deleteSession(trx, user_id, session_id)
        outdate(ended)
        return ended.length > 0
      },
      {
        afterLostCommit: async (ended) =>
          (await isSessionLive(store.db, session_id, clock.now())) ? undefined : ended,
      },
    ),
  )
}

/**
 * Sets somebody's password without knowing the old one, and ends all their sessions.
 * @throws OWN_PASSWORD, NOT_FOUND, NOT_ALLOWED, VALIDATION, TOO_MANY_LOGINS, and what `beforeChange` throws
 */
export async function setPasswordAs(
  ctx: UsersContext,
  actor: Caller,
  user_id: number,
  password: string,
  cause: Cause,
): Promise<void> {
  // A stolen session must not be enough to take the account over for good.
  if (user_id === actor.user_id) throw ownPassword()
  const account = await findUser(ctx.core.store.db, user_id)
  if (!account) throw notFound()
  refuseAbove(actor, account)
  await writePassword(ctx, account, password, 'new_password', cause, (row) =>
    refuseAbove(actor, row),
  )
}

/** Sets a password for the command line, and ends all sessions. @throws VALIDATION, NOT_FOUND */
export async function resetPassword(
  ctx: UsersContext,
  user_id: number,
  password: string,
  cause: Cause,
): Promise<void> {
  const account = await findUser(ctx.core.store.db, user_id)
  if (!account) throw notFound()
  await writePassword(ctx, account, password, 'password', cause, () => undefined)
}

/** @param check looks at the account again once it is locked: its role may have changed meanwhile */
async function writePassword(
  { core: { store }, passwords, sessions, mails, beforeChange }: UsersContext,
  account: UserRow,
  password: string,
  field: string,
  cause: Cause,
  check: (row: UserRow) => void,
): Promise<void> {
  const { user_id } = account
  const problem = await newPasswordProblem(password, account, field)
  if (problem) throw refuseField(problem)
  const password_hash = await passwords.hash(password)
  await sessions.outdating((outdate) =>
    store.transaction(async (trx) => {
      const row = await lockUser(store, trx, user_id)
      if (!row) throw notFound()
      check(row)
      await beforeChange(trx, user_id)
      await updatePassword(trx, user_id, password_hash, cause.now)
      await noteAct(store, trx, cause, 'password.set_by_staff', user_id)
      await deleteResets(trx, user_id)
      await mails.put(trx, [noticeOf('password_changed', user_id, null)], cause.now)
      outdate(await deleteSessions(trx, user_id))
    }, runAgain),
  )
}

async function lockManaged(
  { core: { store } }: UsersContext,
  trx: Trx,
  actor: Actor,
  user_id: number,
): Promise<void> {
  const row = await lockUser(store, trx, user_id)
  if (!row) throw notFound()
  refuseAbove(actor, row)
}

/** @throws NOT_ALLOWED */
export function refuseAbove(actor: Actor, row: UserRow): void {
  if (!mayManage(actor, { role: roleOf(row.role) })) throw notAllowed()
}
