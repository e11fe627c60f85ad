// Owns the tables of second factors and recovery codes; each code is taken by a guarded update, so that it counts once.
import type { Selectable } from 'kysely'
import { insertAll } from '../../platform/db/insert.ts'
import type { Reader, Store, Trx } from '../../platform/db/store.ts'
import type { Database } from '../../tables.ts'

export type SecondFactorRow = Selectable<Database['second_factors']>

export async function findSecondFactor(
  reader: Reader,
  user_id: number,
): Promise<SecondFactorRow | null> {
  const row = await reader
    .selectFrom('second_factors')
    .selectAll()
    .where('user_id', '=', user_id)
    .executeTakeFirst()
  return row ?? null
}

/** In the place of one that was never confirmed. */
export async function insertSecondFactor(
  trx: Trx,
  user_id: number,
  secret: string,
  now: number,
): Promise<void> {
  await trx.deleteFrom('second_factors').where('user_id', '=', user_id).execute()
  await trx
    .insertInto('second_factors')
    .values({ user_id, secret, last_step: 0, created_at: now, confirmed_at: null })
    .execute()
}

export async function confirmSecondFactor(trx: Trx, user_id: number, now: number): Promise<void> {
  await trx
    .updateTable('second_factors')
    .set({ confirmed_at: now })
    .where('user_id', '=', user_id)
    .execute()
  await markUser(trx, user_id, 1)
}

/** @returns false when the step, or a later one, was taken already */
export async function takeStep(
  trx: Trx,
  user_id: number,
  step: number,
  secret: string,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('second_factors')
    .set({ last_step: step, secret })
    .where('user_id', '=', user_id)
    .where('last_step', '<', step)
    .executeTakeFirst()
  return Number(numUpdatedRows) === 1
}

/** @returns false when there is no such code, or it was used */
export async function takeRecoveryCode(
  trx: Trx,
  user_id: number,
  code_hash: string,
  now: number,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('recovery_codes')
    .set({ used_at: now })
    .where('user_id', '=', user_id)
    .where('code_hash', '=', code_hash)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return Number(numUpdatedRows) === 1
}

/** The codes before these count no more. */
export async function replaceRecoveryCodes(
  store: Store,
  trx: Trx,
  user_id: number,
  code_hashes: readonly string[],
): Promise<void> {
  await trx.deleteFrom('recovery_codes').where('user_id', '=', user_id).execute()
  const rows = code_hashes.map((code_hash) => ({ user_id, code_hash, used_at: null }))
  await insertAll(store, trx, 'recovery_codes', rows)
}

/** The hashes of those that weren't used. */
export async function listRecoveryHashes(reader: Reader, user_id: number): Promise<string[]> {
  const rows = await reader
    .selectFrom('recovery_codes')
    .select('code_hash')
    .where('user_id', '=', user_id)
    .where('used_at', 'is', null)
    .execute()
  return rows.map((row) => row.code_hash)
}

export async function deleteSecondFactor(trx: Trx, user_id: number): Promise<void> {
  await trx.deleteFrom('second_factors').where('user_id', '=', user_id).execute()
  await trx.deleteFrom('recovery_codes').where('user_id', '=', user_id).execute()
  await markUser(trx, user_id, 0)
}

async function markUser(trx: Trx, user_id: number, second_factor: 0 | 1): Promise<void> {
  await trx.updateTable('users').set({ second_factor }).where('user_id', '=', user_id).execute()
}
