// Owns the way back to a forgotten password: whoever asks learns nothing, and only the account's mail has the link.
import type { Cause } from '../../lib/cause.ts'
import { runAgain } from '../../platform/db/transactions.ts'
import type { Mail, MailKind, MailLanguage, MailOccasion } from '../../platform/mail/mail.ts'
import { noteAct } from './acts-actions.ts'
import { sameGuesser } from './back-off-rules.ts'
import type { UsersContext } from './context.ts'
import { mailOff, refuseField, resetLinkWrong, tooManyResets } from './errors.ts'
import { noticeOf } from './mails-actions.ts'
import { resetWords } from './mails-rules.ts'
import { countOpenResets, deleteResets, findReset, replaceReset } from './resets-store.ts'
import { newPasswordProblem } from './common-passwords.ts'
import { deleteSessions } from './sessions-store.ts'
import { findByLogin, findUser, lockActive, updatePassword, type UserRow } from './store.ts'
import { looksLikeToken, newToken, sha256 } from './tokens.ts'

const MINUTE = 60_000
const LINK_MINUTES = 30
/** Nobody's mailbox is filled by others. */
const MOST_OPEN = 3
const KIND = 'password_reset'

/**
 * Notes that somebody wants a new password. Whether there is such an account is only looked up when the mail is
 * written, so that neither the answer nor its time can tell.
 * @throws MAIL_OFF, TOO_MANY_RESETS
 */
export async function askForReset(
  ctx: UsersContext,
  login: string,
  from: { readonly address: string; readonly language: MailLanguage },
  cause: Cause,
): Promise<void> {
  const { mails, core } = ctx
  if (!mails.on) throw mailOff()
  await takeOne(ctx, from.address, cause.now)
  const mail = {
    kind: KIND,
    user_id: null,
    data: { login },
    language: from.language,
    expires_at: cause.now + LINK_MINUTES * MINUTE,
  }
  await core.store.transaction((trx) => mails.put(trx, [mail], cause.now), runAgain)
}

/**
 * Sets a password with a link's token, and ends all sessions and all links of the account.
 * @throws RESET_LINK_WRONG, VALIDATION, TOO_MANY_RESETS, TOO_MANY_LOGINS
 */
export async function resetByLink(
  ctx: UsersContext,
  { token, new_password }: { readonly token: string; readonly new_password: string },
  from: { readonly address: string; readonly language: MailLanguage },
  cause: Cause,
): Promise<void> {
  const { store } = ctx.core
  await takeOne(ctx, from.address, cause.now)
  const account = await accountOf(ctx, token, cause.now)
  if (!account) throw resetLinkWrong()
  const problem = await newPasswordProblem(new_password, account, 'new_password')
  if (problem) throw refuseField(problem)
  const password_hash = await ctx.passwords.hash(new_password)
  const { user_id } = account
  await ctx.sessions.outdating((outdate) =>
    store.transaction(
      async (trx) => {
        const row = await lockActive(store, trx, user_id)
        // Once more, with the account locked: of two who use the link at once, one wins.
        if (!row || !(await findReset(trx, sha256(token), cause.now))) throw resetLinkWrong()
        await updatePassword(trx, user_id, password_hash, cause.now)
        await noteAct(store, trx, cause, 'password.reset_by_mail', user_id, { actor_id: user_id })
        await deleteResets(trx, user_id)
        outdate(await deleteSessions(trx, user_id))
        await ctx.mails.put(trx, [noticeOf('password_changed', user_id, from.language)], cause.now)
        return password_hash
      },
      {
        afterLostCommit: async (hash) =>
          (await findUser(store.db, user_id))?.password === hash ? hash : undefined,
      },
    ),
  )
}

/** The mail with the link; its token is made now and stands nowhere but in it. */
export function resetMail(ctx: UsersContext): MailKind {
  return { kind: KIND, compose: (occasion) => composeReset(ctx, occasion) }
}

function composeReset(ctx: UsersContext, occasion: MailOccasion): Promise<Mail | null> {
  const { store } = ctx.core
  const { mail_id, now, language, publicUrl, shopName } = occasion
  const { login } = occasion.data as { readonly login: string }
  return store.transaction(async (trx) => {
    const found = await findByLogin(trx, login)
    const account = found && (await lockActive(store, trx, found.user_id))
    if (!account || account.email === '') return null
    const { user_id, username, email } = account
    if ((await countOpenResets(trx, user_id, { mail_id }, now)) >= MOST_OPEN) return null
    const token = newToken()
    const expires_at = now + LINK_MINUTES * MINUTE
    await replaceReset(trx, { token_hash: sha256(token), user_id, mail_id, expires_at })
    // Behind the #: neither servers' logs nor other sites see it.
    const link = `${publicUrl}/reset-password#${token}`
    const words = resetWords({ username, link, minutes: LINK_MINUTES, shopName }, language)
    return { to: email, ...words }
  }, runAgain)
}

async function accountOf(ctx: UsersContext, token: string, now: number): Promise<UserRow | null> {
  const { db } = ctx.core.store
  if (!looksLikeToken(token)) return null
  const reset = await findReset(db, sha256(token), now)
  const account = reset && (await findUser(db, reset.user_id))
  return account?.active === 1 ? account : null
}

/** @throws TOO_MANY_RESETS */
async function takeOne(ctx: UsersContext, address: string, now: number): Promise<void> {
  const wait = await ctx.resets.take(sameGuesser(address), now)
  if (wait === 0) return
  const seconds = Math.ceil(wait / 1000)
  throw tooManyResets({ retryAfter: seconds, params: { seconds } })
}
