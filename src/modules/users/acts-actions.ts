// Owns how acts on accounts get into the audit log: by the account's id, never by what the person is called.
import type { Cause } from '../../lib/cause.ts'
import type { Store, Trx } from '../../platform/db/store.ts'
import { type Act, recordActs } from '../audit/index.ts'

type Rest = Omit<Act, 'act' | 'subject'>

/** In the transaction of the act. */
export function noteAct(
  store: Store,
  trx: Trx,
  cause: Cause,
  act: Act['act'],
  user_id: number,
  rest: Rest = {},
): Promise<void> {
  return recordActs(store, trx, cause, [{ act, subject: ['account', user_id], ...rest }])
}
