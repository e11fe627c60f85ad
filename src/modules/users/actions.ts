// Owns making accounts and changing one's own: checked first, hashed outside of the transaction.
import type { Caller, Cause } from '../../lib/cause.ts'
import { AppError } from '../../lib/errors.ts'
import type { Role } from '../../lib/roles.ts'
import { once, type KeyedRequest } from '../../platform/db/idempotency.ts'
import type { Trx } from '../../platform/db/store.ts'
import { runAgain } from '../../platform/db/transactions.ts'
import { notFound } from '../../platform/http/errors.ts'
import { noteAct } from './acts-actions.ts'
import { sameGuesser } from './back-off-rules.ts'
import type { UsersContext } from './context.ts'
import { provePassword } from './codes-actions.ts'
import { refuseField, tooManyRegistrations, wrongPassword } from './errors.ts'
import { noticeOf } from './mails-actions.ts'
import { deleteResets } from './resets-store.ts'
import { newPasswordProblem } from './common-passwords.ts'
import { usernameProblem } from './rules.ts'
import type { User } from './schema.ts'
import { deleteSessions } from './sessions-store.ts'
import {
  findUser,
  insertUsers,
  lockActive,
  type NewAccount,
  presentUser,
  type ProfileChange,
  updatePassword,
  updateUser,
} from './store.ts'

export interface CreateUser {
  readonly username: string
  readonly email: string
  readonly password: string
  readonly role: Role
  readonly display_name?: string | undefined
  readonly phone?: string | undefined
}

/**
 * Checks and hashes, so that `insertUsers` has nothing left to wait for. Call it outside of any transaction.
 * @throws VALIDATION, TOO_MANY_LOGINS
 */
export async function prepareAccount(
  ctx: UsersContext,
  input: CreateUser,
  now: number,
): Promise<NewAccount> {
  const problem =
    usernameProblem(input.username) ?? (await newPasswordProblem(input.password, input))
  if (problem) throw refuseField(problem)
  const password_hash = await ctx.passwords.hash(input.password)
  const [user_id = 0] = await ctx.userIds.take(1)
  const { username, email, role, display_name = '', phone = '' } = input
  return { user_id, username, email, password_hash, display_name, phone, role, created_at: now }
}

/**
 * A repeated request gets the account as it is now.
 * @throws VALIDATION, USERNAME_TAKEN, EMAIL_TAKEN, TOO_MANY_LOGINS; NOT_FOUND for a repetition when it is deleted
 */
export async function createUser(
  ctx: UsersContext,
  input: CreateUser,
  key: KeyedRequest | null,
  cause: Cause,
): Promise<User> {
  const { store } = ctx.core
  const account = await prepareAccount(ctx, input, cause.now)
  const made = await store.transaction(
    (trx) =>
      once(store, trx, key, cause.now, async () => {
        const { user_id } = await insertAccount(ctx, trx, account)
        const after = { role: account.role }
        // Customers who make their own account are the shop's daily business.
        if (cause.actor_id !== null || account.role !== 'customer')
          await noteAct(store, trx, cause, 'account.created', user_id, { after })
        // All that a repetition needs: a kept answer outlives the person's deletion.
        return { user_id }
      }),
    {
      afterLostCommit: async (result) =>
        (await findUser(store.db, result.user_id)) ? result : undefined,
    },
  )
  const row = await findUser(store.db, made.user_id)
  if (!row) throw notFound()
  return presentUser(row)
}

/** Makes a prepared account in the caller's transaction. @throws USERNAME_TAKEN, EMAIL_TAKEN */
export async function insertAccount(
  ctx: UsersContext,
  trx: Trx,
  account: NewAccount,
): Promise<User> {
  await insertUsers(ctx.core.store, trx, [account])
  return presentUser({ ...account, active: 1 })
}

/**
 * Makes a customer's account for whoever asks. It names a taken name, as people must be told; an address
 * may therefore learn only so many a minute.
 * @throws VALIDATION, USERNAME_TAKEN, EMAIL_TAKEN, TOO_MANY_REGISTRATIONS, TOO_MANY_LOGINS
 */
export async function register(
  ctx: UsersContext,
  input: Omit<CreateUser, 'role' | 'email'> & { readonly email?: string | undefined },
  address: string,
  cause: Cause,
): Promise<User> {
  const guesser = sameGuesser(address)
  const { now } = cause
  const wait =
    (await ctx.revelations.left(guesser, now)) || (await ctx.registrations.take(guesser, now))
  if (wait > 0) {
    const seconds = Math.ceil(wait / 1000)
    throw tooManyRegistrations({ retryAfter: seconds, params: { seconds } })
  }
  try {
    return await createUser(
      ctx,
      { ...input, email: input.email ?? '', role: 'customer' },
      null,
      cause,
    )
  } catch (error) {
    if (error instanceof AppError && error.status === 409) await ctx.revelations.count(guesser, now)
    throw error
  }
}

/**
 * Another e-mail needs the current password: whoever reads it gets into the account, so an open screen must not be
 * enough. The address before is told.
 * @throws NOT_FOUND, EMAIL_TAKEN, PASSWORD_WRONG, TOO_MANY_FAILURES
 */
export async function changeProfile(
  ctx: UsersContext,
  caller: Caller,
  { current_password, ...change }: ProfileUpdate,
  cause: Cause,
): Promise<User> {
  const { store } = ctx.core
  const { user_id } = caller
  const before = await findUser(store.db, user_id)
  const newEmail = change.email !== undefined && change.email !== before?.email
  if (newEmail) {
    if (current_password === undefined) throw wrongPassword()
    await provePassword(ctx, user_id, current_password, cause)
  }
  return store.transaction(async (trx) => {
    const row = await lockActive(store, trx, user_id)
    if (!row) throw notFound()
    // Another request may have changed it meanwhile: then this one's password wasn't asked for.
    if (!newEmail && change.email !== undefined && change.email !== row.email) throw wrongPassword()
    const user = presentUser(await updateUser(store, trx, row, change, cause.now))
    if (newEmail && row.email !== user.email) {
      await deleteResets(trx, user_id)
      await noteAct(store, trx, cause, 'account.email_changed', user_id)
      await ctx.mails.put(trx, [noticeOf('email_changed', user_id, null, row.email)], cause.now)
    }
    return user
  }, runAgain)
}

interface ProfileUpdate extends Pick<ProfileChange, 'email' | 'display_name' | 'phone'> {
  readonly current_password?: string | undefined
}

/** Ends every other session: whoever stole one is out. @throws PASSWORD_WRONG, VALIDATION */
export async function changePassword(
  ctx: UsersContext,
  caller: Caller,
  change: { readonly current_password: string; readonly new_password: string },
  cause: Cause,
): Promise<void> {
  const { store } = ctx.core
  const row = await provePassword(ctx, caller.user_id, change.current_password, cause)
  const problem = await newPasswordProblem(change.new_password, row, 'new_password')
  if (problem) throw refuseField(problem)
  const password_hash = await ctx.passwords.hash(change.new_password)
  await ctx.sessions.outdating((outdate) =>
    store.transaction(
      async (trx) => {
        const locked = await lockActive(store, trx, caller.user_id)
        if (locked?.password !== row.password) throw wrongPassword()
        await updatePassword(trx, row.user_id, password_hash, cause.now)
        await noteAct(store, trx, cause, 'password.changed', row.user_id)
        await deleteResets(trx, row.user_id)
        await ctx.mails.put(trx, [noticeOf('password_changed', row.user_id, null)], cause.now)
        outdate(await deleteSessions(trx, row.user_id, caller.session_id))
        return password_hash
      },
      // Again, the current password would be another one.
      {
        afterLostCommit: async (hash) =>
          (await findUser(store.db, row.user_id))?.password === hash ? hash : undefined,
      },
    ),
  )
}
