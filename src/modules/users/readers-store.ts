// Owns what other modules may read of accounts: never a password or a phone number, and an e-mail only to send mail.
import { atLeast, type Role, ROLES } from '../../lib/roles.ts'
import { foldText } from '../../lib/text.ts'
import { alsoEquals } from '../../platform/db/also-equals.ts'
import type { Reader, Store, Trx } from '../../platform/db/store.ts'
import { roleOf } from './store.ts'

const MOST_IDS = 1000

export interface ActiveUser {
  readonly user_id: number
  readonly username: string
  readonly role: Role
}

/**
 * Those of the ids (at most 1,000) whose accounts exist and may be used, by id. Until the transaction ends
 * nobody can disable or delete them.
 */
export async function keepActiveUsers(
  store: Store,
  trx: Trx,
  ids: readonly number[],
): Promise<Map<number, ActiveUser>> {
  if (ids.length === 0) return new Map()
  const query = trx
    .selectFrom('users')
    .select(['user_id', 'username', 'role'])
    .where(store.dialect.among('user_id', [...new Set(ids)]))
    .where(alsoEquals('active', 1))
    .where('deleted_at', 'is', null)
    .orderBy('user_id')
  const rows = await store.dialect.forShare(query).execute()
  return new Map(rows.map((row) => [row.user_id, { ...row, role: roleOf(row.role) }]))
}

/** Those of the ids whose accounts exist and may be used now. */
export async function activeAmong(reader: Reader, ids: readonly number[]): Promise<Set<number>> {
  const active = new Set<number>()
  for (let i = 0; i < ids.length; i += MOST_IDS) {
    const rows = await reader
      .selectFrom('users')
      .select('user_id')
      .where('user_id', 'in', ids.slice(i, i + MOST_IDS))
      .where('active', '=', 1)
      .where('deleted_at', 'is', null)
      .execute()
    for (const { user_id } of rows) active.add(user_id)
  }
  return active
}

/** Active accounts with this role or a higher one, in order of id. */
export async function listStaffIds(
  reader: Reader,
  minimum: Exclude<Role, 'customer'>,
): Promise<number[]> {
  const rows = await reader
    .selectFrom('users')
    .select('user_id')
    .where(
      'role',
      'in',
      ROLES.filter((role) => atLeast(role, minimum)),
    )
    .where(alsoEquals('active', 1))
    .where('deleted_at', 'is', null)
    .orderBy('user_id')
    .execute()
  return rows.map((row) => row.user_id)
}

export interface Recipient {
  readonly email: string
  readonly role: Role
}

/** For mail to somebody whose account may be used; null without an address. */
export async function findRecipient(reader: Reader, user_id: number): Promise<Recipient | null> {
  const row = await reader
    .selectFrom('users')
    .select(['email', 'role'])
    .where('user_id', '=', user_id)
    .where('active', '=', 1)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  return row && row.email !== '' ? { email: row.email, role: roleOf(row.role) } : null
}

/** By the whole username, without regard to case and width. */
export async function findUserIdByUsername(reader: Reader, text: string): Promise<number | null> {
  const row = await reader
    .selectFrom('users')
    .select('user_id')
    .where('username_key', '=', foldText(text))
    .executeTakeFirst()
  return row?.user_id ?? null
}

/** Usernames of the ids (at most 1,000), deleted accounts with their `deleted-<id>`. */
export async function namesOf(
  reader: Reader,
  ids: readonly number[],
): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map()
  const rows = await reader
    .selectFrom('users')
    .select(['user_id', 'username'])
    .where('user_id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map((row) => [row.user_id, row.username]))
}
