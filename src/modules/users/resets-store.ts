// Owns the table of links to a new password: found by their token's hash, gone once one of them is used.
import type { Selectable } from 'kysely'
import type { Reader, Trx } from '../../platform/db/store.ts'
import type { Database } from '../../tables.ts'

export type ResetRow = Selectable<Database['password_resets']>

/** The same mail may be tried again: then its earlier link gives way. */
export async function replaceReset(trx: Trx, reset: ResetRow): Promise<void> {
  await trx
    .deleteFrom('password_resets')
    .where('user_id', '=', reset.user_id)
    .where('mail_id', '=', reset.mail_id)
    .execute()
  await trx.insertInto('password_resets').values(reset).execute()
}

/** How many links of other mails are open. */
export async function countOpenResets(
  trx: Trx,
  user_id: number,
  but: { readonly mail_id: number },
  now: number,
): Promise<number> {
  const rows = await trx
    .selectFrom('password_resets')
    .select('mail_id')
    .where('user_id', '=', user_id)
    .where('expires_at', '>', now)
    .where('mail_id', '<>', but.mail_id)
    .execute()
  return rows.length
}

export async function findReset(
  reader: Reader,
  token_hash: string,
  now: number,
): Promise<ResetRow | null> {
  const row = await reader
    .selectFrom('password_resets')
    .selectAll()
    .where('token_hash', '=', token_hash)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return row ?? null
}

/** All links of the account: its password is another one now, or its way in is closed. */
export async function deleteResets(trx: Trx, user_id: number): Promise<void> {
  await trx.deleteFrom('password_resets').where('user_id', '=', user_id).execute()
}

export async function deleteExpiredResets(trx: Trx, now: number): Promise<void> {
  await trx.deleteFrom('password_resets').where('expires_at', '<=', now).execute()
}
