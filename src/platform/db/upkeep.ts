// Owns the store's own upkeep: old idempotency keys, and a write-ahead log that doesn't grow without end.
import type { Upkeep } from '../module.ts'
import { pruneKeys } from './idempotency.ts'
import type { Store } from './store.ts'
import { runAgain } from './transactions.ts'

const HOUR = 3_600_000
const MINUTE = 60_000

export function storeUpkeep(store: Store): Upkeep[] {
  return [
    {
      name: 'forget-idempotency-keys',
      everyMs: HOUR,
      run: (now) => store.transaction((trx) => pruneKeys(trx, now), runAgain),
    },
    // A long reader keeps the log from being emptied; afterwards somebody has to do it.
    { name: 'checkpoint', everyMs: MINUTE, run: () => store.checkpoint() },
  ]
}
