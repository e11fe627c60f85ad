// Owns who is using the page and what that role may do; the server decides, this only shows or hides.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import { atLeast, type Role } from '../../../src/lib/roles.ts'
import type { CurrentUser } from '../../../src/modules/users/schema.ts'
import { api } from './api.ts'
import { keys } from './query-keys.ts'
import { forgetPerson, orRemembered } from './remembered.ts'

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

/** What doesn't depend on who is asking, or was just asked. */
const kept = new Set<unknown>(['me', 'shop'])

/** Forgets what the former user saw, then learns anew who this is. */
export function useSessionChange() {
  const client = useQueryClient()
  return async () => {
    const me = await whoAmI()
    // An answer on its way may still be about the former user.
    await client.cancelQueries({ queryKey: keys.me })
    client.setQueryData(keys.me, me)
    void client.resetQueries({ predicate: ({ queryKey }) => !kept.has(queryKey[0]) })
    return me
  }
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
      await changed()
    },
  })
}
