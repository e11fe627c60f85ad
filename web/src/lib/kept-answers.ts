// Owns that the answers a tab keeps are those of whoever is logged in: they go when somebody else comes.
import type { QueryClient } from '@tanstack/react-query'

import type { CurrentUser } from '../../../src/modules/users/schema.ts'
import { keys } from './query-keys.ts'

/** What doesn't depend on who is asking, or was just asked. */
const same = new Set<unknown>([keys.me[0], keys.shop[0]])

/** However it is learnt: by logging in here or in another tab, or after a connection that broke. */
export function keepToPerson(client: QueryClient): void {
  let whose: number | null | undefined
  client.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success') return
    if (event.query.queryKey[0] !== keys.me[0]) return
    const former = whose
    whose = (event.query.state.data as CurrentUser | null | undefined)?.user_id ?? null
    if (former !== undefined && former !== whose) forgetAnswers(client)
  })
}

/** What is on the page is asked for anew. */
export function forgetAnswers(client: QueryClient): void {
  void client.resetQueries({ predicate: ({ queryKey }) => !same.has(queryKey[0]) })
}
