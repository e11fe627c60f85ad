// Owns how a suite runs on every store; where a server is missing, one skipped test says why.
import { describe } from 'vitest'
import { describeEngine } from './engines/describe.ts'
import { makeStack, type Stack, type StoreName } from './stack.ts'

/** `fresh` makes an empty database of this store; the suite drops it. */
export function describeStores(
  name: string,
  suite: (fresh: () => Promise<Stack>, store: StoreName) => void,
): void {
  const on = (store: StoreName) => () => suite(() => makeStack(store, 'embedded'), store)
  describe(`[sqlite] ${name}`, on('sqlite'))
  describeEngine('mariadb', name, on('mariadb'))
  describeEngine('postgres', name, on('postgres'))
  describeEngine('postgres', `[postgres-serializable] ${name}`, on('postgres-serializable'))
}
