// Owns the account in whose name sales to nobody the shop knows stand: nobody can log in with it.
import { codeOf } from '../../lib/errors.ts'
import type { Cause } from '../../lib/cause.ts'
import type { Store, Trx } from '../../platform/db/store.ts'
import { runAgain } from '../../platform/db/transactions.ts'
import type { Users } from '../users/index.ts'
import { walkInKept } from './errors.ts'
import { findWalkIn, isCounterAccount, nameWalkIn } from './store.ts'

const NAME = '散客-walk-in'
const MOST_NAMES = 20

export interface WalkIn {
  /** Makes the account with the first such sale. Call it outside of any transaction. */
  userId(cause: Cause): Promise<number>
}

export type AccountMaker = Pick<Users, 'createUsersBulk' | 'changeUser'>

export function createWalkIn(store: Store, users: AccountMaker): WalkIn {
  let known: number | null = null

  async function make(cause: Cause): Promise<void> {
    const user_id = await makeAccount(users, cause)
    // Disabled: nobody is told of these sales.
    await users.changeUser({ role: 'owner' }, user_id, { active: false }, cause)
    await store.transaction((trx) => nameWalkIn(store, trx, user_id), runAgain)
  }

  return {
    async userId(cause) {
      if (known !== null) return known
      known = await findWalkIn(store.db)
      if (known === null) {
        await make(cause)
        known = await findWalkIn(store.db)
      }
      if (known === null) throw new Error('there is no account for walk-in customers')
      return known
    },
  }
}

/** Before an account is erased or changed. @throws ACCOUNT_NEEDED */
export async function keepWalkIn(trx: Trx, user_id: number): Promise<void> {
  if (await isCounterAccount(trx, user_id)) throw walkInKept()
}

/** A customer may have taken the name. */
async function makeAccount(users: AccountMaker, cause: Cause): Promise<number> {
  for (let number = 1; ; number++) {
    const username = number === 1 ? NAME : `${NAME}-${number}`
    try {
      const email = `walk-in-${number}@invalid`
      const account = { username, email, password: null, role: 'customer' as const }
      const [user_id] = await users.createUsersBulk([account], cause.now)
      if (user_id !== undefined) return user_id
    } catch (error) {
      const isTaken = ['USERNAME_TAKEN', 'EMAIL_TAKEN'].includes(codeOf(error))
      if (!isTaken || number >= MOST_NAMES) throw error
    }
  }
}
