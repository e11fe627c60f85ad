// Owns reading the system's state and replaying dead letters over the API.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import type { DeadLetter, SystemState } from '../../../../src/modules/system/schema.ts'
import { api } from '../../lib/api.ts'
import { usePages } from '../../lib/pages.ts'
import { keys } from '../../lib/query-keys.ts'
import { showFailure } from '../../ui/toast-store.ts'

const freshEvery = 3_000

export function useSystemState() {
  return useQuery({
    queryKey: keys.system,
    queryFn: async () => (await api.get<{ item: SystemState }>('/system')).item,
    refetchInterval: freshEvery,
  })
}

export function useDeadLetters() {
  return usePages<DeadLetter>({
    queryKey: keys.deadLetters,
    path: '/system/dead-letters',
    limit: 20,
    refetchInterval: freshEvery,
  })
}

export function useReplay() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: number) => api.post(`/system/dead-letters/${id}/replay`),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.system }),
    onError: showFailure,
  })
}
