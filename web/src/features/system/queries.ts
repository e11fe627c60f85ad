// Owns reading the system's state, and what becomes of dead letters and mails that were given up, over the API.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'

import type { QueuedMail } from '../../../../src/modules/mail/schema.ts'
import type { DeadLetter, SystemState } from '../../../../src/modules/system/schema.ts'
import { api } from '../../lib/api.ts'
import { usePages } from '../../lib/pages.ts'
import { keys } from '../../lib/query-keys.ts'
import { showFailure, showToast } from '../../ui/toast-store.ts'

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

export function useReplay() {
  const { t } = useTranslation()
  const replay = (id: number) => api.post(`/system/dead-letters/${id}/replay`)
  return useChange(replay, t('office.system.replayed'))
}

export function useRetryMail() {
  const { t } = useTranslation()
  return useChange((id) => api.post(`/system/mails/${id}/retry`), t('mails.retried'))
}

export function useDiscardMail() {
  const { t } = useTranslation()
  return useChange((id) => api.delete(`/system/mails/${id}`), t('mails.discarded'))
}

/** It is said here: the row that asked for it may be gone by then. */
function useChange(change: (id: number) => Promise<unknown>, done: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: () => {
      showToast({ tone: 'good', text: done })
      void client.invalidateQueries({ queryKey: keys.system })
    },
    onError: showFailure,
  })
}
