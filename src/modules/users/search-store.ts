// Owns finding accounts by any part of their names, e-mail or phone; deleted ones are never found.
import { sql } from 'kysely'
import { cutPage, decodeCursor } from '../../lib/cursor.ts'
import type { Role } from '../../lib/roles.ts'
import { foldText } from '../../lib/text.ts'
import type { Reader } from '../../platform/db/store.ts'
import { phoneDigits } from './rules.ts'
import type { UserRow } from './store.ts'

export interface UserFilter {
  readonly search?: string | undefined
  readonly role?: Role | undefined
  readonly active?: boolean | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/** Undeleted accounts in order of id. */
export async function listUsers(
  reader: Reader,
  filter: UserFilter,
): Promise<{ items: UserRow[]; next_cursor: string | null }> {
  const { search, role, active, limit, cursor } = filter
  let query = reader.selectFrom('users').selectAll().where('deleted_at', 'is', null)
  if (role !== undefined) query = query.where('role', '=', role)
  if (active !== undefined) query = query.where('active', '=', active ? 1 : 0)
  if (search !== undefined) query = query.where(contains(search))
  if (cursor !== undefined) query = query.where('user_id', '>', decodeCursor(cursor, ['number'])[0])
  const rows = await query
    .orderBy('user_id')
    .limit(limit + 1)
    .execute()
  return cutPage(rows, limit, (row) => [row.user_id])
}

function contains(search: string) {
  const found = has(search)
  // However a phone number is written: 139 1234 5678 is 13912345678.
  const digits = phoneDigits(search)
  return digits === '' ? found : sql<boolean>`(${found} or ${has(digits)})`
}

function has(text: string) {
  const pattern = `%${foldText(text).replaceAll(/[!%_]/g, '!$&')}%`
  return sql<boolean>`search_text like ${pattern} escape '!'`
}
