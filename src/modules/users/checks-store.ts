// Owns the proofs about accounts: keys match names, the shop has an owner, disabled people hold no session.
import { foldText } from '../../lib/text.ts'
import type { Reader } from '../../platform/db/store.ts'
import type { Check, Finding } from '../../platform/doctor.ts'
import type { Sealer } from '../../platform/sealing.ts'
import { placeOf } from './second-factor-rules.ts'
import { deletedEmail, deletedName, emailKey } from './rules.ts'

const PAGE = 1000

export const accountKeysMatch: Check = {
  name: 'account keys match names',
  async *run(reader) {
    let last = 0
    for (;;) {
      const rows = await readPage(reader, last)
      for (const row of rows) yield* keyFindings(row)
      const end = rows.at(-1)
      if (!end) return
      last = end.user_id
    }
  },
}

export const shopHasOwner: Check = {
  name: 'the shop has an active owner',
  async *run(reader) {
    const staff = await reader
      .selectFrom('users')
      .select(['role', 'active'])
      .where('role', '<>', 'customer')
      .where('deleted_at', 'is', null)
      .execute()
    const hasOwner = staff.some((one) => one.role === 'owner' && one.active === 1)
    if (staff.length > 0 && !hasOwner) {
      yield { message: `the shop has ${staff.length} staff accounts, but no active owner` }
    }
  },
}

export const disabledHoldNoSession: Check = {
  name: 'disabled people hold no session',
  async *run(reader) {
    const rows = await reader
      .selectFrom('sessions')
      .innerJoin('users', 'users.user_id', 'sessions.user_id')
      .select(['sessions.session_id', 'users.user_id', 'users.username'])
      .where('users.active', '=', 0)
      .orderBy('sessions.session_id')
      .limit(PAGE)
      .execute()
    for (const row of rows) {
      yield {
        message: `session ${row.session_id} belongs to ${row.username} (user ${row.user_id}), who is disabled`,
      }
    }
  },
}

/** With the key the program has now; it says whose codes nobody can check. */
export function secondFactorsOpen(sealer: Sealer): Check {
  return {
    name: 'second factors can be read',
    async *run(reader) {
      const rows = await reader
        .selectFrom('second_factors')
        .select(['user_id', 'secret'])
        .orderBy('user_id')
        .execute()
      for (const { user_id, secret } of rows) {
        if (sealer.open(secret, placeOf(user_id)) !== null) continue
        yield {
          message: `user ${user_id}: the second factor cannot be read; is PETSHOP_SECRET_KEY another one?`,
        }
      }
    },
  }
}

interface Keys {
  readonly user_id: number
  readonly username: string
  readonly username_key: string
  readonly email: string
  readonly email_key: string
  readonly deleted_at: number | null
}

function readPage(reader: Reader, after: number): Promise<Keys[]> {
  return reader
    .selectFrom('users')
    .select(['user_id', 'username', 'username_key', 'email', 'email_key', 'deleted_at'])
    .where('user_id', '>', after)
    .orderBy('user_id')
    .limit(PAGE)
    .execute()
}

function* keyFindings(row: Keys): Iterable<Finding> {
  const expected = [
    { name: 'username', is: row.username_key, should: foldText(row.username) },
    { name: 'email', is: row.email_key, should: emailKey(row.email, row.user_id) },
  ]
  for (const { name, is, should } of expected) {
    if (is !== should) {
      yield { message: `user ${row.user_id}: ${name}_key is "${is}", should be "${should}"` }
    }
  }
  if (row.deleted_at === null) return
  const erased =
    row.username === deletedName(row.user_id) && row.email === deletedEmail(row.user_id)
  if (!erased) yield { message: `user ${row.user_id} is deleted, but its name is still there` }
}
