// Owns the names of deleted accounts: never given out again, and kept only as hashes, which name nobody.
import type { Store, Trx } from '../../platform/db/store.ts'
import { sha256 } from './tokens.ts'

export async function retireName(
  store: Store,
  trx: Trx,
  username_key: string,
  now: number,
): Promise<void> {
  await store.dialect
    .ignoreConflicts(
      trx
        .insertInto('retired_usernames')
        .values({ name_hash: sha256(username_key), retired_at: now }),
    )
    .execute()
}

/** @param username_keys at most 1,000 */
export async function isAnyRetired(trx: Trx, username_keys: readonly string[]): Promise<boolean> {
  if (username_keys.length === 0) return false
  const row = await trx
    .selectFrom('retired_usernames')
    .select('name_hash')
    .where('name_hash', 'in', username_keys.map(sha256))
    .executeTakeFirst()
  return row !== undefined
}
