// Owns who is using the page and what that role may do; the server decides, this only shows or hides.
import { useMutation, useQuery } from '@tanstack/react-query'

import { atLeast, type Role } from '../../../src/lib/roles.ts'
import type { CurrentUser } from '../../../src/modules/users/schema.ts'
import { api } from './api.ts'
import { forgetEarly } from './early.ts'
import { forgetAnswers, keepToPerson } from './kept-answers.ts'
import { tellOtherTabs, whenOtherTabTells } from './other-tabs.ts'
import { queryClient } from './query-client.ts'
import { keys } from './query-keys.ts'
import { forgetPerson, orRemembered } from './remembered.ts'
import { forgetTraces } from './traces.ts'

keepToPerson(queryClient)

// Whoever it is now has the cookie of this tab as well.
whenOtherTabTells(() => {
  forgetEarly()
  void queryClient.invalidateQueries({ queryKey: keys.me })
})

export function useSession() {
  const query = useQuery({ queryKey: keys.me, queryFn: whoAmI, staleTime: 5 * 60_000 })
  const user = query.data ?? null
  return {
    user,
    /** Until the server has said who this is, neither guest nor user pages should flash. */
    known: !query.isPending,
    failed: query.isError ? query.error : null,
    isStaff: user !== null && atLeast(user.role, 'clerk'),
    may: (needed: Role) => user !== null && atLeast(user.role, needed),
  }
}

async function whoAmI(): Promise<CurrentUser | null> {
  return orRemembered('user', async (signal) => {
    return (await api.get<{ item: CurrentUser | null }>('/session', undefined, signal)).item
  })
}

/** Learns anew who this is, and what they may see; the other tabs do so too. */
export function useSessionChange() {
  return learnAnew
}

async function learnAnew(): Promise<CurrentUser | null> {
  tellOtherTabs()
  const me = await whoAmI()
  // An answer on its way may still be about the former user.
  await queryClient.cancelQueries({ queryKey: keys.me })
  const former = queryClient.getQueryData<CurrentUser | null>(keys.me)
  queryClient.setQueryData(keys.me, me)
  // Somebody else's went just now; the same person may see more than before, or less.
  if (former === undefined || former?.user_id === me?.user_id) forgetAnswers(queryClient)
  return me
}

export function useLogin() {
  const changed = useSessionChange()
  return useMutation({
    mutationFn: async (body: { username: string; password: string; code?: string }) => {
      await api.post('/login', { ...body, cookie: true })
      return await changed()
    },
  })
}

export function useLogout() {
  const changed = useSessionChange()
  return useMutation({
    mutationFn: async () => {
      await api.post('/logout')
      forgetPerson()
      forgetTraces()
      await changed()
    },
  })
}
