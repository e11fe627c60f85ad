// Owns whether a code is right: guesses are slowed down per account, from wherever they come, and each counts once.
import type { Cause } from '../../lib/cause.ts'
import type { Trx } from '../../platform/db/store.ts'
import type { UsersContext } from './context.ts'
import { secondFactorUnreadable, wrongPassword } from './errors.ts'
import { noticeOf } from './mails-actions.ts'
import { foldCode, isAppCode, placeOf } from './second-factor-rules.ts'
import {
  findSecondFactor,
  type SecondFactorRow,
  takeRecoveryCode,
  takeStep,
} from './second-factor-store.ts'
import { findUser, type UserRow } from './store.ts'
import { sha256 } from './tokens.ts'
import { stepOf } from './totp.ts'

/** By which wrong codes of an account are counted. */
export function codesOf(user_id: number): string {
  return `code of ${user_id}`
}

/**
 * Takes a code of the locked account's, from the app or a recovery code.
 * @returns false when it is wrong or was used before
 * @throws SECOND_FACTOR_UNREADABLE
 */
export async function takeCode(
  ctx: UsersContext,
  trx: Trx,
  user_id: number,
  text: string,
  now: number,
): Promise<boolean> {
  const code = foldCode(text)
  if (isAppCode(code)) {
    const factor = await findSecondFactor(trx, user_id)
    return factor?.confirmed_at != null && takeAppCode(ctx, trx, factor, code, now)
  }
  const taken = await takeRecoveryCode(trx, user_id, sha256(code), now)
  if (taken) await ctx.mails.put(trx, [noticeOf('recovery_code_used', user_id, null)], now)
  return taken
}

/** Of a factor that needn't be confirmed. @throws SECOND_FACTOR_UNREADABLE */
export async function takeAppCode(
  { sealer, core }: UsersContext,
  trx: Trx,
  { user_id, secret: sealed, last_step }: SecondFactorRow,
  code: string,
  now: number,
): Promise<boolean> {
  const secret = sealer.open(sealed, placeOf(user_id))
  if (secret === null) {
    core.log.error(
      { user_id },
      'a second factor cannot be read: is PETSHOP_SECRET_KEY another one?',
    )
    throw secondFactorUnreadable()
  }
  const step = stepOf(secret, code, now, last_step)
  if (step === null) return false
  // Written before there was a key, it is sealed now.
  const kept = sealer.isSealed(sealed) ? sealed : sealer.seal(secret, placeOf(user_id))
  return takeStep(trx, user_id, step, kept)
}

/** The caller's account, once they have shown that they know its password. @throws PASSWORD_WRONG, TOO_MANY_FAILURES */
export async function provePassword(
  ctx: UsersContext,
  user_id: number,
  password: string,
  cause: Cause,
): Promise<UserRow> {
  const { core, failures, passwords } = ctx
  const row = await failures.attempt(`password of ${user_id}`, cause.now, async () => {
    const account = await findUser(core.store.db, user_id)
    // The dummy is hashed as well: the session may outlive its account by a moment.
    const right = await passwords.verify(account?.password ?? null, password)
    return right ? account : null
  })
  if (!row) throw wrongPassword()
  return row
}
