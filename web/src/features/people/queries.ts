// Owns reading and changing people's accounts over the API.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'

import type { Role } from '../../../../src/lib/roles.ts'
import type { Session, User } from '../../../../src/modules/users/schema.ts'
import { api, ApiError, type Page, type Query } from '../../lib/api.ts'
import { usePages } from '../../lib/pages.ts'
import { keys } from '../../lib/query-keys.ts'
import { randomUuid } from '../../lib/uuid.ts'

export interface NewPerson {
  readonly username: string
  readonly email: string
  readonly password: string
  readonly role: Role
  readonly display_name: string
  readonly phone: string
}

export type PersonChange = Partial<
  Pick<User, 'email' | 'display_name' | 'phone' | 'role' | 'active'>
>

export function usePeople(query: Query, enabled = true) {
  return usePages<User>({
    queryKey: keys.userList(query),
    path: '/users',
    query,
    limit: 50,
    enabled,
  })
}

/** One account; null when there is none that this user may see. */
export function usePerson(userId: number) {
  return useQuery({
    queryKey: keys.user(userId),
    queryFn: async () => {
      try {
        return (await api.get<{ item: User }>(`/users/${userId}`)).item
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return null
        throw error
      }
    },
  })
}

const noOwners: readonly number[] = []

/** The ids of those who own the shop and can log in: two at most, which is enough to know the last one. */
export function useActiveOwners(enabled: boolean): readonly number[] {
  const query = { role: 'owner', active: true, limit: 2 }
  const owners = useQuery({
    queryKey: keys.userList(query),
    queryFn: async () => {
      const { items } = await api.get<Page<User>>('/users', query)
      return items.map(({ user_id: id }) => id)
    },
    enabled,
  })
  return owners.data ?? noOwners
}

/** Sent again after a lost answer, the same person is made once. */
export function useCreatePerson() {
  const refresh = useRefresh()
  const attempt = useRef({ body: '', key: '' })
  return useMutation({
    mutationFn: async (person: NewPerson) => {
      const body = JSON.stringify(person)
      if (attempt.current.body !== body) attempt.current = { body, key: randomUuid() }
      const headers = { 'idempotency-key': attempt.current.key }
      return (await api.post<{ item: User }>('/users', person, headers)).item
    },
    onSuccess: refresh,
  })
}

export function useChangePerson(userId: number) {
  const client = useQueryClient()
  const refresh = useRefresh()
  return useMutation({
    mutationFn: async (change: PersonChange) =>
      (await api.patch<{ item: User }>(`/users/${userId}`, change)).item,
    onSuccess: (user) => client.setQueryData(keys.user(userId), user),
    // Also after a refusal: somebody else may have changed the account.
    onSettled: refresh,
  })
}

export function useSetPassword(userId: number) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (password: string) =>
      api.put(`/users/${userId}/password`, { new_password: password }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.userSessions(userId) }),
  })
}

export function useDeletePerson(userId: number) {
  const refresh = useRefresh()
  return useMutation({
    mutationFn: () => api.delete(`/users/${userId}`),
    onSuccess: refresh,
  })
}

/** For somebody who lost their phone: their log-in asks for no code any more. */
export function useResetFactor(userId: number) {
  const refresh = useRefresh()
  return useMutation({
    mutationFn: () => api.delete(`/users/${userId}/second-factor`),
    onSuccess: refresh,
  })
}

export function useSessions(userId: number) {
  return useQuery({
    queryKey: keys.userSessions(userId),
    queryFn: async () => (await api.get<Page<Session>>(`/users/${userId}/sessions`)).items,
    refetchInterval: 15_000,
  })
}

/** Ends one session, or with null all of them. */
export function useEndSession(userId: number) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (sessionId: number | null) =>
      api.delete(
        sessionId === null ? `/users/${userId}/sessions` : `/users/${userId}/sessions/${sessionId}`,
      ),
    // Also after a refusal: the session may have ended meanwhile.
    onSettled: () => client.invalidateQueries({ queryKey: keys.userSessions(userId) }),
  })
}

function useRefresh() {
  const client = useQueryClient()
  return () => {
    void client.invalidateQueries({ queryKey: keys.users })
    void client.invalidateQueries({ queryKey: ['customers'] })
  }
}
