// Owns turning the second factor on and off: on with a code that works, off only with password and code.
import { randomInt } from 'node:crypto'
import type { Caller, Cause } from '../../lib/cause.ts'
import type { Trx } from '../../platform/db/store.ts'
import { runAgain } from '../../platform/db/transactions.ts'
import { notFound } from '../../platform/http/errors.ts'
import { noteAct } from './acts-actions.ts'
import { codesOf, provePassword, takeAppCode, takeCode } from './codes-actions.ts'
import type { UsersContext } from './context.ts'
import { ownSecondFactor, refusedCode, secondFactorOff, secondFactorOn } from './errors.ts'
import { noticeOf } from './mails-actions.ts'
import { foldCode, placeOf, RECOVERY_CODES, recoveryCode } from './second-factor-rules.ts'
import {
  confirmSecondFactor,
  deleteSecondFactor,
  findSecondFactor,
  insertSecondFactor,
  listRecoveryHashes,
  replaceRecoveryCodes,
} from './second-factor-store.ts'
import { deleteSessions, listTokenHashes } from './sessions-store.ts'
import { lockActive, lockUser } from './store.ts'
import { sha256 } from './tokens.ts'
import { keyUri, newSecret } from './totp.ts'

/** Of the same length as the page of the secret may stay open. */
const CONFIRM_WITHIN_MS = 60 * 60_000

export interface Enrolment {
  /** In base32, for typing. */
  readonly secret: string
  /** For a QR code. */
  readonly uri: string
}

/** Makes a secret that counts for nothing yet. @throws PASSWORD_WRONG, TOO_MANY_FAILURES, SECOND_FACTOR_ON */
export async function beginEnrolment(
  ctx: UsersContext,
  caller: Caller,
  current_password: string,
  cause: Cause,
): Promise<Enrolment> {
  const { store } = ctx.core
  const { user_id, username } = await provePassword(ctx, caller.user_id, current_password, cause)
  const secret = newSecret()
  await store.transaction(async (trx) => {
    await lockCaller(ctx, trx, user_id)
    if ((await findSecondFactor(trx, user_id))?.confirmed_at != null) throw secondFactorOn()
    await insertSecondFactor(trx, user_id, ctx.sealer.seal(secret, placeOf(user_id)), cause.now)
  }, runAgain)
  return { secret, uri: keyUri(secret, username, (await ctx.shopName()) || 'Petshop') }
}

/**
 * Turns it on with a code of the app's; all other sessions end.
 * @returns the recovery codes, which nobody can read again
 * @throws SECOND_FACTOR_ON, SECOND_FACTOR_OFF, CODE_WRONG, TOO_MANY_FAILURES
 */
export async function confirmEnrolment(
  ctx: UsersContext,
  { user_id, session_id }: Caller,
  code: string,
  cause: Cause,
): Promise<readonly string[]> {
  const { store } = ctx.core
  const codes = newCodes()
  const confirm = async (trx: Trx) => {
    await lockCaller(ctx, trx, user_id)
    const factor = await findSecondFactor(trx, user_id)
    if (factor?.confirmed_at != null) throw secondFactorOn()
    if (!factor || cause.now - factor.created_at > CONFIRM_WITHIN_MS) throw secondFactorOff()
    if (!(await takeAppCode(ctx, trx, factor, foldCode(code), cause.now))) return null
    await confirmSecondFactor(trx, user_id, cause.now)
    await replaceRecoveryCodes(store, trx, user_id, codes.map(hashOf))
    await noteAct(store, trx, cause, 'second_factor.on', user_id)
    await ctx.mails.put(trx, [noticeOf('second_factor_on', user_id, null)], cause.now)
    const ended = await deleteSessions(trx, user_id, session_id)
    return { codes, outdated: [...ended, ...(await listTokenHashes(trx, user_id))] }
  }
  return takeWith(ctx, user_id, cause, confirm)
}

/** New recovery codes in the place of the old. @throws PASSWORD_WRONG, CODE_WRONG, SECOND_FACTOR_OFF, TOO_MANY_FAILURES */
export async function renewRecoveryCodes(
  ctx: UsersContext,
  { user_id }: Caller,
  proof: Proof,
  cause: Cause,
): Promise<readonly string[]> {
  const { store } = ctx.core
  await provePassword(ctx, user_id, proof.current_password, cause)
  const codes = newCodes()
  return takeWith(ctx, user_id, cause, async (trx) => {
    if (!(await prove(ctx, trx, user_id, proof.code, cause))) return null
    await replaceRecoveryCodes(store, trx, user_id, codes.map(hashOf))
    await noteAct(store, trx, cause, 'recovery_codes.renewed', user_id)
    return { codes, outdated: [] }
  })
}

export interface Proof {
  readonly current_password: string
  readonly code: string
}

/** @throws PASSWORD_WRONG, CODE_WRONG, SECOND_FACTOR_OFF, TOO_MANY_FAILURES */
export async function removeSecondFactor(
  ctx: UsersContext,
  { user_id, session_id }: Caller,
  proof: Proof,
  cause: Cause,
): Promise<void> {
  await provePassword(ctx, user_id, proof.current_password, cause)
  await takeWith(ctx, user_id, cause, async (trx) => {
    if (!(await prove(ctx, trx, user_id, proof.code, cause))) return null
    await deleteSecondFactor(trx, user_id)
    await noteAct(ctx.core.store, trx, cause, 'second_factor.off', user_id)
    await ctx.mails.put(trx, [noticeOf('second_factor_off', user_id, null)], cause.now)
    const ended = await deleteSessions(trx, user_id, session_id)
    return { codes: [], outdated: [...ended, ...(await listTokenHashes(trx, user_id))] }
  })
}

/**
 * For somebody who lost their phone and their recovery codes: by the owner, or from the command line. All their
 * sessions end.
 * @param actor null from the command line
 * @throws OWN_SECOND_FACTOR, NOT_FOUND, SECOND_FACTOR_OFF
 */
export async function resetSecondFactor(
  ctx: UsersContext,
  actor: Caller | null,
  user_id: number,
  cause: Cause,
): Promise<void> {
  // A stolen session must not be enough to weaken the account.
  if (actor?.user_id === user_id) throw ownSecondFactor()
  const { store } = ctx.core
  await ctx.sessions.outdating((outdate) =>
    store.transaction(
      async (trx) => {
        const row = await lockUser(store, trx, user_id)
        if (!row) throw notFound()
        if (row.second_factor !== 1) throw secondFactorOff()
        await deleteSecondFactor(trx, user_id)
        await noteAct(store, trx, cause, 'second_factor.reset', user_id)
        await ctx.mails.put(trx, [noticeOf('second_factor_off', user_id, null)], cause.now)
        outdate(await deleteSessions(trx, user_id))
        return 'reset'
      },
      {
        afterLostCommit: async (done) =>
          (await findSecondFactor(store.db, user_id)) ? undefined : done,
      },
    ),
  )
}

interface Taken {
  readonly codes: readonly string[]
  readonly outdated: readonly string[]
}

/** Runs a transaction that takes a code, as a guess. After a lost commit the same code isn't asked for again. */
async function takeWith(
  ctx: UsersContext,
  user_id: number,
  cause: Cause,
  work: (trx: Trx) => Promise<Taken | null>,
): Promise<readonly string[]> {
  const { store } = ctx.core
  const committed = async (taken: Taken | null): Promise<Taken | null | undefined> => {
    if (!taken) return taken
    const [first] = taken.codes
    const done =
      first === undefined
        ? !(await findSecondFactor(store.db, user_id))
        : (await listRecoveryHashes(store.db, user_id)).includes(hashOf(first))
    return done ? taken : undefined
  }
  const taken = await ctx.failures.attempt(codesOf(user_id), cause.now, () =>
    ctx.sessions.outdating(async (outdate) =>
      store.transaction(
        async (trx) => {
          const result = await work(trx)
          if (result) outdate(result.outdated)
          return result
        },
        { afterLostCommit: committed },
      ),
    ),
  )
  if (!taken) throw refusedCode()
  return taken.codes
}

/** @throws SECOND_FACTOR_OFF */
async function prove(
  ctx: UsersContext,
  trx: Trx,
  user_id: number,
  code: string,
  cause: Cause,
): Promise<boolean> {
  const row = await lockCaller(ctx, trx, user_id)
  if (row.second_factor !== 1) throw secondFactorOff()
  return takeCode(ctx, trx, user_id, code, cause.now)
}

async function lockCaller({ core }: UsersContext, trx: Trx, user_id: number) {
  const row = await lockActive(core.store, trx, user_id)
  if (!row) throw notFound()
  return row
}

function newCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => recoveryCode((below) => randomInt(below)))
}

function hashOf(code: string): string {
  return sha256(foldCode(code))
}
