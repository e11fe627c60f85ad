// Owns making many accounts at once, for the demo: ids in the order of the list, passwords hashed side by side.
import type { UsersContext } from './context.ts'
import type { CreateUser } from './actions.ts'
import { refuseField } from './errors.ts'
import { usernameProblem } from './rules.ts'
import { findUser, insertUsers, type NewAccount } from './store.ts'

export interface BulkUser extends Omit<CreateUser, 'password'> {
  /** Null: nobody can log in with this account. */
  readonly password: string | null
  /** Epoch milliseconds; left out, it is now. */
  readonly created_at?: number | undefined
}

const ACCOUNTS_PER_TRANSACTION = 1000

/**
 * Makes accounts whose passwords the shop's keeper has chosen: they aren't checked against the common ones.
 * @param onDone called with how many passwords have been hashed, and of how many
 * @returns the ids, in order
 * @throws VALIDATION, USERNAME_TAKEN, EMAIL_TAKEN
 */
export async function createUsersBulk(
  ctx: UsersContext,
  users: readonly BulkUser[],
  now: number,
  onDone: (done: number, total: number) => void = () => undefined,
): Promise<number[]> {
  for (const user of users) {
    const problem = usernameProblem(user.username)
    if (problem) throw refuseField(problem)
  }
  const accounts = await prepare(ctx, users, now, onDone)
  const { store } = ctx.core
  for (let i = 0; i < accounts.length; i += ACCOUNTS_PER_TRANSACTION) {
    const part = accounts.slice(i, i + ACCOUNTS_PER_TRANSACTION)
    await store.transaction(
      async (trx) => {
        await insertUsers(store, trx, part)
        return part
      },
      {
        afterLostCommit: async () =>
          (await findUser(store.db, part[0]?.user_id ?? 0)) ? part : undefined,
      },
    )
  }
  return accounts.map((account) => account.user_id)
}

async function prepare(
  ctx: UsersContext,
  users: readonly BulkUser[],
  now: number,
  onDone: (done: number, total: number) => void,
): Promise<NewAccount[]> {
  const passwords = users.flatMap((user) => (user.password === null ? [] : [user.password]))
  const hashes = await ctx.passwords.hashAll(passwords, (done) => onDone(done, passwords.length))
  const ids = await ctx.userIds.take(users.length)
  let hashed = 0
  return users.map(({ password, ...user }, i) => ({
    user_id: ids[i] ?? 0,
    username: user.username,
    email: user.email,
    password_hash: password === null ? '' : (hashes[hashed++] ?? ''),
    display_name: user.display_name ?? '',
    phone: user.phone ?? '',
    role: user.role,
    created_at: user.created_at ?? now,
  }))
}
