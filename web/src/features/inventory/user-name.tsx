// Owns who did something, by name; an account that is gone stays a number.
import { useQuery } from '@tanstack/react-query'

import type { User } from '../../../../src/modules/users/schema.ts'
import { api } from '../../lib/api.ts'
import { keys } from '../../lib/query-keys.ts'

export function UserName({ userId }: { userId: number }) {
  const { data } = useQuery({
    queryKey: keys.user(userId),
    queryFn: async () => (await api.get<{ item: User }>(`/users/${userId}`)).item,
    staleTime: 5 * 60_000,
  })
  return data ? data.display_name || data.username : `#${userId}`
}
