// Owns the list of all who work here. The server lists one role at a time: the highest come first.
import type { Query } from '../../lib/api.ts'
import type { PeopleList } from './people-table.tsx'
import { usePeople } from './queries.ts'

type StaffRole = 'owner' | 'manager' | 'clerk'

/** Without `only`, all three roles, one after the other. */
export function useStaff(filter: Query, only: StaffRole | undefined): PeopleList {
  const wants = (role: StaffRole) => only === undefined || only === role
  const owners = usePeople({ ...filter, role: 'owner' }, wants('owner'))
  const managers = usePeople({ ...filter, role: 'manager' }, wants('manager'))
  const clerks = usePeople({ ...filter, role: 'clerk' }, wants('clerk'))
  const lists = [
    ...(wants('owner') ? [owners] : []),
    ...(wants('manager') ? [managers] : []),
    ...(wants('clerk') ? [clerks] : []),
  ]
  const next = lists.find(({ hasMore }) => hasMore)
  return {
    items: lists.flatMap(({ items }) => items),
    loading: lists.some(({ loading }) => loading),
    stale: lists.some(({ stale }) => stale),
    error: lists.find(({ error }) => error !== null)?.error ?? null,
    retry: () => lists.forEach(({ retry }) => retry()),
    hasMore: next !== undefined,
    loadingMore: lists.some(({ loadingMore }) => loadingMore),
    loadMore: () => next?.loadMore(),
  }
}
