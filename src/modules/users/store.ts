// Owns the accounts' tables: names and e-mails are unique without regard to case, for ever for names.
import type { Selectable } from 'kysely'
import { type Role, ROLES } from '../../lib/roles.ts'
import { foldText } from '../../lib/text.ts'
import { toTimestamp } from '../../lib/wire.ts'
import { insertAll } from '../../platform/db/insert.ts'
import type { Reader, Store, Trx } from '../../platform/db/store.ts'
import type { Database } from '../../tables.ts'
import { emailTaken, usernameTaken } from './errors.ts'
import { isAnyRetired, retireName } from './retired-names-store.ts'
import { deletedEmail, deletedName, emailKey, phoneDigits } from './rules.ts'
import type { User } from './schema.ts'

export type UserRow = Selectable<Database['users']>

/** What an account is made of; the password hashed already. */
export interface NewAccount {
  readonly user_id: number
  readonly username: string
  readonly email: string
  /** PHC string; empty when the account can't log in. */
  readonly password_hash: string
  readonly display_name: string
  readonly phone: string
  readonly role: Role
  readonly created_at: number
}

/** Makes accounts (at most 1,000), in order. @throws USERNAME_TAKEN, EMAIL_TAKEN */
export async function insertUsers(
  store: Store,
  trx: Trx,
  accounts: readonly NewAccount[],
): Promise<void> {
  const rows = accounts.map(toRow)
  await namingConflicts(store, () => insertAll(store, trx, 'users', rows))
  // After the insert: only then has a deletion of the same name, running at this moment, been waited for.
  if (
    await isAnyRetired(
      trx,
      rows.map((row) => row.username_key),
    )
  )
    throw usernameTaken()
}

export interface ProfileChange {
  readonly email?: string | undefined
  readonly display_name?: string | undefined
  readonly phone?: string | undefined
  readonly role?: Role | undefined
  readonly active?: boolean | undefined
}

/** Changes a locked, undeleted account. @returns the new row. @throws EMAIL_TAKEN */
export async function updateUser(
  store: Store,
  trx: Trx,
  row: UserRow,
  change: ProfileChange,
  now: number,
): Promise<UserRow> {
  const email = change.email ?? row.email
  const changed = {
    email,
    email_key: emailKey(email, row.user_id),
    display_name: change.display_name ?? row.display_name,
    phone: change.phone ?? row.phone,
    role: change.role ?? row.role,
    active: (change.active ?? row.active === 1) ? 1 : 0,
    updated_at: now,
  }
  const next = { ...row, ...changed }
  await namingConflicts(store, () =>
    trx
      .updateTable('users')
      .set({ ...changed, search_text: searchText(next) })
      .where('user_id', '=', row.user_id)
      .execute(),
  )
  return next
}

export async function updatePassword(
  trx: Trx,
  user_id: number,
  password_hash: string,
  now: number,
): Promise<void> {
  await trx
    .updateTable('users')
    .set({ password: password_hash, updated_at: now })
    .where('user_id', '=', user_id)
    .execute()
}

/** Leaves the id, so that orders keep their customer, and nothing that says who it was. */
export async function eraseUser(store: Store, trx: Trx, row: UserRow, now: number): Promise<void> {
  await retireName(store, trx, row.username_key, now)
  const username = deletedName(row.user_id)
  const email = deletedEmail(row.user_id)
  await trx
    .updateTable('users')
    .set({
      username,
      username_key: username,
      email,
      email_key: email,
      password: '',
      display_name: '',
      phone: '',
      search_text: '',
      active: 0,
      updated_at: now,
      deleted_at: now,
      second_factor: null,
    })
    .where('user_id', '=', row.user_id)
    .execute()
}

/** Locks the account together with all active owners, in order of id, so that two changes can't cross. */
export async function lockWithOwners(
  store: Store,
  trx: Trx,
  user_id: number,
): Promise<{ row: UserRow | null; activeOwners: number[] }> {
  const rows = await store.dialect
    .forUpdate(
      trx
        .selectFrom('users')
        .selectAll()
        .where((eb) => eb.or([eb('user_id', '=', user_id), eb.and({ role: 'owner', active: 1 })]))
        .where('deleted_at', 'is', null)
        .orderBy('user_id'),
    )
    .execute()
  return {
    row: rows.find((row) => row.user_id === user_id) ?? null,
    activeOwners: rows
      .filter((row) => row.role === 'owner' && row.active === 1)
      .map((row) => row.user_id),
  }
}

/** The account if it may be used, locked until the transaction ends. */
export async function lockActive(store: Store, trx: Trx, user_id: number): Promise<UserRow | null> {
  const row = await store.dialect
    .forUpdate(
      trx
        .selectFrom('users')
        .selectAll()
        .where('user_id', '=', user_id)
        .where('active', '=', 1)
        .where('deleted_at', 'is', null),
    )
    .executeTakeFirst()
  return row ?? null
}

/** An account that isn't deleted, locked until the transaction ends. */
export async function lockUser(store: Store, trx: Trx, user_id: number): Promise<UserRow | null> {
  const query = trx
    .selectFrom('users')
    .selectAll()
    .where('user_id', '=', user_id)
    .where('deleted_at', 'is', null)
  return (await store.dialect.forUpdate(query).executeTakeFirst()) ?? null
}

/** An account that isn't deleted. */
export async function findUser(reader: Reader, user_id: number): Promise<UserRow | null> {
  const row = await reader
    .selectFrom('users')
    .selectAll()
    .where('user_id', '=', user_id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  return row ?? null
}

/** By username or e-mail: usernames contain no @. */
export async function findByLogin(reader: Reader, text: string): Promise<UserRow | null> {
  const key = foldText(text)
  const row = await reader
    .selectFrom('users')
    .selectAll()
    .where(key.includes('@') ? 'email_key' : 'username_key', '=', key)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  return row ?? null
}

export async function hasOwner(reader: Reader): Promise<boolean> {
  const row = await reader
    .selectFrom('users')
    .select('user_id')
    .where('role', '=', 'owner')
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

export function presentUser(
  row: Omit<
    UserRow,
    `${string}_key` | 'password' | 'search_text' | 'updated_at' | 'deleted_at' | 'second_factor'
  > & { readonly second_factor?: number | null },
): User {
  return {
    user_id: row.user_id,
    username: row.username,
    email: row.email,
    display_name: row.display_name,
    phone: row.phone,
    role: roleOf(row.role),
    active: row.active === 1,
    second_factor: row.second_factor === 1,
    created_at: toTimestamp(row.created_at),
  }
}

export function roleOf(text: string): Role {
  const role = ROLES.find((known) => known === text)
  if (!role) throw new Error(`users.role holds ${JSON.stringify(text)}`)
  return role
}

function toRow(account: NewAccount) {
  const { password_hash, ...row } = account
  return {
    ...row,
    username_key: foldText(account.username),
    email_key: emailKey(account.email, account.user_id),
    password: password_hash,
    search_text: searchText(account),
    active: 1,
    updated_at: account.created_at,
    deleted_at: null,
  }
}

function searchText(row: Pick<UserRow, 'username' | 'display_name' | 'email' | 'phone'>): string {
  const digits = phoneDigits(row.phone)
  const texts = [row.username, row.display_name, row.email, row.phone, digits]
  return texts.map(foldText).join('\n')
}

/** Says which of the two unique keys was violated. */
async function namingConflicts<T>(store: Store, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (store.dialect.classify(error) !== 'unique') throw error
    if (store.dialect.violates(error, 'username_key')) throw usernameTaken()
    if (store.dialect.violates(error, 'email_key')) throw emailTaken()
    throw error
  }
}
