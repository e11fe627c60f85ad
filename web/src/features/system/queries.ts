// Owns reading the system's state, and what becomes of dead letters and mails that were given up, over the API.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'

import type { QueuedMail } from '../../../../src/modules/mail/schema.ts'
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

export function useDeadMails() {
  return usePages<QueuedMail>({
    queryKey: keys.deadMails,
    path: '/system/mails',
    query: { state: 'dead' },
    limit: 20,
    refetchInterval: freshEvery,
  })
}

export const useReplay = () => useChange((id) => api.post(`/system/dead-letters/${id}/replay`))
export const useRetryMail = () => useChange((id) => api.post(`/system/mails/${id}/retry`))
export const useDiscardMail = () => useChange((id) => api.delete(`/system/mails/${id}`))

function useChange(change: (id: number) => Promise<unknown>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: keys.system }),
    onError: showFailure,
  })
}
